import math
from collections.abc import Callable
from functools import cache
from typing import Any

import mpmath  # type: ignore[import-untyped]  # the arithmetic below SymPy
import numpy as np
import pytest
import sympy as sp
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from adadelta_viz.core import SURFACES, Surface
from adadelta_viz.core.arrays import Array
from adadelta_viz.core.surfaces.surface import X, Y
from tests.about import about

CUSPED = {"ackley": "its minimum is the tip of a cone, where no gradient exists"}
WITH_MINIMA = [surface for surface in SURFACES.values() if surface.minima]
SMOOTH = [surface for surface in WITH_MINIMA if surface.key not in CUSPED]
BOTTOMLESS = [surface for surface in SURFACES.values() if not surface.minima]
UNIT = st.floats(0, 1)


def named(surface: Surface) -> str:
    return surface.key


every_surface = pytest.mark.parametrize("surface", SURFACES.values(), ids=named)


@cache
def precise(surface: Surface) -> Callable[..., Any]:
    """The printed expression in arithmetic of 50 digits, in which central differences are exact for our purpose."""
    evaluate = sp.lambdify((X, Y), surface.expression, modules="mpmath")

    def value(x: Any, y: Any) -> Any:
        with mpmath.workdps(50):
            return evaluate(mpmath.mpf(x), mpmath.mpf(y))

    return value


@cache
def grid(surface: Surface, points: int = 200) -> Array:
    axes = (np.linspace(low, high, points) for low, high in surface.domain)
    return np.array(np.meshgrid(*axes))


def inside(surface: Surface, u: float, v: float) -> tuple[float, float]:
    """A point of the window, away from the tip of a cone."""
    (left, right), (bottom, top) = surface.domain
    x, y = left + u * (right - left), bottom + v * (top - bottom)
    if surface.key in CUSPED:
        assume(all(math.hypot(x - a, y - b) > 1e-2 for a, b in surface.minima))
    return x, y


def largest(values: Array) -> float:
    return float(np.max(np.abs(values[np.isfinite(values)])))


@every_surface
@settings(max_examples=15)
@given(u=UNIT, v=UNIT)
def test_the_gradient_is_the_central_difference_of_the_value(surface: Surface, u: float, v: float) -> None:
    x, y = inside(surface, u, v)
    f = precise(surface)
    with mpmath.workdps(50):
        h = mpmath.mpf("1e-15")
        expected = [(f(x + h, y) - f(x - h, y)) / (2 * h), (f(x, y + h) - f(x, y - h)) / (2 * h)]
    scale = largest(surface.gradient(grid(surface)))
    np.testing.assert_allclose(
        surface.gradient(np.array([x, y])), [float(each) for each in expected], rtol=1e-10, atol=1e-13 * scale
    )


@every_surface
@settings(max_examples=15)
@given(u=UNIT, v=UNIT)
def test_the_hessian_is_the_central_difference_of_the_gradient(surface: Surface, u: float, v: float) -> None:
    x, y = inside(surface, u, v)
    f = precise(surface)
    with mpmath.workdps(50):
        h = mpmath.mpf("1e-12")
        f_xx = (f(x + h, y) - 2 * f(x, y) + f(x - h, y)) / h**2
        f_yy = (f(x, y + h) - 2 * f(x, y) + f(x, y - h)) / h**2
        f_xy = (f(x + h, y + h) - f(x + h, y - h) - f(x - h, y + h) + f(x - h, y - h)) / (4 * h**2)
    expected = [[float(f_xx), float(f_xy)], [float(f_xy), float(f_yy)]]
    scale = largest(surface.hessian(grid(surface)))
    np.testing.assert_allclose(surface.hessian(np.array([x, y])), expected, rtol=1e-9, atol=1e-12 * scale)


@every_surface
@settings(max_examples=10)
@given(p=st.integers(0, 24), q=st.integers(0, 24))
def test_the_value_is_that_of_the_printed_expression(surface: Surface, p: int, q: int) -> None:
    x, y = (
        sp.nsimplify(low) + sp.Rational(i, 24) * sp.nsimplify(high - low)
        for i, (low, high) in zip((p, q), surface.domain, strict=True)
    )
    expected = float(surface.expression.subs({X: x, Y: y}).evalf(30))
    scale = largest(surface.value(grid(surface)))
    found = float(surface.value(np.array([float(x), float(y)])))
    assert found == pytest.approx(expected, rel=1e-12, abs=1e-14 * scale)


