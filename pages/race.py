"""Race: optimizers side by side, under conditions that are the same for all and stand on the figure."""

import streamlit as st

from adadelta_viz.core.race import Race
from adadelta_viz.player.race import labels
from adadelta_viz.ui import address, controls, presets, prose, stage, takeaway

address.read("race", Race.from_query, controls.of_race)
with st.sidebar:
    race = controls.race()
address.write("race", race)

address.notice()
with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    st.title("Same surface, same start, same steps: only the rules differ.", anchor=False, width="content")
    controls.view()
trial, about = st.columns([2, 3], gap="medium")
trial.markdown(":gray[Press play, then switch the learning rates from As set to Tuned: who was held back?]")
about.markdown(prose.surface(race.loss_surface))

entrants, runs, message = stage.raced(race)
stage.show(message, controls.move_start)

presets.links()
with st.expander("Code to take home", on_change="rerun", key="take home") as fold:
    if fold.open:
        takeaway.of_runs(entrants, runs, labels(entrants))
