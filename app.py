"""The server: Streamlit's pages, and beside them what the player loads. Start: ``streamlit run app.py``."""

import sys
from pathlib import Path

import streamlit as st

from adadelta_viz.server import application, assets, formula_check, path_api, scheduler
from adadelta_viz.views import maps_view, navigation

formula_check.install_check()
sys.setswitchinterval(scheduler.SWITCH)
app = st.App(
    Path(navigation.__file__),
    lifespan=application.lifespan(maps_view.lifespan),
    routes=[path_api.route(), *assets.routes()],
    middleware=application.middleware(),
)
