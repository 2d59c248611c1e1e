import pickle
import tracemalloc
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adadelta_viz.core import OPTIMIZERS, SURFACES
from adadelta_viz.core.run import measures
from adadelta_viz.experiments import Experiment, Sensitivity, share
from adadelta_viz.experiments.maps.axes import plane
from adadelta_viz.experiments.maps.metrics import METRICS, SIZES, metric_values
from adadelta_viz.experiments.maps.tiles import Outcome, run_tile
from tests.experiments.test_experiment import experiments

every_optimizer = pytest.mark.parametrize("optimizer", OPTIMIZERS)
LINKS = st.dictionaries(st.sampled_from(["across", "up", "measure", "size", "tolerance", "optimizer"]), st.text())


@st.composite
def planes(draw: st.DrawFn) -> Sensitivity:
    """Any map: any experiment, any two of its hyperparameters, any measure, tolerance and size."""
    experiment = draw(experiments())
    names = [each.name for each in OPTIMIZERS[experiment.optimizer].hyperparameters]
    up = draw(st.sampled_from(names))
    rest = [name for name in names if name != up]
    across = draw(st.sampled_from(rest)) if rest else None
    tolerance = draw(st.floats(1e-6, 100))
    return Sensitivity(experiment, across, up, draw(st.sampled_from(list(METRICS))), tolerance, draw(SIZES_DRAWN))


SIZES_DRAWN = st.sampled_from(SIZES)


def single(experiment: Experiment, tolerance: float) -> list[float]:
    """What a map says of a cell, from the run of that cell alone."""
    run, minimum = experiment.run(), experiment.loss_surface.minimum
    level = np.nan if minimum is None else minimum + tolerance
    kinds = (measures.best_value, measures.last_value, measures.steps_to(level), measures.diverged_at)
    return [float(kind(run)) for kind in kinds]


