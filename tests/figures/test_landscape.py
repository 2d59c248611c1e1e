import json
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adadelta_viz.core import SURFACES, Surface
from adadelta_viz.core.arrays import Array
from adadelta_viz.figures import DARK, LIGHT, landscape
from adadelta_viz.figures.landscape import spread
from adadelta_viz.player.packing import packed

every_surface = pytest.mark.parametrize("surface", SURFACES.values(), ids=lambda surface: surface.key)


def seen(surface: Surface) -> tuple[Array, Array, Array]:
    x, y = (np.linspace(low, high, 40 + i) for i, (low, high) in enumerate(surface.domain))
    return x, y, surface.value(np.array(np.meshgrid(x, y)))


@every_surface
def test_every_landscape_is_a_valid_plotly_figure(surface: Surface) -> None:
    for name, theme in {"light": LIGHT, "dark": DARK}.items():
        figure: Any = go.Figure(landscape(*seen(surface), surface.minima, theme))
        contour, stars = figure.data
        assert contour.z.shape == (41, 40), name
        assert list(zip(stars.x, stars.y, strict=True)) == list(surface.minima), name
        assert figure.layout.xaxis.range == surface.domain[0]
        assert figure.layout.yaxis.range == surface.domain[1]


@every_surface
def test_a_landscape_shows_the_order_of_the_heights(surface: Surface) -> None:
    heights = seen(surface)[2].ravel()
    shown = spread(heights)
    assert np.isfinite(shown).all()
    assert (np.diff(shown[np.argsort(heights)]) >= 0).all()
    assert np.ptp(shown) > 0


@every_surface
def test_a_landscape_travels_as_json(surface: Surface) -> None:
    text = json.dumps(packed(landscape(*seen(surface), surface.minima)), allow_nan=False)
    assert go.Figure(json.loads(text)).data[0].type == "contour"


def test_a_map_on_which_nothing_is_finite_is_level() -> None:
    x = y = np.linspace(-1, 1, 20)
    figure = landscape(x, y, np.full((20, 20), np.nan))
    assert not figure["data"][0]["z"].any()


@pytest.mark.parametrize("bad", [np.inf, np.nan, 1e308])
def test_cells_that_are_not_finite_do_not_spoil_the_map(bad: float) -> None:
    x = y = np.linspace(-1, 1, 20)
    heights = x**2 + y[:, None] ** 2
    heights[3, 4] = bad
    figure = landscape(x, y, heights)
    shown = figure["data"][0]["z"]
    assert np.isfinite(shown).all()
    assert shown[3, 4] == shown.max()
    levels = figure["data"][0]["contours"]
    assert levels["start"] < levels["end"]
    assert 0 < levels["size"] < np.inf


def test_a_plane_without_any_height_is_drawn_too() -> None:
    x = y = np.linspace(-1, 1, 5)
    figure = landscape(x, y, np.zeros((5, 5)))
    assert figure["data"][0]["contours"]["size"] > 0
    assert (figure["data"][0]["z"] == 0).all()
    assert go.Figure(figure).data


@given(bottom=st.floats(-1e6, 1e6), scale=st.floats(1e-6, 1e6))
def test_the_levels_cover_the_map_whatever_its_scale(bottom: float, scale: float) -> None:
    x = y = np.linspace(-1, 1, 9)
    contour = landscape(x, y, bottom + scale * (x**2 + y[:, None] ** 2))["data"][0]
    levels = contour["contours"]
    assert contour["z"].min() < levels["start"] < contour["z"].max() == levels["end"]
    assert 20 <= (levels["end"] - levels["start"]) / levels["size"] <= 30


def test_the_heights_are_not_changed() -> None:
    heights = seen(SURFACES["rosenbrock"])[2]
    before = heights.copy()
    landscape(*seen(SURFACES["rosenbrock"])[:2], heights)
    assert (heights == before).all()
