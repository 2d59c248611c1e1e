"""Explore: one optimizer, one surface, every number of every step."""

import streamlit as st

from adadelta_viz.ui import address, controls, stage

address.read()
with st.sidebar:
    experiment = controls.experiment()
address.write(experiment)

st.markdown("#### AdaDelta keeps two memories and no learning rate.")
run = stage.player(experiment, controls.move_start)
