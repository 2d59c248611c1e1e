import math

import numpy as np
import pytest

from adadelta_viz.core import OPTIMIZERS, SURFACES, Surface, Trajectory, descend
from adadelta_viz.core.arrays import Array
from adadelta_viz.core.run import measures
from adadelta_viz.core.run.measures import effective_rate, facts, standing, steps_to
from adadelta_viz.core.surfaces.surface import X, Y

BOWL = Surface("bowl", "Bowl", X**2 + Y**2, ((-2, 2), (-1, 1)), (1.0, 1.0), minima=((0.0, 0.0), (3.0, 4.0)))


def made(points: list[tuple[float, float]], values: list[float], diverged_at: int = -1) -> Trajectory:
    theta = np.array(points)
    slopes: Array = np.ones_like(theta)
    return Trajectory(theta, np.array(values), slopes, np.diff(theta, axis=0), {}, np.array(diverged_at))


def test_the_best_step_is_the_first_of_equals() -> None:
    found = facts(BOWL, made([(0, 0)] * 5, [3.0, 1.0, 2.0, 1.0, 5.0]))
    assert (found.best_value, found.best_step) == (1.0, 1)
    assert (found.last_value, found.last_step) == (5.0, 4)
    assert found.stopped == "steps"


@pytest.mark.parametrize(
    ("points", "left"),
    [
        ([(0, 0), (2, 1), (-2, -1)], None),  # the border belongs to the window
        ([(0, 0), (0, 1.001), (0, 0)], 1),
        ([(0, 0), (0, 0), (-2.5, 0)], 2),
        ([(3, 0), (0, 0)], 0),
    ],
)
def test_a_run_leaves_the_map_at_its_first_point_outside(points: list[tuple[float, float]], left: int | None) -> None:
    assert facts(BOWL, made(points, [1.0] * len(points))).left_map_at == left


def test_the_distance_is_that_to_the_nearest_minimum() -> None:
    assert facts(BOWL, made([(0, 0), (3, 3)], [0.0, 1.0])).distance == 1.0
    assert facts(BOWL, made([(3, 4), (0.6, 0.8)], [0.0, 1.0])).distance == pytest.approx(1.0)


def test_where_there_is_no_minimum_there_is_no_distance() -> None:
    assert facts(SURFACES["saddle"], made([(0, 0), (1, 1)], [0.0, 1.0])).distance is None


def test_a_run_that_diverged_says_so() -> None:
    assert facts(BOWL, made([(0, 0), (1, 1)], [0.0, 1.0], diverged_at=2)).stopped == "diverged at step 2"


def test_facts_hold_only_plain_python_numbers() -> None:
    found = facts(BOWL, made([(0, 0), (5, 5)], [0.0, 1.0]))
    assert [type(each) for each in found] == [float, int, float, int, str, int, float]


@pytest.mark.parametrize(("level", "step"), [(10.0, 0), (3.0, 1), (2.0, 2), (1.9, math.nan)])
def test_steps_to_a_level_are_counted_to_the_first_value_at_or_below_it(level: float, step: float) -> None:
    run = made([(0, 0)] * 5, [5.0, 3.0, 2.0, 4.0, 2.0])
    np.testing.assert_equal(float(steps_to(level)(run)), float(step))


def test_the_best_value_passes_over_what_is_not_finite() -> None:
    assert float(measures.best_value(made([(0, 0)] * 4, [5.0, math.inf, math.nan, 4.0]))) == 4.0


def test_the_last_value_is_that_of_the_last_finite_iterate() -> None:
    assert float(measures.last_value(made([(0, 0), (1, 1), (math.nan, 1)], [5.0, 3.0, 2.0]))) == 3.0


def test_divergence_is_dated_by_the_first_iterate_that_is_not_finite() -> None:
    assert float(measures.diverged_at(made([(0, 0)] * 4, [5.0, 1.0, math.inf, 4.0]))) == 2.0
    assert math.isnan(float(measures.diverged_at(made([(0, 0)] * 2, [5.0, 1.0]))))


def test_the_effective_rate_of_adadelta_is_the_ratio_of_its_memories() -> None:
    run = descend(SURFACES["rosenbrock"], OPTIMIZERS["adadelta"], (-1.5, 2.0), 300, rho=0.95, eps=1e-6)
    above, below = run.state["mean_sq_delta"][:-1] + 1e-6, run.state["mean_sq_grad"][1:] + 1e-6
    np.testing.assert_allclose(effective_rate(run), np.sqrt(above) / np.sqrt(below), rtol=1e-12)


def test_where_the_slope_is_zero_there_is_no_effective_rate() -> None:
    run = descend(SURFACES["quadratic"], OPTIMIZERS["sgd"], (1.0, 0.0), 3, lr=0.1)
    np.testing.assert_allclose(effective_rate(run), [[0.1, np.nan]] * 3)


def test_a_standing_follows_the_run() -> None:
    found = standing(made([(0, 0), (3, 4), (3, 4), (3, 5)], [4.0, 5.0, 1.0, 2.0]), minimum=0.5, tolerance=0.5)
    assert found.best.tolist() == [4, 4, 1, 1]
    assert found.now.tolist() == [4, 5, 1, 2]
    assert found.length.tolist() == [0, 5, 5, 6]
    assert found.largest.tolist() == [0, 5, 5, 5]
    assert (int(found.reached), int(found.diverged)) == (2, -1)


def test_without_a_minimum_nobody_arrives() -> None:
    found = standing(made([(0, 0), (1, 1)], [-5.0, -9.0]), minimum=None, tolerance=100)
    assert int(found.reached) == -1
