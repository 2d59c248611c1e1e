"""Race: optimizers side by side, under conditions that are the same for all and stand on the figure."""

import streamlit as st

from adadelta_viz.experiments.race import Race
from adadelta_viz.player.race_payload import labels
from adadelta_viz.views import downloads, player_view, preset_list, prose, race_controls, url_state, widgets

url_state.read("race", Race.from_query, race_controls.race_values)
with st.sidebar:
    race = race_controls.race_controls()
url_state.write("race", race)

url_state.show_notice()
with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    st.title("Same surface, same start, same steps: only the rules differ.", anchor=False, width="content")
    race_controls.view_switch()
trial, about = st.columns([2, 3], gap="medium")
trial.markdown(":gray[Press play, then switch the learning rates from As set to Tuned: who was held back?]")
about.markdown(prose.surface(race.loss_surface))

resolved, runs, message = player_view.race_and_message(race)
player_view.show_player(message, widgets.move_start)

preset_list.links()
with st.expander("Code to take home", on_change="rerun", key="take home") as fold:
    if fold.open:
        downloads.of_runs(resolved, runs, labels(resolved))
