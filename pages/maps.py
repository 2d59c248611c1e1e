"""Maps: thousands of runs at once, over hyperparameters and over starts; every cell can be looked into."""

import streamlit as st

from adadelta_viz.experiments.maps.map_request import Maps
from adadelta_viz.views import maps_controls, maps_view, prose, url_state

url_state.read("maps", Maps.from_query, maps_controls.map_values)
with st.sidebar:
    shown = maps_controls.map_controls()
url_state.write("maps", shown)

url_state.show_notice()
st.title("One path tells what happened once, a map what always happens: every cell is a run.", anchor=False)
progress = maps_controls.map_switches(shown)
trial, about = st.columns([2, 3], gap="medium")
trial.markdown(maps_controls.suggested_trial(shown))
about.markdown(prose.surface(shown.race.loss_surface))

maps_view.show_maps(shown, maps_controls.keep_cell, progress)
with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="maps links"):
    maps_controls.links_to_runs(shown)
    maps_view.csv_button(shown)
