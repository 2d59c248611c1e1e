"""The landscape: a surface seen from above, muted, so that paths are what one sees."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from adadelta_viz.core.arrays import Array
from adadelta_viz.figures.theme import LIGHT, Theme

LEVELS = 26


def landscape(
    x: Array, y: Array, values: Array, minima: Sequence[tuple[float, float]] = (), theme: Theme = LIGHT
) -> dict[str, Any]:
    """Draw heights on a grid as contours, with a star at each minimum.

    Parameters
    ----------
    x, y
        The grid lines, ``(columns,)`` and ``(rows,)``.
    values
        f on the grid, ``(rows, columns)``.
    minima
        Points to mark.
    theme
        Colours.

    Examples
    --------
    >>> x = y = np.linspace(-1, 1, 5)
    >>> figure = landscape(x, y, x**2 + y[:, None] ** 2, minima=[(0, 0)])
    >>> [trace["type"] for trace in figure["data"]]
    ['contour', 'scatter']
    """
    levels = spread(values)
    step = float(np.ptp(levels)) / LEVELS or 1.0
    contour = {
        "type": "contour",
        "x": x,
        "y": y,
        "z": levels,
        "autocontour": False,
        "contours": {"start": float(levels.min()) + step / 2, "end": float(levels.max()), "size": step},
        "colorscale": [[0, theme.low], [1, theme.high]],
        "line": {"color": theme.contour, "width": 0.7},
        "showscale": False,
        "hoverinfo": "skip",
    }
    stars = {
        "type": "scatter",
        "x": np.array([point[0] for point in minima], dtype=float),
        "y": np.array([point[1] for point in minima], dtype=float),
        "mode": "markers",
        "marker": {"symbol": "star", "size": 12, "color": theme.ink, "line": {"color": theme.casing, "width": 1.5}},
        "hoverinfo": "skip",
    }
    return {"data": [contour, stars], "layout": _layout(x, y, theme)}


def spread(values: Array) -> Array:
    """Spread heights so that equal colour steps show the floor as well as the walls.

    Where the heights above the lowest span more than two decades, their logarithm is drawn, with a floor that keeps
    the lowest percent of the map from taking all the levels; else the heights themselves. Cells that are not finite
    take the highest finite height; where none is finite the map is level.
    """
    if not np.isfinite(values).any():
        return np.zeros_like(values)
    finite = np.where(np.isfinite(values), values, np.nanmax(np.where(np.isfinite(values), values, np.nan)))
    above = finite - finite.min()
    low, high = np.quantile(above, [0.02, 0.98])
    logarithmic: Array = np.log10(above + max(low, 1e-9 * high)) if high > 100 * low > 0 else above
    return logarithmic


def _layout(x: Array, y: Array, theme: Theme) -> Mapping[str, Any]:
    axis = {
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "ticks": "outside",
        "ticklen": 4,
        "nticks": 7,
        "tickcolor": theme.grid,
        "linecolor": theme.grid,
    }
    return {
        "xaxis": axis
        | {"range": [float(x[0]), float(x[-1])], "title": {"text": "x", "standoff": 4, "font": {"size": 12}}},
        "yaxis": axis
        | {"range": [float(y[0]), float(y[-1])], "title": {"text": "y", "standoff": 4, "font": {"size": 12}}},
        "margin": {"l": 46, "r": 8, "t": 8, "b": 40},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"color": theme.muted, "size": 12},
        "showlegend": False,
    }
