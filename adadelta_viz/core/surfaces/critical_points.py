"""Where a surface is level: points with ∇f = 0 in its window, found from a grid of starts, told apart by curvature.

Each start walks by damped Newton steps on the gradient, all starts at once. What is found is exact to rounding; what is
not found may still exist, and kinks, which have no gradient, are not looked for.
"""

from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from adadelta_viz.core.arrays import Array
from adadelta_viz.core.surfaces.surface import Surface
from adadelta_viz.core.surfaces.window import Point

Kind = Literal["minimum", "saddle", "maximum", "degenerate"]
Mask = NDArray[np.bool_]

STARTS = 40
"""Along each side of the window."""

ROUNDS = 60
SAME = 1e-4
"""Points nearer to each other than this share of the window are one."""

FLAT, LEVEL = 1e-9, 1e-12
"""A curvature counts as none below these shares: of the other curvature there, and of the usual one in the window."""

SMALL = 1e-8
"""A slope below this share of the usual slope in the window may be a point at rest."""

MOST = 20
"""Beyond so many degenerate points f is level along whole lines or regions, and they are left out."""


class Stationary(NamedTuple):
    """A point with ∇f = 0: where, how high, its two curvatures (eigenvalues of ∇²f, the smaller first), its kind."""

    point: Point
    value: float
    curvatures: tuple[float, float]
    kind: Kind


class Found(NamedTuple):
    """The stationary points of a window, lowest first, and whether f is level along more than points."""

    points: tuple[Stationary, ...]
    level: bool


def stationary(surface: Surface) -> Found:
    """Find the stationary points of a surface in its window.

    Examples
    --------
    >>> found = stationary(Surface.from_formula("x^4 - 2x^2 + y^2"))
    >>> [(each.kind, each.point) for each in found.points]
    [('minimum', (-1.0, 0.0)), ('minimum', (1.0, 0.0)), ('saddle', (0.0, 0.0))]
    """
    starts = _grid(surface)
    with np.errstate(all="ignore"):
        rest = _distinct(surface, _at_rest(surface, starts))
        level = LEVEL * _usual(surface.hessian(starts))
        points = sorted((_told(surface, theta, level) for theta in rest.T), key=lambda each: (each.value, each.point))
    plain = tuple(each for each in points if each.kind != "degenerate")
    return Found(plain, True) if len(points) - len(plain) > MOST else Found(tuple(points), False)


def kind_of(curvatures: tuple[float, float], level: float = 0.0) -> Kind:
    """Name a stationary point by its curvatures.

    Examples
    --------
    >>> kind_of((2.0, 6.0)), kind_of((-2.0, 6.0)), kind_of((0.0, 6.0))
    ('minimum', 'saddle', 'degenerate')
    """
    low, high = curvatures
    smaller, larger = sorted((abs(low), abs(high)))
    if not (larger > level and smaller > FLAT * larger):
        return "degenerate"
    return "minimum" if low > 0 else "maximum" if high < 0 else "saddle"


def curvatures_at(surface: Surface, point: Point) -> tuple[float, float]:
    """Return the eigenvalues of ∇²f at a point, the smaller first; nan where it is not finite.

    Examples
    --------
    >>> curvatures_at(Surface.from_formula("x^2 + 3y^2"), (1.0, 1.0))
    (2.0, 6.0)
    """
    hessian = surface.hessian(np.array(point))
    if not np.isfinite(hessian).all():
        return np.nan, np.nan
    low, high = np.linalg.eigvalsh(hessian)
    return float(low), float(high)


def _grid(surface: Surface) -> Array:
    """Return starts ``(2, n)``, off the lines of symmetry, where f is finite."""
    shares = (np.arange(STARTS) + 0.5) / STARTS
    axes = (low + shares * (high - low) for low, high in surface.domain)
    theta = np.array(np.meshgrid(*axes)).reshape(2, -1)
    return theta[:, np.isfinite(surface.value(theta))]


def _usual(terms: Array) -> float:
    """Return the median size of slopes or curvatures where they are finite and not zero."""
    size = np.abs(terms).reshape(-1, terms.shape[-1]).max(axis=0)
    size = size[np.isfinite(size) & (size > 0)]
    return float(np.median(size)) if size.size else 0.0


def _at_rest(surface: Surface, theta: Array) -> Array:
    """Walk by Levenberg's steps on ∇f from every start; return those that came to rest in the window."""
    low, high = np.array(surface.domain).T[:, :, None]
    width = high - low
    damping = np.full(theta.shape[1], 1e-3)
    gradient = surface.gradient(theta)
    small = SMALL * _usual(gradient)
    for _ in range(ROUNDS):
        step = _step(surface.hessian(theta), gradient, damping)
        ahead = np.clip(theta + step, low - width, high + width)
        slope = surface.gradient(ahead)
        better = np.linalg.norm(slope, axis=0) < np.linalg.norm(gradient, axis=0)
        theta, gradient = np.where(better, ahead, theta), np.where(better, slope, gradient)
        damping = np.clip(np.where(better, damping / 10, damping * 10), 1e-15, 1e6)
    last = _step(surface.hessian(theta), gradient, np.full(theta.shape[1], 1e-15))
    still = (np.abs(last) <= SAME * width).all(axis=0) | (gradient == 0).all(axis=0)
    inside = ((theta >= low) & (theta <= high)).all(axis=0)
    slope = np.abs(gradient).max(axis=0)
    at_rest = still & inside & (slope <= small)
    return theta[:, at_rest][:, np.argsort(slope[at_rest])]


def _step(hessian: Array, gradient: Array, damping: Array) -> Array:
    """Solve (H² + λ|H|²) s = −H g for 2×2 matrices H, all at once."""
    (a, b), (_, d) = hessian
    size = damping * (a * a + 2 * b * b + d * d) + np.finfo(float).tiny
    p, q, r = a * a + b * b + size, b * (a + d), d * d + b * b + size
    u, v = a * gradient[0] + b * gradient[1], b * gradient[0] + d * gradient[1]
    step: Array = -np.array([r * u - q * v, p * v - q * u]) / (p * r - q * q)
    return np.where(np.isfinite(step), step, 0.0)


def _distinct(surface: Surface, rest: Array) -> Array:
    """Keep of points that are nearly the same the one that came first."""
    near = SAME * np.ptp(surface.domain, axis=1)[:, None]
    distinct = np.empty((2, 0))
    while rest.size:
        distinct = np.hstack([distinct, rest[:, :1]])
        rest = rest[:, (np.abs(rest - rest[:, :1]) > near).any(axis=0)]
    return distinct


def _told(surface: Surface, theta: Array, level: float) -> Stationary:
    x, y = (float(each) for each in np.round(theta, 9) + 0.0)  # no −0.0
    curvatures = curvatures_at(surface, (float(theta[0]), float(theta[1])))
    return Stationary((x, y), float(surface.value(theta)), curvatures, kind_of(curvatures, level))
