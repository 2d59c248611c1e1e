"""What theory predicts lies beside what the rule does, over the whole range of the controls."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adadelta_viz import OPTIMIZERS
from adadelta_viz.claims import CLAIMS
from adadelta_viz.claims.laws import BORDER, FIRST_STEP, LOSS_GROWTH, growing
from adadelta_viz.claims.walk import bowl_walk, walk
from adadelta_viz.core.optimizers.adadelta import first_step

RHO = st.floats(0.5, 0.99)
EPS = st.floats(-10, -1).map(lambda power: 10.0**power)
SLOPE = st.floats(-3, 1).map(lambda power: 10.0**power)


@given(RHO, EPS, SLOPE)
def test_the_first_step_is_the_formula(rho: float, eps: float, slope: float) -> None:
    run = walk(OPTIMIZERS["adadelta"], lambda *_: np.array([slope]), np.zeros(1), 1, rho=rho, eps=eps, lr=1.0)
    assert -run.delta[0, 0] == pytest.approx(float(FIRST_STEP(g=slope, rho=rho, eps=eps)), rel=1e-12)
    assert run.delta[0, 0] == pytest.approx(float(first_step(np.array(slope), rho, eps)), rel=1e-12)


@given(RHO, EPS, SLOPE)
def test_steps_down_a_constant_slope_follow_their_law_within_two_percent(rho: float, eps: float, slope: float) -> None:
    steps = 3000
    run = walk(OPTIMIZERS["adadelta"], lambda *_: np.array([slope]), np.zeros(1), steps, rho=rho, eps=eps, lr=1.0)
    np.testing.assert_allclose(growing(np.arange(1.0, steps + 1), slope, rho, eps), -run.delta[:, 0], rtol=0.02)


def test_for_small_eps_the_law_is_the_root_of_time() -> None:
    t, rho, eps = np.array([1e4, 1e5]), 0.95, 1e-6
    np.testing.assert_allclose(growing(t, 1.0, rho, eps), np.sqrt(eps * (1 + (1 - rho) * t)), rtol=0.03)


def test_in_the_end_a_step_is_as_long_as_the_slope() -> None:
    assert float(growing(np.array(1e9), 0.3, 0.95, 1e-6)) == pytest.approx(0.3)


@pytest.mark.parametrize(("rho", "slope"), [(0.5, 0.001), (0.99, 0.03), (0.9, 1.0), (0.5, 10.0), (0.99, 10.0)])
def test_the_counted_and_the_predicted_steps_agree_within_five_percent_or_one_step(rho: float, slope: float) -> None:
    counted, predicted = CLAIMS["rate"].finding(rho=rho, slope=slope).pictures[0].series  # type: ignore[union-attr]
    assert np.all(np.abs(predicted.y - counted.y) <= np.maximum(0.05 * counted.y, 1))


@pytest.mark.parametrize(("lr", "eps"), [(0.1, 1e-3), (0.4, 1e-8), (1.0, 1e-6), (1.0, 1e-3)])
def test_beyond_the_border_the_loss_grows_by_its_law_and_up_to_it_not(lr: float, eps: float) -> None:
    border, steps = float(BORDER(lr=lr)), 20_000
    curvature = border * np.array([0.05, 0.5, 0.99, 1.0, 1.01, 1.02, 1.1, 2.0, 5.0, 50.0, 500.0])
    run = bowl_walk("adadelta", curvature, steps, 100 * lr * np.sqrt(eps), eps=eps, lr=lr)
    loss = curvature * run.theta**2 / 2
    growth = (loss[-1] - loss[steps // 2]) / (steps / 2)
    np.testing.assert_allclose(growth[4:], LOSS_GROWTH(h=curvature[4:], lr=lr, eps=eps), rtol=0.05)
    assert (loss[-1, :4] < 1e-30).all()


@settings(max_examples=4)
@given(st.floats(2.02, 1000), st.floats(0.1, 1), st.floats(-8, -3).map(lambda power: 10.0**power))
def test_the_card_on_convergence_names_the_law_only_where_it_holds(h: float, lr: float, eps: float) -> None:
    finding = CLAIMS["converge"].finding(h=h, lr=lr, eps=eps)
    if "the law says" in finding.sentence:
        assert finding.numbers["growth"] == pytest.approx(finding.numbers["growth_law"], rel=0.05)
        assert finding.verdict == "false"
    else:
        assert h < 1.01 * finding.numbers["border"]
