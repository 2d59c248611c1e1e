"""A sketch holds the runs as they were, up to where they leave the map."""

import base64
from typing import Any

import numpy as np

from adadelta_viz.experiments import Experiment
from adadelta_viz.player.sketch import Walker, sketch_payload

NUMBERS: dict[str, float] = {"steps": 60}


def decoded(array: dict[str, str]) -> Any:
    shape = tuple(map(int, array["shape"].split(", ")))
    return np.frombuffer(base64.b64decode(array["bdata"]), dtype=f"<{array['dtype']}").reshape(shape)


def walkers(*rates: float) -> list[Walker]:
    experiments = [Experiment("quadratic", "sgd", NUMBERS | {"lr": rate}) for rate in rates]
    return [Walker(each, each.run(), f"η {rate}", "sgd") for each, rate in zip(experiments, rates, strict=True)]


def test_runs_have_their_names_and_the_last_one_is_drawn_without_gaps() -> None:
    packed = sketch_payload(walkers(0.001, 0.002, 0.01), "caption")
    assert [run["label"] for run in packed["runs"]] == ["η 0.001", "η 0.002", "η 0.01"]
    assert [bool(run["dash"]) for run in packed["runs"]] == [True, True, False]
    assert len({run["key"] for run in packed["runs"]}) == 3
    assert packed["caption"] == "caption"
    assert "ranking" not in packed


def test_a_run_that_stays_is_whole_and_one_that_leaves_ends_with_its_first_iterate_outside() -> None:
    given = walkers(0.01, 0.022)
    stays, leaves = (decoded(run["theta"]) for run in sketch_payload(given, "")["runs"])
    np.testing.assert_array_equal(stays, given[0].run.theta.astype(np.float32))
    outside = np.flatnonzero(np.abs(given[1].run.theta[:, 1]) > 10)[0]
    np.testing.assert_array_equal(leaves, given[1].run.theta[: outside + 1].astype(np.float32))


def test_other_runs_and_other_names_are_other_sketches() -> None:
    one, other = walkers(0.01), walkers(0.02)
    renamed = [one[0]._replace(label="mine")]
    assert len({sketch_payload(each, "")["id"] for each in (one, other, renamed)}) == 3
