"""Every way into the Maps page ends in maps whose controls, address and runs agree."""

import base64
import csv
import io
import json
from itertools import cycle
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from adadelta_viz.core import OPTIMIZERS, SURFACES
from adadelta_viz.experiments import Basins, Curves, Experiment, share
from adadelta_viz.experiments.maps.basins import SHOWS
from adadelta_viz.experiments.maps.map_request import DEFAULT_RUNS, Kind, Maps, cache_key
from adadelta_viz.experiments.maps.metrics import METRICS
from adadelta_viz.experiments.race import MAX_RUNS, Race
from adadelta_viz.player.maps_payload import maps_payload
from adadelta_viz.server import laboratory
from adadelta_viz.views import navigation
from adadelta_viz.views.downloads import mapped

PAGE = "../../pages/maps.py"
KINDS: tuple[Kind, ...] = ("sensitivity", "basins", "curves")


def visit(query: dict[str, str] | None = None) -> AppTest:
    """Open the page as a new visitor, with the keys and values of a link."""
    page = AppTest.from_file(navigation.__file__, default_timeout=60)
    page.switch_page(PAGE)
    page.query_params.update(query or {})
    return page.run()


def sent(page: AppTest) -> Any:
    """Return what the maps in the browser got."""
    (component,) = page.get("bidi_component")
    return json.loads(component.proto.bytes)["payload"]


def linked(query: dict[str, str]) -> Maps:
    maps, problems = Maps.from_query(query)
    assert problems == ()
    return maps


def shows(page: AppTest, maps: Maps) -> None:
    """Assert that the page is whole and that its address and its picture are these maps."""
    assert not page.exception
    assert page.query_params == maps.to_query()
    assert Maps.from_query(page.query_params) == (maps, ())
    packed = maps_payload(maps, [chart.run() for chart in maps.charts()])
    assert sent(page) == json.loads(json.dumps(packed))


def numbers(packed: dict[str, str]) -> Any:
    return np.frombuffer(base64.b64decode(packed["bdata"]), dtype=f"<{packed['dtype']}")


@pytest.mark.parametrize("kind", KINDS)
def test_a_first_visit_to_a_view_shows_its_usual_runs(kind: Kind) -> None:
    page = visit({"map": kind, "steps": "100"})
    shows(page, linked({"map": kind, "steps": "100"}))
    rows = sent(page)["planes"][0]["lines"] if kind == "curves" else sent(page)["planes"]
    assert [row["title"] for row in rows] == [OPTIMIZERS[key].title for key in DEFAULT_RUNS[kind]]


def test_the_first_view_of_all_is_adadelta_beside_adam() -> None:
    page = visit()
    shows(page, Maps())
    assert [plane["title"] for plane in sent(page)["planes"]] == ["AdaDelta", "Adam"]


@pytest.mark.parametrize("measure", METRICS)
@pytest.mark.parametrize("kind", ["sensitivity", "curves"])
def test_every_measure_can_be_looked_at(kind: str, measure: str) -> None:
    query = {"map": kind, "measure": measure, "steps": "60"}
    shows(visit(query), linked(query))


@pytest.mark.parametrize("ending", SHOWS.options)
def test_basins_show_where_runs_end_and_how_long_they_take(ending: str) -> None:
    query = {"map": "basins", "shows": ending, "surface": "himmelblau", "steps": "60"}
    shows(visit(query), linked(query))


@pytest.mark.parametrize(("surface", "kind"), list(zip(SURFACES, cycle(KINDS), strict=False)))
def test_every_surface_has_maps(surface: str, kind: str) -> None:
    page = visit({"map": kind, "surface": surface, "steps": "10"})
    assert not page.exception
    assert len(sent(page)["planes"]) == (1 if kind == "curves" else 2)


@pytest.mark.parametrize("kind", KINDS)
def test_a_typed_formula_has_maps_too(kind: Kind) -> None:
    query = {"map": kind, "f": "log(x) + y^2", "x0": "1", "steps": "10"}
    shows(visit(query), linked(query))


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_every_optimizer_has_a_plane_of_its_own(key: str) -> None:
    page = visit({"run1": key, "steps": "10"})
    shows(page, Maps(Race((Experiment(optimizer=key, numbers={"steps": 10}),))))


