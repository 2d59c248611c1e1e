"""Maps of many runs: one cell for each, coloured by what became of it.

The scale is one hue from dark to light, the same for maps side by side; cells without a number have colours of their
own. Axes are even in what they spread (decades of ε, lengths of a memory) and their ticks say the true values.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from adadelta_viz.core.arrays import Array
from adadelta_viz.experiments.maps.axes import Axis, placed
from adadelta_viz.experiments.maps.metrics import MetricValues
from adadelta_viz.figures.theme import LIGHT, Theme
from adadelta_viz.notation.numbers import written

FLOOR = 1e-12
"""Heights above f* below this are drawn as this: rounding is no achievement."""

MEMORIES = (0.0, 0.5, 0.9, 0.99, 0.999)
NOTHING = "one hyperparameter only"


def limits(maps: Sequence[MetricValues]) -> tuple[float, float]:
    """Return the range of colours that maps share: of heights the decades, of steps from zero to the largest.

    Examples
    --------
    >>> limits([MetricValues(np.array([0.02, 30.0]), np.array([False, False]), log=True)])
    (-2.0, 2.0)
    """
    numbers = np.concatenate([scaled(each).ravel() for each in maps])
    finite = numbers[np.isfinite(numbers)]
    if not finite.size:
        return 0.0, 1.0
    low, high = float(finite.min()), float(finite.max())
    if maps[0].log:
        return float(np.floor(low)), float(max(np.ceil(high), np.floor(low) + 1))
    return (min(low, 0.0), high) if high > min(low, 0.0) else (low, low + 1)


def sensitivity(
    across: Axis | None,
    up: Axis,
    shown: MetricValues,
    bounds: tuple[float, float] | None = None,
    title: str = "",
    theme: Theme = LIGHT,
) -> dict[str, Any]:
    """Draw the plane of two hyperparameters.

    Parameters
    ----------
    across, up
        The sides; None for the missing side of a strip.
    shown
        What it shows of each run, ``(rows, columns)``.
    bounds
        The range of colours, from :func:`limits`; by default that of this map alone.
    title
        What the colours mean, beside the scale.
    theme
        Colours.

    Examples
    --------
    >>> rho, eps = Axis("rho", "ρ", "memory", np.array([0.5, 0.9])), Axis("eps", "ε", "log", np.array([1e-6, 1e-4]))
    >>> best = MetricValues(np.array([[1.0, np.nan], [0.1, 0.01]]), np.array([[False, True], [False, False]]), log=True)
    >>> figure = sensitivity(rho, eps, best)
    >>> [trace["name"] for trace in figure["data"]], figure["layout"]["yaxis"]["ticktext"]
    (['value', 'never', 'diverged'], ['10⁻⁶', '10⁻⁵', '0.0001'])
    """
    low, high = bounds or limits([shown])
    places = np.zeros(1) if across is None else across.places, up.places
    value = cells("value", places, scaled(shown), [[0, theme.near], [0.5, theme.middle], [1, theme.far]]) | {
        "zmin": low,
        "zmax": high,
        "showscale": True,
        "colorbar": bar(low, high, shown.log, title, theme),
    }
    data = [
        value,
        flag("never", places, np.isnan(shown.numbers) & ~shown.diverged, theme.never),
        flag("diverged", places, shown.diverged, theme.diverged),
    ]
    sides = {"xaxis": axis(across, theme), "yaxis": axis(up, theme)}
    return {"data": data, "layout": sides | frame(theme)}


def axis(side: Axis | None, theme: Theme) -> dict[str, Any]:
    """Lay out one side of a map: even places, ticks with the true values; no ticks for the missing side of a strip."""
    look = {
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "ticks": "outside",
        "ticklen": 4,
        "tickcolor": theme.grid,
        "linecolor": theme.grid,
    }
    title = {"standoff": 4, "font": {"size": 12}}
    if side is None:
        return look | {"range": [-0.5, 0.5], "tickvals": [], "ticktext": [], "title": title | {"text": NOTHING}}
    places = side.places
    half = (places[-1] - places[0]) / (len(places) - 1) / 2 if len(places) > 1 else 0.5
    at = _ticks(side)
    return look | {
        "range": [float(places[0] - half), float(places[-1] + half)],
        "tickvals": [float(each) for each in placed(at, side.scale)],
        "ticktext": [written(float(each)) for each in at],
        "title": title | {"text": side.label},
    }


def frame(theme: Theme) -> dict[str, Any]:
    """Return what the layouts of all maps share."""
    return {
        "margin": {"l": 70, "r": 8, "t": 8, "b": 40},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"color": theme.muted, "size": 12},
        "showlegend": False,
    }


def _ticks(side: Axis) -> Array:
    low, high = float(side.values[0]), float(side.values[-1])
    if side.scale == "log":
        first, last = np.ceil(np.log10(low) - 1e-9), np.floor(np.log10(high) + 1e-9)
        every = max(1, int(np.ceil((last - first + 1) / 6)))
        return np.array([float(f"1e{int(decade)}") for decade in np.arange(first, last + 1, every)])
    if side.scale == "memory":
        return np.array([each for each in MEMORIES if low <= each <= high])
    coarse = 10.0 ** np.floor(np.log10(high - low))
    step = next(coarse * part for part in (0.1, 0.2, 0.5, 1.0, 2.0) if (high - low) / (coarse * part) <= 6)
    ticks: Array = np.round(np.arange(np.ceil(low / step), np.floor(high / step) + 1) * step, 12)
    return ticks


def scaled(shown: MetricValues) -> Array:
    """Return the numbers as the scale of colours takes them: heights as decades."""
    return np.log10(np.maximum(shown.numbers, FLOOR)) if shown.log else shown.numbers


def cells(name: str, places: tuple[Array, Array], z: Array, scale: list[Any]) -> dict[str, Any]:
    """Return a layer of cells."""
    return {
        "type": "heatmap",
        "name": name,
        "x": places[0],
        "y": places[1],
        "z": z,
        "colorscale": scale,
        "showscale": False,
        "hoverinfo": "skip",
        "zsmooth": False,
    }


def flag(name: str, places: tuple[Array, Array], where: NDArray[np.bool_], colour: str) -> dict[str, Any]:
    """Give those cells one colour, and leave the others as they are."""
    z = np.where(where, 1.0, np.nan)
    return cells(name, places, z, [[0, colour], [1, colour]]) | {"zmin": 0, "zmax": 1}


def bar(low: float, high: float, log: bool, title: str, theme: Theme) -> dict[str, Any]:
    """Return the scale of colours with true values at its ticks."""
    scale: dict[str, Any] = {
        "thickness": 10,
        "outlinewidth": 0,
        "len": 1,
        "ticks": "outside",
        "ticklen": 3,
        "tickcolor": theme.grid,
        "title": {"text": title, "side": "right", "font": {"size": 12}},
    }
    if log:
        every = max(1, int(np.ceil((high - low) / 6)))
        decades = np.arange(low, high + 0.5, every)
        scale |= {
            "tickvals": decades.tolist(),
            "ticktext": [written(float(f"1e{int(each)}")) for each in decades],
        }
    return scale
