"""Basins: every start coloured by where its run ends, or by how long that takes."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from adadelta_viz.experiments.maps.attractors import ON_ITS_WAY, PLATEAU, RestPoint
from adadelta_viz.experiments.maps.axes import Axis
from adadelta_viz.experiments.maps.basins import DIVERGED, LEFT, NOWHERE, OUTCOMES, BasinMap
from adadelta_viz.experiments.maps.metrics import MetricValues
from adadelta_viz.figures.heatmap import axis, cells, flag, frame, limits, sensitivity
from adadelta_viz.figures.theme import LIGHT, Theme
from adadelta_viz.notation.numbers import written

SYMBOLS = {"minimum": "star", "saddle": "x", "maximum": "triangle-up", "degenerate": "circle-open"}


FEW = 16
"""As many rest points as can be marked without hiding the map."""


class Entry(NamedTuple):
    """A line of the legend: its colour, what it is, how many cells, and their share of the map."""

    colour: str
    text: str
    cells: int
    share: float


def basins(across: Axis, up: Axis, basin_map: BasinMap, theme: Theme = LIGHT) -> dict[str, Any]:
    """Colour every start by the point in which its run ends; paler where the run hovers around that point.

    Parameters
    ----------
    across, up
        The starts.
    atlas
        Where they end.
    theme
        Colours.

    Examples
    --------
    >>> from adadelta_viz.experiments import Basins, Experiment
    >>> himmelblau = Basins(Experiment("himmelblau", "sgd", {"steps": 200, "lr": 0.01}), size=48)
    >>> figure = basins(*himmelblau.axes(), himmelblau.run())
    >>> [trace["name"] for trace in figure["data"]], figure["data"][2]["x"].round(2)
    (['ends', 'hovers', 'minimum', 'saddle', 'maximum'], array([ 3.  , -2.81, -3.78,  3.58]))
    """
    places = across.places, up.places
    colours = palette(basin_map.points, theme)
    order = [*OUTCOMES, *range(len(basin_map.points))]
    known = np.array(sorted(order))
    z = np.searchsorted(known, basin_map.ends).astype(float)
    scale = _steps([colours[code] for code in known.tolist()])
    ends = cells("ends", places, z, scale) | {"zmin": -0.5, "zmax": len(known) - 0.5}
    pale = flag("hovers", places, basin_map.oscillates, theme.paper) | {"opacity": 0.45}
    sides = {"xaxis": axis(across, theme), "yaxis": axis(up, theme)}
    return {"data": [ends, pale, *_marks(basin_map, theme)], "layout": sides | frame(theme)}


def durations(
    across: Axis,
    up: Axis,
    basin_map: BasinMap,
    bounds: tuple[float, float] | None = None,
    title: str = "",
    theme: Theme = LIGHT,
) -> dict[str, Any]:
    """Colour every start by the number of steps until its run was first within the tolerance of where it ends."""
    diverged = basin_map.ends == DIVERGED
    shown = MetricValues(basin_map.steps_to_reach, diverged, log=False)
    figure = sensitivity(across, up, shown, bounds or limits([shown]), title, theme)
    figure["data"] += [flag("left", (across.places, up.places), basin_map.ends == LEFT, theme.paper)]
    figure["data"] += _marks(basin_map, theme)
    return figure


def legend(basin_map: BasinMap, theme: Theme = LIGHT, most: int = 8) -> list[Entry]:
    """List what the colours mean and how many cells have each, the points in which nobody ends left out.

    Parameters
    ----------
    most
        Where there are more points than that, the rest are counted together.

    Examples
    --------
    >>> from adadelta_viz.experiments import Basins, Experiment
    >>> sphere = Basins(Experiment("sphere", "sgd", {"steps": 100, "lr": 0.1}), size=48).run()
    >>> [(entry.text, entry.cells) for entry in legend(sphere)]
    [('minimum (0, 0)', 2304)]
    """
    counts, colours = basin_map.counts(), palette(basin_map.points, theme)
    total = basin_map.ends.size
    rows = [
        Entry(colours[code], named(point), counts[code], counts[code] / total)
        for code, point in enumerate(basin_map.points)
        if counts[code]
    ]
    if len(rows) > most:
        rest = sum(row.cells for row in rows[most - 1 :])
        rows = [*rows[: most - 1], Entry("", f"{len(rows) - most + 1} more points", rest, rest / total)]
    rows += [Entry(colours[code], text, counts[code], counts[code] / total) for code, text in OUTCOMES.items()]
    if pale := int(np.count_nonzero(basin_map.oscillates)):
        rows.append(Entry("", "of these paler: hovers around its point", pale, pale / total))
    return [row for row in rows if row.cells]


def named(point: RestPoint) -> str:
    """Name a rest point: its kind and place.

    Examples
    --------
    >>> named(RestPoint((0.0, -1.0), 3.0, "minimum", True)), named(RestPoint((1.8, 0.2), 84.0, "minimum", False))
    ('minimum (0, −1)', 'local minimum (1.8, 0.2)')
    """
    x, y = (written(round(coordinate, 6) + 0.0) for coordinate in point.point)
    names: dict[str, str] = {"minimum": "local minimum", "degenerate": "degenerate point"}
    return f"{'minimum' if point.listed else names.get(point.kind, point.kind)} ({x}, {y})"


def palette(points: Sequence[RestPoint], theme: Theme = LIGHT) -> dict[int, str]:
    """Give every code a colour: minima one of six, neighbours different ones; what is no minimum the colour of ink."""
    hues = theme.others[1:]
    fates = {
        ON_ITS_WAY: theme.grid,
        PLATEAU: theme.muted,
        LEFT: theme.paper,
        DIVERGED: theme.diverged,
        NOWHERE: theme.never,
    }
    places = np.reshape([point.point for point in points], (-1, 2))
    taken: dict[int, int] = {}
    for code, point in enumerate(points):
        if point.kind == "minimum":
            free = [hue for hue in range(len(hues)) if hue not in taken.values()]
            taken[code] = free[0] if free else max(range(len(hues)), key=lambda hue: _room(places, taken, code, hue))
    colours = {code: hues[taken[code]] if code in taken else theme.ink for code in range(len(points))}
    return fates | colours


def _room(places: Any, taken: dict[int, int], code: int, hue: int) -> float:
    """Return how far away the nearest point of this hue is."""
    same = places[[other for other, its in taken.items() if its == hue]]
    return float(np.hypot(*(same - places[code]).T).min())


def _steps(colours: Sequence[str]) -> list[Any]:
    """Return a scale that gives each whole number its own colour."""
    count = len(colours)
    return [[edge, colour] for i, colour in enumerate(colours) for edge in (i / count, (i + 1) / count)]


def _marks(basin_map: BasinMap, theme: Theme) -> list[dict[str, Any]]:
    """Mark the rest points by their kind; where there are many, only the minima and those in which a run ends."""
    few, counts = len(basin_map.points) <= FEW, basin_map.counts()
    points = [each for code, each in enumerate(basin_map.points) if few or each.kind == "minimum" or counts[code]]
    marks = []
    for kind, symbol in SYMBOLS.items():
        at = np.reshape([point.point for point in points if point.kind == kind], (-1, 2))
        if len(at):
            marks.append(
                {
                    "type": "scatter",
                    "name": kind,
                    "x": at[:, 0],
                    "y": at[:, 1],
                    "mode": "markers",
                    "marker": {
                        "symbol": symbol,
                        "size": 12 if few else 6,
                        "color": theme.ink,
                        "line": {"color": theme.casing, "width": 1.5},
                    },
                    "hoverinfo": "skip",
                }
            )
    return marks
