"""Adam, and what was mended in it: a denominator that may shrink (AMSGrad), a decay that it divides (AdamW).

Conventions (bias correction, place of ε, weight decay) are those of torch.optim 2.x. Learning rates are chosen to be
visible on a 2-D surface.
"""

import sympy as sp

from adadelta_viz.core.arrays import Array, Number
from adadelta_viz.core.optimizers.hyperparameters import BETA1, BETA2, guard, rate, weight_decay
from adadelta_viz.core.optimizers.moments import (
    ADAM_STEP,
    BETA_2,
    CORRECT_MEAN,
    CORRECT_SQUARE,
    CORRECTED,
    CORRECTED_SQUARE,
    DECAY,
    LR,
    MEAN,
    MEAN_SQ_GRAD,
    MOMENTS,
    SQUARE,
    THETA,
    moments,
)
from adadelta_viz.core.optimizers.numeric import maximum, sqrt
from adadelta_viz.core.optimizers.optimizer import STEP, Optimizer, Peer, Quantity, State, Unavailable, last, now


def _adam(
    theta: Array, gradient: Array, state: State, t: int, *, lr: Number, beta1: Number, beta2: Number, eps: Number
) -> tuple[Array, State]:
    mean_grad, mean_sq_grad = moments(gradient, state, beta1, beta2)
    corrected_mean = mean_grad / (1 - beta1**t)
    corrected_square = mean_sq_grad / (1 - beta2**t)
    return -lr * corrected_mean / (sqrt(corrected_square) + eps), (mean_grad, mean_sq_grad)


with sp.evaluate(False):
    ADAM = Optimizer(
        "adam",
        "Adam",
        "Momentum divided by RMSprop, both corrected for having started at zero.",
        "Kingma and Ba (2015), arXiv:1412.6980, Algorithm 1; torch.optim.Adam",
        (rate(0.05, library=1e-3), BETA1, BETA2, guard(1e-8)),
        _adam,
        (MEAN, SQUARE, CORRECT_MEAN, CORRECT_SQUARE, sp.Eq(now("theta"), THETA - ADAM_STEP)),
        state=MOMENTS,
        intermediate=CORRECTED,
        libraries={
            "PyTorch": Peer("torch.optim.Adam([theta], lr={lr}, betas=({beta1}, {beta2}), eps={eps})"),
            "Keras": Unavailable(
                "keras.optimizers.Adam adds epsilon before the bias correction, here it is added after."
            ),
            "optax": Peer("optax.adam(learning_rate={lr}, b1={beta1}, b2={beta2}, eps={eps})"),
        },
        year=2015,
        parents=("momentum", "rmsprop"),
    )


def _amsgrad(
    theta: Array, gradient: Array, state: State, t: int, *, lr: Number, beta1: Number, beta2: Number, eps: Number
) -> tuple[Array, State]:
    mean_grad, mean_sq_grad = moments(gradient, state, beta1, beta2)
    largest = maximum(state[2], mean_sq_grad)
    delta = -lr * (mean_grad / (1 - beta1**t)) / (sqrt(largest / (1 - beta2**t)) + eps)
    return delta, (mean_grad, mean_sq_grad, largest)


with sp.evaluate(False):
    AMSGRAD = Optimizer(
        "amsgrad",
        "AMSGrad",
        "Adam whose denominator never shrinks, so that a rare large gradient is not forgotten.",
        "Reddi, Kale and Kumar (2018), arXiv:1904.09237; torch.optim.Adam(amsgrad)",
        (rate(0.05, library=1e-3), BETA1, BETA2, guard(1e-8)),
        _amsgrad,
        (
            MEAN,
            SQUARE,
            sp.Eq(now("largest_square"), sp.Max(last("largest_square"), MEAN_SQ_GRAD)),
            CORRECT_MEAN,
            sp.Eq(CORRECTED_SQUARE, now("largest_square") / (1 - BETA_2**STEP)),
            sp.Eq(now("theta"), THETA - ADAM_STEP),
        ),
        state={**MOMENTS, "largest_square": Quantity("max v", "largest squares remembered")},
        intermediate=CORRECTED,
        libraries={
            "PyTorch": Peer("torch.optim.Adam([theta], lr={lr}, betas=({beta1}, {beta2}), eps={eps}, amsgrad=True)"),
            "Keras": Unavailable(
                "keras.optimizers.Adam adds epsilon before the bias correction, here it is added after."
            ),
            "optax": Unavailable(
                "optax.amsgrad keeps the largest corrected square; here the largest is kept first and corrected after."
            ),
        },
        year=2018,
        parents=("adam",),
    )


def _adamw(
    theta: Array,
    gradient: Array,
    state: State,
    t: int,
    *,
    lr: Number,
    beta1: Number,
    beta2: Number,
    eps: Number,
    weight_decay: Number,
) -> tuple[Array, State]:
    delta, state = _adam(theta, gradient, state, t, lr=lr, beta1=beta1, beta2=beta2, eps=eps)
    return delta - lr * weight_decay * theta, state


with sp.evaluate(False):
    ADAMW = Optimizer(
        "adamw",
        "AdamW",
        "Adam with a pull towards the origin that the denominator does not touch.",
        "Loshchilov and Hutter (2019), arXiv:1711.05101; torch.optim.AdamW",
        (rate(0.05, library=1e-3), BETA1, BETA2, guard(1e-8), weight_decay(0.01)),
        _adamw,
        (
            MEAN,
            SQUARE,
            CORRECT_MEAN,
            CORRECT_SQUARE,
            sp.Eq(now("theta"), THETA - ADAM_STEP - LR * DECAY * THETA),
        ),
        state=MOMENTS,
        intermediate=CORRECTED,
        libraries={
            "PyTorch": Peer(
                "torch.optim.AdamW([theta], lr={lr}, betas=({beta1}, {beta2}), eps={eps}, weight_decay={weight_decay})"
            ),
            "Keras": Unavailable(
                "keras.optimizers.AdamW adds epsilon before the bias correction, here it is added after."
            ),
            "optax": Peer(
                "optax.adamw(learning_rate={lr}, b1={beta1}, b2={beta2}, eps={eps}, weight_decay={weight_decay})"
            ),
        },
        year=2019,
        parents=("adam",),
    )
