"""Each statement of the texts, computed."""

import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adadelta_viz.core import OPTIMIZERS, SURFACES, descend
from adadelta_viz.core.run.laws import after_one_steep_slope, estimate, half_life, run_on_gradients, time_constant
from adadelta_viz.core.run.measures import facts, steps_to
from adadelta_viz.experiments import Experiment
from adadelta_viz.notation.numbers import written
from adadelta_viz.theory import Reading, dilemma, momentum
from adadelta_viz.theory.family import FAMILY
from tests.theory.test_texts import words

STEADY = np.ones((3000, 2))


# ---- The dilemma ----


@pytest.mark.parametrize("lr", np.round(np.arange(0.001, 0.0225, 0.001), 3).tolist())
def test_the_verdict_on_a_rate_is_what_its_run_does(lr: float) -> None:
    run = descend(SURFACES["quadratic"], OPTIMIZERS["sgd"], (-8.0, 1.0), 300, lr=lr)
    text = words(Reading("dilemma", {"lr": lr}))
    steep = np.abs(run.theta[:, 1])
    assert np.all(np.diff(np.abs(run.theta[:, 0])) < 0)  # the flat side shrinks with all of them
    assert ("Both sides shrink" in text) == (steep[-1] < 1e-9 or bool(np.all(np.diff(steep) < 0)))
    assert ("jumps from wall to wall" in text) == bool(np.allclose(steep, 1, rtol=1e-6))
    assert ("longer than the one before" in text) == bool(np.all(np.diff(steep) > 1e-9))
    left = facts(SURFACES["quadratic"], run).left_map_at
    yours = f"leaves the map at step {left}" if left else f"comes to a loss of {written(float(run.value[-1]))}"
    assert re.search(f"yours {re.escape(yours)}", text)


def test_the_small_rate_is_too_small_and_the_large_one_leaves_the_map() -> None:
    small, good, large = (dilemma.experiment(rate).run() for rate in (dilemma.SMALL, 0.019, dilemma.LARGE))
    text = words(Reading("dilemma"))
    assert f"The small rate comes to a loss of {written(float(small.value[-1]))} in 300 steps" in text
    assert f"the large one leaves the map at step {facts(SURFACES['quadratic'], large).left_map_at}" in text
    assert small.value[-1] > 10_000 * good.value[-1]


def test_the_flat_side_needs_as_many_steps_for_a_factor_of_ten_as_the_text_says() -> None:
    run = dilemma.experiment(0.019).run()
    said = int(re.findall(r"needs (\d+) steps", words(Reading("dilemma")))[0])
    assert abs(run.theta[said, 0] / run.theta[0, 0]) == pytest.approx(0.1, rel=0.02)


def test_each_side_alone_has_a_rate_that_arrives_in_one_step() -> None:
    for axis, lr in ((1, 0.01), (0, 1.0)):
        run = descend(SURFACES["quadratic"], OPTIMIZERS["sgd"], (-8.0, 1.0), 1, lr=lr)
        assert run.theta[1, axis] == 0
    assert "Along y alone η = 0.01 would arrive in one step, along x alone η = 1." in words(Reading("dilemma"))


# ---- Momentum ----


@pytest.mark.parametrize("mu", [0.0, 0.3, 0.5, 0.9, 0.98, 0.999])
def test_momentum_and_sgd_do_what_the_text_says(mu: float) -> None:
    text = words(Reading("momentum", {"momentum": mu}))
    runs = {key: experiment.run() for key, experiment in momentum.experiments(mu).items()}
    for title, run in (("SGD", runs["sgd"]), ("Momentum", runs["momentum"])):
        step = float(steps_to(0.01)(run))
        said = "has not come below" if np.isnan(step) else f"comes below a loss of 0.01 at step {step:.0f}"
        assert f"{title} {said}" in text
    half = [int(np.argmax(np.abs(run.theta[:, 0]) <= 4)) for run in runs.values()]
    assert min(half) > 0  # both come that far, whatever μ is
    assert f"takes SGD {half[0]} steps and Momentum {half[1]}." in text
    x = runs["momentum"].theta[:, 0]
    crossings = sum(a * b < 0 for a, b in pairwise(x))
    assert f"{ {0: 'never', 1: 'once', 2: 'twice'}.get(crossings, f'{crossings} times') }." in text


def test_momentum_has_one_rate_for_all_directions() -> None:
    steps = run_on_gradients(OPTIMIZERS["momentum"], np.array([[1.0, 3.0]] * 20), lr=0.1, momentum=0.9)
    np.testing.assert_allclose(steps[:, 1], 3 * steps[:, 0])


# ---- AdaGrad ----


@given(st.lists(st.floats(-100, 100).filter(lambda slope: abs(slope) > 1e-3), min_size=2, max_size=30))
def test_adagrads_rate_never_rises(slopes: list[float]) -> None:
    pairs = np.array(slopes).repeat(2).reshape(-1, 2)
    rate = np.abs(run_on_gradients(OPTIMIZERS["adagrad"], pairs) / pairs)
    assert np.all(np.diff(rate, axis=0) <= 1e-12)


