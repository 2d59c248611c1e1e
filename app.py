"""The server: Streamlit's pages, and beside them what the player loads. Start: ``streamlit run app.py``."""

from pathlib import Path

import streamlit as st

from adadelta_viz.server.laboratory import Laboratory, middleware
from adadelta_viz.views import navigation

laboratory = Laboratory()
laboratory.install()
app = st.App(  # Streamlit looks for these very words in the text of this file
    Path(navigation.__file__), lifespan=laboratory.lifespan, routes=laboratory.routes(), middleware=middleware()
)
