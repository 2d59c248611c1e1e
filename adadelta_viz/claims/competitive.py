"""Claim 11, "Competitive": the tuned race over every surface that has a minimum, computed surface by surface."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from adadelta_viz.claims import controls
from adadelta_viz.claims.claim import Claim, Finding, Numbers, Progress, Verdict, found
from adadelta_viz.claims.picture import Picture, Row, Table, bars, titles
from adadelta_viz.core import OPTIMIZERS, SURFACES, sweep
from adadelta_viz.core.measures import steps_to
from adadelta_viz.core.race import GRID, tuning_grid
from adadelta_viz.core.settings import BUDGET
from adadelta_viz.figures import Axis

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
        results[surface] = {key: _tried(surface, key, noise, int(steps)) for key in controls.RIVALS}
        yield Progress(done, len(controls.GOALS), _so_far(results, noise, steps))


@lru_cache(maxsize=1024)
def _tried(surface: str, key: str, noise: float, steps: int) -> Tried:
    where, optimizer = SURFACES[surface], OPTIMIZERS[key]
    measure = steps_to(controls.minimum(surface) + controls.NEAR)
    setting: dict[str, Any] = {optimizer.tuned: tuning_grid(optimizer)}
    taken = sweep(where, optimizer, where.start, steps, measure, noise=noise, **setting)
    return Tried(int(np.isfinite(taken).sum()), float(np.fmin.reduce(taken)))


def _so_far(results: Results, noise: float, steps: float) -> Finding:
    arrived = {key: float(sum(each[key].arriving > 0 for each in results.values())) for key in controls.RIVALS}
    share = {key: 100 * np.mean([each[key].arriving / GRID for each in results.values()]) for key in controls.RIVALS}
    slower = {key: _slower(results, key) for key in controls.RIVALS}
    others = [key for key in controls.RIVALS if key != "adadelta"]
    most, fewest = max(others, key=arrived.__getitem__), min(others, key=arrived.__getitem__)
    fastest = min(others, key=slower.__getitem__)
    numbers = {
        "ours": arrived["adadelta"],
        "surfaces": len(results),
        "most": arrived[most],
        "fewest": arrived[fewest],
        "slower": slower["adadelta"],
        "fastest": slower[fastest],
        "share": share["adadelta"],
        "best_share": max(share[key] for key in others),
        "tried": GRID,
        "near": controls.NEAR,
        "steps": steps,
    }
    told = _told(*titles((most, fewest, fastest)), alike=arrived[most] == arrived[fewest])
    return found(_verdict, told, numbers, *_pictures(results, arrived, noise, steps))


def _slower(results: Results, key: str) -> float:
    """Return how many times the steps of the fastest an optimizer takes, in the median of where it arrives."""
    factors = [
        each[key].fewest / min(tried.fewest for tried in each.values() if tried.arriving)
        for each in results.values()
        if each[key].arriving
    ]
    return float(np.median(factors)) if factors else float("inf")


def _verdict(n: Numbers) -> Verdict:
    if n["ours"] < n["fewest"] or not n["ours"]:
        return "false"
    return "true" if n["ours"] >= n["most"] and n["slower"] <= _LIMITS["factor"] else "depends"


def _told(most: str, fewest: str, fastest: str, *, alike: bool) -> str:
    others = "all others on {most}" if alike else f"{most} on {{most}}, {fewest} on {{fewest}}"
    return (
        "With the best of {tried} settings AdaDelta comes within {near} of the minimum on {ours} of {surfaces} "
        f"surfaces in {{steps}} steps; {others}. Where it arrives, it takes in the median {{slower}} times the steps "
        f"of the fastest there; of the others the lowest is {{fastest}}, {fastest}. Of all its settings {{share}} % "
        "arrive, of the best of the others {best_share} %."
    )


def _pictures(results: Results, arrived: dict[str, float], noise: float, steps: float) -> tuple[Picture, ...]:
    caption = (
        f"{steps:g} steps from the start of the catalogue, within {controls.NEAR:g} of the minimum, noise {noise:g}"
    )
    rows: tuple[Row, ...] = tuple(
        (controls.GOALS[surface], *(each[key].fewest for key in controls.RIVALS)) for surface, each in results.items()
    )
    return (
        bars("Surfaces on which anybody arrives", arrived, Axis("surfaces", floor=0), caption),
        Table("Steps with the fastest of all settings", ("surface", *titles(controls.RIVALS)), rows, caption),
    )


CLAIM = Claim(
    "competitive",
    "The race",
    "Its convergence is competitive.",
    {"noise": BUDGET["noise"], "steps": BUDGET["steps"]._replace(lower=100)},
    find,
    "True when no other optimizer arrives on more surfaces and AdaDelta takes at most {factor} times the steps of the "
    "fastest, false when all others arrive on more, else it depends. Everybody has the best of {tried} settings, "
    "spread over the decades of its slider.",
    "Down a valley AdaDelta builds its pace from ε alone and has no momentum, so that it needs many steps; where the "
    "curvature is above two, it does not stay at the bottom. To count as arrived it is enough to have been there.",
    "Try two or three methods with a few learning rates each. No method of the six wins everywhere.",
    "Zeiler (2012), section 4; Schmidt, Schneider and Hennig (2021), arXiv:2007.01547, on how little separates methods",
    constants=_LIMITS,
)
