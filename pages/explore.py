"""Explore: one optimizer, one surface, every number of every step."""

from functools import partial

import streamlit as st

from adadelta_viz.experiments import Experiment
from adadelta_viz.views import player_view, prose, url_state, widgets

url_state.read("explore", partial(Experiment.from_query, optimizers=["adadelta"]), widgets.experiment_values)
with st.sidebar:
    experiment = widgets.experiment_controls()
url_state.write("explore", experiment)
surface = experiment.loss_surface

url_state.show_notice()
st.title("AdaDelta keeps two memories and no learning rate.", anchor=False)
trial, about = st.columns([2, 3], gap="medium")
trial.markdown(":gray[Press play, then make ε a hundred times larger: what was the learning rate?]")
about.markdown(prose.surface(surface))

run, message = player_view.run_and_message(experiment)
player_view.show_player(message, widgets.move_start)

st.markdown(prose.run_facts(surface, run))
with st.expander("Why is it so slow at first?", on_change="rerun", key="slow start") as fold:
    if fold.open:
        st.markdown(prose.slow_start(experiment, run))
