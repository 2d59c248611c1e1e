"""What the traces show: for one run its loss, each of its memories and the rate it makes; for a race what compares."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from adadelta_viz.core import OPTIMIZERS, Surface, Trajectory
from adadelta_viz.core.arrays import Array
from adadelta_viz.core.run import measures
from adadelta_viz.experiments import Experiment
from adadelta_viz.figures import Line, Panel
from adadelta_viz.figures.theme import SYMBOLIC
from adadelta_viz.notation.numbers import written

FADED = 1e-24  # memories below this are drawn as gone: an axis of three hundred decades shows nothing


class Look(NamedTuple):
    """How a run is drawn in a race: its key, its colour, its dash in Plotly's words."""

    key: str
    color: str
    dash: str


def of_run(surface: Surface, experiment: Experiment, run: Trajectory, limits: tuple[float, float]) -> list[Panel]:
    """Show one run: the loss, each memory of the optimizer, and the learning rate that it makes."""
    optimizer = OPTIMIZERS[experiment.optimizer]
    shown = [_loss(surface, [run], [Look(optimizer.key, f"@{optimizer.key}", "solid")], limits)]
    for name, quantity in optimizer.state.items():
        memory = run.state[name][1:]
        lines = _both(memory, optimizer.key)
        title = f"{quantity.symbol}  {quantity.meaning}"
        if name == "mean_sq_delta":
            title += ", ε dotted"
            eps = np.full(int(experiment.numbers["steps"]) + 1, experiment.numbers["eps"])
            lines.append(Line(eps, SYMBOLIC.muted, "dot"))
        positive = bool((memory >= 0).all())
        shown.append(Panel(title, lines, log=positive, floor=FADED if positive else None))
    title = "RMS[Δθ] / RMS[g]  the learning rate it makes" if optimizer.key == "adadelta" else "|Δθ| / |g|"
    return [*shown, Panel(title, _both(measures.effective_rate(run), optimizer.key))]


def of_race(
    surface: Surface, runs: Sequence[Trajectory], looks: Sequence[Look], limits: tuple[float, float]
) -> list[Panel]:
    """Show a race: the loss of each run, the length of its steps, and that length per unit of slope."""
    pairs = list(zip(runs, looks, strict=True))
    lengths = [_curve(np.linalg.norm(run.delta, axis=1), look) for run, look in pairs]
    rates = [_curve(_overall_rate(run), look) for run, look in pairs]
    return [
        _loss(surface, runs, looks, limits),
        Panel("|Δθ|  length of the step", lengths, ceiling=10 * float(np.hypot(*np.ptp(surface.domain, axis=1)))),
        Panel("|Δθ| / |g|  the learning rate that comes of it", rates, floor=1e-9, ceiling=1e3),
    ]


def _loss(surface: Surface, runs: Sequence[Trajectory], looks: Sequence[Look], limits: tuple[float, float]) -> Panel:
    """The loss above its minimum on a log scale, or as it is where no minimum is known; the map sets the limits."""
    low, high = limits
    base = surface.minimum or 0.0
    lines = [_curve(run.value - base, look, first=0) for run, look in zip(runs, looks, strict=True)]
    if surface.minimum is None:
        return Panel("loss", lines, log=False, floor=low, ceiling=high)
    title = "loss" if base == 0 else f"loss above {written(base)}"
    return Panel(title, lines, floor=1e-16, ceiling=high - base)


def _curve(values: Array, look: Look, first: int = 1) -> Line:
    return Line(values, look.color, look.dash, first=first, run=look.key)


def _both(values: Array, key: str) -> list[Line]:
    """One line per coordinate, y dashed, so that colour is not needed to tell them apart."""
    return [Line(values[:, 0], SYMBOLIC.x, first=1, run=key), Line(values[:, 1], SYMBOLIC.y, "dash", first=1, run=key)]


def _overall_rate(run: Trajectory) -> Array:
    slope = np.linalg.norm(run.gradient[:-1], axis=1)
    rate: Array = np.linalg.norm(run.delta, axis=1) / np.where(slope > 0, slope, np.nan)
    return rate
