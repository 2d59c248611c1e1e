"""The script that Streamlit runs for each visitor: the name of the house and the list of its rooms."""

from pathlib import Path

import streamlit as st

PAGES = Path(__file__).parents[2] / "pages"


def visit() -> None:
    """Show the frame that all pages share, then the page that the address names."""
    st.set_page_config(page_title="AdaDelta laboratory", layout="wide")
    explore = st.Page(PAGES / "explore.py", title="Explore", default=True)
    race = st.Page(PAGES / "race.py", title="Race")
    claims = st.Page(PAGES / "claims.py", title="Claims")
    page = st.navigation({"AdaDelta laboratory": [explore, race, claims]})
    st.html(Path(__file__).with_name("site.css"))
    page.run()


if __name__ == "__main__":
    visit()
