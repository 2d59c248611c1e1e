"""The laws that the theory quotes, held against runs of the optimizers."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from adadelta_viz.core import OPTIMIZERS, SURFACES, Surface, descend
from adadelta_viz.core.run.laws import (
    after_one_steep_slope,
    dying_rate,
    estimate,
    factor,
    half_life,
    inverse_curvature,
    momentum_gain,
    recovering_rate,
    run_on_gradients,
    steps_to_tenth,
    time_constant,
)
from adadelta_viz.core.surfaces.surface import X, Y

rates = st.floats(1e-4, 0.03)
memories = st.floats(0.01, 0.999)


def bowl(x: float, y: float) -> Surface:
    """Return the bowl with these curvatures along the axes."""
    return Surface("bowl", "Bowl", (x * X**2 + y * Y**2) / 2, ((-9, 9), (-9, 9)), (1.0, 1.0), ((0.0, 0.0),))


@given(lr=rates)
def test_a_step_of_sgd_multiplies_each_distance_by_its_factor(lr: float) -> None:
    run = descend(SURFACES["quadratic"], OPTIMIZERS["sgd"], (-8.0, 1.0), 10, lr=lr)
    expected = np.array([[factor(1, lr)], [factor(100, lr)]]) ** np.arange(11) * [[-8.0], [1.0]]
    np.testing.assert_allclose(run.theta.T, expected, rtol=1e-9, atol=1e-12)


@given(multiplier=st.floats(-0.999, 0.999).filter(lambda number: abs(number) > 1e-3))
def test_after_the_steps_to_a_tenth_a_tenth_is_left(multiplier: float) -> None:
    assert math.isclose(abs(multiplier) ** steps_to_tenth(multiplier), 0.1)


@pytest.mark.parametrize("multiplier", [1.0, -1.0, 1.5, -2.0])
def test_what_does_not_shrink_never_comes_to_a_tenth(multiplier: float) -> None:
    assert steps_to_tenth(multiplier) == math.inf


@given(momentum=st.floats(0, 0.98))
def test_steady_slopes_pile_up_and_alternating_ones_cancel_to_the_length_that_the_law_says(momentum: float) -> None:
    steps = 1200
    slopes = np.array([[1.0, 1.0]] * steps)
    slopes[1::2, 1] = -1
    velocity = np.abs(run_on_gradients(OPTIMIZERS["momentum"], slopes, lr=1.0, momentum=momentum)[-1])
    np.testing.assert_allclose(velocity, momentum_gain(momentum), rtol=1e-6)


@given(rho=memories)
def test_after_a_half_life_half_is_left_and_all_that_is_left_adds_up_to_the_time_constant(rho: float) -> None:
    assert math.isclose(rho ** half_life(rho), 0.5)
    ages = np.arange(40_000)
    assert math.isclose(float((rho**ages).sum()), time_constant(rho), rel_tol=1e-9)


@given(rho=st.floats(0.5, 0.99), age=st.integers(1, 50))
def test_a_memory_of_adadelta_keeps_the_fraction_rho_of_a_slope_per_step(rho: float, age: int) -> None:
    slope, level = np.ones(2), np.zeros(2)
    hyper = OPTIMIZERS["adadelta"].resolve(rho=rho)
    _, state = OPTIMIZERS["adadelta"].update(level, slope, (level, level), 1, **hyper)
    at_first = state[0][0]
    for t in range(age):
        _, state = OPTIMIZERS["adadelta"].update(level, level, state, t + 2, **hyper)
    assert math.isclose(state[0][0] / at_first, rho**age, rel_tol=1e-9)


@given(steep=st.floats(1, 1000))
def test_adagrads_rate_after_one_steep_slope_follows_its_law(steep: float) -> None:
    t = np.arange(1.0, 301.0)
    found = after_one_steep_slope(OPTIMIZERS["adagrad"], steep, 300, lr=0.5)
    np.testing.assert_allclose(found, dying_rate(t, steep, lr=0.5), rtol=1e-6)


@given(steep=st.floats(1, 1000), rho=st.floats(0, 0.999))
def test_rmsprops_rate_after_one_steep_slope_follows_its_law(steep: float, rho: float) -> None:
    t = np.arange(1.0, 301.0)
    found = after_one_steep_slope(OPTIMIZERS["rmsprop"], steep, 300, lr=0.5, rho=rho)
    np.testing.assert_allclose(found, recovering_rate(t, steep, rho, lr=0.5), rtol=1e-6)


@pytest.mark.parametrize("name", SURFACES)
def test_the_inverse_curvature_is_the_diagonal_of_the_inverse_hessian(name: str) -> None:
    surface = SURFACES[name]
    low, high = np.transpose(surface.domain)
    points = np.random.default_rng(0).uniform(low, high, size=(50, 2))
    inverse, axis = inverse_curvature(surface, points)
    for point, row, along in zip(points, inverse, axis, strict=True):
        hessian = surface.hessian(point)
        if np.linalg.cond(hessian) < 1e8:
            np.testing.assert_allclose(row, np.diag(np.linalg.inv(hessian)), rtol=1e-6)
        np.testing.assert_allclose(along, 1 / np.diag(hessian))


def test_where_the_hessian_has_no_inverse_there_is_no_number() -> None:
    inverse, axis = inverse_curvature(SURFACES["monkey_saddle"], np.zeros((1, 2)))
    assert np.isnan(inverse).all()
    assert np.isnan(axis).all()
    valley = Surface("valley", "Valley", X**2, ((-1, 1), (-1, 1)), (1.0, 0.0))
    inverse, axis = inverse_curvature(valley, np.array([[0.5, 0.5]]))
    assert np.isnan(inverse).all()
    np.testing.assert_array_equal(axis, [[0.5, np.nan]])


@given(x=st.floats(-9, 9), y=st.floats(-9, 9))
def test_the_ratio_of_an_estimate_is_the_step_over_the_slope(x: float, y: float) -> None:
    assume(abs(x) > 1e-3 and abs(y) > 1e-3)
    surface = bowl(1, 10)
    run = descend(surface, OPTIMIZERS["adadelta"], (x, y), 20)
    found = estimate(surface, run)
    squares, steps = run.state["mean_sq_grad"][1:], run.state["mean_sq_delta"][:-1]
    np.testing.assert_allclose(found.ratio, np.sqrt((steps + 1e-6) / (squares + 1e-6)), rtol=1e-9)
    np.testing.assert_allclose(found.inverse, [[1.0, 0.1]] * 20)


@pytest.mark.parametrize(("curvature", "expected"), [(0.5, 1.0), (1.0, 1.0), (3.0, 2 / 3), (10.0, 0.2), (100.0, 0.02)])
def test_the_ratio_settles_at_two_over_the_curvature_or_at_one_in_a_flatter_bowl(
    curvature: float, expected: float
) -> None:
    surface = bowl(curvature, curvature)
    ratio = estimate(surface, descend(surface, OPTIMIZERS["adadelta"], (1.0, 1.0), 3000)).ratio
    settled = ratio[np.isfinite(ratio[:, 0])][-1]
    np.testing.assert_allclose(settled, expected, rtol=0.01)
