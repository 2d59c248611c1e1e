"""What the optimizers have in common, and Lion by hand, which torch does not have."""

from typing import Any

import numpy as np
import pytest

from adadelta_viz.core import OPTIMIZERS, SURFACES, Trajectory, descend


def run(optimizer: str, **hyper: Any) -> Trajectory:
    return descend(SURFACES["himmelblau"], OPTIMIZERS[optimizer], (0.0, 0.5), 50, **hyper)


@pytest.mark.parametrize("optimizer", ["momentum", "nesterov"])
def test_without_momentum_the_heavy_ball_is_plain_descent(optimizer: str) -> None:
    np.testing.assert_array_equal(run(optimizer, momentum=0).theta, run("sgd").theta)


def test_without_weight_decay_adamw_is_adam() -> None:
    np.testing.assert_array_equal(run("adamw", weight_decay=0).theta, run("adam").theta)


def test_without_memory_rmsprop_and_adam_see_only_the_sign_of_the_slope() -> None:
    for found in (run("rmsprop", rho=0, eps=0), run("adam", beta1=0, beta2=0, eps=0)):
        lengths = np.abs(found.delta)
        np.testing.assert_allclose(lengths, lengths[0, 0], rtol=1e-12)


def test_amsgrad_is_adam_until_a_mean_square_falls() -> None:
    squares = run("adam").state["mean_sq_grad"]
    rising = int(np.argmin((np.diff(squares, axis=0) >= 0).all(axis=1)))
    assert 0 < rising < 50
    np.testing.assert_allclose(run("amsgrad").theta[: rising + 1], run("adam").theta[: rising + 1], rtol=1e-12)
    assert (run("amsgrad").theta[-1] != run("adam").theta[-1]).all()


def test_adagrad_only_shrinks_its_rate() -> None:
    found = run("adagrad")
    rates = np.abs(found.delta / found.gradient[:-1])
    assert (np.diff(rates, axis=0) < 0).all()


def test_lion_takes_the_steps_computed_by_hand() -> None:
    rule = OPTIMIZERS["lion"].update
    hyper = {"lr": 0.1, "beta1": 0.9, "beta2": 0.99, "weight_decay": 0.5}
    theta = np.array([2.0, -1.0])
    delta, state = rule(theta, np.array([4.0, -3.0]), (np.zeros(2),), 1, **hyper)
    np.testing.assert_allclose(delta, [-0.1 - 0.1 * 0.5 * 2, 0.1 + 0.1 * 0.5 * 1], rtol=1e-15)
    np.testing.assert_allclose(state[0], [0.04, -0.03], rtol=1e-14)
    delta, state = rule(theta, np.array([-0.1, 0.5]), state, 2, **hyper)  # 0.036 − 0.01 > 0, −0.027 + 0.05 > 0
    np.testing.assert_allclose(delta, [-0.1 - 0.1, -0.1 + 0.05], rtol=1e-14)
    np.testing.assert_allclose(state[0], [0.0396 - 0.001, -0.0297 + 0.005], rtol=1e-14)
