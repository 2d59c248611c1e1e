"""What AdaDelta does, measured: each test is a sentence that a page or a lesson may say."""

from typing import Any

import numpy as np
import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from adadelta_viz.core import OPTIMIZERS, SURFACES, Surface, Trajectory, descend
from adadelta_viz.core.arrays import Array
from adadelta_viz.core.optimizers.adadelta import first_step, update
from adadelta_viz.core.surfaces.surface import X, Y

ADADELTA, ROSENBROCK = OPTIMIZERS["adadelta"], SURFACES["rosenbrock"]
RHO, EPS = st.floats(0, 0.999), st.floats(1e-10, 1e-1)
SLOPE = st.one_of(st.floats(1e-6, 1e6), st.floats(-1e6, -1e-6))


def bowl(x_curvature: float, y_curvature: float) -> Surface:
    """Two bowls in one: each coordinate walks by itself, f = h·x²/2."""
    expression = sp.Rational(str(x_curvature)) * X**2 / 2 + sp.Rational(str(y_curvature)) * Y**2 / 2
    return Surface("bowl", "Bowl", expression, ((-2, 2), (-2, 2)), (1.0, 1.0))


def walk(surface: Surface, steps: int, **given: Any) -> Trajectory:
    return descend(surface, ADADELTA, surface.start, steps, **({"rho": 0.95, "eps": 1e-6} | given))


def scaled(factor: str) -> Surface:
    surface = ROSENBROCK
    return Surface("scaled", "Scaled", sp.Rational(factor) * surface.expression, surface.domain, surface.start)


def rms(mean_square: Array, eps: float) -> Array:
    root: Array = np.sqrt(mean_square + eps)
    return root


def test_the_first_two_steps_are_those_computed_by_hand() -> None:
    """On f = 2x² + y²/2 from (1, 1) with ρ = 0.75, ε = 0.25."""
    run = walk(bowl(4, 1), 2, rho=0.75, eps=0.25)
    # step 1: g = (4, 1); E[g²] = 0.25·(16, 1) = (4, 0.25); Δ = −√0.25/√(4.25, 0.5)·(4, 1)
    first = np.array([-2 / np.sqrt(4.25), -0.5 / np.sqrt(0.5)])
    np.testing.assert_allclose(run.delta[0], first, rtol=1e-15)
    np.testing.assert_allclose(run.state["mean_sq_grad"][1], [4, 0.25], rtol=1e-15)
    np.testing.assert_allclose(run.state["mean_sq_delta"][1], [0.25 * 4 / 4.25, 0.25 * 0.25 / 0.5], rtol=1e-15)
    # step 2: the old update memory over the new gradient memory
    slope = np.array([4, 1]) * (1 + first)
    squares = 0.75 * np.array([4, 0.25]) + 0.25 * slope**2
    second = -np.sqrt(np.array([1 / 4.25, 0.125]) + 0.25) / np.sqrt(squares + 0.25) * slope
    np.testing.assert_allclose(run.delta[1], second, rtol=1e-14)
    np.testing.assert_allclose(run.theta[2], 1 + first + second, rtol=1e-14)
    np.testing.assert_allclose(
        run.state["mean_sq_delta"][2], 0.75 * np.array([1 / 4.25, 0.125]) + 0.25 * second**2, rtol=1e-14
    )


@given(rho=RHO, eps=EPS, g=SLOPE)
def test_the_first_step_is_set_by_rho_and_eps(rho: float, eps: float, g: float) -> None:
    delta, _ = update(np.zeros(2), np.array([g, -g]), (np.zeros(2), np.zeros(2)), 1, rho=rho, eps=eps, lr=1.0)
    expected = -np.sqrt(eps) * g / np.sqrt((1 - rho) * g**2 + eps)
    np.testing.assert_allclose(delta, [expected, -expected], rtol=1e-12)
    np.testing.assert_allclose(first_step(np.array([g, -g]), rho, eps), delta, rtol=1e-12)


@given(rho=RHO, eps=EPS, g=st.one_of(st.floats(1e6, 1e100), st.floats(-1e100, -1e6)))
def test_on_a_steep_slope_the_first_step_does_not_depend_on_the_slope(rho: float, eps: float, g: float) -> None:
    delta, _ = update(np.zeros(2), np.array([g, g]), (np.zeros(2), np.zeros(2)), 1, rho=rho, eps=eps, lr=1.0)
    np.testing.assert_allclose(delta, -np.sign(g) * np.sqrt(eps / (1 - rho)), rtol=1e-6)


@pytest.mark.parametrize("factor", ["10", "1000", "1000000"])
def test_multiplying_the_loss_changes_nothing(factor: str) -> None:
    deviation = np.abs(walk(scaled(factor), 200).theta - walk(ROSENBROCK, 200).theta)
    assert deviation[:151].max() < 2e-8
    assert deviation.max() < 1e-6


def test_dividing_the_loss_until_its_slopes_fall_below_eps_changes_the_path() -> None:
    deviation = np.abs(walk(scaled("1/10000"), 150).theta - walk(ROSENBROCK, 150).theta)
    assert 0.01 < deviation.max() < 0.1


