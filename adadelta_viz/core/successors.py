"""The optimizers after AdaDelta: Adam, what was mended in it, and methods that look only at signs.

Each entry is the rule and the same rule as equations; conventions (bias correction, place of ε, weight decay) are
those of torch.optim 2.x, and of optax for Lion. Learning rates are chosen to be visible on a 2-D surface.
"""

import numpy as np
import sympy as sp

from adadelta_viz.core.arrays import Array, Number
from adadelta_viz.core.hyperparameters import BETA1, BETA2, guard, memory, rate, weight_decay
from adadelta_viz.core.optimizer import STEP, Optimizer, Peer, Quantity, State, Unavailable, hyper, last, now

_g, _theta = now("gradient"), last("theta")
_lr, _eps, _beta1, _beta2, _decay = hyper("lr"), hyper("eps"), hyper("beta1"), hyper("beta2"), hyper("weight_decay")
_mean_grad, _mean_sq_grad = now("mean_grad"), now("mean_sq_grad")
_corrected_mean, _corrected_square = now("corrected_mean"), now("corrected_square")

_MOMENTS = {
    "mean_grad": Quantity("m", "gradients remembered"),
    "mean_sq_grad": Quantity("v", "squared gradients remembered"),
}
_CORRECTED = {"corrected_mean": Quantity("m̂"), "corrected_square": Quantity("v̂")}


def _moments(gradient: Array, state: State, beta1: Number, beta2: Number) -> tuple[Array, Array]:
    """Update the running means of gradient and squared gradient, the heart of the whole family."""
    mean_grad = beta1 * state[0] + (1 - beta1) * gradient
    mean_sq_grad = beta2 * state[1] + (1 - beta2) * (gradient * gradient)
    return mean_grad, mean_sq_grad


with sp.evaluate(False):
    _MEAN = sp.Eq(_mean_grad, _beta1 * last("mean_grad") + (1 - _beta1) * _g)
    _SQUARE = sp.Eq(_mean_sq_grad, _beta2 * last("mean_sq_grad") + (1 - _beta2) * _g**2)
    _CORRECT_MEAN = sp.Eq(_corrected_mean, _mean_grad / (1 - _beta1**STEP))
    _CORRECT_SQUARE = sp.Eq(_corrected_square, _mean_sq_grad / (1 - _beta2**STEP))
    _ADAM_STEP = _lr * _corrected_mean / (sp.sqrt(_corrected_square) + _eps)


def _adam(
    theta: Array, gradient: Array, state: State, t: int, *, lr: Number, beta1: Number, beta2: Number, eps: Number
) -> tuple[Array, State]:
    mean_grad, mean_sq_grad = _moments(gradient, state, beta1, beta2)
    corrected_mean = mean_grad / (1 - beta1**t)
    corrected_square = mean_sq_grad / (1 - beta2**t)
    return -lr * corrected_mean / (np.sqrt(corrected_square) + eps), (mean_grad, mean_sq_grad)


with sp.evaluate(False):
    ADAM = Optimizer(
        "adam",
        "Adam",
        "Momentum divided by RMSprop, both corrected for having started at zero.",
        "Kingma and Ba (2015), arXiv:1412.6980, Algorithm 1; torch.optim.Adam",
        (rate(0.05, library=1e-3), BETA1, BETA2, guard(1e-8)),
        _adam,
        (_MEAN, _SQUARE, _CORRECT_MEAN, _CORRECT_SQUARE, sp.Eq(now("theta"), _theta - _ADAM_STEP)),
        state=_MOMENTS,
        intermediate=_CORRECTED,
        libraries={
            "PyTorch": Peer("torch.optim.Adam([theta], lr={lr}, betas=({beta1}, {beta2}), eps={eps})"),
            "Keras": Unavailable(
                "keras.optimizers.Adam adds epsilon before the bias correction, here it is added after."
            ),
            "optax": Peer("optax.adam(learning_rate={lr}, b1={beta1}, b2={beta2}, eps={eps})"),
        },
    )


