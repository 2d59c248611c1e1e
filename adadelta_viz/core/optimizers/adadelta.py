"""AdaDelta: Zeiler's Algorithm 1, line by line.

Two running averages, one of squared gradients and one of squared updates; the ratio of their roots is the step per
unit of gradient. ε stands inside both roots and is what moves the first step.

References
----------
Zeiler (2012), ADADELTA: An Adaptive Learning Rate Method, arXiv:1212.5701, Algorithm 1.
"""

import numpy as np
import sympy as sp

from adadelta_viz.core.arrays import Array, Number
from adadelta_viz.core.optimizers.numeric import sqrt
from adadelta_viz.core.optimizers.optimizer import Optimizer, Peer, Quantity, State, hyper, last, now
from adadelta_viz.core.parameter import Parameter


def update(
    theta: Array, gradient: Array, state: State, t: int, *, rho: Number, eps: Number, lr: Number
) -> tuple[Array, State]:
    """Take one step: remember the gradient, divide the old update memory by it, remember the update.

    Arrays have shape ``(2, *batch)``. The learning rate multiplies the step after it has been remembered, as torch
    does; with ``lr=1`` the rule is the paper's.

    Examples
    --------
    >>> zeros = np.zeros(2)
    >>> delta, _ = update(zeros, np.array([100.0, 0.1]), (zeros, zeros), 1, rho=0.95, eps=1e-6, lr=1.0)
    >>> delta.round(5)
    array([-0.00447, -0.00447])
    """
    mean_sq_grad, mean_sq_delta = state
    mean_sq_grad = rho * mean_sq_grad + (1 - rho) * (gradient * gradient)  # E[g²]ₜ
    rate = sqrt((mean_sq_delta + eps) / (mean_sq_grad + eps))  # RMS[Δx]ₜ₋₁ / RMS[g]ₜ, with one root for both
    delta = -rate * gradient  # Δxₜ
    mean_sq_delta = rho * mean_sq_delta + (1 - rho) * (delta * delta)  # E[Δx²]ₜ
    return lr * delta, (mean_sq_grad, mean_sq_delta)


def first_step(gradient: Array, rho: Number, eps: Number, lr: Number = 1.0) -> Array:
    """Predict the first step without running: √ε·g / √((1−ρ)g² + ε), which for a steep slope is √(ε/(1−ρ)).

    Both memories are empty, so the slope cancels and only ρ and ε are left: this is why AdaDelta starts slowly.

    Examples
    --------
    >>> first_step(np.array([155.0, -50.0]), rho=0.95, eps=1e-6).round(6)
    array([-0.004472,  0.004472])
    """
    return -lr * np.sqrt(eps) * gradient / np.sqrt((1 - rho) * (gradient * gradient) + eps)


RHO = Parameter(
    "rho",
    "memory",
    0.95,
    (0, 0.999),
    "It is the fraction of memory kept per step.",
    symbol="ρ",
    valid=(0, 1),
    open_above=True,
    library=0.9,
)
EPS = Parameter(
    "eps",
    "the hidden step size",
    1e-6,
    (1e-10, 1e-1),
    "It is added under both roots and sets the length of the first step.",
    symbol="ε",
    valid=(0, np.inf),
    scale="log",
)
LR = Parameter(
    "lr",
    "factor on every step",
    1.0,
    (1e-4, 10),
    "It multiplies every step; the paper has none, which is 1.",
    symbol="η",
    valid=(0, np.inf),
    scale="log",
)

_rho, _eps, _lr = hyper("rho"), hyper("eps"), hyper("lr")
_g, _step = now("gradient"), now("step")
with sp.evaluate(False):
    _EQUATIONS = (
        sp.Eq(now("mean_sq_grad"), _rho * last("mean_sq_grad") + (1 - _rho) * _g**2),
        sp.Eq(_step, -sp.sqrt(last("mean_sq_delta") + _eps) / sp.sqrt(now("mean_sq_grad") + _eps) * _g),
        sp.Eq(now("mean_sq_delta"), _rho * last("mean_sq_delta") + (1 - _rho) * _step**2),
        sp.Eq(now("theta"), last("theta") + _lr * _step),
    )

ADADELTA = Optimizer(
    "adadelta",
    "AdaDelta",
    "Remembers squared gradients and squared updates, and lets their ratio be the learning rate.",
    "Zeiler (2012), arXiv:1212.5701; learning rate as in torch.optim.Adadelta",
    (RHO, EPS, LR),
    update,
    _EQUATIONS,
    state={
        "mean_sq_grad": Quantity("E[g²]", "squared gradients remembered"),
        "mean_sq_delta": Quantity("E[Δθ²]", "squared updates remembered"),
    },
    intermediate={"step": Quantity("Δθ")},
    tuned="eps",
    libraries={
        "PyTorch": Peer(
            "torch.optim.Adadelta([theta], lr={lr}, rho={rho}, eps={eps})",
            "With lr=1.0 this is the paper's rule; the default rho is 0.9, the paper's 0.95.",
        ),
        "Keras": Peer(
            "keras.optimizers.Adadelta(learning_rate={lr}, rho={rho}, epsilon={eps})",
            "The default learning rate, 0.001, would make each step a thousand times shorter.",
        ),
        "optax": Peer(
            "optax.adadelta(learning_rate={lr}, rho={rho}, eps={eps})",
            "Without a learning rate optax.adadelta() climbs instead of descending.",
        ),
    },
    year=2012,
    parents=("adagrad",),
)