@pytest.mark.parametrize("surface", SMOOTH, ids=named)
def test_a_listed_minimum_is_stationary_and_curved_upwards(surface: Surface) -> None:
    for minimum in surface.minima:
        curvatures = np.linalg.eigvalsh(surface.hessian(np.array(minimum)))
        assert np.linalg.norm(surface.gradient(np.array(minimum))) <= 1e-14 * max(curvatures)
        assert min(curvatures) >= 0


@pytest.mark.parametrize("surface", [SURFACES[key] for key in CUSPED], ids=named)
def test_at_the_tip_of_a_cone_the_slope_points_up_on_every_side(surface: Surface) -> None:
    for minimum in surface.minima:
        tip = np.array(minimum)
        for angle in np.linspace(0, 2 * np.pi, 16, endpoint=False):
            direction = np.array([np.cos(angle), np.sin(angle)])
            assert surface.value(tip + 1e-6 * direction) > surface.value(tip)
            assert surface.gradient(tip + 1e-6 * direction) @ direction == pytest.approx(2 * math.sqrt(2), rel=1e-4)


@pytest.mark.parametrize("surface", WITH_MINIMA, ids=named)
def test_nowhere_in_the_window_is_the_value_lower_than_at_the_minima(surface: Surface) -> None:
    assert surface.minimum is not None
    heights = surface.value(grid(surface))
    assert heights.min() >= surface.minimum - 1e-15 * largest(heights)


@pytest.mark.parametrize("surface", WITH_MINIMA, ids=named)
def test_all_minima_have_the_same_value_and_lie_in_the_window(surface: Surface) -> None:
    low, high = np.transpose(surface.domain)
    for minimum in surface.minima:
        assert float(surface.value(np.array(minimum))) == pytest.approx(surface.minimum, rel=1e-14, abs=1e-14)
        assert (low <= minimum).all()
        assert (minimum <= high).all()


@pytest.mark.parametrize("surface", SMOOTH, ids=named)
def test_no_global_minimum_of_the_window_is_missing(surface: Surface) -> None:
    """Newton's method from each cell of the grid that is lower than its neighbours finds only listed ones."""
    assert surface.minimum is not None
    points = grid(surface)
    heights = surface.value(points)
    centre = heights[1:-1, 1:-1]
    around = [np.roll(heights, shift, axis=(0, 1))[1:-1, 1:-1] for shift in ((0, 1), (0, -1), (1, 0), (-1, 0))]
    theta = points[:, 1:-1, 1:-1][:, (centre <= np.array(around)).all(axis=0)].T
    for _ in range(30):
        slopes, curvatures = surface.gradient(theta.T).T, np.moveaxis(surface.hessian(theta.T), -1, 0)
        theta = theta - np.linalg.solve(curvatures, slopes[..., None])[..., 0]
    best = theta[surface.value(theta.T) <= surface.minimum + 1e-9]
    assert len(best)
    for found in best:
        assert np.linalg.norm(np.array(surface.minima) - found, axis=1).min() < 1e-6


@pytest.mark.parametrize("surface", BOTTOMLESS, ids=named)
def test_a_surface_without_minima_is_lowest_at_the_edge_of_its_window(surface: Surface) -> None:
    assert surface.minimum is None
    heights = surface.value(grid(surface))
    assert heights[1:-1, 1:-1].min() > heights.min()


def test_the_saddles_have_no_minimum() -> None:
    assert [surface.key for surface in BOTTOMLESS] == [key for key in SURFACES if "saddle" in key]
    assert np.linalg.eigvalsh(SURFACES["saddle"].hessian(np.zeros(2))).tolist() == [-2, 2]
    assert not SURFACES["monkey_saddle"].hessian(np.zeros(2)).any()