def _amsgrad(
    theta: Array, gradient: Array, state: State, t: int, *, lr: Number, beta1: Number, beta2: Number, eps: Number
) -> tuple[Array, State]:
    mean_grad, mean_sq_grad = _moments(gradient, state, beta1, beta2)
    largest = np.maximum(state[2], mean_sq_grad)
    delta = -lr * (mean_grad / (1 - beta1**t)) / (np.sqrt(largest / (1 - beta2**t)) + eps)
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
            _MEAN,
            _SQUARE,
            sp.Eq(now("largest_square"), sp.Max(last("largest_square"), _mean_sq_grad)),
            _CORRECT_MEAN,
            sp.Eq(_corrected_square, now("largest_square") / (1 - _beta2**STEP)),
            sp.Eq(now("theta"), _theta - _ADAM_STEP),
        ),
        state={**_MOMENTS, "largest_square": Quantity("max v", "largest squares remembered")},
        intermediate=_CORRECTED,
        libraries={
            "PyTorch": Peer("torch.optim.Adam([theta], lr={lr}, betas=({beta1}, {beta2}), eps={eps}, amsgrad=True)"),
            "Keras": Unavailable(
                "keras.optimizers.Adam adds epsilon before the bias correction, here it is added after."
            ),
            "optax": Unavailable(
                "optax.amsgrad keeps the largest corrected square; here the largest is kept first and corrected after."
            ),
        },
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
            _MEAN,
            _SQUARE,
            _CORRECT_MEAN,
            _CORRECT_SQUARE,
            sp.Eq(now("theta"), _theta - _ADAM_STEP - _lr * _decay * _theta),
        ),
        state=_MOMENTS,
        intermediate=_CORRECTED,
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
    )


def _warmed(beta1: Number, t: int) -> Number:
    """Return NAdam's momentum at step t, which grows from half of β₁ to β₁ (torch's momentum_decay of 0.004)."""
    share: float = 1 - 0.5 * 0.96 ** (0.004 * t)
    return beta1 * share


def _nadam(
    theta: Array, gradient: Array, state: State, t: int, *, lr: Number, beta1: Number, beta2: Number, eps: Number
) -> tuple[Array, State]:
    mean_grad, mean_sq_grad = _moments(gradient, state, beta1, beta2)
    momentum, ahead = _warmed(beta1, t), _warmed(beta1, t + 1)
    product = state[2] * momentum
    direction = (1 - momentum) / (1 - product) * gradient + ahead / (1 - product * ahead) * mean_grad
    root = np.sqrt(mean_sq_grad / (1 - beta2**t)) + eps
    return -lr * direction / root, (mean_grad, mean_sq_grad, product)


def _nadam_start(zeros: Array, **hyper: Number) -> State:
    return zeros, zeros, np.ones_like(zeros)


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
            _MEAN,
            _SQUARE,
            sp.Eq(_momentum_now, _beta1 * (1 - _half * _base ** (_slow * STEP))),
            sp.Eq(_momentum_ahead, _beta1 * (1 - _half * _base ** (_slow * (STEP + 1)))),
            sp.Eq(_product, last("momentum_product") * _momentum_now),
            sp.Eq(
                now("direction"),
                (1 - _momentum_now) / (1 - _product) * _g
                + _momentum_ahead / (1 - _product * _momentum_ahead) * _mean_grad,
            ),
            _CORRECT_SQUARE,
            sp.Eq(now("theta"), _theta - _lr * now("direction") / (sp.sqrt(_corrected_square) + _eps)),
        ),
        state={**_MOMENTS, "momentum_product": Quantity("Πμ", "momenta multiplied")},
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
    )


def _radam(
    theta: Array, gradient: Array, state: State, t: int, *, lr: Number, beta1: Number, beta2: Number, eps: Number
) -> tuple[Array, State]:
    mean_grad, mean_sq_grad = _moments(gradient, state, beta1, beta2)
    longest = 2 / (1 - beta2) - 1
    length = longest - 2 * t * beta2**t / (1 - beta2**t)
    # np.divide: for a β₂ with a short memory the divisor may be zero, in the branch that is not taken then
    rectified = np.divide((length - 4) * (length - 2) * longest, (longest - 4) * (longest - 2) * length)
    adapted = np.sqrt(rectified * (1 - beta2**t)) / (np.sqrt(mean_sq_grad) + eps)
    factor = np.where(length > 5, adapted, 1.0)
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
            _MEAN,
            _SQUARE,
            _CORRECT_MEAN,
            sp.Eq(_longest, 2 / (1 - _beta2) - 1),
            sp.Eq(_length, _longest - 2 * STEP * _beta2**STEP / (1 - _beta2**STEP)),
            sp.Eq(
                now("rectified"), (_length - 4) * (_length - 2) * _longest / ((_longest - 4) * (_longest - 2) * _length)
            ),
            sp.Eq(
                now("theta"),
                _theta
                - _lr
                * _corrected_mean
                * sp.Piecewise(
                    (
                        sp.sqrt(now("rectified") * (1 - _beta2**STEP)) / (sp.sqrt(_mean_sq_grad) + _eps),
                        sp.Gt(_length, 5),
                    ),
                    (sp.Integer(1), True),
                ),
            ),
        ),
        state=_MOMENTS,
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
    )


