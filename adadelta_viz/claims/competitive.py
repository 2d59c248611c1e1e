"""Claim 11, "Competitive": the tuned race over every surface that has a minimum, computed surface by surface."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from adadelta_viz.claims import controls
from adadelta_viz.claims.claim import Claim, Finding, Numbers, Progress, Verdict, found
from adadelta_viz.claims.picture import Chart, Row, Table
from adadelta_viz.core import OPTIMIZERS, SURFACES, sweep
from adadelta_viz.core.measures import steps_to
from adadelta_viz.core.race import GRID, TOLERANCE, tuning_grid
from adadelta_viz.core.settings import BUDGET
from adadelta_viz.figures import Axis, Series

NEAR = TOLERANCE["tolerance"].default
_RIVALS = controls.RIVALS
_LIMITS = {"factor": 2.0, "tried": GRID}


class Tried(NamedTuple):
    """What came of all settings of one optimizer on one surface: how many arrive, and the steps of the fastest."""

    arriving: int
    fewest: float


Results = dict[str, dict[str, Tried]]
"""By surface and optimizer."""


def find(noise: float, steps: float) -> Iterator[Progress]:
    """Tune everybody on one surface after the other, and see who arrives and how soon."""
    results: Results = {}
    for done, surface in enumerate(controls.GOALS, start=1):
        results[surface] = {key: _tried(surface, key, noise, int(steps)) for key in _RIVALS}
        yield Progress(done, len(controls.GOALS), _so_far(results, noise, steps))


@lru_cache(maxsize=1024)
def _tried(surface: str, key: str, noise: float, steps: int) -> Tried:
    where, optimizer = SURFACES[surface], OPTIMIZERS[key]
    measure = steps_to((where.minimum or 0.0) + NEAR)
    setting: dict[str, Any] = {optimizer.tuned: tuning_grid(optimizer)}
    taken = sweep(where, optimizer, where.start, steps, measure, noise=noise, **setting)
    return Tried(int(np.isfinite(taken).sum()), float(np.fmin.reduce(taken)))


def _so_far(results: Results, noise: float, steps: float) -> Finding:
    arrived = {key: sum(each[key].arriving > 0 for each in results.values()) for key in _RIVALS}
    share = {key: 100 * sum(each[key].arriving for each in results.values()) / GRID / len(results) for key in _RIVALS}
    slower = {key: _slower(results, key) for key in _RIVALS}
    others = [key for key in _RIVALS if key != "adadelta"]
    most, fewest = max(others, key=arrived.__getitem__), min(others, key=arrived.__getitem__)
    fastest = min(others, key=lambda key: np.nan_to_num(slower[key], nan=np.inf))
    numbers = {
        "ours": arrived["adadelta"],
        "surfaces": len(results),
        "most": arrived[most],
        "fewest": arrived[fewest],
        "slower": slower["adadelta"],
        "fastest": slower[fastest],
        "share": share["adadelta"],
        "best_share": max(share[key] for key in others),
        **_LIMITS,
        "near": NEAR,
        "steps": steps,
    }
    others_told = "all others on {most}"
    if arrived[most] > arrived[fewest]:
        others_told = f"{OPTIMIZERS[most].title} on {{most}}, {OPTIMIZERS[fewest].title} on {{fewest}}"
    told = (
        "With the best of {tried} settings AdaDelta comes within {near} of the minimum on {ours} of {surfaces} "
        "surfaces; "
        f"{others_told}. Where it arrives, its median is "
        "{slower} times the steps of whoever is fastest there; "
        f"for {OPTIMIZERS[fastest].title} it is {{fastest}}. Of all its settings {{share}} % arrive, of the best of "
        f"the "
        "others {best_share} %."
    )
    return found(_verdict, told, numbers, *_pictures(results, arrived, noise, steps))


def _slower(results: Results, key: str) -> float:
    """Return by what factor an optimizer is slower than the fastest, in the median of the surfaces where it arrives."""
    factors = [
        each[key].fewest / min(tried.fewest for tried in each.values() if tried.arriving)
        for each in results.values()
        if each[key].arriving
    ]
    return float(np.median(factors)) if factors else float("nan")


def _verdict(n: Numbers) -> Verdict:
    if n["ours"] < n["fewest"] or not n["ours"]:
        return "false"
    return "true" if n["ours"] >= n["most"] and n["slower"] <= _LIMITS["factor"] else "depends"


def _pictures(results: Results, arrived: dict[str, int], noise: float, steps: float) -> tuple[Chart, Table]:
    caption = (
        f"{steps:g} steps from the start of the catalogue, within {NEAR:g} of the minimum, gradient noise {noise:g}"
    )
    counts = np.array([float(arrived[key]) for key in _RIVALS])
    bars = Series(controls.titles(_RIVALS), counts, "surfaces", "@adadelta", "bars")
    rows: tuple[Row, ...] = tuple(
        (controls.GOALS[surface], *(each[key].fewest for key in _RIVALS)) for surface, each in results.items()
    )
    return (
        Chart("Surfaces on which anybody arrives", (bars,), Axis(""), Axis("surfaces", floor=0), caption),
        Table(f"Fewest steps of {GRID} settings", ("surface", *controls.titles(_RIVALS)), rows, caption),
    )


CLAIM = Claim(
    "competitive",
    "The race",
    "Its convergence is competitive.",
    {
        "noise": BUDGET["noise"],
        "steps": BUDGET["steps"]._replace(lower=100),
    },
    find,
    "True when no other optimizer arrives on more surfaces and AdaDelta takes at most {factor} times the steps of the "
    "fastest, false when all others arrive on more, else it depends. Everybody has the best of {tried} settings, "
    "spread over the decades of its slider.",
    "Down a valley AdaDelta builds its pace from ε alone and has no momentum, so that it needs many steps; where the "
    "curvature is above two, it cannot stay at the bottom. Both cost it little where gradients are noisy and nobody "
    "needs the exact minimum, as in the networks of the paper.",
    "Try two or three methods with a few learning rates each. No method wins everywhere.",
    "Zeiler (2012), section 4; Schmidt, Schneider and Hennig (2021), arXiv:2007.01547, on how little separates methods",
    constants=_LIMITS,
)
