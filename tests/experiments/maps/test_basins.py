import pickle
from typing import Any

import numpy as np
import pytest

from adadelta_viz.core import OPTIMIZERS, SURFACES, Surface, descend
from adadelta_viz.core.surfaces.surface import X, Y
from adadelta_viz.experiments import Basins, Experiment
from adadelta_viz.experiments.maps.attractors import ON_ITS_WAY, PLATEAU, nearest_attractor, rest_points
from adadelta_viz.experiments.maps.basins import DIVERGED, LEFT, NOWHERE, OUTCOMES, BasinMap, classify_endings
from adadelta_viz.experiments.surface_names import surface_named

ALL_REST = {  # every point with ∇f = 0 in the window, by kind; the lattices have 11 × 11 minima
    "himmelblau": {"minimum": 4, "saddle": 4, "maximum": 1},
    "six_hump_camel": {"minimum": 6, "saddle": 7, "maximum": 2},
    "three_hump_camel": {"minimum": 3, "saddle": 2},
    "styblinski_tang": {"minimum": 4, "saddle": 4, "maximum": 1},
    "goldstein_price": {"minimum": 4, "saddle": 4, "maximum": 1},
    "rastrigin": {"minimum": 121, "saddle": 220, "maximum": 100},
    "ackley": {"minimum": 121, "saddle": 220, "maximum": 100},
    "beale": {"minimum": 1, "saddle": 2},
    "saddle": {"saddle": 1},
    "monkey_saddle": {"degenerate": 1},
    "rosenbrock": {"minimum": 1},
}


def basins(surface: str, optimizer: str, size: int = 48, **numbers: float) -> Basins:
    return Basins(Experiment(surface, optimizer, numbers), size=size)


def shares(basin_map: BasinMap) -> dict[int, float]:
    return {code: count / basin_map.ends.size for code, count in basin_map.counts().items()}


@pytest.mark.parametrize("key", ALL_REST)
def test_every_rest_point_of_a_surface_is_found_and_told_by_its_curvature(key: str) -> None:
    points = rest_points(SURFACES[key])
    kinds = [point.kind for point in points]
    assert {kind: kinds.count(kind) for kind in kinds} == ALL_REST[key]
    assert [point.point for point in points if point.listed] == list(SURFACES[key].minima)
    assert [point.listed for point in points] == sorted((point.listed for point in points), reverse=True)
    values = [point.value for point in points if point.kind == "minimum" and not point.listed]
    assert values == pytest.approx(sorted(values))


def test_minima_of_a_typed_formula_are_found() -> None:
    points = rest_points(surface_named("cos(3x) + cos(3y) + (x^2+y^2)/10 @ -3,3,-3,3"))
    assert [point.kind for point in points].count("minimum") == 4
    assert not any(point.listed for point in points)


def test_a_centre_belongs_to_a_point_that_is_near_in_place_and_in_value() -> None:
    surface = SURFACES["quadratic"]
    centres = np.array([[0.0, 0.1, 0.5, 0.0], [0.0, 0.0, 0.0, 0.1]])  # f: 0, 0.005, 0.125, 0.5
    codes = nearest_attractor(surface, rest_points(surface), centres, tolerance=0.01)
    assert codes.tolist() == [0, 0, ON_ITS_WAY, ON_ITS_WAY]
    assert nearest_attractor(surface, rest_points(surface), centres, tolerance=1.0).tolist() == [0, 0, 0, 0]
    far = np.array([[3.0], [0.0]])
    assert nearest_attractor(surface, rest_points(surface), far, tolerance=10.0).tolist() == [ON_ITS_WAY]


def test_a_listed_minimum_without_a_slope_is_found_by_its_place() -> None:
    surface = SURFACES["ackley"]
    centres = np.array([[0.001, -0.9685], [0.0, 0.0005]])
    first, second = nearest_attractor(surface, rest_points(surface), centres, tolerance=0.05)
    assert rest_points(surface)[first] == ((0.0, 0.0), surface.minimum, "minimum", True)
    assert rest_points(surface)[second].kind == "minimum"


def test_a_plateau_is_where_crossing_the_window_would_not_win_the_tolerance() -> None:
    level = Surface("own", "Own", X / 10_000 + Y**2, ((-5, 5), (-5, 5)), (1.0, 1.0))
    codes = nearest_attractor(level, rest_points(level), np.array([[1.0, 1.0], [0.0, 1.0]]), tolerance=0.01)
    assert codes.tolist() == [PLATEAU, ON_ITS_WAY]


@pytest.mark.parametrize("optimizer", ["adadelta", "adam", "momentum"])
def test_every_start_of_himmelblau_has_one_fate_and_settled_ones_have_a_minimum(optimizer: str) -> None:
    chosen = basins("himmelblau", optimizer)
    basin_map = chosen.run()
    assert sum(basin_map.counts().values()) == basin_map.ends.size == 48**2
    ended = {basin_map.points[code].kind for code in basin_map.ends[basin_map.ends >= 0].tolist()}
    assert ended == {"minimum"}
    assert basin_map.counts()[DIVERGED] == 0
    for row, column in np.random.default_rng(0).integers(0, 48, (12, 2)).tolist():
        run, code = chosen.cell(row, column).run(), basin_map.ends[row, column]
        if code >= 0:
            tail = run.theta[len(run.theta) - 90 :].mean(axis=0)
            assert SURFACES["himmelblau"].value(tail) <= 0.01
            assert np.hypot(*(tail - basin_map.points[code].point)) < 0.05
            met = np.flatnonzero(run.value <= 0.01)
            np.testing.assert_equal(basin_map.steps_to_reach[row, column], met[0] if met.size else np.nan)
            assert basin_map.oscillates[row, column] == (run.value[-1] > 0.01)


