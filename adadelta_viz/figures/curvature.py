"""A landscape with its level points and one that was chosen: what stands out are the marks."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from adadelta_viz.core.arrays import Array
from adadelta_viz.core.surfaces.critical_points import Kind, Stationary
from adadelta_viz.figures.landscape import landscape
from adadelta_viz.figures.theme import LIGHT, Theme
from adadelta_viz.notation.numbers import written

MARKS: dict[Kind, tuple[str, str]] = {
    "minimum": ("star", "★"),
    "saddle": ("x", "✕"),
    "maximum": ("triangle-up", "▲"),
    "degenerate": ("square", "■"),
}
"""How each kind of stationary point is drawn: Plotly's name of the mark, and the sign for it in words."""


def curvature_map(
    x: Array, y: Array, values: Array, points: Sequence[Stationary], chosen: tuple[float, float], theme: Theme = LIGHT
) -> dict[str, Any]:
    """Draw heights on a grid with a mark at each stationary point and a ring at the chosen one.

    Parameters
    ----------
    x, y, values
        As for :func:`landscape`.
    points
        The stationary points; whoever points at a mark is told what it is.
    chosen
        The point whose curvature is looked at.
    theme
        Colours.

    Examples
    --------
    >>> x = y = np.linspace(-1, 1, 5)
    >>> bowl = Stationary((0.0, 0.0), 0.0, (2.0, 2.0), "minimum")
    >>> figure = curvature_map(x, y, x**2 + y[:, None] ** 2, [bowl], (0.5, 0.5))
    >>> [trace["name"] for trace in figure["data"][1:]]
    ['minimum', 'saddle', 'maximum', 'degenerate', 'chosen point']
    """
    figure = landscape(x, y, values, theme=theme)
    marks = [_marks(kind, [each for each in points if each.kind == kind], theme) for kind in MARKS]
    ring = _scatter("chosen point", [chosen], "circle-open", theme)
    ring["marker"] = {"symbol": "circle-open", "size": 13, "color": theme.adadelta, "line": {"width": 3}}
    figure["data"] = [figure["data"][0], *marks, ring | {"hoverinfo": "skip"}]
    figure["layout"] |= {"hovermode": "closest", "hoverlabel": _label(theme)}
    return figure


def _marks(kind: Kind, points: Sequence[Stationary], theme: Theme) -> dict[str, Any]:
    told = [
        f"{kind} at ({written(each.point[0])}, {written(each.point[1])})<br>f = {written(each.value)}"
        for each in points
    ]
    trace = _scatter(kind, [each.point for each in points], MARKS[kind][0], theme)
    return trace | {"text": told, "hoverinfo": "text"}


def _scatter(name: str, points: Sequence[tuple[float, float]], symbol: str, theme: Theme) -> dict[str, Any]:
    return {
        "type": "scatter",
        "name": name,
        "x": np.array([point[0] for point in points], dtype=float),
        "y": np.array([point[1] for point in points], dtype=float),
        "mode": "markers",
        "marker": {"symbol": symbol, "size": 12, "color": theme.ink, "line": {"color": theme.casing, "width": 1.5}},
    }


def _label(theme: Theme) -> dict[str, Any]:
    return {"bgcolor": theme.paper, "bordercolor": theme.grid, "font": {"color": theme.ink, "size": 12}}