def test_every_cell_asks_for_the_run_that_the_map_shows() -> None:
    maps = linked({"steps": "80", "noise": "0.1", "seed": "5", "run2.eps": "0.0001"})
    for i, plane in enumerate(sent(visit(maps.to_query()))["planes"]):
        readings = numbers(plane["readings"]).reshape(len(plane["up"]["values"]), -1)
        for row, column in ((0, 0), (31, 17), (47, 47)):
            named = {plane[side]["name"]: plane[side]["values"][j] for side, j in (("across", column), ("up", row))}
            link = plane["query"] | {name: repr(value) for name, value in named.items()}
            run, problems = Experiment.from_query(link)
            assert problems == ()
            assert maps.cell(i, row, column) == (i, run)
            assert float(readings[row, column]) == pytest.approx(float(np.min(run.run().value)), rel=1e-6)


def test_a_bad_value_falls_back_with_one_notice_until_the_next_interaction() -> None:
    page = visit(
        {"map": "globe", "size": "9999999", "measure": "beauty", "run1": "../etc", "run2": "adam", "steps": "30"}
    )
    (notice,) = page.text
    assert sorted(line.split()[0] for line in notice.value.split("\n")) == ["map", "measure", "run1", "size"]
    shows(page, linked({"run1": "adadelta", "run2": "adam", "steps": "30"}))
    page.slider(key="steps").set_value(40).run()
    assert list(page.text) == []


def test_a_cell_that_is_kept_becomes_the_run_of_controls_and_address() -> None:
    maps = linked({"steps": "20"})
    page = visit(maps.to_query())
    number, run = maps.cell(1, 40, 3)
    for name, value in run.hyper.items():
        page.session_state[f"run{number + 1}.{name}"] = value
    page.run()
    shows(page, Maps(Race((maps.race.runs[0], run))))
    assert sent(page)["planes"][1]["query"] == run.to_query()


def test_what_is_kept_or_looked_at_needs_no_new_runs() -> None:
    page = visit({"steps": "33"})
    asked = laboratory.current().maps.submitted
    page.session_state["run1.eps"] = 1e-3
    page.selectbox(key="maps measure").set_value("last").run()
    assert not page.exception
    assert page.query_params["run1.eps"] == "0.001"
    assert laboratory.current().maps.submitted == asked
    page.slider(key="steps").set_value(34).run()
    assert laboratory.current().maps.submitted > asked


@pytest.mark.parametrize("kind", KINDS)
def test_what_two_charts_share_is_all_that_decides_their_runs(kind: Kind) -> None:
    maps = linked({"map": kind, "steps": "15", "run1": "adadelta", "run1.rho": "0.5", "run1.lr": "2", "x0": "1"})
    for chart in maps.charts():
        plain: Any = cache_key(chart)
        given: Any = chart
        for one, other in zip(plain.tiles(), given.tiles(), strict=True):
            for left, right in zip(one, other, strict=True):
                np.testing.assert_equal(left, right)


def test_the_switch_of_views_brings_their_usual_runs_and_leaves_chosen_ones_alone() -> None:
    page = visit({"steps": "10", "run1.rho": "0.9"})
    page.segmented_control(key="maps kind").set_value("curves").run()
    shows(page, linked({"map": "curves", "steps": "10", "run1.rho": "0.9"}))
    page.segmented_control(key="maps kind").set_value("basins").run()
    shows(page, linked({"map": "basins", "steps": "10", "run1.rho": "0.9"}))
    page = visit({"run1": "lion", "steps": "10"})
    page.segmented_control(key="maps kind").set_value("curves").run()
    shows(page, linked({"map": "curves", "run1": "lion", "steps": "10"}))


def test_planes_show_two_runs_at_most_and_curves_eight() -> None:
    page = visit({"map": "curves", "steps": "5"})
    while add := [button for button in page.button if button.label == "Add a run"]:
        add[0].click()
        page.run()
    assert len(sent(page)["planes"][0]["lines"]) == MAX_RUNS
    page.segmented_control(key="maps kind").set_value("sensitivity").run()
    assert not page.exception
    assert len(sent(page)["planes"]) == 2
    assert len(linked(dict(page.query_params)).race.runs) == MAX_RUNS


