"""The player's place on a Streamlit page: one component that stays mounted while runs come and go."""

import json
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st

from adadelta_viz.core import Experiment, Trajectory
from adadelta_viz.player import payload
from adadelta_viz.ui import assets

_HOST = st.components.v2.component(
    "adadelta_player", js=Path(__file__).with_name("host.js").read_text(encoding="utf-8"), isolate_styles=False
)


@lru_cache(maxsize=64)
def played(experiment: Experiment) -> tuple[Trajectory, bytes]:
    """Run an experiment and pack it for the player; a class that follows one link shares the work."""
    run = experiment.run()
    message = {"assets": assets.addresses(), "payload": payload(experiment, run)}
    return run, json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()


def player(experiment: Experiment, moved: Callable[[float, float], None]) -> Trajectory:
    """Show the run of an experiment; ``moved`` is called with the point that a visitor clicks as the new start."""
    run, message = played(experiment)

    def clicked() -> None:
        point: Any = st.session_state["player"].start
        if isinstance(point, list) and len(point) == 2:
            moved(*point)

    _HOST(key="player", data=message, on_start_change=clicked)
    return run
