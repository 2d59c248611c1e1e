"""The controls of maps, what a visitor may try with them, and the ways from a kept cell to the other pages."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from adadelta_viz.experiments import Experiment
from adadelta_viz.experiments.maps.basins import SHOWS
from adadelta_viz.experiments.maps.curves import TUNED, over_choice
from adadelta_viz.experiments.maps.map_request import DEFAULT_RUNS, KIND, LIMIT, Kind, Maps
from adadelta_viz.experiments.maps.metrics import MEASURE, SIZE
from adadelta_viz.experiments.race import Race
from adadelta_viz.player.race_payload import labels
from adadelta_viz.views import race_controls, widgets
from adadelta_viz.views import session_keys as keys
from adadelta_viz.views.navigation import PAGES

TRIALS: dict[Kind, str] = {
    "sensitivity": "Drag over a plane and watch the path, then choose Himmelblau: whose good region is wider now?",
    "basins": "Drag over the starts, then choose Himmelblau: does a start lead both to the same minimum?",
    "curves": "Point at a curve to see that run, then choose another surface: who keeps a wide good region?",
}
"""One thing to try with each view."""


_KEYS = {
    "kind": keys.MAP_KIND,
    "measure": keys.MAP_MEASURE,
    "shows": keys.MAP_SHOWS,
    "over": keys.MAP_OVER,
    "size": keys.MAP_SIZE,
}
"""The keys of the controls by what they set."""


def map_values(found: Maps) -> dict[str, Any]:
    """Return the values of the controls that show maps, by their keys."""
    return {key: getattr(found, name) for name, key in _KEYS.items()} | race_controls.run_values(found.race)


def map_controls() -> Maps:
    """Show the controls of maps, all but the switches above the picture, and return what they say."""
    words: dict[str, Any] = {name: st.session_state[key] for name, key in _KEYS.items() if name != "over"}
    limit = LIMIT[words["kind"]]
    surface, shared = race_controls.shared_controls()
    widgets.switch(SIZE.label, keys.MAP_SIZE, SIZE.options, width="stretch")
    shared |= race_controls.noise_controls()
    runs = [
        race_controls.run_controls(number, surface, shared, "set")
        if number <= limit
        else race_controls.run_as_set(number, surface, shared)
        for number in race_controls.run_numbers()
    ]
    if len(runs) < limit:
        st.button("Add a run", on_click=race_controls.add_run, width="stretch")
    race = Race(tuple(runs), tolerance=race_controls.tolerance_control())
    if st.session_state[keys.MAP_OVER] not in over_choice(race).options:
        st.session_state[keys.MAP_OVER] = TUNED
    return Maps(race, **words, over=st.session_state[keys.MAP_OVER])


def map_switches(shown: Maps) -> DeltaGenerator:
    """Show what stands above maps: which of the views, and what it shows of each run; return a place beside them."""
    quiet: dict[str, Any] = {"label_visibility": "collapsed"}
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="maps view"):
        widgets.switch("View", keys.MAP_KIND, KIND.options, on_change=_take_default_runs, **quiet)
        if shown.kind == "basins":
            widgets.switch(SHOWS.label, keys.MAP_SHOWS, SHOWS.options, persist_state="session", **quiet)
        else:
            _menu(MEASURE.label, keys.MAP_MEASURE, MEASURE.options)
        if shown.kind == "curves":
            named = {name: f"over {name}" for name in over_choice(shown.race).options}
            _menu("Over", keys.MAP_OVER, named | {TUNED: "over what each tunes first"})
        return st.empty()


def suggested_trial(maps: Maps) -> str:
    """Say one thing to try with a view."""
    return f":gray[{TRIALS[maps.kind]}]"


def keep_cell(number: int, chosen: Experiment) -> None:
    """Give a run the hyperparameters and the start of a cell that was chosen."""
    st.session_state.update({keys.run_number(number + 1, name): value for name, value in chosen.hyper.items()})
    st.session_state.update(zip(keys.START, chosen.start, strict=True))


def links_to_runs(maps: Maps) -> None:
    """Offer the runs that were kept on the other pages, with everything that belongs to them."""
    for label, run in zip(labels(maps.runs), maps.runs, strict=True):
        if run.optimizer == "adadelta":
            st.page_link(PAGES / "explore.py", label=f"Open {label} in Explore", query_params=run.to_query())
    kept = "them" if len(maps.runs) > 1 else "it"
    race = replace(maps.race, runs=maps.runs)
    st.page_link(PAGES / "race.py", label=f"Open {kept} in Race", query_params=race.to_query())


def _menu(label: str, key: str, words: Mapping[str, str]) -> None:
    """Show a menu of a few words, without its label."""
    st.selectbox(
        label,
        list(words),
        format_func=lambda word: words[word],
        key=key,
        label_visibility="collapsed",
        width=230,
        persist_state="session",
    )


def _take_default_runs() -> None:
    """Who looks at another view with the default runs gets that view's; those already there keep their numbers."""
    racing = tuple(st.session_state[keys.run(number)] for number in race_controls.run_numbers())
    if racing not in DEFAULT_RUNS.values():
        return
    default = DEFAULT_RUNS[st.session_state[keys.MAP_KIND]]
    for number, key in list(enumerate(default, start=1))[len(racing) :]:
        st.session_state[keys.run(number)] = key
        race_controls.take_defaults(number, is_open=False)
    st.session_state[keys.RUN_COUNT] = len(default)
