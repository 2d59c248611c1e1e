"""Traces: what an optimizer sees and remembers, panel over panel on one clock."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from adadelta_viz.core.arrays import Array
from adadelta_viz.figures.axes import limits, scale
from adadelta_viz.figures.theme import LIGHT, Theme

GAP = 0.1  # of the figure's height, between panels: room for a title


class Line(NamedTuple):
    """One curve of a panel: its values per step (the first at ``first``), its colour and dash, and whose it is."""

    values: Array
    color: str
    dash: str = "solid"
    first: int = 0
    run: str = ""


class Panel(NamedTuple):
    """One strip of the figure: a title, its curves, a scale, and limits that no runaway curve can stretch."""

    title: str
    lines: Sequence[Line]
    log: bool = True
    floor: float | None = None
    ceiling: float | None = None


def traces(panels: Sequence[Panel], steps: int, theme: Theme = LIGHT) -> dict[str, Any]:
    """Stack panels that share the axis of steps.

    Parameters
    ----------
    panels
        From top to bottom.
    steps
        Length of the clock.
    theme
        Colours of axes and text; each line brings its own.

    Examples
    --------
    >>> figure = traces([Panel("loss", [Line(np.array([4.0, 2.0, 1.0]), "#000")])], steps=2)
    >>> figure["layout"]["yaxis"]["range"]
    [0.0, 1.0]
    """
    height = (1 + GAP) / len(panels) - GAP
    data: list[dict[str, Any]] = []
    layout: dict[str, Any] = {
        "margin": {"l": 46, "r": 12, "t": 24, "b": 40},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"color": theme.muted, "size": 12},
        "showlegend": False,
        "annotations": [],
        "xaxis": {
            "range": [0, _round(steps)],
            "fixedrange": True,
            "zeroline": False,
            "showgrid": False,
            "nticks": 6,
            "anchor": f"y{len(panels)}" if len(panels) > 1 else "y",
            "title": {"text": "step", "standoff": 4, "font": {"size": 12}},
        },
    }
    for row, panel in enumerate(panels):
        name = "" if row == 0 else str(row + 1)
        top = 1 - row * (height + GAP)
        layout[f"yaxis{name}"] = _axis(panel, theme) | {"domain": [max(top - height, 0), top]}
        layout["annotations"].append(_title(panel.title, top, theme))
        data += [_curve(line, panel.log, f"y{name}") for line in panel.lines]
    return {"data": data, "layout": layout}


def _round(steps: int) -> int:
    """Round up to two digits, so that the axis stays while the clock is changed by a step or two."""
    unit: int = 10 ** max(len(str(steps)) - 2, 0)
    return -(-steps // unit) * unit


def _curve(line: Line, log: bool, axis: str) -> dict[str, Any]:
    values = np.where(line.values > 0, line.values, np.nan) if log else line.values
    return {
        "type": "scatter",
        "mode": "lines",
        "x0": line.first,
        "dx": 1,
        "y": values,
        "yaxis": axis,
        "line": {"color": line.color, "width": 1.6, "dash": line.dash},
        "hoverinfo": "skip",
        "meta": {"run": line.run},
    }


def _axis(panel: Panel, theme: Theme) -> dict[str, Any]:
    ends = limits((line.values for line in panel.lines), panel.log, panel.floor, panel.ceiling)
    return {"fixedrange": True, "zeroline": False, "gridcolor": theme.grid} | scale(ends, panel.log, most=3)


def _title(text: str, top: float, theme: Theme) -> dict[str, Any]:
    return {
        "text": text,
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "y": top,
        "yref": "paper",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"color": theme.muted, "size": 12},
    }
