"""One run on plain numbers: the same rule, one coordinate after the other, five times faster than on arrays of two."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from adadelta_viz.core.arrays import Array
from adadelta_viz.core.optimizers.optimizer import Optimizer
from adadelta_viz.core.surfaces.surface import Surface


@np.errstate(all="ignore")  # overflow is data, as for the loop on arrays
def run_single(
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
    >>> theta, value, *_ = run_single(SURFACES["sphere"], OPTIMIZERS["sgd"], np.array([-4, 3]), 2, None, {"lr": 0.1})
    >>> theta.round(3).tolist(), value.round(3).tolist()
    ([[-4.0, 3.0], [-3.2, 2.4], [-2.56, 1.92]], [25.0, 16.0, 10.24])
    """
    at = surface.at
    update: Any = optimizer.update  # with plain numbers for arrays
    noise_list = None if noise is None else noise.tolist()
    x, y = start.tolist()
    step_x = step_y = 0.0
    state_x, state_y = (optimizer.start_state(each, **hyper) for each in (x, y))
    rows: list[Any] = []
    for t in range(steps + 1):
        value, gradient_x, gradient_y = map(float, at(x, y))
        if noise_list is not None:
            gradient_x, gradient_y = gradient_x + noise_list[t][0], gradient_y + noise_list[t][1]
        rows += (x, y, value, gradient_x, gradient_y, step_x, step_y, *state_x, *state_y)
        step_x, state_x = update(x, gradient_x, state_x, t + 1, **hyper)
        step_y, state_y = update(y, gradient_y, state_y, t + 1, **hyper)
        x, y = x + step_x, y + step_y
    table = np.array(rows).reshape(steps + 1, -1)
    states = table[:, 7:].reshape(steps + 1, 2, -1)
    return table[:, 0:2], table[:, 2], table[:, 3:5], table[:, 5:7], *np.moveaxis(states, 2, 0)