def test_adagrad_gives_each_coordinate_a_rate_of_its_own() -> None:
    steps = run_on_gradients(OPTIMIZERS["adagrad"], np.array([[1.0, 1000.0]] * 5))
    np.testing.assert_allclose(steps[:, 0], steps[:, 1])


def test_without_a_steep_slope_the_rate_is_a_tenth_at_step_100() -> None:
    assert after_one_steep_slope(OPTIMIZERS["adagrad"], 1.0, 100, lr=1.0)[-1] == pytest.approx(0.1)


@pytest.mark.parametrize("steep", [1.0, 10.0, 100.0, 1000.0])
def test_the_rate_after_a_thousand_steps_is_the_one_in_the_text(steep: float) -> None:
    text = words(Reading("adagrad", {"steep": steep}))
    rates = [float(after_one_steep_slope(OPTIMIZERS["adagrad"], first, 1000, lr=1.0)[-1]) for first in (steep, 1.0)]
    assert f"At step 1000 the rate is {written(rates[0])} η." in text
    assert f"it would be {written(rates[1])} η" in text
    if steep > 1:
        until = int(re.findall(r"until step S² \+ 1 = (\d+)", text)[0])
        assert until - 1 == steep**2  # so many later squares of 1 weigh as much as the first


# ---- The window ----


@pytest.mark.parametrize("rho", [0.0, 0.5, 0.9, 0.95, 0.99, 0.999])
def test_the_rate_recovers_at_the_step_in_the_text(rho: float) -> None:
    text = words(Reading("window", {"rho": rho}))
    rates = after_one_steep_slope(OPTIMIZERS["rmsprop"], 100.0, 1000, lr=1.0, rho=rho)
    back = next((step for step, rate in enumerate(rates, 1) if rate >= 0.5), None)
    said = (
        f"back at half of η at step {back}."
        if back
        else f"the rate is at {written(float(rates[-1]))} η after 1000 steps"
    )
    assert said in text
    summed = after_one_steep_slope(OPTIMIZERS["adagrad"], 100.0, 1000, lr=1.0)
    assert f"AdaGrad stands at {written(float(summed[-1]))} η" in text


@pytest.mark.parametrize("slope", [1e-3, 1.0, 1e3])
def test_on_steady_slopes_rmsprops_steps_come_to_have_the_length_of_the_rate(slope: float) -> None:
    steps = run_on_gradients(OPTIMIZERS["rmsprop"], slope * STEADY, lr=0.02)
    np.testing.assert_allclose(np.abs(steps[-1]), 0.02, rtol=1e-4)


def test_rmsprop_and_adadelta_share_year_and_window() -> None:
    assert FAMILY["rmsprop"].year == FAMILY["adadelta"].year == 2012
    assert OPTIMIZERS["rmsprop"].equations[0] == OPTIMIZERS["adadelta"].equations[0]


# ---- The units ----


def test_the_units_of_a_step_are_those_in_the_text() -> None:
    length, time, slope, curvature = 7.0, 3.0, 2.0, 5.0  # the same loss in other units of θ and of f
    slopes = np.full((1, 2), slope)
    scaled = slopes * time / length
    sgd = run_on_gradients(OPTIMIZERS["sgd"], scaled, lr=0.1) / run_on_gradients(OPTIMIZERS["sgd"], slopes, lr=0.1)
    np.testing.assert_allclose(sgd, time / length)
    rmsprop = run_on_gradients(OPTIMIZERS["rmsprop"], scaled) / run_on_gradients(OPTIMIZERS["rmsprop"], slopes)
    np.testing.assert_allclose(rmsprop, 1, rtol=1e-6)
    newton = (slope * time / length) / (curvature * time / length**2) / (slope / curvature)
    assert newton == pytest.approx(length)


def test_without_epsilon_adadelta_does_not_move() -> None:
    run = descend(SURFACES["rosenbrock"], OPTIMIZERS["adadelta"], (-1.5, 2.0), 100, eps=0)
    np.testing.assert_array_equal(run.theta, [[-1.5, 2.0]] * 101)


def test_the_first_step_is_made_by_epsilon() -> None:
    runs = [Experiment(numbers={"eps": eps, "steps": 1}).run() for eps in (1e-8, 1e-6)]
    np.testing.assert_allclose(runs[1].delta, 10 * runs[0].delta, rtol=1e-4)


@pytest.mark.parametrize("surface", SURFACES)
def test_the_shares_and_the_table_are_those_of_the_run(surface: str) -> None:
    reading = Reading("units", surface=surface)
    text = words(reading)
    experiment = Experiment(surface, "adadelta", {"steps": 1500})
    run = experiment.run()
    found = estimate(SURFACES[surface], run)
    with np.errstate(all="ignore"):
        times_off = found.ratio / np.abs(found.inverse)
        near = ((times_off <= 3) & (times_off >= 1 / 3)).mean(axis=0)
    assert f"in {near[0]:.0%} along x and {near[1]:.0%} along y of {len(run.delta)} steps" in text
    for t in (0, -1):
        for value in (found.ratio[t], found.inverse[t]):
            for number in value:
                assert (written(float(number)) if np.isfinite(number) else "none") in text