@every_optimizer
def test_every_cell_is_its_single_run_digit_for_digit(optimizer: str) -> None:
    random = np.random.default_rng(sum(optimizer.encode()))
    for surface, noise in zip(random.choice(sorted(SURFACES), 2, replace=False).tolist(), (0.0, 0.3), strict=True):
        numbers = {"steps": 150, "noise": noise, "seed": 4}
        sensitivity = Sensitivity(Experiment(surface, optimizer, numbers), size=48)
        outcome = sensitivity.run()
        for row, column in random.integers(0, sensitivity.shape, (4, 2)).tolist():
            cell = [float(numbers[row, column]) for numbers in outcome]
            expected = single(sensitivity.cell(row, column), sensitivity.tolerance)
            np.testing.assert_array_equal(cell, expected, err_msg=f"{surface}, row {row}, column {column}")


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "nesterov", "radam"])
def test_a_cell_that_diverges_is_its_single_run_and_troubles_no_other(optimizer: str) -> None:
    sensitivity = Sensitivity(Experiment("beale", optimizer, {"x0": -4, "y0": 4, "steps": 120}), size=48)
    outcome = sensitivity.run()
    gone = ~np.isnan(outcome.diverged)
    assert 0 < gone.mean() < 1
    for part in (gone, ~gone):
        for row, column in np.argwhere(part)[:: max(1, part.sum() // 4)].tolist():
            cell = [float(numbers[row, column]) for numbers in outcome]
            np.testing.assert_array_equal(cell, single(sensitivity.cell(row, column), sensitivity.tolerance))


def test_pieces_may_travel_and_be_computed_in_any_order() -> None:
    sensitivity = Sensitivity(Experiment("himmelblau", "adam", {"steps": 20, "noise": 0.1}), size=128)
    tiles = list(sensitivity.tiles())
    assert len(tiles) > 1
    done = {i: run_tile(pickle.loads(pickle.dumps(tiles[i]))) for i in reversed(range(len(tiles)))}
    together = sensitivity.assemble(pickle.loads(pickle.dumps(done[i])) for i in range(len(tiles)))
    for one, other in zip(together, sensitivity.run(), strict=True):
        assert one.shape == sensitivity.shape
        np.testing.assert_array_equal(one, other)


@every_optimizer
def test_a_plane_has_a_cell_for_each_pair_and_a_strip_one_for_each_value(optimizer: str) -> None:
    sensitivity = Sensitivity(Experiment("sphere", optimizer, {"steps": 2}), size=48)
    across, up = sensitivity.axes()
    assert sensitivity.shape == (48, 48 if across else 1) == sensitivity.run().best.shape
    corner = sensitivity.cell(47, sensitivity.shape[1] - 1)
    expected = {up.name: up.values[-1]} | ({across.name: across.values[-1]} if across else {})
    assert {name: corner.numbers[name] for name in expected} == expected
    assert {name: value for name, value in corner.numbers.items() if name not in expected} == {
        name: value for name, value in sensitivity.experiment.numbers.items() if name not in expected
    }


@given(sensitivity=planes(), data=st.data())
def test_the_link_of_a_cell_is_the_whole_experiment(sensitivity: Sensitivity, data: st.DataObject) -> None:
    row, column = (data.draw(st.integers(0, count - 1)) for count in sensitivity.shape)
    cell = sensitivity.cell(row, column)
    assert Experiment.from_query(cell.to_query()) == (cell, ())


def test_the_usual_map_is_of_the_two_most_important_hyperparameters() -> None:
    assert (Sensitivity().across, Sensitivity().up) == ("rho", "eps")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"up": "beta1"}, "up must be one of rho, eps, lr: got 'beta1'."),
        ({"across": "moon"}, "across must be one of rho, eps, lr: got 'moon'."),
        ({"across": "rho", "up": "rho"}, "across and up must differ: got 'rho' for both."),
        ({"measure": "moon"}, "measure must be one of best, reached, last, diverged: got 'moon'."),
        ({"size": 1000}, "size must be one of 48, 96, 128, 256: got 1000."),
        ({"tolerance": 0}, "tolerance must be a number between 1e-06 and 100: got 0."),
    ],
    ids=str,
)
def test_a_bad_argument_is_refused(given: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        Sensitivity(**given)


@every_optimizer
def test_the_map_beside_has_the_same_conditions_and_its_own_plane(optimizer: str) -> None:
    mine = Sensitivity(Experiment("booth", numbers={"x0": 1.5, "steps": 70, "noise": 0.2, "seed": 3}), tolerance=0.5)
    other = mine.beside(optimizer)
    shared = ("x0", "y0", "steps", "noise", "seed")
    assert [other.experiment.numbers[name] for name in shared] == [mine.experiment.numbers[name] for name in shared]
    assert (other.across, other.up) == plane(OPTIMIZERS[optimizer])
    assert (other.size, other.tolerance, other.measure) == (mine.size, mine.tolerance, mine.measure)


def test_what_is_shown_is_the_height_above_the_minimum_and_nothing_for_who_diverged() -> None:
    outcome = Outcome(
        best=np.array([3.0, 4.0, 3.5]),
        last=np.array([9.0, 4.0, 3.5]),
        reached=np.array([2.0, np.nan, np.nan]),
        diverged=np.array([7.0, 5.0, np.nan]),
    )
    seen = {measure: metric_values(outcome, measure, 3.0) for measure in METRICS}
    np.testing.assert_array_equal(seen["best"].numbers, [np.nan, np.nan, 0.5])
    np.testing.assert_array_equal(seen["last"].numbers, [np.nan, np.nan, 0.5])
    np.testing.assert_array_equal(seen["reached"].numbers, [2, np.nan, np.nan])
    np.testing.assert_array_equal(seen["diverged"].numbers, [7, 5, np.nan])
    assert {measure: each.diverged.tolist() for measure, each in seen.items()} == {
        "best": [True, True, False],
        "last": [True, True, False],
        "reached": [False, True, False],
        "diverged": [False, False, False],
    }
    assert [each.log for each in seen.values()] == [True, False, True, False]
    assert not metric_values(outcome, "best", None).log


def test_a_share_counts_cells_that_have_a_number() -> None:
    assert share(np.array([[1.0, np.nan], [np.nan, np.nan]])) == 0.25
    assert share(np.full((3, 1), np.nan)) == 0


@pytest.mark.parametrize("surface", ["rosenbrock", "ackley"])
def test_the_largest_map_needs_less_than_200_megabytes(surface: str) -> None:
    largest = Sensitivity(Experiment(surface, "adam", {"steps": 3, "noise": 0.1}), size=max(SIZES))
    tracemalloc.start()
    try:
        largest.run()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 60e6
    longer = replace(largest, experiment=replace(largest.experiment, numbers={"steps": 6}))
    tracemalloc.start()
    try:
        longer.run()
        assert tracemalloc.get_traced_memory()[1] < 1.2 * peak, "memory does not grow with the number of steps"
    finally:
        tracemalloc.stop()
