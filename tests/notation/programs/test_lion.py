"""Lion against optax, since torch.optim has none to record."""

import json
from typing import Any

import numpy as np
import pytest

from adadelta_viz.core import OPTIMIZERS, SURFACES, descend
from tests.notation.programs.lion import CHECKPOINTS, DATA, recorded

LINES: list[dict[str, Any]] = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]


def name(line: dict[str, Any]) -> str:
    return " ".join(map(str, [line["surface"], *line["hyperparameters"].values()]))


@pytest.mark.parametrize("line", LINES, ids=name)
def test_lion_agrees_with_optax_in_every_recorded_number(line: dict[str, Any]) -> None:
    run = descend(SURFACES[line["surface"]], OPTIMIZERS["lion"], line["start"], 100, **line["hyperparameters"])
    for quantity, found in (("theta", run.theta), ("mean_grad", run.state["mean_grad"])):
        np.testing.assert_allclose(found[CHECKPOINTS], line[quantity], rtol=1e-9, atol=0, err_msg=quantity)


@pytest.mark.peers
def test_what_is_recorded_is_what_optax_computes_today() -> None:
    for line, now in zip(LINES, recorded(), strict=True):
        assert now["formula"] == line["formula"]
        for quantity in ("theta", "mean_grad"):
            np.testing.assert_allclose(now[quantity], line[quantity], rtol=1e-12, atol=0, err_msg=name(line))
