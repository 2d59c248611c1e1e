"""The optimizers around AdaDelta, in the order in which the story is told.

Each entry is the rule and the same rule as equations; conventions (momentum buffer, place of ε, bias correction) are
those of torch.optim 2.x. Learning rates are not torch's: they are chosen so that each method visibly moves on a 2-D
surface, and every page says which one is used.
"""

import numpy as np
import sympy as sp

from adadelta_viz.core.arrays import Array, Number
from adadelta_viz.core.optimizer import STEP, Hyperparameter, Optimizer, Quantity, State, hyper, last, now


def _rate(default: float) -> Hyperparameter:
    return Hyperparameter(
        "lr",
        "η",
        "learning rate",
        default,
        0,
        np.inf,
        (1e-5, 10),
        "It is the length of a step per unit of its direction.",
        scale="log",
    )


def _decay(name: str, symbol: str, label: str, default: float, meaning: str) -> Hyperparameter:
    return Hyperparameter(name, symbol, label, default, 0, 1, (0, 0.999), meaning, open_above=True)


def _guard(default: float) -> Hyperparameter:
    return Hyperparameter(
        "eps",
        "ε",
        "guard against division by zero",
        default,
        0,
        np.inf,
        (1e-10, 1e-1),
        "It is added to the denominator.",
        scale="log",
    )


_MOMENTUM = _decay("momentum", "μ", "momentum", 0.9, "It is the fraction of velocity kept per step.")
_RHO = _decay("rho", "ρ", "memory", 0.99, "It is the fraction of memory kept per step.")
_BETA1 = _decay("beta1", "β₁", "memory of gradients", 0.9, "It is the fraction of the mean gradient kept per step.")
_BETA2 = _decay(
    "beta2", "β₂", "memory of squares", 0.999, "It is the fraction of the mean squared gradient kept per step."
)

_g, _theta = now("gradient"), last("theta")
_lr, _mu, _rho, _eps = hyper("lr"), hyper("momentum"), hyper("rho"), hyper("eps")
_beta1, _beta2 = hyper("beta1"), hyper("beta2")
_velocity, _sum_sq_grad, _mean_grad, _mean_sq_grad = (
    now(name) for name in ("velocity", "sum_sq_grad", "mean_grad", "mean_sq_grad")
)


def _sgd(theta: Array, gradient: Array, state: State, t: int, *, lr: Number) -> tuple[Array, State]:
    return -lr * gradient, ()


with sp.evaluate(False):
    SGD = Optimizer(
        "sgd",
        "SGD",
        "Follows the slope, a fixed fraction of it per step.",
        "Robbins and Monro (1951); torch.optim.SGD",
        (_rate(1e-3),),
        _sgd,
        (sp.Eq(now("theta"), _theta - _lr * _g),),
    )


def _momentum(
    theta: Array, gradient: Array, state: State, t: int, *, lr: Number, momentum: Number
) -> tuple[Array, State]:
    velocity = momentum * state[0] + gradient
    return -lr * velocity, (velocity,)


with sp.evaluate(False):
    MOMENTUM = Optimizer(
        "momentum",
        "Momentum",
        "Keeps its velocity, so that steady slopes add up and alternating ones cancel.",
        "Polyak (1964); torch.optim.SGD(momentum)",
        (_rate(1e-3), _MOMENTUM),
        _momentum,
        (
            sp.Eq(_velocity, _mu * last("velocity") + _g),
            sp.Eq(now("theta"), _theta - _lr * _velocity),
        ),
        state={"velocity": Quantity("v", "velocity")},
    )


def _nesterov(
    theta: Array, gradient: Array, state: State, t: int, *, lr: Number, momentum: Number
) -> tuple[Array, State]:
    velocity = momentum * state[0] + gradient
    return -lr * (gradient + momentum * velocity), (velocity,)


with sp.evaluate(False):
    NESTEROV = Optimizer(
        "nesterov",
        "Nesterov",
        "Momentum that already takes the next stretch of its velocity into account.",
        "Nesterov (1983), Sutskever et al. (2013); torch.optim.SGD(momentum, nesterov)",
        (_rate(1e-3), _MOMENTUM),
        _nesterov,
        (
            sp.Eq(_velocity, _mu * last("velocity") + _g),
            sp.Eq(now("theta"), _theta - _lr * (_g + _mu * _velocity)),
        ),
        state={"velocity": Quantity("v", "velocity")},
    )


