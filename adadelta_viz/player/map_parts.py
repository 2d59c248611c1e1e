"""The parts that all maps in the browser are made of: their runs, sides, cells and colours."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from adadelta_viz.core import OPTIMIZERS
from adadelta_viz.core.arrays import Array
from adadelta_viz.experiments import Experiment
from adadelta_viz.experiments.maps.axes import Axis, placed
from adadelta_viz.experiments.maps.map_request import Maps
from adadelta_viz.experiments.maps.metrics import MetricValues
from adadelta_viz.figures import limits
from adadelta_viz.figures.theme import SYMBOLIC
from adadelta_viz.notation.mathml import notation
from adadelta_viz.notation.numbers import written
from adadelta_viz.player import parts
from adadelta_viz.player.packing import packed
from adadelta_viz.player.parts import Payload
from adadelta_viz.player.race_payload import DASHES, labels, roles

NUMBER, NEVER, DIVERGED_CELL = 0, 1, 2
"""What a cell has: a number, none because the run never got there, none because it diverged."""

DEEPER = 3
"""Decades below the tolerance that colours still tell apart."""


def run_heads(runs: Sequence[Experiment]) -> list[Payload]:
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


def packed_figure(figure: dict[str, Any]) -> Payload:
    """Pack a figure without its empty traces, with a name that changes when the picture does."""
    data = [trace for trace in figure["data"] if not np.isnan(trace.get("z", 0)).all()]
    pack = packed(figure | {"data": data})
    return {"figure": pack, "picture": hashlib.blake2b(json.dumps(pack).encode(), digest_size=8).hexdigest()}


def side_payload(side: Axis | None, run: Experiment) -> Payload:
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


def cell_readings(label: str, numbers: Array, codes: NDArray[np.int64], words: Mapping[int, str]) -> Payload:
    """Pack what each cell tells: its number, and the words of its code."""
    return {
        "label": label,
        "readings": packed(numbers),
        "codes": packed(codes.astype(np.int16)),
        "words": {str(code): word for code, word in words.items()},
    }


def colour_bounds(maps: Maps, shown: Sequence[MetricValues]) -> tuple[float, float]:
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


def cell_codes(shown: MetricValues) -> NDArray[np.int64]:
    """Say of each cell whether it has a number, and if not, why."""
    return np.where(shown.diverged, DIVERGED_CELL, np.where(np.isnan(shown.numbers), NEVER, NUMBER))


def code_words(measure: str) -> dict[int, str]:
    """Return what a cell without a number tells, by its code."""
    never = "never diverges" if measure == "diverged" else "never arrives"
    return {NEVER: never, DIVERGED_CELL: "diverged"}


def colour_scale(
    figure: Mapping[str, Any],
    title: str,
    bounds: tuple[float, float],
    shown: Sequence[MetricValues],
    words: Mapping[int, str],
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
    codes = np.unique(np.concatenate([cell_codes(each).ravel() for each in shown])).tolist()
    looks = {NEVER: SYMBOLIC.never, DIVERGED_CELL: SYMBOLIC.diverged}
    return {
        "title": title,
        "colours": colours,
        "ticks": [[(each - low) / (high - low), text] for each, text in zip(at, texts, strict=True)],
        "kinds": [{"colour": colour, "text": words[code]} for code, colour in looks.items() if code in codes],
    }
