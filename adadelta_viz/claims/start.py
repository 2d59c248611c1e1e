"""Claim 10, "Insensitive to the start": who arrives from where, and how much longer a long way takes."""

from functools import lru_cache
from typing import Any

import numpy as np

from adadelta_viz.claims import controls
from adadelta_viz.claims.claim import Claim, Finding, Numbers, Verdict, found
from adadelta_viz.claims.picture import PERCENT, Chart, curve, titles
from adadelta_viz.core import OPTIMIZERS, SURFACES, sweep
from adadelta_viz.core.arrays import Array
from adadelta_viz.core.run.measures import Measure
from adadelta_viz.core.run.trajectory import Iterate
from adadelta_viz.core.surfaces.surface import Surface
from adadelta_viz.experiments.parameters import RUN_SETTINGS
from adadelta_viz.figures import Axis
from adadelta_viz.notation.numbers import written

STEPS, SIDE = 1000, 14
_LIMITS = {"most": 95.0, "few": 50.0, "factor": 3.0}


def find(surface: str, rates: str, noise: float) -> Finding:
    """Start from everywhere in the window, with the settings that suit the start of the catalogue."""
    arrivals = {key: _arrivals(surface, rates, noise, key) for key in controls.RIVALS}
    taken, where = {key: steps for key, (steps, _) in arrivals.items()}, arrivals["adadelta"][1]
    share = {key: 100 * float(np.isfinite(steps).mean()) for key, steps in taken.items()}
    best = max((key for key in taken if key != "adadelta"), key=share.__getitem__)
    numbers = {
        "share": share["adadelta"],
        "spread": _spread(taken["adadelta"]),
        "minima": len(SURFACES[surface].minima),
        "reached": len(np.unique(where[np.isfinite(where)])),
        "best_share": share[best],
        "best_spread": _spread(taken[best]),
        "starts": SIDE**2,
        "near": controls.NEAR,
        "steps": STEPS,
    }
    told = _told(*titles([best]), several=numbers["minima"] > 1, ours=share["adadelta"] > 0, theirs=share[best] > 0)
    return found(_verdict, told, numbers, _chart(taken, surface, rates, noise))


@lru_cache(maxsize=256)
def _arrivals(surface: str, rates: str, noise: float, key: str) -> tuple[Array, Array]:
    """Start from the centres of a grid of cells: the steps to arrive, and at which minimum; nan where nobody does."""
    where, resolved = SURFACES[surface], controls.resolved_run(surface, key, rates, steps=STEPS, noise=noise)
    x, y = (low + (high - low) * (np.arange(SIDE) + 0.5) / SIDE for low, high in where.domain)
    starts = np.array(np.meshgrid(x, y)).reshape(2, -1)
    kept = sweep(where, OPTIMIZERS[key], starts, STEPS, arrival(where), noise=noise, seed=0, **resolved.hyper)
    return kept // len(where.minima), kept % len(where.minima)


def arrival(surface: Surface) -> Measure:
    """Return the measure "step of arrival, and the nearest minimum then" as one number.

    The minima are counted within each step: ``divmod`` by their number gives both back.
    """
    level, minima = controls.minimum(surface.key) + controls.NEAR, np.array(surface.minima)

    def fold(kept: Any, iterate: Iterate) -> Array:
        arrives = np.isnan(kept) & (iterate.value <= level)
        if not arrives.any():
            return np.broadcast_to(kept, arrives.shape)
        distance = [np.hypot(*(iterate.theta - minimum.reshape(2, *(1,) * arrives.ndim))) for minimum in minima]
        return np.asarray(np.where(arrives, iterate.t * len(minima) + np.argmin(distance, axis=0), kept))

    return Measure("arrival", np.nan, fold)


def _spread(taken: Array) -> float:
    """Return the ratio of the slow tenth to the fast tenth of those who arrive."""
    arrived = taken[np.isfinite(taken)]
    if not arrived.size:
        return float("nan")
    fast, slow = np.quantile(np.maximum(arrived, 1), [0.1, 0.9])
    return float(slow / fast)


def _verdict(n: Numbers) -> Verdict:
    if n["share"] < _LIMITS["few"]:
        return "false"
    alike = n["share"] >= _LIMITS["most"] and n["spread"] <= _LIMITS["factor"] and n["reached"] == 1
    return "true" if alike else "depends"


def _told(best: str, *, several: bool, ours: bool, theirs: bool) -> str:
    told = "From {share} % of {starts} starts AdaDelta comes within {near} of the minimum in {steps} steps"
    told += "; the slow tenth of them takes {spread} times the steps of the fast tenth" if ours else ""
    told += ", and they end in {reached} of {minima} minima. " if several and ours else ". "
    told += f"Of the others {best} arrives from most starts, {{best_share}} %"
    return told + ("; there the factor is {best_spread}." if theirs else ".")


def _chart(taken: dict[str, Array], surface: str, rates: str, noise: float) -> Chart:
    t = np.arange(float(STEPS + 1))
    return Chart(
        "Starts that have arrived",
        tuple(curve(key, t, 100 * np.mean(steps[:, None] <= t, axis=0)) for key, steps in taken.items()),
        Axis("step"),
        PERCENT,
        f"{controls.GOALS[surface]}, {SIDE} × {SIDE} starts, within {written(controls.NEAR)} of the minimum, noise "
        f"{written(noise)}, learning rates {controls.RATES.options[rates]}",
    )


CLAIM = Claim(
    "start",
    "The start",
    "It is insensitive to the start.",
    (
        controls.surface("himmelblau"),
        controls.RATES,
        RUN_SETTINGS["noise"],
    ),
    find,
    "True when at least {most} % of the starts arrive, all in one minimum, and the slow tenth takes at most {factor} "
    "times the steps of the fast tenth, false when fewer than {few} % arrive, else it depends.",
    "The first steps have the same length wherever the slope is steep, and they grow, so a start twice as far away "
    "takes less than twice the steps, and a steep wall does not throw AdaDelta off. But it only goes down: the valley "
    "of the start decides which minimum it reaches.",
    "Start several times from different points. Where all gradients are below the root of ε, a step is no longer than "
    "the gradient: then make ε smaller.",
    "popular articles: “insensitive to initial settings”",
    constants=_LIMITS,
)
