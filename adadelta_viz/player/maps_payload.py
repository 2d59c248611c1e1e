"""What the maps in the browser show: finished planes and curves, and by which link each cell's run is asked for.

The browser places cells by the figures' own axes and asks the server for the path of the one it points at; numbers
travel as they are written in links, so that the run that comes back is the cell's own.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from adadelta_viz.core import OPTIMIZERS
from adadelta_viz.core.arrays import Array
from adadelta_viz.experiments import Curves, Experiment, share
from adadelta_viz.experiments.maps.axes import Axis, placed
from adadelta_viz.experiments.maps.basins import DIVERGED, FATES, NOWHERE, Atlas
from adadelta_viz.experiments.maps.map_request import Maps
from adadelta_viz.experiments.maps.metrics import QUESTIONS, Shown
from adadelta_viz.experiments.maps.tiles import Outcome
from adadelta_viz.figures import Curve, basins, curves, durations, legend, limits, sensitivity
from adadelta_viz.figures.basins import named
from adadelta_viz.figures.theme import SYMBOLIC
from adadelta_viz.notation.mathml import notation
from adadelta_viz.notation.numbers import written
from adadelta_viz.player import parts
from adadelta_viz.player.packing import packed
from adadelta_viz.player.parts import Payload
from adadelta_viz.player.race_payload import DASHES, labels, plotly_dash, roles

NUMBER, NEVER, GONE = 0, 1, 2
"""What a cell has: a number, none because the run never got there, none because it diverged."""

DEEPER = 3
"""Decades below the tolerance that colours still tell apart."""


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


# ---- The three views ------------------------------------------------------------------------------------------------


def _planes(maps: Maps, results: Sequence[Outcome]) -> Payload:
    charts: Sequence[Any] = maps.charts()
    shown = [chart.shown(outcome) for chart, outcome in zip(charts, results, strict=True)]
    bounds, title = _bounds(maps, shown), QUESTIONS[maps.measure].title
    planes = []
    for who, chart, each, outcome in zip(_who(maps.runs), charts, shown, results, strict=True):
        across, up = chart.axes()
        figure = sensitivity(across, up, each, bounds, title, SYMBOLIC)
        planes.append(
            {
                **who,
                **_figure(figure),
                "across": _side(across, chart.experiment),
                "up": _side(up, chart.experiment),
                "note": _arrived(maps, outcome.reached),
                **_readings(title, each.numbers, _codes(each), _words(maps.measure)),
            }
        )
    told = [
        f"{plane['title']}: {parts.hyper(chart.experiment, [side.name for side in chart.axes() if side])}"
        for plane, chart in zip(planes, charts, strict=True)
        if len(chart.experiment.hyper) > 2
    ]
    told += [f"{plane['title']}: {plane['note']}" for plane in planes]
    return {"planes": planes, "scale": _scale(figure, title, bounds, shown, _words(maps.measure)), "told": told}


def _basins(maps: Maps, results: Sequence[Atlas]) -> Payload:
    charts: Sequence[Any] = maps.charts()
    took = [Shown(atlas.took, atlas.ends == DIVERGED, log=False) for atlas in results]
    bounds, title = limits(took), "steps until it is there"
    planes = []
    for who, chart, atlas in zip(_who(maps.runs), charts, results, strict=True):
        across, up = chart.axes()
        ends = basins(across, up, atlas, SYMBOLIC)
        figure = ends if maps.shows == "ends" else durations(across, up, atlas, bounds, title, SYMBOLIC)
        words = {code: named(point) for code, point in enumerate(atlas.points)} | FATES
        planes.append(
            {
                **who,
                **_figure(figure),
                "across": _side(across, chart.experiment),
                "up": _side(up, chart.experiment),
                "note": _ended(atlas),
                "kinds": _counted(atlas) if maps.shows == "ends" else [],
                **_readings("steps", atlas.took, atlas.ends, words),
                "nowhere": NOWHERE,
            }
        )
    scale = _scale(figure, title, bounds, took, {NEVER: "never comes to rest", GONE: "diverged"})
    shown = zip(planes, maps.runs, strict=True)
    told = [f"{plane['title']}: {parts.hyper(run)}, {plane['note']}" for plane, run in shown]
    return {"planes": planes, "scale": scale if maps.shows == "took" else None, "told": told}


def _curves(maps: Maps, results: Sequence[Sequence[Outcome]]) -> Payload:
    (chart,), (outcomes,) = maps.charts(), results
    assert isinstance(chart, Curves)
    shown, sides, runs = chart.shown(outcomes), chart.axes(), chart.runs()
    title = QUESTIONS[maps.measure].title
    who = _who(runs)
    lines = [
        Curve(each["title"], side, numbers, f"@{each['role']}", plotly_dash(tuple(each["dash"])))
        for each, side, numbers in zip(who, sides, shown, strict=True)
    ]
    figure = curves(lines, title, maps.race.tolerance, SYMBOLIC)
    rows = [
        {
            **each,
            "across": _side(side, run),
            "note": _arrived(maps, outcome.reached),
            **_readings(title, numbers.numbers, _codes(numbers), _words(maps.measure)),
        }
        for each, side, run, outcome, numbers in zip(who, sides, runs, outcomes, shown, strict=True)
    ]
    plane = {"key": "curves", "title": title, "note": "", **_figure(figure), "lines": rows}
    return {"planes": [plane], "scale": None, "told": [f"{row['title']} {row['note']}" for row in rows]}


# ---- What they are made of ------------------------------------------------------------------------------------------


def _who(runs: Sequence[Experiment]) -> list[Payload]:
    """Say who runs: a name, a colour and a dash each, and the link of what is kept."""
    colours, names = roles([run.optimizer for run in runs]), labels(runs)
    return [
        {
            "key": f"run{number + 1}",
            "title": names[number],
            "role": colours[number],
            "dash": list(DASHES[number]),
            "query": run.to_query(),
        }
        for number, run in enumerate(runs)
    ]


def _figure(figure: dict[str, Any]) -> Payload:
    """Pack a figure without its empty traces, with a name that changes when the picture does."""
    data = [trace for trace in figure["data"] if not np.isnan(trace.get("z", 0)).all()]
    pack = packed(figure | {"data": data})
    return {"figure": pack, "picture": hashlib.blake2b(json.dumps(pack).encode(), digest_size=8).hexdigest()}


def _side(side: Axis | None, run: Experiment) -> Payload:
    """Describe one side of a plane: values as links write them, where they lie, and where the kept run lies.

    The missing side of a strip has one nameless place.
    """
    if side is None:
        return {"name": "", "symbol": "", "values": [0], "places": [0], "number": 0, "kept": 0}
    known = notation(OPTIMIZERS[run.optimizer]) | {"x0": "x", "y0": "y"}
    kept = run.numbers[side.name]
    return {
        "name": side.name,
        "symbol": known[side.name],
        "values": side.values.tolist(),
        "places": side.places.tolist(),
        "number": kept,
        "kept": float(np.nan_to_num(placed(np.array(kept), side.scale), neginf=-99)),
    }


def _readings(label: str, numbers: Array, codes: NDArray[np.int64], words: Mapping[int, str]) -> Payload:
    """Pack what each cell tells: its number, and the words of its code."""
    return {
        "label": label,
        "readings": packed(numbers),
        "codes": packed(codes.astype(np.int16)),
        "words": {str(code): word for code, word in words.items()},
    }


def _bounds(maps: Maps, shown: Sequence[Shown]) -> tuple[float, float]:
    """Return the range of colours: of heights from well below the tolerance to what the landscape has.

    One run that hits the minimum to the last digit, or one that flies away, would else take the colours of all others.
    """
    low, high = limits(shown)
    if not shown[0].log:
        return low, high
    surface = maps.race.loss_surface
    floor = float(np.floor(np.log10(maps.race.tolerance))) - DEEPER
    roof = float(np.ceil(np.log10(parts.ceiling(surface)[1] - (surface.minimum or 0))))
    low = min(max(low, floor), roof - 1)
    return low, max(min(high, roof), low + 1)


def _codes(shown: Shown) -> NDArray[np.int64]:
    return np.where(shown.gone, GONE, np.where(np.isnan(shown.numbers), NEVER, NUMBER))


def _words(measure: str) -> dict[int, str]:
    never = "never diverges" if measure == "diverged" else "never arrives"
    return {NEVER: never, GONE: "diverged"}


def _scale(
    figure: Mapping[str, Any], title: str, bounds: tuple[float, float], shown: Sequence[Shown], words: Mapping[int, str]
) -> Payload:
    """Describe the colours: a bar with ticks, and the colours of cells without a number where there are any."""
    low, high = bounds
    bar, colours = figure["data"][0].get("colorbar", {}), figure["data"][0]["colorscale"]
    at = bar.get("tickvals") or np.linspace(low, high, 5).tolist()
    texts = list(bar.get("ticktext") or [written(round(each)) for each in at])
    beyond = np.concatenate([each.numbers[np.isfinite(each.numbers)].ravel() for each in shown])
    if shown[0].log and beyond.size:
        texts[0] = f"≤ {texts[0]}" if beyond.min() < 10**low else texts[0]
        texts[-1] = f"≥ {texts[-1]}" if beyond.max() > 10**high and at[-1] == high else texts[-1]
    codes = np.unique(np.concatenate([_codes(each).ravel() for each in shown])).tolist()
    looks = {NEVER: SYMBOLIC.never, GONE: SYMBOLIC.gone}
    return {
        "title": title,
        "colours": colours,
        "ticks": [[(each - low) / (high - low), text] for each, text in zip(at, texts, strict=True)],
        "kinds": [{"colour": colour, "text": words[code]} for code, colour in looks.items() if code in codes],
    }


def _counted(atlas: Atlas) -> list[Payload]:
    return [
        {"colour": entry.colour, "text": entry.text, "count": f"{entry.cells} · {_percent(entry.share)}"}
        for entry in legend(atlas, SYMBOLIC)
    ]


def _arrived(maps: Maps, reached: Array) -> str:
    known = maps.race.loss_surface.minimum is not None
    return f"{_percent(share(reached))} arrive" if known else "no minimum to arrive at"


def _ended(atlas: Atlas) -> str:
    there = sum(count for code, count in atlas.counts().items() if code >= 0 and atlas.points[code].listed)
    if not any(point.listed for point in atlas.points):
        return "none ends at f*"
    return f"{_percent(there / atlas.ends.size)} end at f*"


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
