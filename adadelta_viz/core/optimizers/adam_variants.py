"""Three ways on from Adam: look ahead (NAdam), wait before dividing (RAdam), divide by the largest slope (Adamax).

Conventions (bias correction, place of ε) are those of torch.optim 2.x. Learning rates are chosen to be visible on a 2-D
surface.
"""

import sympy as sp

from adadelta_viz.core.arrays import Array, Number
from adadelta_viz.core.optimizers.hyperparameters import BETA1, BETA2, guard, rate
from adadelta_viz.core.optimizers.moments import (
    BETA_1,
    BETA_2,
    CORRECT_MEAN,
    CORRECT_SQUARE,
    CORRECTED_MEAN,
    CORRECTED_SQUARE,
    EPS,
    LR,
    MEAN,
    MEAN_GRAD,
    MEAN_SQ_GRAD,
    MOMENTS,
    SQUARE,
    THETA,
    G,
    moments,
)
from adadelta_viz.core.optimizers.numeric import divide, maximum, sqrt, where
from adadelta_viz.core.optimizers.optimizer import STEP, Optimizer, Peer, Quantity, State, Unavailable, last, now


def _warmed(beta1: Number, t: int) -> Number:
    """Return NAdam's momentum at step t, which grows from half of β₁ to β₁ (torch's momentum_decay of 0.004)."""
    share: float = 1 - 0.5 * 0.96 ** (0.004 * t)
    return beta1 * share


def _nadam(
    theta: Array, gradient: Array, state: State, t: int, *, lr: Number, beta1: Number, beta2: Number, eps: Number
) -> tuple[Array, State]:
    mean_grad, mean_sq_grad = moments(gradient, state, beta1, beta2)
    momentum, ahead = _warmed(beta1, t), _warmed(beta1, t + 1)
    product = state[2] * momentum
    direction = (1 - momentum) / (1 - product) * gradient + ahead / (1 - product * ahead) * mean_grad
    root = sqrt(mean_sq_grad / (1 - beta2**t)) + eps
    return -lr * direction / root, (mean_grad, mean_sq_grad, product)


def _nadam_start(zeros: Array, **hyper: Number) -> State:
    return zeros, zeros, zeros + 1


with sp.evaluate(False):
    _momentum_now, _momentum_ahead, _product = now("momentum_now"), now("momentum_ahead"), now("momentum_product")
    _half, _base, _slow = sp.Rational(1, 2), sp.Float("0.96"), sp.Float("0.004")
    NADAM = Optimizer(
        "nadam",
        "NAdam",
        "Adam with Nesterov's look ahead, and a momentum that warms up.",
        "Dozat (2016), Incorporating Nesterov momentum into Adam; torch.optim.NAdam",
        (rate(0.05, library=2e-3), BETA1, BETA2, guard(1e-8)),
        _nadam,
        (
            MEAN,
            SQUARE,
            sp.Eq(_momentum_now, BETA_1 * (1 - _half * _base ** (_slow * STEP))),
            sp.Eq(_momentum_ahead, BETA_1 * (1 - _half * _base ** (_slow * (STEP + 1)))),
            sp.Eq(_product, last("momentum_product") * _momentum_now),
            sp.Eq(
                now("direction"),
                (1 - _momentum_now) / (1 - _product) * G
                + _momentum_ahead / (1 - _product * _momentum_ahead) * MEAN_GRAD,
            ),
            CORRECT_SQUARE,
            sp.Eq(now("theta"), THETA - LR * now("direction") / (sp.sqrt(CORRECTED_SQUARE) + EPS)),
        ),
        state={**MOMENTS, "momentum_product": Quantity("Πμ", "momenta multiplied")},
        intermediate={
            "momentum_now": Quantity("μ"),
            "momentum_ahead": Quantity("μ′"),
            "direction": Quantity("d"),
            "corrected_square": Quantity("v̂"),
        },
        init=_nadam_start,
        libraries={
            "PyTorch": Peer("torch.optim.NAdam([theta], lr={lr}, betas=({beta1}, {beta2}), eps={eps})"),
            "Keras": Unavailable(
                "keras.optimizers.Nadam warms its momentum up 250 times faster, by 0.96ᵗ instead of 0.96^(0.004 t)."
            ),
            "optax": Unavailable("optax.nadam has no momentum that warms up."),
        },
        year=2016,
        parents=("adam", "nesterov"),
    )


