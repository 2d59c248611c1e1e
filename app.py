"""The server: Streamlit's pages, and beside them the files that the player loads. Start: ``streamlit run app.py``."""

from pathlib import Path

import streamlit as st

from adadelta_viz.ui import assets

app = st.App(Path("adadelta_viz/ui/site.py"), routes=assets.routes())
