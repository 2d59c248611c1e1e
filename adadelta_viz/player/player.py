"""What the player plays: finished runs, still figures and formulas, packed into one JSON object.

The browser gets whole arrays once per run and only replays them; no formula of an optimizer exists in JavaScript.
"""

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from adadelta_viz.core import OPTIMIZERS, SURFACES, Experiment, Surface, Trajectory, measures
from adadelta_viz.core.arrays import Array
from adadelta_viz.core.notation import formula, notation, numbers, terms, written
from adadelta_viz.figures import DARK, LIGHT, Line, Panel, landscape, traces
from adadelta_viz.figures.theme import SYMBOLIC

Payload = dict[str, Any]
GRID = 110  # points along each side of the landscape


def payload(experiment: Experiment, run: Trajectory) -> Payload:
    """Pack one run for ``mount`` in player.js.

    Parameters
    ----------
    experiment
        The conditions; they go into the caption and into the run's id.
    run
        ``experiment.run()``.

    Examples
    --------
    >>> experiment = Experiment(numbers={"steps": 5})
    >>> packed = payload(experiment, experiment.run())
    >>> packed["caption"]
    'Rosenbrock from (−1.5, 2) · 5 steps · ρ 0.95 · ε 1e−6 · η 1 · no noise'
    """
    surface, optimizer = SURFACES[experiment.surface], OPTIMIZERS[experiment.optimizer]
    steps = int(experiment.numbers["steps"])
    quantities = terms(optimizer, run, experiment.hyper)
    return {
        "id": _digest(experiment),
        "steps": steps,
        "start": list(experiment.start),
        "landscape": _landscape(surface.key),
        "traces": packed(traces(panels(experiment, run), steps, SYMBOLIC)),
        "runs": [
            {
                "key": optimizer.key,
                "label": optimizer.title,
                "role": optimizer.key,
                "dash": [],
                "theta": packed(run.theta),
                "value": packed(run.value),
                "stopped": "" if run.stopped == "steps" else run.stopped,
                "terms": {name: packed(values) for name, values in quantities.items()},
                "readout": [{"label": label, "term": name} for name, label in optimizer.state.items()],
            }
        ],
        "equations": {"columns": ["x", "y"], "lines": _lines(experiment)},
        "caption": caption(experiment),
        "themes": themes(),
    }


def caption(experiment: Experiment) -> str:
    """Say the conditions of an experiment in one line."""
    numbers_ = experiment.numbers
    x, y = (written(number) for number in experiment.start)
    noise = f"noise {written(numbers_['noise'])}, seed {numbers_['seed']:g}" if numbers_["noise"] else "no noise"
    symbols = notation(OPTIMIZERS[experiment.optimizer])
    hyper = [f"{symbols[name]} {written(value)}" for name, value in experiment.hyper.items()]
    title = SURFACES[experiment.surface].title
    return " · ".join([f"{title} from ({x}, {y})", f"{numbers_['steps']:g} steps", *hyper, noise])


def panels(experiment: Experiment, run: Trajectory) -> list[Panel]:
    """Choose what the traces show: the loss, each memory of the optimizer, and the learning rate that it makes."""
    surface, optimizer = SURFACES[experiment.surface], OPTIMIZERS[experiment.optimizer]
    shown = [_loss(surface, run, optimizer.key)]
    for name, quantity in optimizer.state.items():
        memory = run.state[name][1:]
        lines = _both(memory, optimizer.key)
        title = f"{quantity.symbol}  {quantity.meaning}"
        if name == "mean_sq_delta":
            title += ", ε dotted"
            eps = np.full(int(experiment.numbers["steps"]) + 1, experiment.numbers["eps"])
            lines.append(Line(eps, SYMBOLIC.muted, "dot"))
        shown.append(Panel(title, lines, log=bool((memory >= 0).all())))
    title = "RMS[Δθ] / RMS[g]  the learning rate it makes" if optimizer.key == "adadelta" else "step per gradient"
    shown.append(Panel(title, _both(measures.effective_rate(run), optimizer.key)))
    return shown


