"""Methods that look only at signs: Rprop, from before the adaptive methods, and Lion, from after them.

Conventions are those of torch.optim 2.x for Rprop and of optax for Lion.
"""

import sympy as sp

from adadelta_viz.core.arrays import Array, Number
from adadelta_viz.core.optimizers.hyperparameters import BETA1, memory, rate, weight_decay
from adadelta_viz.core.optimizers.moments import BETA_1, BETA_2, DECAY, LR, MEAN_GRAD, MOMENTS, THETA, G
from adadelta_viz.core.optimizers.numeric import clip, sign, where
from adadelta_viz.core.optimizers.optimizer import Optimizer, Peer, Quantity, State, Unavailable, last, now


def _rprop(theta: Array, gradient: Array, state: State, t: int, *, lr: Number) -> tuple[Array, State]:
    seen, size = state
    agreement = sign(gradient * seen)
    size = clip(size * where(agreement > 0, 1.2, where(agreement < 0, 0.5, 1.0)), 1e-6, 50.0)
    seen = where(agreement < 0, 0.0, gradient)
    return -sign(seen) * size, (seen, size)


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
            sp.Eq(_agreement, G * last("seen")),
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
            sp.Eq(_seen, sp.Piecewise((sp.Integer(0), sp.Lt(_agreement, 0)), (G, True))),
            sp.Eq(now("theta"), THETA - sp.sign(_seen) * _size),
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
        year=1993,
        doi="10.1109/ICNN.1993.298623",
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
    direction = sign(beta1 * state[0] + (1 - beta1) * gradient)
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
            sp.Eq(now("direction"), sp.sign(BETA_1 * last("mean_grad") + (1 - BETA_1) * G)),
            sp.Eq(MEAN_GRAD, BETA_2 * last("mean_grad") + (1 - BETA_2) * G),
            sp.Eq(now("theta"), THETA - LR * (now("direction") + DECAY * THETA)),
        ),
        state={"mean_grad": MOMENTS["mean_grad"]},
        intermediate={"direction": Quantity("d")},
        libraries={
            "Keras": Peer(
                "keras.optimizers.Lion("
                "learning_rate={lr}, beta_1={beta1}, beta_2={beta2}, weight_decay={weight_decay})",
                positive="beta1",
            ),
            "optax": Peer("optax.lion(learning_rate={lr}, b1={beta1}, b2={beta2}, weight_decay={weight_decay})"),
        },
        year=2023,
        parents=("adamw",),
    )
