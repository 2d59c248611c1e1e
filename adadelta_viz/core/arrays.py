"""The shape contract, in one place: coordinate first, time before everything.

A point is ``theta`` of shape ``(2,)`` and a batch of points ``(2, *batch)``, so that ``x, y = theta`` reads like
mathematics and a hyperparameter of shape ``batch`` broadcasts as it is. A trajectory puts time in front:
``(steps + 1, 2, *batch)``. All arrays of the core are float64.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Number = float | Array
"""A hyperparameter inside a rule: one number, or one per run of the batch."""
Scalars = Number | Sequence[float]
"""The same as people pass it."""


def as_theta(value: Sequence[Scalars] | Array, name: str = "start") -> Array:
    """Turn a pair (or a ``(2, *batch)`` array) into a float64 ``theta``, or say what is wrong with it.

    Parameters
    ----------
    value
        Two numbers, two equally shaped arrays, or an array of shape ``(2, *batch)``.
    name
        The argument's name for the error message.

    Raises
    ------
    ValueError
        If there are not exactly two coordinates, or one is not finite; the message names the argument and the value.

    Examples
    --------
    >>> as_theta((-1.5, 2))
    array([-1.5,  2. ])
    >>> as_theta((1, 2, 3))
    Traceback (most recent call last):
    ...
    ValueError: start must have two coordinates, (x, y): got shape (3,). A batch has shape (2, *batch).
    """
    theta = np.array(value, dtype=float)
    if theta.shape[:1] != (2,):
        raise ValueError(
            f"{name} must have two coordinates, (x, y): got shape {theta.shape}. A batch has shape (2, *batch)."
        )
    if not np.isfinite(theta).all():
        raise ValueError(f"{name} must be finite: got {value}. It is a point of the plane.")
    return theta
