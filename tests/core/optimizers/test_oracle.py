"""The optimizers against recorded runs of torch.optim 2.13 in float64."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sympy as sp

from adadelta_viz.core import OPTIMIZERS, SURFACES, descend
from adadelta_viz.core.optimizers.optimizer import Peer
from adadelta_viz.core.surfaces.surface import X, Y
from tests.about import about

DATA = Path(__file__).parents[2] / "data" / "torch_trajectories.jsonl"
LINES: list[dict[str, Any]] = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]
RENAMED = {"quadratic_k100": "quadratic"}
CHECKPOINTS = [1, 2, 3, 10, 50, 100]
CONDITIONS = {"source", "surface", "formula", "optimizer", "hyperparameters", "start", "after_steps"}


def name(line: dict[str, Any]) -> str:
    return " ".join(map(str, [line["surface"], *line["start"], line["optimizer"], *line["hyperparameters"].values()]))


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_run_agrees_with_torch_in_every_recorded_number(optimizer: str) -> None:
    for line in LINES:
        if line["optimizer"] == optimizer:
            with about(name(line)):
                assert_agrees_with_torch(line)


def assert_agrees_with_torch(line: dict[str, Any]) -> None:
    surface = SURFACES[RENAMED.get(line["surface"], line["surface"])]
    run = descend(surface, OPTIMIZERS[line["optimizer"]], line["start"], 100, **line["hyperparameters"])
    recorded = {"theta": run.theta, **run.state}
    for quantity in line.keys() - CONDITIONS:
        found = recorded[quantity][line["after_steps"]]
        np.testing.assert_allclose(found, line[quantity], rtol=1e-9, atol=0, err_msg=quantity)
    if line["after_steps"] == CHECKPOINTS:
        assert run.stopped == "steps"
    else:  # torch ran away: after the last recorded step so do we, and within the next checkpoint we stop
        gone, stopped_before = CHECKPOINTS[len(line["after_steps"]) :][:2]
        assert np.abs(run.theta[gone]).max() > 1e6
        assert 0 < run.diverged_at <= stopped_before


def test_torch_was_recorded_after_the_same_steps_unless_it_ran_away() -> None:
    short = {name(line) for line in LINES if line["after_steps"] != CHECKPOINTS}
    assert short == {
        "beale 3.0 3.5 sgd 0.001",
        "beale 3.0 3.5 momentum 0.001 0.9",
        "beale 3.0 3.5 nesterov 0.001 0.9",
        "beale 3.0 3.5 radam 0.01 0.9 0.999 1e-08",
    }
    assert all(line["after_steps"] == CHECKPOINTS[: len(line["after_steps"])] for line in LINES)
    assert all(len(line[key]) == len(line["after_steps"]) for line in LINES for key in line.keys() - CONDITIONS)


def test_every_recorded_number_is_finite() -> None:
    assert all(np.isfinite(line[key]).all() for line in LINES for key in line.keys() - CONDITIONS)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_every_optimizer_that_names_a_call_of_torch_was_recorded_from_seven_starts(optimizer: str) -> None:
    starts = {(line["surface"], *line["start"]) for line in LINES if line["optimizer"] == optimizer}
    assert len(starts) == (7 if isinstance(OPTIMIZERS[optimizer].libraries.get("PyTorch"), Peer) else 0)


def test_the_memories_of_adadelta_are_recorded_too() -> None:
    lines = [line for line in LINES if line["optimizer"] == "adadelta"]
    assert len(lines) == 28
    assert all({"mean_sq_grad", "mean_sq_delta"} <= line.keys() for line in lines)


@pytest.mark.parametrize("key", sorted({line["surface"] for line in LINES}))
def test_the_recorded_surface_is_ours(key: str) -> None:
    (formula,) = {line["formula"] for line in LINES if line["surface"] == key}
    theirs = sp.lambdify((X, Y), sp.sympify(formula, locals={"x": X, "y": Y}), modules="numpy")
    points = np.random.default_rng(0).uniform(-2, 2, (2, 50))
    np.testing.assert_allclose(SURFACES[RENAMED.get(key, key)].value(points), theirs(*points), rtol=1e-12)