@pytest.mark.parametrize(
    ("key", "lowest"),
    [
        ("rosenbrock", 0.0),
        ("styblinski_tang", -78.3323314075428),
        ("six_hump_camel", -1.0316284534898774),
        ("goldstein_price", 3.0),
        ("ackley", 0.0),
    ],
)
def test_the_lowest_value_is_the_published_one(key: str, lowest: float) -> None:
    assert SURFACES[key].minimum == pytest.approx(lowest, rel=1e-14, abs=1e-14)


@every_surface
def test_the_start_lies_in_the_window_and_is_not_a_minimum(surface: Surface) -> None:
    low, high = np.transpose(surface.domain)
    assert (low <= surface.start).all()
    assert (surface.start <= high).all()
    assert np.linalg.norm(surface.gradient(np.array(surface.start))) > 0
    assert surface.start not in surface.minima


@every_surface
def test_a_batch_is_evaluated_point_by_point(surface: Surface) -> None:
    for batch in ((), (5,), (3, 4)):
        with about(batch):
            assert_evaluated_point_by_point(surface, batch)


def assert_evaluated_point_by_point(surface: Surface, batch: tuple[int, ...]) -> None:
    (left, right), (bottom, top) = surface.domain
    random = np.random.default_rng(1)
    theta = np.array([random.uniform(left, right, batch), random.uniform(bottom, top, batch)])
    value, gradient, hessian = surface.value(theta), surface.gradient(theta), surface.hessian(theta)
    assert (value.shape, gradient.shape, hessian.shape) == (batch, (2, *batch), (2, 2, *batch))
    for index in np.ndindex(batch):
        point = theta[(slice(None), *index)]
        np.testing.assert_allclose(value[index], surface.value(point), rtol=1e-12)
        np.testing.assert_allclose(gradient[(slice(None), *index)], surface.gradient(point), rtol=1e-12)
        np.testing.assert_allclose(hessian[(slice(None), slice(None), *index)], surface.hessian(point), rtol=1e-12)


@pytest.mark.parametrize("batch", [(), (5,), (3, 4)], ids=str)
def test_constant_derivatives_fill_the_batch(batch: tuple[int, ...]) -> None:
    plane = Surface("plane", "Plane", 2 * X - 3 * Y, ((-1, 1), (-1, 1)), (0, 0))
    theta = np.ones((2, *batch))
    assert plane.value(theta).shape == batch
    assert (plane.gradient(theta) == np.array([2, -3]).reshape(2, *(1,) * len(batch))).all()
    assert (plane.hessian(theta) == np.zeros((2, 2, *batch))).all()
    assert plane.gradient(theta).shape == (2, *batch)


@every_surface
def test_value_and_gradient_at_once_are_value_and_gradient(surface: Surface) -> None:
    value, gradient = surface.value_and_gradient(np.array(surface.start))
    assert float(value) == pytest.approx(float(surface.value(np.array(surface.start))), rel=1e-12)
    np.testing.assert_allclose(gradient, surface.gradient(np.array(surface.start)), rtol=1e-12)


def test_overflow_is_a_value_and_not_a_warning() -> None:
    far = np.array([1e200, 1e200])
    rosenbrock = SURFACES["rosenbrock"]
    assert rosenbrock.value(far) == np.inf
    assert not np.isfinite(rosenbrock.gradient(far)).all()
    assert not np.isfinite(rosenbrock.hessian(far)).all()


@every_surface
def test_an_entry_says_what_it_is(surface: Surface) -> None:
    assert SURFACES[surface.key] is surface
    assert surface.key.isidentifier()
    assert surface.key == surface.key.lower()
    assert surface.title
    assert surface.source
    assert surface.expression.free_symbols == {X, Y}
    assert surface.latex
    assert surface.teaches[0].isupper()
    assert surface.teaches.endswith((".", "?"))
    assert not any(mark in surface.teaches[:-1] for mark in (". ", "! ", "? ")), "one sentence"


def test_no_two_surfaces_share_a_title() -> None:
    assert len({surface.title for surface in SURFACES.values()}) == len(SURFACES)


def test_the_catalogue_is_read_only() -> None:
    catalogue: Any = SURFACES
    with pytest.raises(TypeError):
        catalogue["rosenbrock"] = SURFACES["saddle"]
    with pytest.raises(AttributeError):
        catalogue["rosenbrock"].title = "mine"
