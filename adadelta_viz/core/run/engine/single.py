"""One run on plain numbers: the same rule, one coordinate after the other, five times faster than on arrays of two."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from adadelta_viz.core.arrays import Array
from adadelta_viz.core.optimizers.optimizer import Optimizer
from adadelta_viz.core.surfaces.surface import Surface


@np.errstate(all="ignore")  # overflow is data, as for the loop on arrays
def walk(
    surface: Surface, optimizer: Optimizer, start: Array, steps: int, noise: Array | None, hyper: Mapping[str, float]
) -> tuple[Array, ...]:
    """Return every θ, f, ∇f and Δθ of one run and then each of its memories, time in front; row t is after step t.

    Parameters
    ----------
    surface, optimizer, start, steps
        As for ``descend``. A rule treats each coordinate by itself, so x and y may take their steps in turn.
    noise
        What is added to each slope, ``(steps + 1, 2)``, or None.
    hyper
        Every hyperparameter of the optimizer.

    Raises
    ------
    ArithmeticError
        Where Python's own numbers refuse what NumPy's turn into inf or nan, such as a division by zero.

    Examples
    --------
    >>> from adadelta_viz.core import OPTIMIZERS, SURFACES
    >>> theta, value, *_ = walk(SURFACES["sphere"], OPTIMIZERS["sgd"], np.array([-4.0, 3.0]), 2, None, {"lr": 0.1})
    >>> theta.round(3).tolist(), value.round(3).tolist()
    ([[-4.0, 3.0], [-3.2, 2.4], [-2.56, 1.92]], [25.0, 16.0, 10.24])
    """
    at = surface.at
    update: Any = optimizer.update  # with plain numbers for arrays
    pushes = None if noise is None else noise.tolist()
    x, y = start.tolist()
    step_x = step_y = 0.0
    memory_x, memory_y = (optimizer.start_state(each, **hyper) for each in (x, y))
    rows: list[Any] = []
    for t in range(steps + 1):
        value, slope_x, slope_y = map(float, at(x, y))
        if pushes is not None:
            slope_x, slope_y = slope_x + pushes[t][0], slope_y + pushes[t][1]
        rows += (x, y, value, slope_x, slope_y, step_x, step_y, *memory_x, *memory_y)
        step_x, memory_x = update(x, slope_x, memory_x, t + 1, **hyper)
        step_y, memory_y = update(y, slope_y, memory_y, t + 1, **hyper)
        x, y = x + step_x, y + step_y
    table = np.array(rows).reshape(steps + 1, -1)
    memories = table[:, 7:].reshape(steps + 1, 2, -1)
    return table[:, 0:2], table[:, 2], table[:, 3:5], table[:, 5:7], *np.moveaxis(memories, 2, 0)
