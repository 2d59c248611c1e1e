"""The part of the plane that is drawn, and a place in it from which a run has somewhere to go."""

from collections.abc import Callable

import numpy as np

from adadelta_viz.core.arrays import Array

Domain = tuple[tuple[float, float], tuple[float, float]]
Point = tuple[float, float]

WINDOW: Domain = ((-3.0, 3.0), (-3.0, 3.0))
"""What is drawn of a formula when nobody chooses."""

FARTHEST, NARROWEST = 1000.0, 0.01
"""How far a window may reach from the origin, and how narrow it may be."""

LEVEL = 1e-9
"""A slope below this is none to start on."""

_PREFERRED = (0.15, 0.75)  # upper left: few formulas are at rest there, and the run crosses the map


def validate_domain(domain: Domain) -> Domain:
    """Return the window as floats, or say what is wrong with it.

    Raises
    ------
    ValueError
        The message names the axis, the limits and the value.

    Examples
    --------
    >>> validate_domain(((0, 1), (3, -3)))
    Traceback (most recent call last):
    ...
    ValueError: the window in y must run from a smaller to a larger number within ±1000, at least 0.01 wide: got 3, -3.
    """
    for axis, (low, high) in zip("xy", domain, strict=True):
        if not (low >= -FARTHEST and low + NARROWEST <= high <= FARTHEST):
            raise ValueError(
                f"the window in {axis} must run from a smaller to a larger number within ±{FARTHEST:g}, "
                f"at least {NARROWEST:g} wide: got {low:g}, {high:g}."
            )
    (left, right), (bottom, top) = domain
    return (float(left), float(right)), (float(bottom), float(top))


def default_start(value_and_gradient: Callable[[Array], tuple[Array, Array]], domain: Domain) -> Point | None:
    """Choose a start: finite, on a slope, as near to the upper left as that allows; None if f is finite nowhere.

    Examples
    --------
    >>> default_start(lambda theta: (theta[0] ** 2, np.array([2 * theta[0], 0 * theta[1]])), WINDOW)
    (-2.1, 1.5)
    """
    return _nearest(value_and_gradient, domain, 19) or _nearest(value_and_gradient, domain, 99)


def _nearest(value_and_gradient: Callable[[Array], tuple[Array, Array]], domain: Domain, points: int) -> Point | None:
    """Look at a grid of points within the window."""
    fractions = np.arange(1, points + 1) / (points + 1)
    theta = np.array(np.meshgrid(*(np.round(low + fractions * (high - low), 3) for low, high in domain)))
    value, gradient = value_and_gradient(theta)
    stands = np.isfinite(value)
    slides = stands & np.isfinite(gradient).all(axis=0) & (np.abs(gradient).max(axis=0) > LEVEL)
    possible = slides if slides.any() else stands
    if not possible.any():
        return None
    away = np.hypot(fractions - _PREFERRED[0], fractions[:, None] - _PREFERRED[1])
    row, column = np.unravel_index(np.argmin(np.where(possible, away, np.inf)), away.shape)
    return float(theta[0, row, column]), float(theta[1, row, column])