def _adamax(
    theta: Array, gradient: Array, state: State, t: int, *, lr: Number, beta1: Number, beta2: Number, eps: Number
) -> tuple[Array, State]:
    mean_grad = beta1 * state[0] + (1 - beta1) * gradient
    largest = np.maximum(beta2 * state[1], np.abs(gradient) + eps)
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
            _MEAN,
            sp.Eq(now("largest_grad"), sp.Max(_beta2 * last("largest_grad"), sp.Abs(_g) + _eps)),
            _CORRECT_MEAN,
            sp.Eq(now("theta"), _theta - _lr * _corrected_mean / now("largest_grad")),
        ),
        state={"mean_grad": _MOMENTS["mean_grad"], "largest_grad": Quantity("u", "largest slopes remembered")},
        intermediate={"corrected_mean": Quantity("m̂")},
        libraries={
            "PyTorch": Peer("torch.optim.Adamax([theta], lr={lr}, betas=({beta1}, {beta2}), eps={eps})"),
            "Keras": Unavailable(
                "keras.optimizers.Adamax adds epsilon to the largest slope, here it is added to each slope."
            ),
            "optax": Peer("optax.adamax(learning_rate={lr}, b1={beta1}, b2={beta2}, eps={eps})"),
        },
    )


def _rprop(theta: Array, gradient: Array, state: State, t: int, *, lr: Number) -> tuple[Array, State]:
    seen, size = state
    agreement = np.sign(gradient * seen)
    size = np.clip(size * np.where(agreement > 0, 1.2, np.where(agreement < 0, 0.5, 1.0)), 1e-6, 50.0)
    seen = np.where(agreement < 0, 0.0, gradient)
    return -np.sign(seen) * size, (seen, size)


def _rprop_start(zeros: Array, *, lr: Number) -> State:
    return zeros, zeros + lr


with sp.evaluate(False):
    _agreement, _size, _seen = now("agreement"), now("size"), now("seen")
    _larger, _smaller = sp.Float("1.2"), sp.Float("0.5")
    RPROP = Optimizer(
        "rprop",
        "Rprop",
        "Looks only at signs: a step grows while its slope keeps its sign and halves when it turns.",
        "Riedmiller and Braun (1993); torch.optim.Rprop, for full batches only",
        (rate(0.01, library=0.01, upper=50),),
        _rprop,
        (
            sp.Eq(_agreement, _g * last("seen")),
            sp.Eq(
                _size,
                sp.Min(
                    sp.Max(
                        last("size")
                        * sp.Piecewise(
                            (_larger, sp.Gt(_agreement, 0)), (_smaller, sp.Lt(_agreement, 0)), (sp.Integer(1), True)
                        ),
                        sp.Float("1e-6"),
                    ),
                    50,
                ),
            ),
            sp.Eq(_seen, sp.Piecewise((sp.Integer(0), sp.Lt(_agreement, 0)), (_g, True))),
            sp.Eq(now("theta"), _theta - sp.sign(_seen) * _size),
        ),
        state={"seen": Quantity("ĝ", "slope remembered"), "size": Quantity("Δ", "size of the step")},
        intermediate={"agreement": Quantity("a")},
        init=_rprop_start,
        libraries={
            "PyTorch": Peer("torch.optim.Rprop([theta], lr={lr})"),
            "optax": Unavailable(
                "optax.rprop takes each step one gradient late (seen in 0.2.8: its first update is zero)."
            ),
        },
    )


def _lion(
    theta: Array,
    gradient: Array,
    state: State,
    t: int,
    *,
    lr: Number,
    beta1: Number,
    beta2: Number,
    weight_decay: Number,
) -> tuple[Array, State]:
    direction = np.sign(beta1 * state[0] + (1 - beta1) * gradient)
    mean_grad = beta2 * state[0] + (1 - beta2) * gradient
    return -lr * (direction + weight_decay * theta), (mean_grad,)


with sp.evaluate(False):
    LION = Optimizer(
        "lion",
        "Lion",
        "Steps of one size, in the direction that momentum and gradient agree on.",
        "Chen et al. (2023), arXiv:2302.06675; optax.lion",
        (
            rate(0.01, library=1e-3),
            BETA1,
            memory(
                "beta2", "β₂", "memory of gradients", 0.99, "It is the fraction of the mean gradient kept per step."
            ),
            weight_decay(0.0),
        ),
        _lion,
        (
            sp.Eq(now("direction"), sp.sign(_beta1 * last("mean_grad") + (1 - _beta1) * _g)),
            sp.Eq(_mean_grad, _beta2 * last("mean_grad") + (1 - _beta2) * _g),
            sp.Eq(now("theta"), _theta - _lr * (now("direction") + _decay * _theta)),
        ),
        state={"mean_grad": _MOMENTS["mean_grad"]},
        intermediate={"direction": Quantity("d")},
        libraries={
            "Keras": Peer(
                "keras.optimizers.Lion("
                "learning_rate={lr}, beta_1={beta1}, beta_2={beta2}, weight_decay={weight_decay})",
                positive="beta1",
            ),
            "optax": Peer("optax.lion(learning_rate={lr}, b1={beta1}, b2={beta2}, weight_decay={weight_decay})"),
        },
    )
