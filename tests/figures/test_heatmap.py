import json
from dataclasses import replace
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from adadelta_viz.core import OPTIMIZERS
from adadelta_viz.experiments import Basins, Curves, Experiment, Sensitivity, share
from adadelta_viz.experiments.maps.attractors import ON_ITS_WAY, RestPoint
from adadelta_viz.experiments.maps.axes import Axis, axis
from adadelta_viz.experiments.maps.basins import DIVERGED, LEFT, OUTCOMES, BasinMap
from adadelta_viz.experiments.maps.metrics import METRICS, MetricValues
from adadelta_viz.experiments.race import Race
from adadelta_viz.figures import DARK, LIGHT, Curve, Theme, basins, curves, durations, legend, limits, sensitivity
from adadelta_viz.figures.basins import palette
from adadelta_viz.figures.heatmap import FLOOR
from adadelta_viz.figures.theme import SYMBOLIC
from adadelta_viz.player.packing import packed
from tests.about import about
from tests.figures.test_theme import luminance
from tests.said import number

both_themes = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
RHO = Axis("rho", "ρ, memory", "memory", np.array([0.0, 0.9, 0.99]))
EPS = Axis("eps", "ε, the hidden step size", "log", np.array([1e-6, 1e-5, 1e-4, 1e-3]))
ANY = arrays(np.float64, (4, 3), elements=st.one_of(st.floats(0, 1e12), st.just(np.nan)))
POINTS = tuple(RestPoint((float(i), 0.0), 0.0, "minimum", i == 0) for i in range(9))


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_every_map_is_a_valid_plotly_figure_that_travels_as_json(optimizer: str) -> None:
    plane = Sensitivity(Experiment("quadratic", optimizer, {"steps": 60}), size=48)
    outcome = plane.run()
    for measure, metric in METRICS.items():
        chosen = replace(plane, measure=measure)
        with about(measure):
            made = sensitivity(*chosen.axes(), chosen.shown(outcome), title=metric.title, theme=SYMBOLIC)
            json.dumps(packed(made), allow_nan=False)
            figure: Any = go.Figure(sensitivity(*chosen.axes(), chosen.shown(outcome)))
            assert [trace.z.shape for trace in figure.data] == [chosen.shape] * 3


@given(numbers=ANY, gone=arrays(np.bool_, (4, 3)), log=st.booleans())
def test_every_cell_has_exactly_one_colour(numbers: Any, gone: Any, log: bool) -> None:
    shown = MetricValues(np.where(gone, np.nan, numbers), gone, log)
    value, never, diverged = sensitivity(RHO, EPS, shown)["data"]
    assert (np.sum([~np.isnan(layer["z"]) for layer in (value, never, diverged)], axis=0) == 1).all()
    assert value["zmin"] < value["zmax"]
    seen = value["z"][~np.isnan(value["z"])]
    assert ((seen >= value["zmin"] - 1e-9) & (seen <= value["zmax"] + 1e-9)).all()


def test_heights_are_drawn_in_decades_and_nothing_below_the_floor() -> None:
    shown = MetricValues(np.array([[1.0, 0.01, 0.0]]), np.zeros((1, 3), dtype=bool), log=True)
    made = sensitivity(RHO, Axis("eps", "ε", "log", np.array([1e-6])), shown)["data"][0]
    np.testing.assert_allclose(made["z"], [[0, -2, np.log10(FLOOR)]])
    assert made["colorbar"]["ticktext"][-1] == "1"


def test_maps_side_by_side_share_their_colours() -> None:
    chosen = Sensitivity(Experiment("booth", numbers={"steps": 100}), size=48)
    pair = [each.shown(each.run()) for each in (chosen, chosen.beside("adam"))]
    bounds = limits(pair)
    made = [sensitivity(*chosen.axes(), each, bounds)["data"][0] for each in pair]
    assert (made[0]["zmin"], made[0]["zmax"]) == (made[1]["zmin"], made[1]["zmax"]) == bounds
    both = np.concatenate([each.numbers.ravel() for each in pair])
    assert 10 ** bounds[0] <= max(both.min(), FLOOR)
    assert both.max() <= 10 ** bounds[1]


