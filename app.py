"""The server: Streamlit's pages, and beside them what the player loads. Start: ``streamlit run app.py``."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from adadelta_viz.ui import assets, atlas, formula_worker, live, site
from adadelta_viz.ui.early import EarlyAssets

formula_worker.stand_guard()
app = st.App(
    Path(site.__file__),
    lifespan=atlas.lifespan,
    routes=[live.route(), *assets.routes()],
    middleware=[Middleware(EarlyAssets, tags=assets.tags())],
)
