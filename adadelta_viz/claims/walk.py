"""Walks where the gradient comes from elsewhere than a surface: a constant slope, a stream of events, many weights."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np

from adadelta_viz.core import OPTIMIZERS
from adadelta_viz.core.arrays import Array
from adadelta_viz.core.optimizers.optimizer import Optimizer

Gradient = Callable[[Array, int], Array]
"""From the iterate and the number of the step, t = 1, 2, ..., to the slope that the optimizer sees."""


class Walk(NamedTuple):
    """Every iterate, the start first, and every update: ``(steps + 1, *shape)`` and ``(steps, *shape)``."""

    theta: Array
    delta: Array


def steps_of(
    optimizer: Optimizer, gradient: Gradient, start: Array, steps: int, **hyper: Any
) -> Iterator[tuple[Array, Array]]:
    """Yield each update and where it leads; the rules work element by element, so any shape will do."""
    theta = start
    state = optimizer.start_state(theta, **hyper)
    with np.errstate(all="ignore"):  # a walk that overflows says so in its numbers
        for t in range(1, steps + 1):
            delta, state = optimizer.update(theta, gradient(theta, t), state, t, **hyper)
            theta = theta + delta
            yield delta, theta


def walk(optimizer: Optimizer, gradient: Gradient, start: Array, steps: int, **hyper: Any) -> Walk:
    """Walk and keep everything.

    Examples
    --------
    >>> walk(OPTIMIZERS["sgd"], lambda theta, t: theta, np.array([8.0]), 3, lr=0.5).theta.ravel()
    array([8., 4., 2., 1.])
    """
    theta = np.empty((steps + 1, *start.shape))
    delta = np.empty((steps, *start.shape))
    theta[0] = start
    for t, (moved, at) in enumerate(steps_of(optimizer, gradient, start, steps, **hyper)):
        delta[t], theta[t + 1] = moved, at
    return Walk(theta, delta)


def first(reached: Any) -> Array:
    """Return the first index along time at which something holds, nan where it never does."""
    held = np.asarray(reached)
    return np.where(held.any(axis=0), np.argmax(held, axis=0), np.nan)


def bowl_walk(key: str, curvature: Array, steps: int, start: float | Array = 1.0, **given: Any) -> Walk:
    """Walk down h·x²/2 for every curvature h at once; hyperparameters that are not given have their defaults.

    Examples
    --------
    >>> bowl_walk("sgd", np.array([1.0, 2.0]), 1, lr=0.5).theta[-1]
    array([0.5, 0. ])
    """
    optimizer = OPTIMIZERS[key]
    theta = np.broadcast_to(np.asarray(start, dtype=float), curvature.shape).copy()
    return walk(optimizer, lambda at, _: curvature * at, theta, steps, **optimizer.resolve(**given))