def test_on_the_bowl_of_the_trial_the_ratio_is_twice_the_true_value_at_the_end() -> None:
    surface = SURFACES["bowl_10"]
    found = estimate(surface, descend(surface, OPTIMIZERS["adadelta"], surface.start, 1500))
    np.testing.assert_allclose(found.ratio[-1] / found.inverse[-1], 2, rtol=0.02)


def test_what_is_quoted_from_the_paper_says_that_it_was_not_checked() -> None:
    assert "as published, not re-checked here" in words(Reading("units"))
    assert "(as published)" in words(Reading("algorithm"))


# ---- The algorithm ----


@pytest.mark.parametrize("rho", [0.0, 0.9, 0.999])
@pytest.mark.parametrize("eps", [1e-10, 1e-6, 1e-1])
def test_the_first_step_of_the_run_is_the_one_in_the_text(rho: float, eps: float) -> None:
    text = words(Reading("algorithm", {"rho": rho, "eps": eps}))
    run = Experiment(numbers={"rho": rho, "eps": eps, "steps": 300}).run()
    assert f"that is {written((eps / (1 - rho)) ** 0.5)}." in text
    x, y = np.abs(run.delta[0])
    assert f"begins with {written(float(x))} along x and {written(float(y))} along y" in text
    assert f"1/√(1 − ρ) = {written((1 - rho) ** -0.5)} times" in text


@given(
    st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=20), st.floats(0, 0.999), st.sampled_from([1e-8, 1e-6, 1e-2])
)
def test_no_step_is_longer_than_the_bound_in_the_text(slopes: list[float], rho: float, eps: float) -> None:
    pairs = np.array(slopes).repeat(2).reshape(-1, 2)
    steps = run_on_gradients(OPTIMIZERS["adadelta"], pairs, rho=rho, eps=eps)[:, 0]
    mean_square = 0.0
    for step in steps:
        assert abs(step) <= np.sqrt(mean_square + eps) / np.sqrt(1 - rho) * (1 + 1e-9)
        mean_square = rho * mean_square + (1 - rho) * step**2


# ---- What ρ remembers ----


@pytest.mark.parametrize("rho", [0.5, 0.9, 0.95, 0.99, 0.999])
def test_both_numbers_of_a_memory_are_those_in_the_text(rho: float) -> None:
    text = words(Reading("memory", {"rho": rho}))
    assert f"half is gone after {written(half_life(rho))} steps" in text
    assert f"1/(1 − ρ) = {written(time_constant(rho))} is given" in text
    assert f"{rho ** time_constant(rho):.0%} is left, not half" in text
    assert rho ** time_constant(rho) < 0.4
    assert f"the half-life is {written(half_life(rho) * (1 - rho))} of it" in text


def test_close_to_one_the_half_life_is_ln_2_of_the_time_constant() -> None:
    assert half_life(1 - 1e-9) / time_constant(1 - 1e-9) == pytest.approx(np.log(2), rel=1e-6)


def test_the_table_of_usual_values_is_computed() -> None:
    assert "0.96.6100.9513.5200.9969.01000.999692.81000" in words(Reading("memory"))
    for rho, half in ((0.9, 6.6), (0.95, 13.5), (0.99, 69.0), (0.999, 692.8)):
        assert round(np.log(0.5) / np.log(rho), 1) == half


# ---- What came after ----


def test_adam_without_its_momentum_is_rmsprop_once_the_correction_has_faded() -> None:
    slopes = np.random.default_rng(0).standard_normal((3000, 2))
    adam = run_on_gradients(OPTIMIZERS["adam"], slopes, lr=0.1, beta1=0.0, beta2=0.99)
    rmsprop = run_on_gradients(OPTIMIZERS["rmsprop"], slopes, lr=0.1, rho=0.99)
    np.testing.assert_allclose(adam[-100:], rmsprop[-100:], rtol=1e-6)
    assert abs(adam[0, 0]) < abs(rmsprop[0, 0]) / 9  # the correction: at first the average has seen one square only


def test_adam_brought_the_learning_rate_back() -> None:
    assert OPTIMIZERS["adadelta"].tuned == "eps"
    assert OPTIMIZERS["adam"].tuned == "lr"


def test_most_of_what_followed_adam_comes_from_adam() -> None:
    def comes_from_adam(key: str) -> bool:
        return any(parent == "adam" or comes_from_adam(parent) for parent in FAMILY[key].parents)

    later = list(FAMILY)[list(FAMILY).index("adam") + 1 :]
    assert sum(map(comes_from_adam, later)) > len(later) / 2


def test_the_wish_came_back_after_as_many_years_as_the_text_says() -> None:
    assert FAMILY["d-adaptation"].year - FAMILY["adadelta"].year == 11
    assert "came back 11 years later" in words(Reading("after"))
