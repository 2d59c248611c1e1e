"""The controls of maps, what a visitor may try with them, and the ways from a kept cell to the other pages."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from adadelta_viz.experiments import Experiment
from adadelta_viz.experiments.maps.basins import VIEWS
from adadelta_viz.experiments.maps.curves import TUNED, choices
from adadelta_viz.experiments.maps.map_request import LIMIT, USUAL, Kind, Maps
from adadelta_viz.experiments.maps.metrics import QUESTIONS, SIZES
from adadelta_viz.experiments.race import TOLERANCE, Race
from adadelta_viz.experiments.settings import BUDGET
from adadelta_viz.player.race_payload import labels
from adadelta_viz.views import widgets
from adadelta_viz.views.navigation import PAGES

KINDS: dict[Kind, str] = {"sensitivity": "Sensitivity", "basins": "Basins", "curves": "Curves"}
TRIALS: dict[Kind, str] = {
    "sensitivity": "Drag over a plane and watch the path, then choose Himmelblau: whose good region is wider now?",
    "basins": "Drag over the starts, then choose Himmelblau: does a start lead both to the same minimum?",
    "curves": "Point at a curve to see that run, then choose another surface: who keeps a wide good region?",
}
"""One thing to try with each view."""


def of_maps(found: Maps) -> dict[str, Any]:
    """Return the values of the controls that show maps."""
    words = {"kind": found.kind, "measure": found.measure, "shows": found.shows, "over": found.over, "size": found.size}
    return {f"maps {name}": word for name, word in words.items()} | widgets.of_runs(found.race)


def of_page() -> Maps:
    """Show the controls of maps, all but the switches above the picture, and return what they say."""
    words: dict[str, Any] = {name: st.session_state[f"maps {name}"] for name in ("kind", "measure", "shows", "size")}
    limit = LIMIT[words["kind"]]
    surface, shared = widgets.place()
    shared |= widgets.numbers_of({"steps": BUDGET["steps"]})
    widgets.choice("Cells along each side", "maps size", {size: str(size) for size in SIZES}, width="stretch")
    shared |= widgets.folded("Noise and seed", {name: BUDGET[name] for name in ("noise", "seed")})
    runs = [
        widgets.entrant(number, surface, shared, "set") if number <= limit else widgets.as_set(number, surface, shared)
        for number in range(1, st.session_state["runs"] + 1)
    ]
    if len(runs) < limit:
        st.button("Add a run", on_click=widgets.add, width="stretch")
    race = Race(tuple(runs), tolerance=widgets.numbers_of(TOLERANCE)["tolerance"])
    if st.session_state["maps over"] not in choices(race):
        st.session_state["maps over"] = TUNED
    return Maps(race, **words, over=st.session_state["maps over"])


def switches(shown: Maps) -> DeltaGenerator:
    """Show what stands above maps: which of the views, and what it shows of each run; return a place beside them."""
    quiet: dict[str, Any] = {"label_visibility": "collapsed"}
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="maps view"):
        widgets.choice("View", "maps kind", KINDS, on_change=_take_usual, **quiet)
        if shown.kind == "basins":
            widgets.choice("Colour", "maps shows", VIEWS, persist_state="session", **quiet)
        else:
            _menu("Measure", "maps measure", {name: question.title for name, question in QUESTIONS.items()})
        if shown.kind == "curves":
            named = {name: f"over {name}" for name in choices(shown.race)}
            _menu("Over", "maps over", named | {TUNED: "over what each tunes first"})
        return st.empty()


def trial(maps: Maps) -> str:
    """Say one thing to try with a view."""
    return f":gray[{TRIALS[maps.kind]}]"


def keep(number: int, chosen: Experiment) -> None:
    """Give a run the hyperparameters and the start of a cell that was chosen."""
    st.session_state.update({f"run{number + 1}.{name}": value for name, value in chosen.hyper.items()})
    st.session_state["x0"], st.session_state["y0"] = chosen.start


def links(maps: Maps) -> None:
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


def _take_usual() -> None:
    """Who looks at another view with the usual runs gets that view's usual runs; those already there keep theirs."""
    racing = tuple(st.session_state[f"run{number}"] for number in range(1, st.session_state["runs"] + 1))
    if racing not in USUAL.values():
        return
    usual = USUAL[st.session_state["maps kind"]]
    for number, key in list(enumerate(usual, start=1))[len(racing) :]:
        st.session_state[f"run{number}"] = key
        widgets.take_defaults(f"run{number}")
        st.session_state[f"run{number} fold"] = False
    st.session_state["runs"] = len(usual)
