"""Rest points: where a run may end for good, and to which of them it belongs."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from adadelta_viz.core.arrays import Array
from adadelta_viz.core.optimizers.sign_based import RPROP
from adadelta_viz.core.run.engine.batch import Batch, run_batch
from adadelta_viz.core.surfaces.critical_points import Kind, curvatures_at, kind_of, stationary
from adadelta_viz.core.surfaces.surface import Surface
from adadelta_viz.core.surfaces.window import Point

NEAR = 0.05
"""How far from a rest point a run may be centred to belong to it, as a share of the window."""

ON_ITS_WAY, PLATEAU = -1, -2
"""Codes of places that belong to no rest point: with a slope, and without one."""

GRID, WALK = 48, 200
"""Starts along each side of the window, and steps of each, of the descents that look for minima."""

_ORDER: tuple[Kind, ...] = ("minimum", "saddle", "maximum", "degenerate")


class RestPoint(NamedTuple):
    """A point where the slope vanishes: where, how high, what kind, and whether it is a listed (global) minimum."""

    point: Point
    value: float
    kind: Kind
    listed: bool


@lru_cache(maxsize=64)
def rest_points(surface: Surface) -> tuple[RestPoint, ...]:
    """List the rest points of a surface's window: listed minima, other minima by height, then what is no minimum.

    A listed minimum need not have a slope of zero: Ackley's is a point without a slope. The others are the stationary
    points that a search over the window finds, and where plain descents from a grid of starts come to rest.

    Examples
    --------
    >>> from adadelta_viz.core.surfaces.catalogue import SURFACES
    >>> [point.kind for point in rest_points(SURFACES["three_hump_camel"])]
    ['minimum', 'minimum', 'minimum', 'saddle', 'saddle']
    """
    near = 1e-4 * np.ptp(surface.domain, axis=1)
    points = [RestPoint(at, float(surface.value(np.array(at))), "minimum", True) for at in surface.minima]
    found = [(each.point, each.kind) for each in stationary(surface).points]
    found += [(at, kind_of(curvatures_at(surface, at))) for at in _descended(surface)]
    for at, kind in found:
        if not any((np.abs(np.subtract(at, each.point)) <= near).all() for each in points):
            points.append(RestPoint(at, float(surface.value(np.array(at))), kind, False))
    return tuple(sorted(points, key=_rank))


def _rank(each: RestPoint) -> tuple[Any, ...]:
    return (0,) if each.listed else (1, _ORDER.index(each.kind), round(each.value, 9), each.point)


def _descended(surface: Surface) -> list[Point]:
    """Return where runs from a grid of starts come to rest: Rprop walks, Newton's method finds the last digits."""
    width, low = np.ptp(surface.domain, axis=1)[:, None], np.array(surface.domain)[:, :1]
    shares = np.array(np.meshgrid(*[(np.arange(GRID) + 0.5) / GRID] * 2)).reshape(2, -1)
    batch = Batch(surface, RPROP, low + shares * width, {"lr": float(width.min()) / 1000})
    run_batch(batch, WALK, None, lambda *_: None)
    theta = batch.theta
    with np.errstate(all="ignore"):
        for _ in range(8):
            (xx, xy), (_, yy) = surface.hessian(theta)
            x, y = surface.gradient(theta)
            step = np.array([yy * x - xy * y, xx * y - xy * x]) / (xx * yy - xy * xy)
            theta = theta - np.where(np.abs(step) <= 0.01 * width, step, np.nan)
        still = (np.abs(step) <= 1e-9 * width).all(axis=0) & (np.abs(theta - low - width / 2) <= width / 2).all(axis=0)
    rounded = np.round(theta[:, still] / width * 1e6)
    first = np.unique(rounded, axis=1, return_index=True)[1]
    return [(float(x), float(y)) for x, y in theta[:, still][:, first].T]


def nearest_attractor(
    surface: Surface, points: Sequence[RestPoint], centres: Array, tolerance: float
) -> NDArray[np.int64]:
    """Tell to which of the points each centre ``(2, n)`` belongs: the nearest one, if it is near enough.

    Near enough is within ``NEAR`` of the window, and within the tolerance of the point's value. A centre without a rest
    point is on a plateau if crossing the window along its slope would not win the tolerance.

    Returns
    -------
    NDArray
        ``(n,)``: an index into ``points``, ``ON_ITS_WAY`` or ``PLATEAU``.

    Examples
    --------
    >>> from adadelta_viz.core.surfaces.catalogue import SURFACES
    >>> booth = SURFACES["booth"]
    >>> nearest_attractor(booth, rest_points(booth), np.array([[1.001, 2.0], [3.0, 3.0]]), 0.01)
    array([ 0, -1])
    """
    width = np.ptp(surface.domain, axis=1)[:, None]
    with np.errstate(all="ignore"):
        level = (np.abs(surface.gradient(centres)) * width).sum(axis=0) <= tolerance
    codes = np.where(level, PLATEAU, ON_ITS_WAY)
    if not points:
        return codes
    away = np.array([np.abs(centres - np.reshape(each.point, (2, 1))) / width for each in points])  # (points, 2, n)
    nearest = np.argmin(np.hypot(away[:, 0], away[:, 1]), axis=0)
    near = (away[nearest, :, np.arange(nearest.size)] <= NEAR).all(axis=1)
    values = np.array([each.value for each in points])[nearest]
    return np.where(near & (np.abs(surface.value(centres) - values) <= tolerance), nearest, codes)
