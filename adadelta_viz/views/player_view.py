"""The places of figures on a Streamlit page: components that stay mounted while runs come and go."""

import json
import math
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st

from adadelta_viz.core import Surface, Trajectory
from adadelta_viz.core.surfaces.critical_points import Found, stationary
from adadelta_viz.core.surfaces.window import Point
from adadelta_viz.experiments import Experiment
from adadelta_viz.experiments.race import Race
from adadelta_viz.figures import curvature_map
from adadelta_viz.figures.curvature import MARKS
from adadelta_viz.figures.theme import SYMBOLIC
from adadelta_viz.player import chart_payload, payload, race_payload
from adadelta_viz.player.parts import grid
from adadelta_viz.server import assets
from adadelta_viz.views import session_keys as keys

_JS = Path(__file__).with_name("host.js").read_text(encoding="utf-8")
_PLAYER = st.components.v2.component("adadelta_player", js=_JS, isolate_styles=False)
_CHART = st.components.v2.component("adadelta_chart", js=_JS, isolate_styles=False)


def trajectory_of(experiment: Experiment) -> Trajectory:
    """Run an experiment; whoever changes one run of a race, or the budget a little, does not wait for all again."""
    steps = int(experiment.numbers["steps"])
    return _walked(replace(experiment, numbers={**experiment.numbers, "steps": -(-steps // 100) * 100})).until(steps)


@lru_cache(maxsize=64)
def _walked(experiment: Experiment) -> Trajectory:
    return experiment.run()


@lru_cache(maxsize=32)
def run_and_message(experiment: Experiment) -> tuple[Trajectory, bytes]:
    """Run an experiment and pack it for the player; a class that follows one link shares the work."""
    run = trajectory_of(experiment)
    return run, _message("player.js", payload(experiment, run))


@lru_cache(maxsize=16)
def race_and_message(race: Race) -> tuple[tuple[Experiment, ...], tuple[Trajectory, ...], bytes]:
    """Run a race and pack it for the player."""
    resolved = race.resolved_runs()
    runs = tuple(trajectory_of(each) for each in resolved)
    return resolved, runs, _message("player.js", race_payload(race, resolved, runs))


def show_player(message: bytes, moved: Callable[[float, float], None], key: str = keys.PLAYER) -> None:
    """Show what was packed; ``moved`` is called with the point that a visitor clicks as the new start."""

    def clicked() -> None:
        if point := _point(st.session_state[key].start):
            moved(*point)

    _PLAYER(key=key, data=message, on_start_change=clicked)


def player_message(payload: dict[str, Any], *, clicks: bool) -> bytes:
    """Pack what another place has made for the player; ``clicks`` says whether a click means a new start."""
    return _message("player.js", payload, clicks=clicks)


@lru_cache(maxsize=64)
def rest_points(surface: Surface) -> Found:
    """Find the stationary points of a surface once, for all who look at it."""
    return stationary(surface)


def show_curvature_map(surface: Surface, point: Point, picked: Callable[[float, float], None]) -> None:
    """Show a surface with its stationary points; ``picked`` is called with the point that a visitor clicks."""

    def clicked() -> None:
        if chosen := _point(st.session_state[keys.CURVATURE_MAP].start):
            picked(*chosen)

    figure = curvature_map(*grid(surface), rest_points(surface).points, point, SYMBOLIC)
    told = ", ".join(f"{sign} {kind}" for kind, (_, sign) in MARKS.items())
    caption = f"{surface.title} · {told} · ◯ the point; a click on the map moves it"
    message = _message("chart.js", chart_payload(figure, caption, "Landscape of f", 460, pick=True))
    _CHART(key=keys.CURVATURE_MAP, data=message, on_start_change=clicked)


def show_chart(key: str, figure: dict[str, Any], caption: str, label: str, height: int = 320) -> None:
    """Show a still figure, made with symbolic colours; another figure under the same key is drawn in its place."""
    _CHART(key=key, data=_message("chart.js", chart_payload(figure, caption, label, height)))


def _point(clicked: object) -> tuple[float, float] | None:
    """Return what was clicked if it is a point; whoever writes messages by hand can send anything."""
    match clicked:
        case [float() | int() as x, float() | int() as y] if math.isfinite(x) and math.isfinite(y):
            return float(x), float(y)
    return None


def _message(module: str, packed: dict[str, Any], *, clicks: bool = True) -> bytes:
    message = {"assets": assets.addresses(module), "payload": packed, "clicks": clicks}
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()
