"""The arithmetic behind the theory: what one rate does to a curvature, how long a memory lasts, what a ratio estimates.

Each function is a law or a measurement that a text quotes; tests hold laws against runs of the optimizers.
"""

import math
from typing import NamedTuple

import numpy as np

from adadelta_viz.core.arrays import Array, Number
from adadelta_viz.core.optimizers.optimizer import Optimizer
from adadelta_viz.core.run.measures import effective_rate
from adadelta_viz.core.run.trajectory import Trajectory
from adadelta_viz.core.surfaces.surface import Surface


def factor(curvature: float, lr: float) -> float:
    """Return by what one step of SGD multiplies the distance along an axis of this curvature: 1 − ηh.

    Examples
    --------
    >>> factor(100, 0.019), factor(100, 0.021)
    (-0.8999999999999999, -1.1)
    """
    return 1 - lr * curvature


def steps_to_tenth(multiplier: float) -> float:
    """Return after how many steps a distance that is multiplied by this at each step is a tenth; inf if it never is.

    Examples
    --------
    >>> round(steps_to_tenth(0.9)), steps_to_tenth(-1.1)
    (22, inf)
    """
    size = abs(multiplier)
    return math.inf if size >= 1 else math.log(0.1) / math.log(size) if size else 1.0


def momentum_gain(momentum: float) -> tuple[float, float]:
    """Return the length of velocity, in slopes, to which steady slopes pile up and alternating ones cancel.

    Examples
    --------
    >>> [round(length, 3) for length in momentum_gain(0.9)]
    [10.0, 0.526]
    """
    return 1 / (1 - momentum), 1 / (1 + momentum)


def half_life(rho: float) -> float:
    """Return after how many steps a memory has lost half of what it held: ln ½ / ln ρ.

    Examples
    --------
    >>> round(half_life(0.95), 2), half_life(0.0)
    (13.51, 0.0)
    """
    return math.log(0.5) / math.log(rho) if rho else 0.0


def time_constant(rho: float) -> float:
    """Return how many steps of full weight a memory is worth: 1/(1 − ρ), often mistaken for its half-life.

    Examples
    --------
    >>> round(time_constant(0.95), 2)
    20.0
    """
    return 1 / (1 - rho)


def run_on_gradients(optimizer: Optimizer, slopes: Array, **hyper: float) -> Array:
    """Feed slopes, ``(steps, 2)``, to an optimizer whatever it does, and return its updates, ``(steps, 2)``.

    Examples
    --------
    >>> from adadelta_viz.core import OPTIMIZERS
    >>> run_on_gradients(OPTIMIZERS["sgd"], np.array([[1.0, 2.0], [4.0, 0.0]]), lr=0.5)
    array([[-0.5, -1. ],
           [-2. , -0. ]])
    """
    numbers = optimizer.resolve(**hyper)
    theta, state = np.zeros(2), optimizer.start_state(np.zeros(2), **numbers)
    deltas = np.empty_like(slopes)
    for t, slope in enumerate(slopes):
        deltas[t], state = optimizer.update(theta, slope, state, t + 1, **numbers)
        theta = theta + deltas[t]
    return deltas


def after_one_steep_slope(optimizer: Optimizer, steep: float, steps: int, **hyper: float) -> Array:
    """Return the step per unit of slope, ``(steps,)``, where the first slope is ``steep`` and all others are 1.

    Examples
    --------
    >>> from adadelta_viz.core import OPTIMIZERS
    >>> after_one_steep_slope(OPTIMIZERS["adagrad"], 3.0, 3, lr=1.0).round(4)
    array([0.3333, 0.3162, 0.3015])
    """
    slopes = np.ones((steps, 2))
    slopes[0] = steep
    rates: Array = np.abs(run_on_gradients(optimizer, slopes, **hyper) / slopes)[:, 0]
    return rates


def dying_rate(t: Number, steep: float, lr: float = 1.0) -> Number:
    """Return AdaGrad's step per unit of slope by the law: η/√(S² + t − 1), where the first slope is S, the others 1.

    Examples
    --------
    >>> dying_rate(101.0, 1.0) * (100 + 1) ** 0.5
    1.0
    """
    return lr / (steep**2 + t - 1) ** 0.5


def recovering_rate(t: Number, steep: float, rho: float, lr: float = 1.0) -> Number:
    """Return RMSprop's step per unit of slope by the law: η/√(1 − ρᵗ + (1 − ρ)ρᵗ⁻¹(S² − 1)).

    Examples
    --------
    >>> round(recovering_rate(1000.0, 100.0, 0.9), 6)
    1.0
    """
    return lr / (1 - rho**t + (1 - rho) * rho ** (t - 1) * (steep**2 - 1)) ** 0.5


class Estimate(NamedTuple):
    """What AdaDelta's ratio estimates, along a run: for each step the ratio and the truth, ``(steps, 2)``.

    ``ratio`` is RMS[Δθ]ₜ₋₁ / RMS[g]ₜ; ``inverse`` the diagonal of the inverse Hessian where the step starts, nan where
    the Hessian has no inverse; ``axis`` is 1/hᵢᵢ, the inverse of the diagonal.
    """

    ratio: Array
    inverse: Array
    axis: Array


def inverse_curvature(surface: Surface, theta: Array) -> tuple[Array, Array]:
    """Return the diagonal of the inverse Hessian and the inverse of its diagonal at points ``(n, 2)``, each ``(n, 2)``.

    Examples
    --------
    >>> from adadelta_viz.core.surfaces.catalogue import SURFACES
    >>> inverse, axis = inverse_curvature(SURFACES["rotated_ravine"], np.zeros((1, 2)))
    >>> inverse.round(3), axis.round(3)
    (array([[0.505, 0.505]]), array([[0.02, 0.02]]))
    """
    (xx, xy), (yx, yy) = surface.hessian(theta.T)
    with np.errstate(all="ignore"):
        inverse = np.array([yy, xx]).T / (xx * yy - xy * yx)[:, None]
        axis = 1 / np.array([xx, yy]).T
    return np.where(np.isfinite(inverse), inverse, np.nan), np.where(np.isfinite(axis), axis, np.nan)


def estimate(surface: Surface, run: Trajectory) -> Estimate:
    """Compare, along a run of AdaDelta, the ratio that makes its steps with the curvature that it stands for.

    Examples
    --------
    >>> from adadelta_viz.core import OPTIMIZERS, SURFACES, descend
    >>> surface = SURFACES["bowl_10"]
    >>> found = estimate(surface, descend(surface, OPTIMIZERS["adadelta"], (-4.0, 3.0), 1500))
    >>> (found.ratio[-1] / found.inverse[-1]).round(2)
    array([2., 2.])
    """
    inverse, axis = inverse_curvature(surface, run.theta[:-1])
    return Estimate(effective_rate(run), inverse, axis)
