"""Formulas with poles, edges and cliffs reach the player as whole JSON."""

import json

import numpy as np
import pytest

from adadelta_viz.experiments import Experiment
from adadelta_viz.experiments.race import Race
from adadelta_viz.experiments.surface_names import named
from adadelta_viz.player import parts, payload, race_payload

WILD = (
    "1/x + y", "tan(x) + y", "exp(exp(exp(x))) + y", "log(x) + y^2", "√x + √y", "1/x^32 + 1/y^31", "sign(x)", "x",
    "exp(exp(5x)) - exp(exp(5y))", "1e-15x", "1e15x^31", "max(x, y)", "log(1-1e9|y-1.5|) + x",
)  # fmt: skip


@pytest.mark.parametrize("text", WILD)
def test_a_wild_formula_is_played(text: str) -> None:
    experiment = Experiment(named(text))
    packed = payload(experiment, experiment.run())
    assert json.dumps(packed, allow_nan=False)
    assert packed["caption"].startswith(f"{text} from (")
    assert packed["name"].startswith("adadelta-laboratory-formula-")
    assert np.isfinite(parts.ceiling(experiment.loss_surface)).all()


def test_a_formula_is_raced_without_a_known_minimum() -> None:
    race = Race(tuple(Experiment(named("x^2 + 3y^2"), key, {"steps": 40}) for key in ("adadelta", "adam")))
    packed = race_payload(race, race.resolved_runs(), [run.run() for run in race.runs])
    assert json.dumps(packed, allow_nan=False)
    assert packed["ranking"]["note"].startswith("No minimum is listed")


def test_the_same_formula_in_another_window_is_another_landscape() -> None:
    two = [Experiment(named("x + y", ((-w, w), (-w, w)))) for w in (1.0, 2.0)]
    first, second = (payload(each, each.run())["landscape"]["id"] for each in two)
    assert first != second