def _both(values: Array, key: str) -> list[Line]:
    """One line per coordinate, y dashed, so that colour is not needed to tell them apart."""
    return [Line(values[:, 0], SYMBOLIC.x, first=1, run=key), Line(values[:, 1], SYMBOLIC.y, "dash", first=1, run=key)]


def _loss(surface: Surface, run: Trajectory, key: str) -> Panel:
    """The loss above its minimum on a log scale, or as it is where no minimum is known; the map sets the ceiling."""
    _, _, heights = grid(surface.key)
    color = SYMBOLIC.adadelta if key == "adadelta" else f"@{key}"
    if surface.minimum is None:
        line = Line(run.value, color, run=key)
        return Panel("loss", [line], log=False, floor=float(heights.min()), ceiling=float(heights.max()))
    above = Line(run.value - surface.minimum, color, run=key)
    title = "loss" if surface.minimum == 0 else f"loss above {written(surface.minimum)}"
    return Panel(title, [above], floor=1e-16, ceiling=float(heights.max() - surface.minimum))


@lru_cache(maxsize=64)
def grid(key: str) -> tuple[Array, Array, Array]:
    """Return the grid lines of a surface's window and the heights on it, ``(GRID, GRID)``."""
    surface = SURFACES[key]
    x, y = (np.linspace(*ends, GRID) for ends in surface.domain)
    return x, y, surface.value(np.array(np.meshgrid(x, y)))


@lru_cache(maxsize=64)
def _landscape(key: str) -> Payload:
    figure = packed(landscape(*grid(key), SURFACES[key].minima, SYMBOLIC))
    return {"id": key, **figure}


@lru_cache(maxsize=64)
def _formulas(key: str) -> list[str]:
    return [formula(OPTIMIZERS[key], equation) for equation in OPTIMIZERS[key].equations]


def _lines(experiment: Experiment) -> list[dict[str, str]]:
    """Print the update line by line: the slope first, then the optimizer's own equations."""
    optimizer = OPTIMIZERS[experiment.optimizer]
    update = [numbers(equation, experiment.hyper) for equation in optimizer.equations]
    own = [
        {"formula": letters, "numbers": holes} for letters, holes in zip(_formulas(optimizer.key), update, strict=True)
    ]
    return [SLOPE, *own]


SLOPE = {
    "formula": "<math><msub><mi>g</mi><mi>t</mi></msub><mo>=</mo><mo>∇</mo><mi>f</mi><mo>(</mo>"
    "<msub><mi>θ</mi><mrow><mi>t</mi><mo>−</mo><mn>1</mn></mrow></msub><mo>)</mo></math>",
    "numbers": '<math><mn data-term="gradient" data-at="0" data-result></mn></math>',
}


@lru_cache(maxsize=1)
def themes() -> Payload:
    """Return the colours of both themes for the player."""
    return {name: theme.as_data() for name, theme in (("light", LIGHT), ("dark", DARK))}


def _digest(experiment: Experiment) -> str:
    named = json.dumps([experiment.surface, experiment.optimizer, dict(experiment.numbers)])
    return hashlib.blake2b(named.encode(), digest_size=8).hexdigest()


def packed(value: Any) -> Any:
    """Replace each array of a nested structure by Plotly's typed-array form: dtype, base64 bytes, shape.

    Single precision where the numbers fit it, which halves what travels; double where they would overflow or vanish.
    """
    if isinstance(value, Mapping):
        return {key: packed(each) for key, each in value.items()}
    if isinstance(value, np.ndarray):
        return _typed(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [packed(each) for each in value]
    return value


def _typed(array: Array) -> dict[str, str]:
    sizes = np.abs(array[np.isfinite(array) & (array != 0)])
    fits = not sizes.size or (sizes.min() > 1e-37 and sizes.max() < 1e37)
    dtype = "f4" if fits else "f8"
    data = base64.b64encode(np.ascontiguousarray(array, f"<{dtype}").tobytes()).decode()
    return {"dtype": dtype, "bdata": data, "shape": ", ".join(map(str, array.shape))}
