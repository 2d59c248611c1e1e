"""A chart: any few quantities against another, as lines, points or bars, with a law over them where there is one."""

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

import numpy as np

from adadelta_viz.core.arrays import Array
from adadelta_viz.figures.axes import limits, scale
from adadelta_viz.figures.theme import LIGHT, Theme


class Series(NamedTuple):
    """One quantity of a chart: where its points lie, how they are drawn, and what it is called.

    ``color`` is a colour, or the name of a part in a theme such as ``"@adadelta"`` or ``"@ink"``; bars may have one
    each. ``x`` may be words, for bars. A law is a line with a ``dash``.
    """

    x: Array | Sequence[str]
    y: Array
    label: str
    color: str | Sequence[str]
    kind: Literal["line", "points", "bars"] = "line"
    dash: str = "solid"


class Axis(NamedTuple):
    """One axis of a chart: what it measures, its scale, and limits that no runaway curve can stretch."""

    title: str
    log: bool = False
    floor: float | None = None
    ceiling: float | None = None


def chart(series: Sequence[Series], x: Axis, y: Axis, theme: Theme = LIGHT) -> dict[str, Any]:
    """Draw quantities against each other.

    Parameters
    ----------
    series
        In the order in which the legend names them; values that are not finite, or not positive on a log axis, leave
        a gap.
    x, y
        The axes. The limits are those of the data, rounded to whole decades on a log scale.
    theme
        Colours of axes and text; each series brings its own.

    Examples
    --------
    >>> t = np.array([1.0, 10.0, 100.0])
    >>> figure = chart([Series(t, t**2, "t²", "@ink")], Axis("t", log=True), Axis("distance", log=True))
    >>> figure["layout"]["yaxis"]["range"]
    [0.0, 4.0]
    """
    layout = {
        "margin": {"l": 62, "r": 12, "t": 8, "b": 44},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"color": theme.muted, "size": 12},
        "showlegend": len(series) > 1,
        "legend": {
            "orientation": "h",
            "x": 0,
            "y": 1.02,
            "yanchor": "bottom",
            "font": {"color": theme.ink, "size": 12},
            "itemclick": False,
            "itemdoubleclick": False,
        },
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": theme.paper, "bordercolor": theme.grid, "font": {"color": theme.ink, "size": 12}},
        "bargap": 0.35,
        "xaxis": _axis(x, [each.x for each in series], theme) | {"showgrid": False},
        "yaxis": _axis(y, [*(each.y for each in series), *_feet(series, y)], theme),
    }
    return {"data": [_trace(each, x, y) for each in series], "layout": layout}


def _trace(series: Series, x: Axis, y: Axis) -> dict[str, Any]:
    words = _words(series.x)
    place = "%{x}" if words else f"{x.title} %{{x:.4~g}}"
    trace: dict[str, Any] = {
        "type": "bar" if series.kind == "bars" else "scatter",
        "x": list(series.x) if words else _shown(np.asarray(series.x), x),
        "y": _shown(series.y, y),
        "name": series.label,
        "hovertemplate": f"{place}<br>{y.title} %{{y:.4~g}}<extra>{series.label}</extra>",
    }
    if series.kind == "bars":
        return trace | {"marker": {"color": series.color}}
    if series.kind == "points":
        return trace | {"mode": "markers", "marker": {"color": series.color, "size": 8}}
    return trace | {"mode": "lines", "line": {"color": series.color, "width": 2, "dash": series.dash}}


def _shown(values: Array, axis: Axis) -> Array:
    return np.where(np.isfinite(values) & ((values > 0) | (not axis.log)), values, np.nan)


def _axis(axis: Axis, columns: Sequence[Any], theme: Theme) -> dict[str, Any]:
    common = {
        "title": {"text": axis.title, "standoff": 6, "font": {"size": 12}},
        "fixedrange": True,
        "zeroline": False,
        "gridcolor": theme.grid,
        "linecolor": theme.grid,
    }
    if any(_words(column) for column in columns):
        return common | {"type": "category", "automargin": True}
    return common | scale(limits(columns, axis.log, axis.floor, axis.ceiling), axis.log, most=6)


def _feet(series: Sequence[Series], y: Axis) -> list[Array]:
    """Let bars stand on zero, so that their lengths can be compared."""
    return [np.zeros(1)] if any(each.kind == "bars" for each in series) and not y.log else []


def _words(column: Any) -> bool:
    return bool(len(column)) and isinstance(column[0], str)
