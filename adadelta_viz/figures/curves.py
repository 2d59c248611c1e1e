"""Curves: a measure over one hyperparameter, one line for each optimizer."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from adadelta_viz.experiments.maps.axes import Axis
from adadelta_viz.experiments.maps.metrics import MetricValues
from adadelta_viz.figures.axes import scale
from adadelta_viz.figures.heatmap import FLOOR, axis, frame, limits
from adadelta_viz.figures.theme import LIGHT, Theme


class Curve(NamedTuple):
    """One optimizer's line: who it is, the values it tried, what became of them, its colour and its dash."""

    name: str
    along: Axis
    shown: MetricValues
    colour: str
    dash: str = "solid"


def curves(lines: Sequence[Curve], title: str, tolerance: float | None = None, theme: Theme = LIGHT) -> dict[str, Any]:
    """Draw a measure over one hyperparameter.

    Parameters
    ----------
    lines
        One for each optimizer. A run without a number is a gap; where a run diverged a cross stands on the upper edge.
    title
        What the measure is.
    tolerance
        Where to draw the level of arrival; None for none.
    theme
        Colours.

    Examples
    --------
    >>> eps = Axis("eps", "ε", "log", np.array([1e-6, 1e-4, 1e-2]))
    >>> last = MetricValues(np.array([1.0, 0.1, np.nan]), np.array([False, False, True]), log=True)
    >>> figure = curves([Curve("AdaDelta", eps, last, "#d55e00")], "value at the end", 0.01)
    >>> [trace["name"] for trace in figure["data"]]
    ['AdaDelta', 'AdaDelta diverged']
    """
    shown = [line.shown for line in lines]
    low, high = limits(shown)
    log = shown[0].log
    if log and tolerance:
        low, high = min(low, float(np.floor(np.log10(tolerance)))), max(high, float(np.ceil(np.log10(tolerance))))
    top = 10**high if log else high
    data = [trace for line in lines for trace in _line(line, top)]
    level = {
        "type": "line",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": tolerance,
        "y1": tolerance,
        "line": {"color": theme.muted, "width": 1, "dash": "dot"},
    }
    sides = {"xaxis": _shared([line.along for line in lines], theme), "yaxis": _up(low, high, log, title, theme)}
    return {"data": data, "layout": sides | frame(theme) | {"shapes": [level] if log and tolerance else []}}


def _line(line: Curve, top: float) -> list[dict[str, Any]]:
    numbers = np.maximum(line.shown.numbers, FLOOR) if line.shown.log else line.shown.numbers
    curve = {
        "type": "scatter",
        "name": line.name,
        "x": line.along.places,
        "y": numbers,
        "mode": "lines",
        "line": {"color": line.colour, "width": 1.8, "dash": line.dash},
        "connectgaps": False,
        "hoverinfo": "skip",
    }
    diverged = line.along.places[line.shown.diverged]
    cross = {
        "type": "scatter",
        "name": f"{line.name} diverged",
        "x": diverged,
        "y": np.full(len(diverged), top),
        "mode": "markers",
        "marker": {"symbol": "x-thin", "size": 6, "line": {"color": line.colour, "width": 1.2}},
        "hoverinfo": "skip",
    }
    return [curve, cross] if len(diverged) else [curve]


def _shared(sides: Sequence[Axis], theme: Theme) -> dict[str, Any]:
    """Lay out one axis on which all of these have their place."""
    values = np.unique(np.concatenate([side.values for side in sides]))
    labels = dict.fromkeys(side.label if len({each.name for each in sides}) == 1 else side.label[0] for side in sides)
    return axis(sides[0]._replace(values=values, label=" or ".join(labels)), theme) | {
        "range": [min(float(side.places[0]) for side in sides), max(float(side.places[-1]) for side in sides)]
    }


def _up(low: float, high: float, log: bool, title: str, theme: Theme) -> dict[str, Any]:
    pad = 0.03 * (high - low)
    return scale([low, high], log, 6) | {
        "range": [low - pad * (not log), high + pad],
        "fixedrange": True,
        "zeroline": False,
        "gridcolor": theme.grid,
        "title": {"text": title, "standoff": 4, "font": {"size": 12}},
    }