@pytest.mark.parametrize(
    ("optimizer", "low", "high"),
    [("adam", 0, 0.02), ("rmsprop", 0, 0.02), ("momentum", 0.07, 0.15), ("sgd", 0.05, 0.1)],
)
def test_who_divides_each_slope_by_its_size_shares_its_basins_with_adadelta(
    optimizer: str, low: float, high: float
) -> None:
    """On Himmelblau one start in a hundred ends elsewhere with Adam, one in ten with Momentum."""
    one, other = (basins("himmelblau", key).run() for key in ("adadelta", optimizer))
    assert one.points == other.points
    both = (one.ends >= 0) & (other.ends >= 0)
    assert low <= np.mean(one.ends[both] != other.ends[both]) <= high


def test_adadelta_hovers_where_the_curvature_is_above_two_and_settles_where_it_is_below() -> None:
    steep = basins("rastrigin", "adadelta").run()  # curvature 397 at its minima
    assert len(set(steep.ends[steep.ends >= 0].tolist())) == 121
    assert shares(steep)[ON_ITS_WAY] < 0.01
    assert steep.oscillates.mean() > 0.95
    assert basins("rastrigin", "adam").run().oscillates.mean() < 0.01
    flat = basins("matyas", "adadelta", steps=2000, eps=1e-2).run()  # curvatures 0.04 and 1
    assert not flat.oscillates.any()
    assert flat.counts()[0] > 0.9 * 48**2


def test_where_there_is_no_minimum_every_run_leaves() -> None:
    assert shares(basins("saddle", "adam").run())[LEFT] == 1.0
    falling = shares(basins("monkey_saddle", "adadelta").run())
    assert falling[LEFT] + falling[DIVERGED] == 1.0


def test_a_run_on_the_ridge_of_a_saddle_ends_on_the_saddle() -> None:
    ridge = SURFACES["saddle"]
    ended = descend(ridge, OPTIMIZERS["sgd"], (1.0, 0.0), 200, lr=0.1).theta[-1:].T
    assert nearest_attractor(ridge, rest_points(ridge), ended, tolerance=0.01).tolist() == [0]
    assert [point.kind for point in rest_points(ridge)] == ["saddle"]


def test_some_runs_on_beale_are_held_by_a_saddle() -> None:
    basin_map = basins("beale", "adam").run()
    held = {basin_map.points[code].kind: count for code, count in basin_map.counts().items() if code > 0 and count}
    assert 10 < held["saddle"] < 80


def test_runs_that_are_thrown_off_are_counted_as_what_they_are() -> None:
    basin_map = basins("beale", "sgd", lr=0.01).run()
    counted = {OUTCOMES.get(code, "arrived"): count for code, count in basin_map.counts().items() if count}
    assert set(counted) >= {"diverged", "still on its way", "arrived"}
    assert np.isnan(basin_map.steps_to_reach[basin_map.ends < 0]).all()


def test_starts_where_f_has_no_value_are_counted_apart() -> None:
    basin_map = basins("sqrt(x) + y^2 @ -2,2,-2,2", "adam", steps=20).run()
    assert (basin_map.ends[:, :24] == NOWHERE).all()
    assert (basin_map.ends[:, 24:] != NOWHERE).all()


def test_cells_tile_the_window_and_a_cell_is_its_experiment() -> None:
    chosen = basins("rosenbrock", "adam", steps=10, beta1=0.8)
    across, up = chosen.axes()
    for side, (low, high) in zip((across, up), SURFACES["rosenbrock"].domain, strict=True):
        half = (side.values[1] - side.values[0]) / 2
        assert (side.values[0] - half, side.values[-1] + half) == (pytest.approx(low), pytest.approx(high))
    cell = chosen.cell(3, 40)
    assert cell.start == (across.values[40], up.values[3])
    assert cell.hyper == chosen.experiment.hyper
    assert Experiment.from_query(cell.to_query()) == (cell, ())


def test_pieces_may_travel_and_be_computed_in_any_order() -> None:
    chosen = basins("six_hump_camel", "momentum", size=96, steps=60, lr=0.02)
    tiles = list(chosen.tiles())
    assert len(tiles) > 1
    done = {i: classify_endings(pickle.loads(pickle.dumps(tiles[i]))) for i in reversed(range(len(tiles)))}
    together, whole = chosen.assemble(done[i] for i in range(len(tiles))), chosen.run()
    assert together.points == whole.points
    for one, other in zip(together[:3], whole[:3], strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"shows": "moon"}, "shows must be one of ends, took: got 'moon'."),
        ({"size": 7}, "size must be one of 48, 96, 128, 256: got 7."),
        ({"tolerance": 1e9}, "tolerance must be a number between 1e-06 and 100: got 1000000000.0."),
    ],
    ids=str,
)
def test_a_bad_argument_is_refused(given: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        Basins(**given)


def test_every_optimizer_can_be_mapped() -> None:
    for key in OPTIMIZERS:
        basin_map = basins("styblinski_tang", key, steps=20).run()
        assert basin_map.ends.shape == basin_map.steps_to_reach.shape == basin_map.oscillates.shape == (48, 48)
