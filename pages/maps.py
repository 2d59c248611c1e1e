"""Maps: thousands of runs at once, over hyperparameters and over starts; every cell can be looked into."""

import streamlit as st

from adadelta_viz.core.maps.views import Maps
from adadelta_viz.ui import address, atlas, maps, prose

address.read("maps", Maps.from_query, maps.of_maps)
with st.sidebar:
    shown = maps.of_page()
address.write("maps", shown)

address.notice()
st.title("One path tells what happened once, a map what always happens: every cell is a run.", anchor=False)
progress = maps.switches(shown)
trial, about = st.columns([2, 3], gap="medium")
trial.markdown(maps.trial(shown))
about.markdown(prose.surface(shown.race.loss_surface))

atlas.show(shown, maps.keep, progress)
with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="maps links"):
    maps.links(shown)
    atlas.csv(shown)
