"""Claim 11, "Competitive": the tuned race over every surface that has a minimum, computed surface by surface."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from adadelta_viz.claims import controls
from adadelta_viz.claims.claim import Claim, Finding, Numbers, Progress, Verdict, found
from adadelta_viz.claims.picture import Picture, Row, Table, bars, titles
from adadelta_viz.core import OPTIMIZERS, SURFACES, sweep
from adadelta_viz.core.arrays import Array
from adadelta_viz.core.run.measures import steps_to
from adadelta_viz.experiments.parameters import RUN_SETTINGS
from adadelta_viz.experiments.race import GRID, tuning_grid
from adadelta_viz.figures import Axis
from adadelta_viz.notation.numbers import written

_LIMITS = {"factor": 2.0, "tried": GRID}


class Tried(NamedTuple):
    """What came of all settings of one optimizer on one surface, from starts that differ in their last bit.

    ``share`` of the settings that arrive and ``fewest`` steps, those of the fastest setting, nan where none arrives:
    one number for each start.
    """

    share: Array
    fewest: Array

    @property
    def arrives(self) -> NDArray[np.bool_]:
        """From which starts some setting arrives."""
        return np.isfinite(self.fewest)


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
    starts = controls.nearby_starts(where)[:, :, None]
    taken = sweep(where, optimizer, starts, steps, measure, noise=noise, **setting)
    return Tried(np.isfinite(taken).mean(axis=1), np.fmin.reduce(taken, axis=1))


def _so_far(results: Results, noise: float, steps: float) -> Finding:
    arrived = {key: np.sum([each[key].arrives for each in results.values()], axis=0) for key in controls.RIVALS}
    share = {key: 100 * np.mean([each[key].share for each in results.values()], axis=0) for key in controls.RIVALS}
    slower = {key: _slower(results, key) for key in controls.RIVALS}
    mean = {key: float(np.mean(counts)) for key, counts in arrived.items()}
    others = [key for key in controls.RIVALS if key != "adadelta"]
    numbers: dict[str, float | Array] = {
        "ours": mean["adadelta"],
        "surfaces": len(results),
        "fewest": min(mean[key] for key in others),
        "most": max(mean[key] for key in others),
        "slower": slower["adadelta"],
        "fastest": min(slower[key].mean() for key in others),
        "share": share["adadelta"],
        "best_share": max(share[key].mean() for key in others),
        "tried": GRID,
        "near": controls.NEAR,
        "steps": steps,
    }
    digits = {"ours": 2, "fewest": 2, "most": 2, "slower": 2, "fastest": 1, "share": 1}
    return found(_verdict, _TOLD, numbers, *_pictures(results, mean, noise, steps), digits=digits)


def _slower(results: Results, key: str) -> Array:
    """Return how many times the steps of the fastest an optimizer takes, in the median of where it arrives."""
    steps = np.array([[each[rival].fewest for rival in controls.RIVALS] for each in results.values()])
    factors = steps[:, controls.RIVALS.index(key)] / np.fmin.reduce(steps, axis=1)
    return np.array([np.median(each[np.isfinite(each)]) if np.isfinite(each).any() else np.inf for each in factors.T])


def _verdict(n: Numbers) -> Verdict:
    if n["ours"] < n["fewest"] or not n["ours"]:
        return "false"
    return "true" if n["ours"] >= n["most"] and n["slower"] <= _LIMITS["factor"] else "depends"


_TOLD = (
    "With the best of {tried} settings AdaDelta comes within {near} of the minimum on {ours} of {surfaces} surfaces in "
    "{steps} steps; of the others the worst on {fewest}, the best on {most}. Where it arrives, it takes in the median "
    "{slower} times the steps of the fastest there; of the others the lowest is {fastest}. Of all its settings {share} "
    "% arrive, of the best of the others {best_share} %."
)


def _pictures(results: Results, arrived: Mapping[str, float], noise: float, steps: float) -> tuple[Picture, ...]:
    caption = f"{written(steps)} steps from the start of the catalogue, "
    caption += f"within {written(controls.NEAR)} of the minimum, noise {written(noise)}"
    rows: tuple[Row, ...] = tuple(
        (controls.GOALS[surface], *(_median(each[key].fewest) for key in controls.RIVALS))
        for surface, each in results.items()
    )
    nearby = f"{caption}; the median of starts that differ in their last bit"
    return (
        bars("Surfaces on which anybody arrives", arrived, Axis("surfaces", floor=0), caption),
        Table("Steps with the fastest of all settings", ("surface", *titles(controls.RIVALS)), rows, nearby),
    )


def _median(fewest: Array) -> float:
    """Return the median over the starts; nan where nobody arrives from most of them."""
    median = float(np.median(np.nan_to_num(fewest, nan=np.inf)))
    return median if np.isfinite(median) else float("nan")


CLAIM = Claim(
    "competitive",
    "The race",
    "Its convergence is competitive.",
    (
        RUN_SETTINGS["noise"],
        RUN_SETTINGS["steps"].change(lower=100),
    ),
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
