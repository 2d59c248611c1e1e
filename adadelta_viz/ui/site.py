"""The script that Streamlit runs for each visitor: the name of the house and the list of its rooms."""

from pathlib import Path

import streamlit as st

PAGES = Path(__file__).parents[2] / "pages"

st.set_page_config(page_title="AdaDelta laboratory", layout="wide")
st.navigation(
    [
        st.Page(PAGES / "explore.py", title="Explore", default=True),
    ]
).run()