def _adagrad(theta: Array, gradient: Array, state: State, t: int, *, lr: Number, eps: Number) -> tuple[Array, State]:
    sum_sq_grad = state[0] + gradient * gradient
    return -lr * gradient / (np.sqrt(sum_sq_grad) + eps), (sum_sq_grad,)


with sp.evaluate(False):
    ADAGRAD = Optimizer(
        "adagrad",
        "AdaGrad",
        "Divides each coordinate by all the slope it has ever seen, so that its steps only shrink.",
        "Duchi, Hazan and Singer (2011); torch.optim.Adagrad",
        (_rate(0.1), _guard(1e-10)),
        _adagrad,
        (
            sp.Eq(_sum_sq_grad, last("sum_sq_grad") + _g**2),
            sp.Eq(now("theta"), _theta - _lr * _g / (sp.sqrt(_sum_sq_grad) + _eps)),
        ),
        state={"sum_sq_grad": Quantity("Σg²", "squared gradients summed")},
    )


def _rmsprop(
    theta: Array, gradient: Array, state: State, t: int, *, lr: Number, rho: Number, eps: Number
) -> tuple[Array, State]:
    mean_sq_grad = rho * state[0] + (1 - rho) * (gradient * gradient)
    return -lr * gradient / (np.sqrt(mean_sq_grad) + eps), (mean_sq_grad,)


with sp.evaluate(False):
    RMSPROP = Optimizer(
        "rmsprop",
        "RMSprop",
        "AdaGrad with a memory that fades: the first of AdaDelta's two ideas, with a learning rate in front.",
        "Tieleman and Hinton (2012), lecture 6.5; torch.optim.RMSprop, whose alpha is rho here",
        (_rate(0.01), _RHO, _guard(1e-8)),
        _rmsprop,
        (
            sp.Eq(_mean_sq_grad, _rho * last("mean_sq_grad") + (1 - _rho) * _g**2),
            sp.Eq(now("theta"), _theta - _lr * _g / (sp.sqrt(_mean_sq_grad) + _eps)),
        ),
        state={"mean_sq_grad": Quantity("E[g²]", "squared gradients remembered")},
    )


def _adam(
    theta: Array, gradient: Array, state: State, t: int, *, lr: Number, beta1: Number, beta2: Number, eps: Number
) -> tuple[Array, State]:
    mean_grad = beta1 * state[0] + (1 - beta1) * gradient
    mean_sq_grad = beta2 * state[1] + (1 - beta2) * (gradient * gradient)
    corrected_mean = mean_grad / (1 - beta1**t)
    corrected_square = mean_sq_grad / (1 - beta2**t)
    return -lr * corrected_mean / (np.sqrt(corrected_square) + eps), (mean_grad, mean_sq_grad)


_corrected_mean, _corrected_square = now("corrected_mean"), now("corrected_square")
with sp.evaluate(False):
    ADAM = Optimizer(
        "adam",
        "Adam",
        "Momentum divided by RMSprop, both corrected for having started at zero.",
        "Kingma and Ba (2015), arXiv:1412.6980, Algorithm 1; torch.optim.Adam",
        (_rate(0.01), _BETA1, _BETA2, _guard(1e-8)),
        _adam,
        (
            sp.Eq(_mean_grad, _beta1 * last("mean_grad") + (1 - _beta1) * _g),
            sp.Eq(_mean_sq_grad, _beta2 * last("mean_sq_grad") + (1 - _beta2) * _g**2),
            sp.Eq(_corrected_mean, _mean_grad / (1 - _beta1**STEP)),
            sp.Eq(_corrected_square, _mean_sq_grad / (1 - _beta2**STEP)),
            sp.Eq(now("theta"), _theta - _lr * _corrected_mean / (sp.sqrt(_corrected_square) + _eps)),
        ),
        state={
            "mean_grad": Quantity("m", "gradients remembered"),
            "mean_sq_grad": Quantity("v", "squared gradients remembered"),
        },
        intermediate={"corrected_mean": Quantity("m̂"), "corrected_square": Quantity("v̂")},
    )
