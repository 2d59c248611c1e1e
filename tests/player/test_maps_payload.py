"""What maps send to the browser: the cells' numbers as the core has them, and links that lead to the same runs."""

import json
from typing import Any

import numpy as np
import pytest

from adadelta_viz.core import OPTIMIZERS, SURFACES
from adadelta_viz.experiments import Experiment, share
from adadelta_viz.experiments.maps.map_request import Kind, Maps
from adadelta_viz.experiments.race import Race
from adadelta_viz.notation.numbers import written
from adadelta_viz.player.map_parts import DEEPER
from adadelta_viz.player.maps_payload import maps_payload

KINDS: tuple[Kind, ...] = ("sensitivity", "basins", "curves")


def linked(query: dict[str, str]) -> Maps:
    return Maps.from_query(query)[0]


def sent(maps: Maps) -> Any:
    """Pack maps as they travel; what JSON does not know is an error."""
    payload = maps_payload(maps, [chart.run() for chart in maps.charts()])
    return json.loads(json.dumps(payload, allow_nan=False))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "surface", [{"surface": "saddle"}, {"surface": "beale"}, {"f": "log(x) + y^2", "x0": "1"}, {"f": "7"}]
)
def test_every_view_of_every_kind_of_surface_is_json(surface: dict[str, str], kind: Kind) -> None:
    assert sent(linked({"map": kind, "steps": "20", **surface}))["kind"] == kind


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_numbers_of_sides_travel_exactly_and_are_permitted_in_links(key: str) -> None:
    maps = Maps(Race((Experiment(optimizer=key, numbers={"steps": 1}),)))
    (plane,), (chart,) = sent(maps)["planes"], maps.charts()
    for side, axis in zip((plane["across"], plane["up"]), chart.axes(), strict=True):
        if axis is None:
            assert (side["name"], side["values"]) == ("", [0])
            continue
        assert side["values"] == axis.values.tolist()
        for value in side["values"]:
            run, problems = Experiment.from_query(plane["query"] | {side["name"]: repr(value)})
            assert (problems, run.numbers[side["name"]]) == ((), value)


def test_planes_share_one_scale_and_each_tells_its_share() -> None:
    maps = linked({"steps": "300", "surface": "himmelblau"})
    results: Any = [chart.run() for chart in maps.charts()]
    payload = maps_payload(maps, results)
    ends = {(trace["zmin"], trace["zmax"]) for plane in payload["planes"] for trace in plane["figure"]["data"][:1]}
    assert len(ends) == 1
    for plane, outcome in zip(payload["planes"], results, strict=True):
        told = f"{100 * share(outcome.reached):.0f} % arrive"
        assert plane["note"] == told
        assert f"{plane['title']}: {told}" in payload["caption"]


def test_the_scale_ends_some_decades_below_the_tolerance_and_says_that_there_is_more() -> None:
    scale = sent(linked({"steps": "900", "surface": "himmelblau", "tolerance": "0.01"}))["scale"]
    assert scale["ticks"][0] == [0, f"≤ {written(10.0 ** -(2 + DEEPER))}"]


@pytest.mark.parametrize("surface", SURFACES)
def test_counts_of_basins_add_up_to_all_starts(surface: str) -> None:
    maps = linked({"map": "basins", "surface": surface, "steps": "40"})
    for plane in sent(maps)["planes"]:
        counts = [int(kind["count"].split()[0]) for kind in plane["kinds"] if "paler" not in kind["text"]]
        assert sum(counts) == 48 * 48


def test_a_change_of_what_is_kept_leaves_the_picture_as_it_is() -> None:
    one, other = (sent(linked({"steps": "30", "run1.eps": eps})) for eps in ("0.001", "0.01"))
    assert [plane["picture"] for plane in one["planes"]] == [plane["picture"] for plane in other["planes"]]
    assert one["id"] != other["id"]
    kept = [plane["planes"][0]["up"]["kept"] for plane in (one, other)]
    np.testing.assert_allclose(kept, [-3, -2])