def test_without_eps_it_never_moves() -> None:
    assert (walk(ROSENBROCK, 500, eps=0).theta == ROSENBROCK.start).all()


@given(rho=RHO, eps=EPS, noise=st.floats(0, 10), seed=st.integers(0, 9999))
def test_a_step_is_bounded_by_the_memory_of_the_steps_before(rho: float, eps: float, noise: float, seed: int) -> None:
    run = walk(bowl(3, 0.5), 60, rho=rho, eps=eps, noise=noise, seed=seed)
    before = run.state["mean_sq_delta"][:-1]
    assert (np.abs(run.delta) <= rms(before, eps) / np.sqrt(1 - rho) * (1 + 1e-9)).all()


@given(rho=RHO, eps=EPS, noise=st.floats(0, 10), seed=st.integers(0, 9999))
def test_memories_are_never_negative_and_steps_oppose_the_slope(
    rho: float, eps: float, noise: float, seed: int
) -> None:
    run = walk(bowl(3, 0.5), 60, rho=rho, eps=eps, noise=noise, seed=seed)
    assert all((record >= 0).all() for record in run.state.values())
    assert (np.sign(run.delta) == -np.sign(run.gradient[:-1])).all()


@given(rho=RHO, eps=EPS, x=st.floats(-2, 2), y=st.floats(-1, 3))
def test_swapping_the_coordinates_swaps_the_run(rho: float, eps: float, x: float, y: float) -> None:
    swapped = Surface("swapped", "Swapped", X**2 / 2 + 2 * Y**4, ((-2, 2), (-2, 2)), (1.0, 1.0))
    straight = Surface("straight", "Straight", Y**2 / 2 + 2 * X**4, ((-2, 2), (-2, 2)), (1.0, 1.0))
    runs = [
        descend(surface, ADADELTA, start, 40, rho=rho, eps=eps)
        for surface, start in ((straight, (x, y)), (swapped, (y, x)))
    ]
    np.testing.assert_allclose(runs[0].theta, runs[1].theta[:, ::-1], rtol=1e-12, atol=1e-14)


def test_without_memory_each_step_is_made_from_the_step_before_alone() -> None:
    """ρ = 0: Δₜ = −√(Δₜ₋₁² + ε)/√(gₜ² + ε)·gₜ."""
    run, eps = walk(ROSENBROCK, 100, rho=0, eps=1e-4), 1e-4
    previous = np.vstack([[0, 0], run.delta[:-1]])
    slope = run.gradient[:-1]
    np.testing.assert_allclose(run.delta, -rms(previous**2, eps) / rms(slope**2, eps) * slope, rtol=1e-12)
    np.testing.assert_allclose(np.abs(run.delta[:3, 0]), np.sqrt(eps * np.arange(1, 4)), rtol=1e-6)


def test_the_learning_rate_multiplies_the_step_after_it_was_remembered() -> None:
    whole, half = walk(ROSENBROCK, 1), walk(ROSENBROCK, 1, lr=0.5)
    assert (half.delta == 0.5 * whole.delta).all()
    assert (half.state["mean_sq_delta"][1] == whole.state["mean_sq_delta"][1]).all()


def test_in_full_batch_it_settles_below_curvature_two_and_not_above() -> None:
    """On f = 1.9·x²/2 + 10·y²/2 the step sizes go to one, so that a curvature above 2 is flipped for ever."""
    x, y = np.abs(walk(bowl(1.9, 10), 20_000).theta.T)
    assert x[3000:].max() < 1e-100
    assert y[300:500].min() < 1e-4, "it touches the floor"
    assert y[-500:].max() > 0.05, "and leaves it again"
    assert y[-500:].max() > 2 * y[2500:3000].max(), "ever further"


@pytest.mark.parametrize("eps", [1e-6, 1e-4])
def test_above_curvature_two_the_loss_grows_in_proportion_to_time(eps: float) -> None:
    """The law f(t) ≈ h·ε·t·(1 − 4/h²)/8, for h = 10."""
    loss = 5 * walk(bowl(10, 10), 20_000, eps=eps).theta[:, 0] ** 2
    assert loss[-1] == pytest.approx(10 * eps * 20_000 * (1 - 4 / 100) / 8, rel=0.1)


@pytest.mark.parametrize("seed", range(3))
def test_a_little_noise_cures_what_keeps_it_from_settling(seed: int) -> None:
    silent, noisy = walk(bowl(10, 10), 20_000), walk(bowl(10, 10), 20_000, noise=0.01, seed=seed)
    rest = slice(10_000, None)
    assert np.sqrt(np.mean(silent.theta[rest] ** 2)) > 0.04
    assert np.sqrt(np.mean(noisy.theta[rest] ** 2)) < 0.004


def test_on_rosenbrock_it_finds_the_valley_and_does_not_settle() -> None:
    run = walk(ROSENBROCK, 3000)
    best = int(np.argmin(run.value))
    assert 0.1 < run.value[best] < 0.15
    assert best == pytest.approx(960, abs=30)
    assert run.value[-1] > 2 * run.value[best]
    assert run.value[1500:].min() > 2 * run.value[best]
