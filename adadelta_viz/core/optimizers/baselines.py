"""The optimizers before AdaDelta, in the order in which the story is told.

Each entry is the rule and the same rule as equations; conventions (momentum buffer, place of ε) are those of
torch.optim 2.x. Learning rates are not torch's: they are chosen so that each method visibly moves on a 2-D surface,
and every page says which one is used.
"""

import sympy as sp

from adadelta_viz.core.arrays import Array, Number
from adadelta_viz.core.optimizers import hyperparameters
from adadelta_viz.core.optimizers.hyperparameters import guard, memory, rate
from adadelta_viz.core.optimizers.numeric import sqrt
from adadelta_viz.core.optimizers.optimizer import Optimizer, Peer, Quantity, State, Unavailable, hyper, last, now

_g, _theta = now("gradient"), last("theta")
_lr, _mu, _rho, _eps = hyper("lr"), hyper("momentum"), hyper("rho"), hyper("eps")
_velocity, _sum_sq_grad, _mean_sq_grad = now("velocity"), now("sum_sq_grad"), now("mean_sq_grad")


def _sgd(theta: Array, gradient: Array, state: State, t: int, *, lr: Number) -> tuple[Array, State]:
    return -lr * gradient, ()


with sp.evaluate(False):
    SGD = Optimizer(
        "sgd",
        "SGD",
        "Follows the slope, a fixed fraction of it per step.",
        "Robbins and Monro (1951); torch.optim.SGD",
        (rate(1e-3, library=1e-3),),
        _sgd,
        (sp.Eq(now("theta"), _theta - _lr * _g),),
        libraries={
            "PyTorch": Peer("torch.optim.SGD([theta], lr={lr})"),
            "Keras": Peer("keras.optimizers.SGD(learning_rate={lr})"),
            "optax": Peer("optax.sgd(learning_rate={lr})"),
        },
        year=1951,
        doi="10.1214/aoms/1177729586",
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
        (rate(1e-3, library=1e-3), hyperparameters.MOMENTUM),
        _momentum,
        (
            sp.Eq(_velocity, _mu * last("velocity") + _g),
            sp.Eq(now("theta"), _theta - _lr * _velocity),
        ),
        state={"velocity": Quantity("v", "velocity")},
        libraries={
            "PyTorch": Peer("torch.optim.SGD([theta], lr={lr}, momentum={momentum})"),
            "Keras": Peer("keras.optimizers.SGD(learning_rate={lr}, momentum={momentum})"),
            "optax": Peer("optax.sgd(learning_rate={lr}, momentum={momentum})"),
        },
        year=1964,
        parents=("sgd",),
        doi="10.1016/0041-5553(64)90137-5",
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
        (rate(1e-3, library=1e-3), hyperparameters.MOMENTUM),
        _nesterov,
        (
            sp.Eq(_velocity, _mu * last("velocity") + _g),
            sp.Eq(now("theta"), _theta - _lr * (_g + _mu * _velocity)),
        ),
        state={"velocity": Quantity("v", "velocity")},
        libraries={
            "PyTorch": Peer(
                "torch.optim.SGD([theta], lr={lr}, momentum={momentum}, nesterov=True)", positive="momentum"
            ),
            "Keras": Peer("keras.optimizers.SGD(learning_rate={lr}, momentum={momentum}, nesterov=True)"),
            "optax": Peer("optax.sgd(learning_rate={lr}, momentum={momentum}, nesterov=True)"),
        },
        year=1983,
        parents=("momentum",),
    )


def _adagrad(theta: Array, gradient: Array, state: State, t: int, *, lr: Number, eps: Number) -> tuple[Array, State]:
    sum_sq_grad = state[0] + gradient * gradient
    return -lr * gradient / (sqrt(sum_sq_grad) + eps), (sum_sq_grad,)


with sp.evaluate(False):
    ADAGRAD = Optimizer(
        "adagrad",
        "AdaGrad",
        "Divides each coordinate by all the slope it has ever seen, so that its rate only shrinks.",
        "Duchi, Hazan and Singer (2011); torch.optim.Adagrad",
        (rate(0.5, library=0.01), guard(1e-10)),
        _adagrad,
        (
            sp.Eq(_sum_sq_grad, last("sum_sq_grad") + _g**2),
            sp.Eq(now("theta"), _theta - _lr * _g / (sp.sqrt(_sum_sq_grad) + _eps)),
        ),
        state={"sum_sq_grad": Quantity("Σg²", "squared gradients summed")},
        libraries={
            "PyTorch": Peer("torch.optim.Adagrad([theta], lr={lr}, eps={eps})"),
            "Keras": Unavailable("keras.optimizers.Adagrad adds epsilon under the root; here it stands outside."),
            "optax": Unavailable("optax.adagrad adds eps under the root; here it stands outside."),
        },
        year=2011,
        parents=("sgd",),
    )


def _rmsprop(
    theta: Array, gradient: Array, state: State, t: int, *, lr: Number, rho: Number, eps: Number
) -> tuple[Array, State]:
    mean_sq_grad = rho * state[0] + (1 - rho) * (gradient * gradient)
    return -lr * gradient / (sqrt(mean_sq_grad) + eps), (mean_sq_grad,)


with sp.evaluate(False):
    RMSPROP = Optimizer(
        "rmsprop",
        "RMSprop",
        "AdaGrad with a memory that fades: the first of AdaDelta's two ideas, with a learning rate in front.",
        "Tieleman and Hinton (2012), lecture 6.5; torch.optim.RMSprop, whose alpha is rho here",
        (
            rate(0.01, library=0.01),
            memory("rho", "ρ", "memory", 0.99, "It is the fraction of memory kept per step."),
            guard(1e-8),
        ),
        _rmsprop,
        (
            sp.Eq(_mean_sq_grad, _rho * last("mean_sq_grad") + (1 - _rho) * _g**2),
            sp.Eq(now("theta"), _theta - _lr * _g / (sp.sqrt(_mean_sq_grad) + _eps)),
        ),
        state={"mean_sq_grad": Quantity("E[g²]", "squared gradients remembered")},
        libraries={
            "PyTorch": Peer("torch.optim.RMSprop([theta], lr={lr}, alpha={rho}, eps={eps})"),
            "Keras": Unavailable("keras.optimizers.RMSprop adds epsilon under the root; here it stands outside."),
            "optax": Peer(
                "optax.rmsprop(learning_rate={lr}, decay={rho}, eps={eps}, eps_in_sqrt=False)",
                "By default eps stands under the root.",
            ),
        },
        year=2012,
        parents=("adagrad", "rprop"),
    )
