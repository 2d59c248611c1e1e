from itertools import pairwise

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from adadelta_viz.core.arrays import Array
from adadelta_viz.figures import Line, Panel, traces

ANY = arrays(np.float64, st.integers(1, 12), elements=st.floats(width=64))
LIMITS = st.one_of(st.none(), st.floats(1e-16, 1e12))


def test_each_line_keeps_its_values_its_colour_and_its_clock() -> None:
    loss, memory = np.array([4.0, 2.0, 1.0]), np.array([3.0, -2.0])
    panels = [Panel("loss", [Line(loss, "#111")]), Panel("v", [Line(memory, "#222", "dash", 1, "run1")], log=False)]
    first, second = traces(panels, steps=2)["data"]
    assert first["y"].tolist() == loss.tolist()
    assert second["y"].tolist() == memory.tolist()
    assert (first["x0"], second["x0"]) == (0, 1)
    assert (first["yaxis"], second["yaxis"]) == ("y", "y2")
    assert (second["line"]["color"], second["line"]["dash"]) == ("#222", "dash")
    assert second["meta"] == {"run": "run1"}


def test_on_a_log_scale_what_is_not_positive_is_a_gap() -> None:
    (line,) = traces([Panel("loss", [Line(np.array([4.0, 0.0, -1.0, 2.0]), "#111")])], steps=3)["data"]
    np.testing.assert_array_equal(line["y"], [4, np.nan, np.nan, 2])


@pytest.mark.parametrize("count", range(1, 6))
def test_panels_are_stacked_from_top_to_bottom_without_touching(count: int) -> None:
    panels = [Panel(f"panel {i}", [Line(np.ones(3), "#111")]) for i in range(count)]
    layout = traces(panels, steps=2)["layout"]
    domains = [layout["yaxis" if i == 0 else f"yaxis{i + 1}"]["domain"] for i in range(count)]
    assert domains[0][1] == 1
    assert domains[-1][0] == pytest.approx(0, abs=1e-12)
    assert all(below[1] < above[0] for above, below in pairwise(domains))
    assert all(low < high for low, high in domains)
    assert [note["text"] for note in layout["annotations"]] == [panel.title for panel in panels]
    assert layout["xaxis"]["range"] == [0, 2]


@pytest.mark.parametrize(
    ("steps", "end"), [(1, 1), (37, 37), (100, 100), (891, 900), (900, 900), (901, 910), (2000, 2000)]
)
def test_the_clock_has_room_and_its_axis_ends_at_a_round_number(steps: int, end: int) -> None:
    assert traces([Panel("loss", [Line(np.ones(3), "#111")])], steps)["layout"]["xaxis"]["range"] == [0, end]


@given(values=ANY, log=st.booleans(), floor=LIMITS, ceiling=LIMITS)
@example(values=np.array([-4.0, -5.0]), log=False, floor=-3.99, ceiling=4.0)  # a saddle, from the edge of its window
@example(values=np.array([5e-324, 1.0]), log=True, floor=None, ceiling=None)  # a memory that has faded away
def test_any_numbers_give_a_valid_figure_with_a_proper_axis(
    values: Array, log: bool, floor: float | None, ceiling: float | None
) -> None:
    sane = np.clip(values, *((-1e300, 1e300) if log else (-1e12, 1e12)))  # keeps nan
    figure = traces([Panel("any", [Line(sane, "#111111")], log, floor, ceiling)], steps=5)
    low, high = figure["layout"]["yaxis"]["range"]
    assert np.isfinite([low, high]).all()
    assert low < high
    assert go.Figure(figure).layout.yaxis.range == (low, high)
    if log:
        assert all(tick > 0 for tick in figure["layout"]["yaxis"]["tickvals"])


def test_a_ceiling_holds_against_values_that_run_away() -> None:
    runaway = np.array([5.0, 50.0, 1e300, np.inf])
    log = traces([Panel("loss", [Line(runaway, "#111")], ceiling=2500.0)], steps=3)
    linear = traces([Panel("loss", [Line(runaway, "#111")], log=False, ceiling=2500.0)], steps=3)
    assert log["layout"]["yaxis"]["range"] == [0, 4]
    assert linear["layout"]["yaxis"]["range"][1] == pytest.approx(2500, rel=0.06)


def test_a_floor_holds_against_values_that_vanish() -> None:
    vanishing = traces([Panel("loss", [Line(np.array([1.0, 1e-300]), "#111")], floor=1e-16)], steps=1)
    assert vanishing["layout"]["yaxis"]["range"] == [-16, 0]


def test_the_values_are_not_changed() -> None:
    values = np.array([1.0, -1.0])
    traces([Panel("loss", [Line(values, "#111")])], steps=1)
    assert values.tolist() == [1, -1]
