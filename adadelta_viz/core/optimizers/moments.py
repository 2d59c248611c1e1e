"""What Adam and its relatives share: two running means, their correction for starting at zero, and the symbols."""

import sympy as sp

from adadelta_viz.core.arrays import Array, Number
from adadelta_viz.core.optimizers.optimizer import STEP, Quantity, State, hyper, last, now

G, THETA = now("gradient"), last("theta")
LR, EPS, BETA_1, BETA_2, DECAY = hyper("lr"), hyper("eps"), hyper("beta1"), hyper("beta2"), hyper("weight_decay")
MEAN_GRAD, MEAN_SQ_GRAD = now("mean_grad"), now("mean_sq_grad")
CORRECTED_MEAN, CORRECTED_SQUARE = now("corrected_mean"), now("corrected_square")

MOMENTS = {
    "mean_grad": Quantity("m", "gradients remembered"),
    "mean_sq_grad": Quantity("v", "squared gradients remembered"),
}
CORRECTED = {"corrected_mean": Quantity("m̂"), "corrected_square": Quantity("v̂")}


def moments(gradient: Array, state: State, beta1: Number, beta2: Number) -> tuple[Array, Array]:
    """Update the running means of gradient and squared gradient, the heart of the whole family."""
    mean_grad = beta1 * state[0] + (1 - beta1) * gradient
    mean_sq_grad = beta2 * state[1] + (1 - beta2) * (gradient * gradient)
    return mean_grad, mean_sq_grad


with sp.evaluate(False):
    MEAN = sp.Eq(MEAN_GRAD, BETA_1 * last("mean_grad") + (1 - BETA_1) * G)
    SQUARE = sp.Eq(MEAN_SQ_GRAD, BETA_2 * last("mean_sq_grad") + (1 - BETA_2) * G**2)
    CORRECT_MEAN = sp.Eq(CORRECTED_MEAN, MEAN_GRAD / (1 - BETA_1**STEP))
    CORRECT_SQUARE = sp.Eq(CORRECTED_SQUARE, MEAN_SQ_GRAD / (1 - BETA_2**STEP))
    ADAM_STEP = LR * CORRECTED_MEAN / (sp.sqrt(CORRECTED_SQUARE) + EPS)
