"""What the maps in the browser show: finished planes and curves, and by which link each cell's run is asked for.

The browser places cells by the figures' own axes and asks the server for the path of the one it points at; numbers
travel as they are written in links, so that the run that comes back is the cell's own.
"""

from collections.abc import Sequence
from typing import Any

from adadelta_viz.core.arrays import Array
from adadelta_viz.experiments import Curves, share
from adadelta_viz.experiments.maps.basins import DIVERGED, NOWHERE, OUTCOMES, BasinMap
from adadelta_viz.experiments.maps.map_request import Maps
from adadelta_viz.experiments.maps.metrics import METRICS, MetricValues
from adadelta_viz.experiments.maps.tiles import Outcome
from adadelta_viz.figures import Curve, basins, curves, durations, legend, limits, sensitivity
from adadelta_viz.figures.basins import named
from adadelta_viz.figures.theme import SYMBOLIC
from adadelta_viz.notation.numbers import written
from adadelta_viz.player import parts
from adadelta_viz.player.map_parts import (
    DIVERGED_CELL,
    NEVER,
    cell_codes,
    cell_readings,
    code_words,
    colour_bounds,
    colour_scale,
    packed_figure,
    run_heads,
    side_payload,
)
from adadelta_viz.player.parts import Payload
from adadelta_viz.player.race_payload import plotly_dash


def maps_payload(maps: Maps, results: Sequence[Any]) -> Payload:
    """Pack a view for ``mount`` in maps.js.

    Parameters
    ----------
    maps
        What is shown.
    results
        What became of each of ``maps.charts()``: the results of their ``run()``.

    Examples
    --------
    >>> maps = Maps(kind="curves")
    >>> shown = maps_payload(maps, [chart.run() for chart in maps.charts()])
    >>> shown["caption"].partition(" · arrived")[0]
    'Rosenbrock from (−1.5, 2) · 900 steps · no noise · 48 values each'
    """
    build: Any = {"sensitivity": _planes, "basins": _basins, "curves": _curves}[maps.kind]
    shown = build(maps, results)
    caption = " · ".join([_conditions(maps), *shown.pop("told")])
    return parts.frame(maps.runs[0], [maps.to_query()], caption) | {"kind": maps.kind, **shown}


def _planes(maps: Maps, results: Sequence[Outcome]) -> Payload:
    charts: Sequence[Any] = maps.charts()
    shown = [chart.shown(outcome) for chart, outcome in zip(charts, results, strict=True)]
    bounds, title = colour_bounds(maps, shown), METRICS[maps.measure].title
    planes = []
    for who, chart, each, outcome in zip(run_heads(maps.runs), charts, shown, results, strict=True):
        across, up = chart.axes()
        figure = sensitivity(across, up, each, bounds, title, SYMBOLIC)
        planes.append(
            {
                **who,
                **packed_figure(figure),
                "across": side_payload(across, chart.experiment),
                "up": side_payload(up, chart.experiment),
                "note": _arrived(maps, outcome.reached),
                **cell_readings(title, each.numbers, cell_codes(each), code_words(maps.measure)),
            }
        )
    told = [
        f"{plane['title']}: {parts.hyper(chart.experiment, [side.name for side in chart.axes() if side])}"
        for plane, chart in zip(planes, charts, strict=True)
        if len(chart.experiment.hyper) > 2
    ]
    told += [f"{plane['title']}: {plane['note']}" for plane in planes]
    return {
        "planes": planes,
        "scale": colour_scale(figure, title, bounds, shown, code_words(maps.measure)),
        "told": told,
    }


