"""Rest points: where a surface is level, found with Newton's method and told apart by its curvature."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from adadelta_viz.core.arrays import Array
from adadelta_viz.core.surface import Surface
from adadelta_viz.core.window import Point

Kind = Literal["minimum", "saddle", "maximum", "flat"]

NEAR = 0.05
"""How far from a rest point a run may be centred to belong to it, as a share of the window."""


class RestPoint(NamedTuple):
    """A point where the slope vanishes: where, how high, what kind, and whether it is a listed (global) minimum."""

    point: Point
    value: float
    kind: Kind
    listed: bool


def located(surface: Surface, centres: Array, tolerance: float) -> tuple[NDArray[np.int64], Array]:
    """Find for each centre ``(2, n)`` the rest point that it belongs to.

    Returns
    -------
    tuple
        ``(n,)``: 0 where there is one, −1 where not, −2 on a plateau; and the rest points ``(2, n)``, nan where none.
    """
    width = np.ptp(surface.domain, axis=1)[:, None]
    height = surface.value(centres)

    def belongs(point: Array) -> NDArray[np.bool_]:
        near: NDArray[np.bool_] = (np.abs(point - centres) <= NEAR * width).all(axis=0)
        return near & np.asarray(np.abs(height - surface.value(point)) <= tolerance)

    rest = np.full_like(centres, np.nan)
    for minimum in surface.minima:
        point = np.broadcast_to(np.array(minimum)[:, None], centres.shape)
        rest = np.where(belongs(point), point, rest)
    open_ = np.isnan(rest[0])
    found = newton(surface, centres[:, open_], NEAR * width)
    candidate = np.full_like(centres, np.nan)
    candidate[:, open_] = found
    rest = np.where(belongs(candidate), candidate, rest)
    level = (np.abs(surface.gradient(centres)) * width).sum(axis=0) <= tolerance
    return np.where(~np.isnan(rest[0]), 0, np.where(level, -2, -1)), rest


def newton(surface: Surface, start: Array, reach: Array, rounds: int = 40) -> Array:
    """Follow Newton's method from each start ``(2, n)`` to where ∇f = 0; nan where that is not within reach.

    Examples
    --------
    >>> from adadelta_viz.core.surfaces import SURFACES
    >>> newton(SURFACES["himmelblau"], np.array([[3.1], [1.9]]), np.array([[0.5], [0.5]])).round(6)
    array([[3.],
           [2.]])
    """
    theta = start.copy()
    with np.errstate(all="ignore"):
        for _ in range(rounds):
            (a, b), (_, d) = surface.hessian(theta)
            x, y = surface.gradient(theta)
            determinant = a * d - b * b
            step = np.array([d * x - b * y, a * y - b * x]) / determinant
            theta = np.clip(theta - np.where(np.isfinite(step), step, 0), start - 2 * reach, start + 2 * reach)
        settled = (np.abs(step) <= 1e-6 * reach) | (np.abs(surface.gradient(theta)) <= 1e-12)
    return np.where(settled.all(axis=0) & (np.abs(theta - start) <= reach).all(axis=0), theta, np.nan)


def merged(surface: Surface, rest: Array, tolerance: float) -> tuple[RestPoint, ...]:
    """Name the distinct rest points among ``(2, n)``: listed minima, other minima by height, then all others."""
    width = np.ptp(surface.domain, axis=1)
    distinct: list[Point] = []
    listed = [minimum for minimum in surface.minima if _close(rest, minimum, width).any()]
    left = rest[:, ~np.any([_close(rest, minimum, width) for minimum in listed], axis=0)] if listed else rest
    while left.size:
        point = (float(left[0, 0]), float(left[1, 0]))
        distinct.append(point)
        left = left[:, ~_close(left, point, width)]
    points = [_told(surface, point, tolerance, point in listed) for point in (*listed, *distinct)]
    order = ("minimum", "saddle", "maximum", "flat")
    return tuple(sorted(points, key=lambda each: (not each.listed, order.index(each.kind), each.value, each.point)))


def nearest(points: Sequence[RestPoint], theta: Array) -> NDArray[np.int64]:
    """Return for each ``theta`` the index of the nearest rest point."""
    if not points:
        return np.zeros(theta.shape[1:], dtype=int)
    away = [np.hypot(*(theta - np.reshape(each.point, (2, *(1,) * (theta.ndim - 1))))) for each in points]
    closest: NDArray[np.int64] = np.argmin(np.nan_to_num(away), axis=0)
    return closest


def _close(theta: Array, point: Point, width: Array) -> NDArray[np.bool_]:
    close: NDArray[np.bool_] = (np.abs(theta - np.reshape(point, (2, 1))) <= 1e-4 * width[:, None]).all(axis=0)
    return close


def _told(surface: Surface, point: Point, tolerance: float, listed: bool) -> RestPoint:
    """Tell what a rest point is; curvature that cannot win the tolerance across the window counts as none."""
    theta = np.array(point)
    value, width = float(surface.value(theta)), float(np.ptp(surface.domain, axis=1).max())
    if listed:
        return RestPoint(point, value, "minimum", True)
    low, high = np.linalg.eigvalsh(surface.hessian(theta))
    small = 2 * tolerance / width**2
    kind: Kind = "saddle" if low < -small and high > small else "flat"
    if low > small:
        kind = "minimum"
    elif high < -small:
        kind = "maximum"
    return RestPoint(point, value, kind, False)