def test_a_hyperparameter_that_nobody_has_any_more_is_no_longer_varied() -> None:
    page = visit({"map": "curves", "over": "rho", "run1": "adadelta", "run2": "adam", "steps": "10"})
    page.session_state["run1 fold"] = True
    page.run()
    page.selectbox(key="run1").set_value("lion").run()
    assert not page.exception
    assert "over" not in page.query_params


def test_surface_and_start_come_along_from_explore_and_maps_are_found_as_they_were_left() -> None:
    page = AppTest.from_file(navigation.__file__, default_timeout=60)
    page.query_params.update({"surface": "beale", "x0": "0.5", "rho": "0.9", "steps": "20"})
    page.run()
    page.query_params.clear()
    page.switch_page(PAGE).run()
    shows(page, linked({"surface": "beale", "x0": "0.5", "steps": "20"}))
    page.segmented_control(key="maps kind").set_value("basins").run()
    page.query_params.clear()
    page.switch_page("../../pages/race.py").run()
    assert not page.exception
    page.query_params.clear()
    page.switch_page(PAGE).run()
    shows(page, linked({"map": "basins", "surface": "beale", "x0": "0.5", "steps": "20"}))


@pytest.mark.parametrize("kind", KINDS)
def test_the_csv_holds_every_run_of_the_map_with_full_precision(kind: Kind) -> None:
    maps = linked(
        {"map": kind, "surface": "himmelblau", "steps": "60", "run1": "sgd", "run1.lr": "0.01", "run2": "adam"}
    )
    charts: Any = maps.charts()
    results = [chart.run() for chart in charts]
    rows = list(csv.DictReader(io.StringIO(mapped(charts, results))))
    if kind == "curves":
        arrays = [outcome.best for outcome in results[0]]
        assert len(rows) == 2 * charts[0].size
        np.testing.assert_array_equal([float(row["best"]) for row in rows], np.concatenate(arrays))
    elif kind == "sensitivity":
        assert len(rows) == 48 + 48 * 48  # SGD has one hyperparameter
        lines = np.concatenate([outcome.reached.ravel() for outcome in results])
        np.testing.assert_array_equal([float(row["reached"] or "nan") for row in rows], lines)
        assert [float(row["lr"]) for row in rows[:48]] == charts[0].axes()[1].values.tolist()
    else:
        assert len(rows) == 2 * 48 * 48
        steps = np.concatenate([result.steps_to_reach.ravel() for result in results])
        np.testing.assert_array_equal([float(row["steps"] or "nan") for row in rows], steps)
        ends = [int(code) for result in results for code in result.ends.ravel()]
        assert [row["end"].startswith(("minimum", "saddle", "maximum", "local")) for row in rows] == [
            code >= 0 for code in ends
        ]


def test_what_the_page_suggests_to_try_has_a_surprising_answer() -> None:
    wide = {}
    for surface in ("rosenbrock", "himmelblau"):
        charts: Any = linked({"surface": surface}).charts()
        wide[surface] = [share(chart.run().reached) for chart in charts]
    assert wide["rosenbrock"][0] < wide["rosenbrock"][1] / 10
    assert wide["himmelblau"][0] > wide["himmelblau"][1]
    both: Any = linked({"map": "basins", "surface": "himmelblau"}).charts()
    one, other = (chart.run() for chart in both)
    ended = (one.ends >= 0) & (other.ends >= 0)
    places = [np.array([point.point for point in atlas_.points])[atlas_.ends[ended]] for atlas_ in (one, other)]
    apart = np.abs(places[0] - places[1]).max(axis=1) > 0.1
    assert 0.005 < apart.mean() < 0.5


def test_charts_are_what_the_library_calls_them() -> None:
    assert [type(chart) for chart in Maps(kind="basins").charts()] == [Basins, Basins]
    assert [type(chart) for chart in Maps(kind="curves").charts()] == [Curves]