def _radam(
    theta: Array, gradient: Array, state: State, t: int, *, lr: Number, beta1: Number, beta2: Number, eps: Number
) -> tuple[Array, State]:
    mean_grad, mean_sq_grad = moments(gradient, state, beta1, beta2)
    longest = 2 / (1 - beta2) - 1
    length = longest - 2 * t * beta2**t / (1 - beta2**t)
    # for a β₂ with a short memory the divisor may be zero, in the branch that is not taken then
    rectified = divide((length - 4) * (length - 2) * longest, (longest - 4) * (longest - 2) * length)
    adapted = sqrt(rectified * (1 - beta2**t)) / (sqrt(mean_sq_grad) + eps)
    factor = where(length > 5, adapted, 1.0)
    return -lr * mean_grad / (1 - beta1**t) * factor, (mean_grad, mean_sq_grad)


with sp.evaluate(False):
    _longest, _length = now("longest"), now("length")
    RADAM = Optimizer(
        "radam",
        "RAdam",
        "Adam that waits with dividing until it has seen enough squares to trust their mean.",
        "Liu et al. (2020), arXiv:1908.03265, Algorithm 2; torch.optim.RAdam",
        (rate(0.005, library=1e-3), BETA1, BETA2, guard(1e-8)),
        _radam,
        (
            MEAN,
            SQUARE,
            CORRECT_MEAN,
            sp.Eq(_longest, 2 / (1 - BETA_2) - 1),
            sp.Eq(_length, _longest - 2 * STEP * BETA_2**STEP / (1 - BETA_2**STEP)),
            sp.Eq(
                now("rectified"), (_length - 4) * (_length - 2) * _longest / ((_longest - 4) * (_longest - 2) * _length)
            ),
            sp.Eq(
                now("theta"),
                THETA
                - LR
                * CORRECTED_MEAN
                * sp.Piecewise(
                    (
                        sp.sqrt(now("rectified") * (1 - BETA_2**STEP)) / (sp.sqrt(MEAN_SQ_GRAD) + EPS),
                        sp.Gt(_length, 5),
                    ),
                    (sp.Integer(1), True),
                ),
            ),
        ),
        state=MOMENTS,
        intermediate={
            "corrected_mean": Quantity("m̂"),
            "longest": Quantity("ρ∞"),
            "length": Quantity("ρ"),
            "rectified": Quantity("r²"),
        },
        libraries={
            "PyTorch": Peer("torch.optim.RAdam([theta], lr={lr}, betas=({beta1}, {beta2}), eps={eps})"),
            "optax": Unavailable("optax.radam adds eps after the bias correction, here it is added before."),
        },
        year=2020,
        parents=("adam",),
    )


def _adamax(
    theta: Array, gradient: Array, state: State, t: int, *, lr: Number, beta1: Number, beta2: Number, eps: Number
) -> tuple[Array, State]:
    mean_grad = beta1 * state[0] + (1 - beta1) * gradient
    largest = maximum(beta2 * state[1], abs(gradient) + eps)
    return -lr * mean_grad / (1 - beta1**t) / largest, (mean_grad, largest)


with sp.evaluate(False):
    ADAMAX = Optimizer(
        "adamax",
        "Adamax",
        "Adam that divides by the largest recent slope instead of a mean square.",
        "Kingma and Ba (2015), arXiv:1412.6980, Algorithm 2; torch.optim.Adamax",
        (rate(0.05, library=2e-3), BETA1, BETA2, guard(1e-8)),
        _adamax,
        (
            MEAN,
            sp.Eq(now("largest_grad"), sp.Max(BETA_2 * last("largest_grad"), sp.Abs(G) + EPS)),
            CORRECT_MEAN,
            sp.Eq(now("theta"), THETA - LR * CORRECTED_MEAN / now("largest_grad")),
        ),
        state={"mean_grad": MOMENTS["mean_grad"], "largest_grad": Quantity("u", "largest slopes remembered")},
        intermediate={"corrected_mean": Quantity("m̂")},
        libraries={
            "PyTorch": Peer("torch.optim.Adamax([theta], lr={lr}, betas=({beta1}, {beta2}), eps={eps})"),
            "Keras": Unavailable(
                "keras.optimizers.Adamax adds epsilon to the largest slope, here it is added to each slope."
            ),
            "optax": Peer("optax.adamax(learning_rate={lr}, b1={beta1}, b2={beta2}, eps={eps})"),
        },
        year=2015,
        parents=("adam",),
    )