def test_without_any_number_there_is_still_a_scale() -> None:
    nothing = MetricValues(np.full((4, 3), np.nan), np.zeros((4, 3), dtype=bool), log=False)
    assert limits([nothing]) == (0, 1)
    assert go.Figure(sensitivity(RHO, EPS, nothing)).data


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_ticks_say_true_values_at_their_places(optimizer: str) -> None:
    flat = MetricValues(np.ones((96, 1)), np.zeros((96, 1), dtype=bool), True)
    for each in OPTIMIZERS[optimizer].hyperparameters:
        side = axis(each, 96)
        layout = sensitivity(None, side, flat)["layout"]["yaxis"]
        assert 2 <= len(layout["tickvals"]) <= 8, each.name
        for place, text in zip(layout["tickvals"], layout["ticktext"], strict=True):
            said = pytest.approx(number(text), rel=0.02, abs=1e-9)
            assert layout["range"][0] <= place <= layout["range"][1], (each.name, text)
            assert np.interp(place, side.places, side.values) == said, each.name


@pytest.mark.parametrize("ends", [(-2, 2), (-4.5, 4.5), (-10, 10), (-5.12, 5.12), (-1, 3), (0.001, 0.0042)])
def test_ticks_of_starts_are_round_numbers(ends: tuple[float, float]) -> None:
    side = Axis("x0", "start x", "linear", np.linspace(*ends, 48))
    flat = MetricValues(np.ones((48, 1)), np.zeros((48, 1), dtype=bool), False)
    texts = sensitivity(None, side, flat)["layout"]["yaxis"]["ticktext"]
    assert 3 <= len(texts) <= 7
    assert all(len(text) <= 6 for text in texts)


def test_a_strip_says_that_there_is_nothing_to_vary_sideways() -> None:
    made = sensitivity(None, EPS, MetricValues(np.ones((4, 1)), np.zeros((4, 1), dtype=bool), True))
    assert made["layout"]["xaxis"]["title"]["text"] == "one hyperparameter only"
    assert made["layout"]["xaxis"]["tickvals"] == []


@both_themes
def test_the_scale_of_maps_needs_no_hue(theme: Theme) -> None:
    """Its lightness goes one way, and cells without a number are not on it."""
    near, middle, far = (luminance(colour) for colour in (theme.near, theme.middle, theme.far))
    assert sorted((near, middle, far)) in ([near, middle, far], [far, middle, near])
    assert abs(near - middle) > 0.1
    assert len({theme.near, theme.middle, theme.far, theme.never, theme.diverged, theme.paper}) == 6
    red, _, blue = (int(theme.diverged[i : i + 2], 16) for i in (1, 3, 5))
    assert red > 2 * blue, "diverged is told from the blues and greens of the scale by whoever sees blue and yellow"


def basin_map(ends: Any, points: tuple[RestPoint, ...] = POINTS) -> BasinMap:
    codes = np.array(ends)
    return BasinMap(codes, np.where(codes >= 0, 5.0, np.nan), codes == 1, points)


def test_the_legend_counts_every_cell_once_and_says_what_is_pale() -> None:
    rows = legend(basin_map([[0, 0, 1], [ON_ITS_WAY, LEFT, DIVERGED]], POINTS[:3]))
    assert [(row.text, row.cells) for row in rows] == [
        ("minimum (0, 0)", 2),
        ("local minimum (1, 0)", 1),
        *((OUTCOMES[code], 1) for code in (ON_ITS_WAY, LEFT, DIVERGED)),
        ("of these paler: hovers around its point", 1),
    ]
    assert sum(row.cells for row in rows[:-1]) == 6
    assert sum(row.share for row in rows[:-1]) == pytest.approx(1)


def test_many_points_are_counted_together() -> None:
    rows = legend(basin_map([[0, 3, 5], [6, 7, 8]]), most=4)
    assert [(row.text, row.cells) for row in rows[-1:]] == [("3 more points", 3)]


@pytest.mark.parametrize("theme", [LIGHT, DARK, SYMBOLIC], ids=["light", "dark", "symbolic"])
def test_every_code_has_a_colour_and_neighbours_have_different_ones(theme: Theme) -> None:
    lattice = tuple(RestPoint((float(x), float(y)), 0.0, "minimum", False) for x in range(11) for y in range(11))
    colours = palette(lattice, theme)
    assert set(colours) == {*OUTCOMES, *range(121)}
    for i, one in enumerate(lattice):
        for j in (i + 1, i + 11):
            if j < 121 and abs(one.point[1] - lattice[j].point[1]) <= 1:
                assert colours[i] != colours[j]
    assert theme.adadelta not in colours.values()


