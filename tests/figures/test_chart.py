import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from adadelta_viz.figures import Axis, Series, chart

ANY = arrays(np.float64, st.integers(1, 12), elements=st.floats(width=64))


def test_each_series_keeps_its_points_its_name_and_its_colour() -> None:
    t = np.arange(1.0, 4)
    figure = chart(
        [Series(t, t**2, "measured", "#111"), Series(t, 2 * t, "law", "#222", dash="dot")], Axis("t"), Axis("d")
    )
    measured, law = figure["data"]
    np.testing.assert_array_equal(measured["x"], t)
    np.testing.assert_array_equal(measured["y"], t**2)
    assert (measured["name"], measured["line"]["color"], measured["line"]["dash"]) == ("measured", "#111", "solid")
    assert (law["name"], law["line"]["dash"]) == ("law", "dot")
    assert figure["layout"]["showlegend"]


def test_on_a_log_scale_what_is_not_positive_is_a_gap() -> None:
    values = np.array([1.0, 0.0, -1.0, np.inf])
    (line,) = chart([Series(values, values, "", "#111")], Axis("x", log=True), Axis("y"))["data"]
    np.testing.assert_array_equal(line["x"], [1, np.nan, np.nan, np.nan])
    np.testing.assert_array_equal(line["y"], [1, 0, -1, np.nan])


def test_bars_stand_over_words_each_in_its_colour() -> None:
    figure = chart(
        [Series(["SGD", "Adam"], np.array([1.0, 2.0]), "state", ["#111", "#222"], "bars")], Axis("who"), Axis("arrays")
    )
    (bars,) = figure["data"]
    assert bars["marker"]["color"] == ["#111", "#222"]
    assert (bars["type"], bars["x"]) == ("bar", ["SGD", "Adam"])
    assert figure["layout"]["xaxis"]["type"] == "category"
    assert figure["layout"]["yaxis"]["range"][0] <= 0


@given(ANY, st.booleans(), st.sampled_from(["line", "points", "bars"]))
def test_whatever_the_numbers_plotly_takes_the_figure_and_the_limits_are_finite(
    values: np.ndarray, log: bool, kind: str
) -> None:
    figure = chart([Series(values, values, "any", "#111", kind)], Axis("x", log), Axis("y", log, 1e-9, 1e9))  # type: ignore[arg-type]
    assert np.isfinite([*figure["layout"]["xaxis"]["range"], *figure["layout"]["yaxis"]["range"]]).all()
    go.Figure(figure)


@pytest.mark.parametrize("log", [True, False])
def test_no_runaway_stretches_an_axis_with_a_ceiling(log: bool) -> None:
    runaway = np.array([1.0, 1e200])
    figure = chart([Series(np.arange(2.0), runaway, "", "#111")], Axis("x"), Axis("y", log, ceiling=100.0))
    low, high = figure["layout"]["yaxis"]["range"]
    assert high <= (2 if log else 105)
    assert low < high
