"""What rules need beside + − · /, for one plain number as for an array of them, to the same digits.

NumPy is made for arrays: on a single number its functions take ten times as long as Python's own. A rule that takes
them from here is written once and walks one run on plain numbers, or ten thousand on arrays. Like NumPy's, these
functions never raise: what has no value is nan, a division by zero inf.
"""

import math
from typing import Any

import numpy as np


def sqrt(x: Any) -> Any:
    """Return the root; both ways round correctly.

    Examples
    --------
    >>> sqrt(9.0), sqrt(-1.0), sqrt(np.array([9.0, 16.0]))
    (3.0, nan, array([3., 4.]))
    """
    if isinstance(x, float):
        return math.sqrt(x) if x >= 0 else math.nan
    return np.sqrt(x)


def sign(x: Any) -> Any:
    """Return 1, −1 or 0.

    Examples
    --------
    >>> sign(-2.5), sign(0.0), sign(np.array([3.0, -0.0]))
    (-1.0, 0.0, array([1., 0.]))
    """
    if isinstance(x, float):
        return 1.0 if x > 0 else -1.0 if x < 0 else x + 0.0  # nan stays, −0 becomes 0
    return np.sign(x)


def maximum(x: Any, y: Any) -> Any:
    """Return the larger one; nan if either is.

    Examples
    --------
    >>> maximum(1.0, 2.0), maximum(math.nan, 2.0), maximum(np.array([1.0, 3.0]), 2.0)
    (2.0, nan, array([2., 3.]))
    """
    if isinstance(x, float) and isinstance(y, float):
        return x if x >= y or x != x else y
    return np.maximum(x, y)


def clip(x: Any, low: float, high: float) -> Any:
    """Return the nearest number between ``low`` and ``high``.

    Examples
    --------
    >>> clip(7.0, 0.0, 5.0), clip(np.array([-1.0, 3.0]), 0.0, 5.0)
    (5.0, array([0., 3.]))
    """
    if isinstance(x, float):
        return min(max(x, low), high)
    return np.clip(x, low, high)


def where(condition: Any, x: Any, y: Any) -> Any:
    """Return ``x`` where the condition holds and ``y`` elsewhere.

    Examples
    --------
    >>> where(True, 1.0, 2.0), where(np.array([True, False]), 1.0, 2.0)
    (1.0, array([1., 2.]))
    """
    if isinstance(condition, bool):
        return x if condition else y
    return np.where(condition, x, y)


def divide(x: Any, y: Any) -> Any:
    """Divide where the divisor may be zero: Python's own division of numbers would raise.

    Examples
    --------
    >>> divide(1.0, 4.0), divide(np.array([1.0, 2.0]), 4.0)
    (0.25, array([0.25, 0.5 ]))
    """
    if isinstance(x, float) and isinstance(y, float) and y:
        return x / y
    return np.divide(x, y)