@both_themes
def test_what_is_no_minimum_is_marked_as_what_it_is(theme: Theme) -> None:
    kinds: tuple[Any, ...] = ("minimum", "saddle", "maximum", "degenerate")
    points = tuple(RestPoint((float(i), 0.0), 0.0, kind, False) for i, kind in enumerate(kinds))
    side = Axis("x0", "start x", "linear", np.array([0.0, 1.0]))
    made = basins(side, side, basin_map([[0, 1], [2, 3]], points), theme)
    assert [trace["name"] for trace in made["data"][2:]] == list(kinds)
    assert len({trace["marker"]["symbol"] for trace in made["data"][2:]}) == 4
    assert [palette(points, theme)[code] == theme.ink for code in range(4)] == [False, True, True, True]
    assert go.Figure(made).data


@pytest.mark.parametrize("surface", ["himmelblau", "saddle", "beale", "rastrigin"])
def test_every_atlas_is_drawn_with_each_cell_in_the_colour_of_its_code(surface: str) -> None:
    chosen = Basins(Experiment(surface, "adadelta", {"steps": 60}), size=48)
    found = chosen.run()
    colours = palette(found.points, LIGHT)
    made = basins(*chosen.axes(), found)
    layer = made["data"][0]
    scale = dict(layer["colorscale"][::2])  # the lower edge of each band
    bands = np.array(sorted(scale))
    at = (layer["z"] - layer["zmin"]) / (layer["zmax"] - layer["zmin"])
    for row, column in [(0, 0), (47, 47), (20, 31)]:
        band = bands[np.searchsorted(bands, at[row, column], side="right") - 1]
        assert scale[band] == colours[found.ends[row, column]]
    json.dumps(packed(basins(*chosen.axes(), found, SYMBOLIC)), allow_nan=False)
    assert go.Figure(durations(*chosen.axes(), found)).data


def test_curves_have_gaps_where_there_is_no_number_and_crosses_where_a_run_diverged() -> None:
    sgd = Axis("lr", "η, learning rate", "log", np.array([1e-3, 1e-2, 1e-1]))
    shown = MetricValues(np.array([1.0, 1e-20, np.nan]), np.array([False, False, True]), log=True)
    line, cross = curves([Curve("SGD", sgd, shown, "#111111", "dot")], "lowest value met", 0.01)["data"]
    np.testing.assert_array_equal(line["y"], [1.0, FLOOR, np.nan])
    assert (line["line"]["dash"], line["connectgaps"]) == ("dot", False)
    assert cross["x"].tolist() == [-1.0]


@pytest.mark.parametrize("over", ["tuned", "lr", "rho"])
def test_all_curves_are_one_valid_figure(over: str) -> None:
    race = Race(tuple(Experiment("quadratic", key, {"steps": 50}) for key in ("adadelta", "adam", "sgd", "rmsprop")))
    outcomes = Curves(race, over, size=48).run()
    for measure in METRICS:
        with about(measure):
            assert_one_valid_figure(Curves(race, over, measure, size=48), outcomes)


def assert_one_valid_figure(chosen: Curves, outcomes: Any) -> None:
    lines = [
        Curve(f"{run.optimizer} {share(outcome.reached):.0%}", along, shown, LIGHT.roles[run.optimizer])
        for run, along, outcome, shown in zip(
            chosen.runs(), chosen.axes(), outcomes, chosen.shown(outcomes), strict=True
        )
    ]
    figure: Any = go.Figure(curves(lines, METRICS[chosen.measure].title, 0.01))
    assert [trace.name for trace in figure.data if "diverged" not in trace.name] == [line.name for line in lines]
    low, high = figure.layout.xaxis.range
    assert all(low <= line.along.places[0] < line.along.places[-1] <= high for line in lines)
    assert len(figure.layout.shapes) == (chosen.measure in ("best", "last"))
    assert replace(chosen, measure="best").shown(outcomes)[0].log
