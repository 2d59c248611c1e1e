"""Three views, one link: what a link says is what is shown, and any link shows something."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adadelta_viz.core import OPTIMIZERS, SURFACES
from adadelta_viz.experiments import Curves, Experiment
from adadelta_viz.experiments.maps.basins import SHOWS
from adadelta_viz.experiments.maps.curves import over_choice
from adadelta_viz.experiments.maps.map_request import DEFAULT_RUNS, LIMIT, Kind, Maps, cache_key, default_race
from adadelta_viz.experiments.maps.metrics import METRICS, SIZES
from adadelta_viz.experiments.race import MAX_RUNS, Race

KINDS: tuple[Kind, ...] = ("sensitivity", "basins", "curves")
WORDS = st.one_of(
    st.text(max_size=12), st.sampled_from([*KINDS, *METRICS, *SHOWS.options, *OPTIMIZERS, "48", "0.5", "1e-3"])
)
KEYS = st.sampled_from(["map", "measure", "shows", "over", "size", "surface", "steps", "run1", "run2", "run2.lr", "x0"])


@st.composite
def views(draw: st.DrawFn) -> Maps:
    """Any view of any runs on any surface."""
    surface = draw(st.sampled_from(list(SURFACES)))
    steps = draw(st.integers(1, 2000))
    keys = draw(st.lists(st.sampled_from(list(OPTIMIZERS)), min_size=1, max_size=MAX_RUNS))
    race = Race(tuple(Experiment(surface, key, {"steps": steps}) for key in keys), tolerance=draw(st.floats(1e-6, 100)))
    offered: dict[str, Any] = {
        "kind": KINDS,
        "measure": METRICS,
        "shows": SHOWS.options,
        "over": over_choice(race).options,
        "size": SIZES,
    }
    return Maps(race, **{name: draw(st.sampled_from(list(words))) for name, words in offered.items()})


@given(views())
def test_a_link_carries_the_view(maps: Maps) -> None:
    assert Maps.from_query(maps.to_query()) == (maps, ())


@given(st.dictionaries(KEYS, WORDS))
def test_any_link_shows_something_and_tells_what_it_replaced(query: dict[str, str]) -> None:
    maps, problems = Maps.from_query(query)
    assert Maps.from_query(maps.to_query()) == (maps, ())
    assert all(name in query for name in (problem.split()[0] for problem in problems))


@pytest.mark.parametrize("kind", KINDS)
def test_the_usual_runs_of_a_view_need_no_words(kind: Kind) -> None:
    maps = Maps(default_race(kind), kind)
    assert maps.to_query() == ({} if kind == "sensitivity" else {"map": kind})
    assert [run.optimizer for run in maps.race.runs] == list(DEFAULT_RUNS[kind])
    assert len(maps.runs) <= LIMIT[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_a_typed_formula_has_maps_too(kind: Kind) -> None:
    query = {"map": kind, "f": "log(x) + y^2", "x0": "1", "steps": "5"}
    maps, problems = Maps.from_query(query)
    assert (Maps.from_query(maps.to_query())[0], maps.kind, problems) == (maps, kind, ())
    assert maps.to_query()["f"] == query["f"]


def test_views_begin_with_the_same_runs_so_that_a_switch_keeps_them() -> None:
    assert {runs[:2] for runs in DEFAULT_RUNS.values()} == {("adadelta", "adam")}


@pytest.mark.parametrize(
    ("given_", "words"),
    [({"kind": "globe"}, "kind must be one of"), ({"size": 7}, "size must be one of"), ({"over": "x"}, "over must be")],
)
def test_a_wrong_word_in_code_is_named(given_: dict[str, str], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Maps(**{"kind": "curves", **given_})  # type: ignore[arg-type]


@given(views(), st.data())
def test_every_cell_names_the_run_of_its_chart(maps: Maps, data: st.DataObject) -> None:
    charts = maps.charts()
    chart = data.draw(st.integers(0, len(charts) - 1))
    found = charts[chart]
    rows = len(found.runs()) if isinstance(found, Curves) else maps.size
    row, column = data.draw(st.integers(0, rows - 1)), data.draw(st.integers(0, maps.size - 1))
    number, run = maps.cell(chart, row, column)
    assert run == found.cell(row, column)
    assert run.optimizer == maps.race.runs[number].optimizer


@pytest.mark.parametrize("cell", [(2, 0, 0), (0, 48, 0), (0, 0, 48), (-1, 0, 0), (0, -1, 0), (0, 0, -1)])
def test_there_is_no_cell_outside(cell: tuple[int, int, int]) -> None:
    with pytest.raises(IndexError):
        Maps().cell(*cell)


@given(views())
def test_the_essence_of_a_chart_has_itself_as_essence_and_forgets_what_is_kept(maps: Maps) -> None:
    for number, chart in enumerate(maps.charts()):
        assert cache_key(cache_key(chart)) == cache_key(chart)
        if isinstance(chart, Curves):
            continue
        kept = type(chart)(chart.cell(0, maps.size - 1), tolerance=maps.race.tolerance, size=maps.size)
        assert cache_key(kept) == cache_key(chart), number
