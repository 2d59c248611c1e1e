"""Claim 10, "Insensitive to the start": who arrives from where, and how much longer the longest way takes."""

from functools import lru_cache

import numpy as np

from adadelta_viz.claims import controls
from adadelta_viz.claims.claim import Claim, Finding, Numbers, Verdict, found
from adadelta_viz.claims.picture import Chart
from adadelta_viz.core import OPTIMIZERS, SURFACES, Experiment, sweep
from adadelta_viz.core.arrays import Array
from adadelta_viz.core.measures import steps_to
from adadelta_viz.core.race import TOLERANCE, Race
from adadelta_viz.core.settings import BUDGET
from adadelta_viz.figures import Axis, Series

STEPS = 1000
SIDE = 14
NEAR = TOLERANCE["tolerance"].default
_RIVALS = controls.RIVALS
_LIMITS = {"most": 95.0, "few": 50.0, "factor": 3.0}


def find(surface: str, rates: str, noise: float) -> Finding:
    """Start from everywhere in the window, with the settings that suit the start of the catalogue."""
    taken = {key: _taken(surface, rates, noise, key) for key in _RIVALS}
    share = {key: 100 * float(np.isfinite(steps).mean()) for key, steps in taken.items()}
    spread = {key: _spread(steps) for key, steps in taken.items()}
    best = max((key for key in _RIVALS if key != "adadelta"), key=share.__getitem__)
    numbers = {
        "share": share["adadelta"],
        "spread": spread["adadelta"],
        "best_share": share[best],
        "best_spread": spread[best],
        "starts": SIDE**2,
        "near": NEAR,
        "steps": STEPS,
    }
    told = "From {share} % of {starts} starts AdaDelta comes within {near} of the minimum in {steps} steps"
    told += "; the slow tenth takes {spread} times the steps of the fast tenth. " if share["adadelta"] else ". "
    told += f"Of the others {OPTIMIZERS[best].title} arrives from most starts, {{best_share}} %"
    told += ", and the same factor is {best_spread}." if share[best] else "."
    t = np.arange(float(STEPS + 1))
    lines = [
        Series(t, 100 * np.mean(steps[:, None] <= t, axis=0), OPTIMIZERS[key].title, f"@{key}")
        for key, steps in taken.items()
    ]
    chart = Chart(
        "Starts that have arrived",
        tuple(lines),
        Axis("step"),
        Axis("percent", floor=0, ceiling=100),
        f"{controls.GOALS[surface]}, {SIDE} × {SIDE} starts, within {NEAR:g}, noise {noise:g}, learning rates "
        f"{controls.RATES.options[rates]}",
    )
    return found(_verdict, told, numbers, chart)


@lru_cache(maxsize=256)
def _taken(surface: str, rates: str, noise: float, key: str) -> Array:
    """Count the steps from each start of a grid, the centres of its cells; nan where nobody arrives."""
    where, own = SURFACES[surface], Experiment(surface, key, {"steps": STEPS, "noise": noise})
    (entrant,) = Race((own,), rates).entrants()  # type: ignore[arg-type]  # one of the three, the claim has checked it
    x, y = (low + (high - low) * (np.arange(SIDE) + 0.5) / SIDE for low, high in where.domain)
    starts = np.array(np.meshgrid(x, y)).reshape(2, -1)
    measure = steps_to((where.minimum or 0.0) + NEAR)
    return sweep(where, OPTIMIZERS[key], starts, STEPS, measure, noise=noise, seed=0, **entrant.hyper)


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
    return "true" if n["share"] >= _LIMITS["most"] and n["spread"] <= _LIMITS["factor"] else "depends"


CLAIM = Claim(
    "start",
    "The start",
    "It is insensitive to the start.",
    {"surface": controls.surface("himmelblau"), "rates": controls.RATES, "noise": BUDGET["noise"]},
    find,
    "True when at least {most} % of the starts arrive and the slow tenth takes at most {factor} times the steps of "
    "the fast tenth, false when fewer than {few} % arrive, else it depends.",
    "The first steps have the same length wherever they start, so a start twice as far away takes about twice the "
    "steps or less, and a steep wall does not throw AdaDelta off. But it only goes down: the valley of the start "
    "decides which minimum it reaches.",
    "Start several times from different points. With small initial weights gradients can fall below the root of ε, "
    "where AdaDelta crawls.",
    "popular articles: “insensitive to initial settings”",
    constants=_LIMITS,
)