def _basins(maps: Maps, results: Sequence[BasinMap]) -> Payload:
    charts: Sequence[Any] = maps.charts()
    steps_to_reach = [
        MetricValues(basin_map.steps_to_reach, basin_map.ends == DIVERGED, log=False) for basin_map in results
    ]
    bounds, title = limits(steps_to_reach), "steps until it is there"
    planes = []
    for who, chart, basin_map in zip(run_heads(maps.runs), charts, results, strict=True):
        across, up = chart.axes()
        ends = basins(across, up, basin_map, SYMBOLIC)
        figure = ends if maps.shows == "ends" else durations(across, up, basin_map, bounds, title, SYMBOLIC)
        words = {code: named(point) for code, point in enumerate(basin_map.points)} | OUTCOMES
        planes.append(
            {
                **who,
                **packed_figure(figure),
                "across": side_payload(across, chart.experiment),
                "up": side_payload(up, chart.experiment),
                "note": _ended(basin_map),
                "kinds": _counted(basin_map) if maps.shows == "ends" else [],
                **cell_readings("steps", basin_map.steps_to_reach, basin_map.ends, words),
                "nowhere": NOWHERE,
            }
        )
    scale = colour_scale(
        figure, title, bounds, steps_to_reach, {NEVER: "never comes to rest", DIVERGED_CELL: "diverged"}
    )
    shown = zip(planes, maps.runs, strict=True)
    told = [f"{plane['title']}: {parts.hyper(run)}, {plane['note']}" for plane, run in shown]
    return {"planes": planes, "scale": scale if maps.shows == "took" else None, "told": told}


def _curves(maps: Maps, results: Sequence[Sequence[Outcome]]) -> Payload:
    (chart,), (outcomes,) = maps.charts(), results
    assert isinstance(chart, Curves)
    shown, sides, runs = chart.shown(outcomes), chart.axes(), chart.runs()
    title = METRICS[maps.measure].title
    who = run_heads(runs)
    lines = [
        Curve(each["title"], side, numbers, f"@{each['role']}", plotly_dash(tuple(each["dash"])))
        for each, side, numbers in zip(who, sides, shown, strict=True)
    ]
    figure = curves(lines, title, maps.race.tolerance, SYMBOLIC)
    rows = [
        {
            **each,
            "across": side_payload(side, run),
            "note": _arrived(maps, outcome.reached),
            **cell_readings(title, numbers.numbers, cell_codes(numbers), code_words(maps.measure)),
        }
        for each, side, run, outcome, numbers in zip(who, sides, runs, outcomes, shown, strict=True)
    ]
    plane = {"key": "curves", "title": title, "note": "", **packed_figure(figure), "lines": rows}
    return {"planes": [plane], "scale": None, "told": [f"{row['title']} {row['note']}" for row in rows]}


def _counted(basin_map: BasinMap) -> list[Payload]:
    return [
        {"colour": entry.colour, "text": entry.text, "count": f"{entry.cells} · {_percent(entry.share)}"}
        for entry in legend(basin_map, SYMBOLIC)
    ]


def _arrived(maps: Maps, reached: Array) -> str:
    known = maps.race.loss_surface.minimum is not None
    return f"{_percent(share(reached))} arrive" if known else "no minimum to arrive at"


def _ended(basin_map: BasinMap) -> str:
    there = sum(count for code, count in basin_map.counts().items() if code >= 0 and basin_map.points[code].listed)
    if not any(point.listed for point in basin_map.points):
        return "none ends at f*"
    return f"{_percent(there / basin_map.ends.size)} end at f*"


def _percent(share_: float) -> str:
    """Write a share so that neither a few cells nor all but a few are rounded away."""
    if 0 < share_ < 0.01:
        return "under 1 %"
    return "over 99 %" if 0.99 < share_ < 1 else f"{100 * share_:.0f} %"


def _conditions(maps: Maps) -> str:
    run = maps.runs[0]
    cells = f"{maps.size} values each" if maps.kind == "curves" else f"{maps.size} × {maps.size} cells"
    level = f"arrived: f − f* at most {written(maps.race.tolerance)}"
    if maps.kind == "basins":
        return f"{run.loss_surface.title}, every start in the window · {parts.budget(run)} · {cells} · {level}"
    return f"{parts.conditions(run)} · {cells} · {level}"
