"""The parts that every payload is made of: the still landscape, a packed run, its equations, captions and colours."""

import hashlib
import json
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from adadelta_viz.core import OPTIMIZERS, Surface, Trajectory
from adadelta_viz.core.arrays import Array
from adadelta_viz.experiments import Experiment
from adadelta_viz.figures import DARK, LIGHT, landscape
from adadelta_viz.figures.theme import SYMBOLIC
from adadelta_viz.notation.mathml import formula, notation, numbers, terms
from adadelta_viz.notation.numbers import written
from adadelta_viz.player.packing import packed

Payload = dict[str, Any]
GRID = 110  # points along each side of the landscape

SLOPE = {
    "formula": "<math><msub><mi>g</mi><mi>t</mi></msub><mo>=</mo><mo>∇</mo><mi>f</mi><mo>(</mo>"
    "<msub><mi>θ</mi><mrow><mi>t</mi><mo>−</mo><mn>1</mn></mrow></msub><mo>)</mo></math>",
    "numbers": '<math><mn data-term="gradient" data-at="0" data-result></mn></math>',
}
"""The first line of every update."""


def frame(experiment: Experiment, identity: Sequence[Any], caption: str) -> Payload:
    """Return what does not depend on who runs: id, clock, start, landscape, caption and colours."""
    return {
        "id": hashlib.blake2b(json.dumps(identity).encode(), digest_size=8).hexdigest(),
        "steps": int(experiment.numbers["steps"]),
        "start": list(experiment.start),
        "landscape": _landscape(experiment.loss_surface),
        "caption": caption,
        "themes": themes(),
        "name": f"adadelta-laboratory-{experiment.loss_surface.key}",
    }


def packed_run(experiment: Experiment, run: Trajectory, role: str, label: str) -> Payload:
    """Pack the arrays of one run, with what its tooltip reads out; terms are those of the equations, beside θ."""
    optimizer = OPTIMIZERS[experiment.optimizer]
    asked = _terms(optimizer.key)
    return packed_path(experiment, run, role, label) | {
        "terms": packed(
            {name: array for name, array in terms(optimizer, run, experiment.hyper).items() if name in asked}
        ),
        "readout": [{"label": quantity.symbol, "term": name} for name, quantity in optimizer.state.items()],
    }


def packed_path(experiment: Experiment, run: Trajectory, role: str, label: str) -> Payload:
    """Pack what the picture of one path needs: where it went, how high it was, and why it ended."""
    return {
        "key": experiment.optimizer,
        "label": label,
        "role": role,
        "dash": [],
        "theta": packed(run.theta),
        "value": packed(run.value),
        "stopped": "" if run.stopped == "steps" else run.stopped,
    }


def equations(experiment: Experiment) -> Payload:
    """Print the update line by line: the slope first, then the optimizer's own equations."""
    return {"columns": ["x", "y"], "lines": [SLOPE, *_update(experiment.optimizer, tuple(experiment.hyper.items()))]}


def conditions(experiment: Experiment) -> str:
    """Say surface, start, steps and noise in one line."""
    x, y = (written(number) for number in experiment.start)
    return f"{experiment.loss_surface.title} from ({x}, {y}) · {budget(experiment)}"


def budget(experiment: Experiment) -> str:
    """Say steps and noise."""
    given = experiment.numbers
    noise = f"noise {written(given['noise'])}, seed {given['seed']}" if given["noise"] else "no noise"
    return f"{given['steps']} steps · {noise}"


def hyper(experiment: Experiment, without: Collection[str] = ()) -> str:
    """Say the hyperparameters in one line."""
    symbols = notation(OPTIMIZERS[experiment.optimizer])
    said = (name for name in experiment.hyper if name not in without)
    return " · ".join(f"{symbols[name]} {written(experiment.hyper[name])}" for name in said)


@lru_cache(maxsize=64)
def ceiling(surface: Surface) -> tuple[float, float]:
    """Return the lowest and highest value in a surface's window: the limits that no runaway loss can stretch."""
    heights = grid(surface)[2]
    finite = heights[np.isfinite(heights)]
    return (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)


@lru_cache(maxsize=16)
def grid(surface: Surface) -> tuple[Array, Array, Array]:
    """Return the lines and the heights from which a surface's landscape is drawn."""
    x, y = (np.linspace(*ends, GRID) for ends in surface.domain)
    return x, y, surface.value(np.array(np.meshgrid(x, y)))


@lru_cache(maxsize=64)
def _landscape(surface: Surface) -> Payload:
    return {"id": surface.key, **packed(landscape(*grid(surface), surface.minima, SYMBOLIC))}


@lru_cache(maxsize=256)
def _update(key: str, chosen: tuple[tuple[str, float], ...]) -> list[dict[str, str]]:
    """Print an optimizer's equations with its hyperparameters filled in; a new start or surface changes nothing."""
    holes = [numbers(equation, dict(chosen)) for equation in OPTIMIZERS[key].equations]
    pairs = zip(_formulas(key), holes, strict=True)
    return [{"formula": letters, "numbers": filled} for letters, filled in pairs]


@lru_cache(maxsize=64)
def _terms(key: str) -> set[str]:
    """Name what the lines of an update ask for, without what every run carries anyway."""
    symbols = {symbol for equation in OPTIMIZERS[key].equations for symbol in equation.free_symbols}
    return {"gradient", *(symbol.name.partition("|")[0] for symbol in symbols)} - {"theta"}


@lru_cache(maxsize=64)
def _formulas(key: str) -> list[str]:
    return [formula(OPTIMIZERS[key], equation) for equation in OPTIMIZERS[key].equations]


@lru_cache(maxsize=1)
def themes() -> Payload:
    """Return both sets of colours as the browser reads them."""
    return {name: theme.as_data() for name, theme in (("light", LIGHT), ("dark", DARK))}
