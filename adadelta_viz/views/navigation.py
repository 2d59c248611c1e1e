"""The script that Streamlit runs for each visitor: the list of the pages, and the one that the address names."""

from pathlib import Path

import streamlit as st

from adadelta_viz.server import laboratory
from adadelta_viz.views import reconnect

PAGES = Path(__file__).parents[2] / "pages"
TITLES = {
    "explore": "Explore",
    "race": "Race",
    "maps": "Maps",
    "surface": "Your surface",
    "claims": "Claims",
    "theory": "Theory",
}
"""The title of each page by its file, in the order of the menu."""


def visit() -> None:
    """Show the frame that all pages share, then the page that the address names."""
    st.set_page_config(page_title="AdaDelta laboratory", layout="wide")
    entries = [st.Page(PAGES / f"{name}.py", title=title, default=name == "explore") for name, title in TITLES.items()]
    page = st.navigation({"AdaDelta laboratory": entries})
    st.html(Path(__file__).with_name("navigation.css"))
    with laboratory.current().scheduler.page():
        page.run()
    reconnect.apply()


if __name__ == "__main__":
    visit()
