"""The server: Streamlit's pages, and beside them what the player loads. Start: ``streamlit run app.py``."""

import sys
from pathlib import Path

import streamlit as st

from adadelta_viz.ui import assets, formula_worker, live, server, site, turns

formula_worker.stand_guard()
sys.setswitchinterval(turns.SWITCH)
app = st.App(
    Path(site.__file__),
    lifespan=server.lifespan,
    routes=[live.route(), *assets.routes()],
    middleware=server.middleware(),
)
