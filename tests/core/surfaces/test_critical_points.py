"""Level points are found where they are and told apart by their curvature; what that means for AdaDelta is measured."""

from collections import Counter

import numpy as np
import pytest

from adadelta_viz.core import OPTIMIZERS, SURFACES, Surface, descend
from adadelta_viz.core.surfaces.critical_points import curvatures_at, kind_of, stationary

LITERATURE = {
    "rosenbrock": {"minimum": 1},
    "saddle": {"saddle": 1},
    "himmelblau": {"minimum": 4, "saddle": 4, "maximum": 1},
    "three_hump_camel": {"minimum": 3, "saddle": 2},
    "six_hump_camel": {"minimum": 6, "saddle": 7, "maximum": 2},
    "styblinski_tang": {"minimum": 4, "saddle": 4, "maximum": 1},
    "rastrigin": {"minimum": 121, "saddle": 220, "maximum": 100},
    "monkey_saddle": {"degenerate": 1},
}
TYPED = {
    "x^4 - 2x^2 + y^2": {"minimum": 2, "saddle": 1},
    "exp(-x^2-y^2)": {"maximum": 1},
    "3xy - x^3 - y^3": {"saddle": 1, "maximum": 1},
    "x^4 + y^4": {"degenerate": 1},
    "x^2 + 1e6y^2": {"minimum": 1},
    "|x| + y^2": {},
    "1/x + y^2": {},
    "x + y": {},
}


@pytest.mark.parametrize(("key", "kinds"), LITERATURE.items())
def test_a_known_surface_has_the_points_that_are_known_of_it(key: str, kinds: dict[str, int]) -> None:
    found = stationary(SURFACES[key])
    assert Counter(each.kind for each in found.points) == kinds
    assert not found.level


@pytest.mark.parametrize(("text", "kinds"), TYPED.items())
def test_a_formula_has_its_points(text: str, kinds: dict[str, int]) -> None:
    found = stationary(Surface.from_formula(text))
    assert Counter(each.kind for each in found.points) == kinds
    assert not found.level


@pytest.mark.parametrize("surface", SURFACES.values(), ids=lambda surface: surface.key)
def test_every_listed_minimum_with_a_gradient_is_found_and_no_lower_point(surface: Surface) -> None:
    found = stationary(surface)
    for minimum in surface.minima if surface.key != "ackley" else ():
        nearest = min(found.points, key=lambda each: np.hypot(*np.subtract(each.point, minimum)))
        assert nearest.kind == "minimum"
        np.testing.assert_allclose(nearest.point, minimum, atol=1e-8)
        assert nearest.value == pytest.approx(surface.minimum, abs=1e-9)
    assert [each.value for each in found.points] == sorted(each.value for each in found.points)


@pytest.mark.parametrize("surface", SURFACES.values(), ids=lambda surface: surface.key)
def test_at_every_point_the_slope_vanishes_and_the_kind_follows_from_the_curvatures(surface: Surface) -> None:
    steep = float(np.abs(surface.gradient(np.array(np.meshgrid(*(np.linspace(*d, 30) for d in surface.domain))))).max())
    for each in stationary(surface).points:
        assert np.abs(surface.gradient(np.array(each.point))).max() <= 1e-6 * steep
        assert each.curvatures == pytest.approx(
            np.linalg.eigvalsh(surface.hessian(np.array(each.point))), rel=1e-4, abs=1e-4
        )
        low, high = each.curvatures
        expected = {(True, True): "minimum", (False, True): "saddle", (False, False): "maximum"}[low > 0, high > 0]
        assert each.kind in (expected, "degenerate")


@pytest.mark.parametrize("text", ["y^2", "(x-y)^2", "(x^2+y^2-1)^2", "sign(x)", "x^2 y^2"])
def test_where_f_is_level_along_lines_that_is_said_instead_of_points(text: str) -> None:
    found = stationary(Surface.from_formula(text))
    assert found.level
    assert all(each.kind != "degenerate" for each in found.points)


def test_a_kind_is_named_by_the_signs_of_both_curvatures() -> None:
    assert [kind_of(each) for each in ((1, 2), (-1, 2), (-2, -1), (0, 1), (-1, 0), (np.nan, np.nan))] == [
        "minimum", "saddle", "maximum", "degenerate", "degenerate", "degenerate",
    ]  # fmt: skip
    assert kind_of((1e-6, 1e-6), level=1e-3) == "degenerate"


def test_curvatures_do_not_depend_on_how_a_bowl_is_turned() -> None:
    straight, turned = Surface.from_formula("x^2 + 3y^2"), Surface.from_formula("2x^2 + 2y^2 + 2xy")
    assert curvatures_at(straight, (0.3, 0.7)) == pytest.approx((2, 6))
    assert curvatures_at(turned, (0.3, 0.7)) == pytest.approx((2, 6))
    assert np.isnan(curvatures_at(Surface.from_formula("log(x) + y^2"), (0.0, 0.0))).all()


@pytest.mark.parametrize("bowl", ["{0}x^2 + {0}y^2", "{0}(x+y)^2/2 + 0.1(x-y)^2"], ids=["straight", "turned"])
@pytest.mark.parametrize("rate", [1.0, 0.5])
def test_adadelta_settles_where_both_curvatures_are_below_two_over_its_rate_and_not_above(
    bowl: str, rate: float
) -> None:
    border = 2 / rate
    for curvature in (0.9 * border, 1.1 * border, 4 * border):
        surface = Surface.from_formula(bowl.format(f"{curvature / 2:.6f}"))
        assert curvatures_at(surface, (0.0, 0.0))[1] == pytest.approx(curvature)
        run = descend(surface, OPTIMIZERS["adadelta"], (1.0, 0.6), 4000, eps=1e-4, lr=rate)
        early, late = (np.abs(run.theta[part]).max() for part in (slice(1900, 2000), slice(3900, 4000)))
        if curvature < border:
            assert late < 1e-6
        else:
            assert late > early > 1e-3, "farther each time"
            assert run.theta[-1] @ run.theta[-2] < 0, "from side to side"
