"""The server: Streamlit's pages, and beside them the files that the player loads. Start: ``streamlit run app.py``."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from adadelta_viz.ui import assets, formula_worker, site
from adadelta_viz.ui.early import EarlyAssets

formula_worker.stand_guard()
app = st.App(
    Path(site.__file__),
    routes=assets.routes(),
    middleware=[Middleware(EarlyAssets, tags=assets.tags())],
)
