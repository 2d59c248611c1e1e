"""Claim 9, "Stable and smooth": how often the loss goes up, and how far it goes up on its way down."""

from dataclasses import replace
from functools import lru_cache

import numpy as np

from adadelta_viz.claims import controls
from adadelta_viz.claims.claim import Claim, Finding, Numbers, Verdict, found
from adadelta_viz.claims.picture import PERCENT, Chart, bars, curve, titles
from adadelta_viz.core.arrays import Array
from adadelta_viz.experiments.parameters import RUN_SETTINGS
from adadelta_viz.figures import Axis
from adadelta_viz.notation.numbers import written

STEPS, SEEDS = 500, 5


def find(surface: str, rates: str, noise: float, seed: float) -> Finding:
    """Run six optimizers with five seeds of noise and look at every step of the loss."""
    losses = {key: _losses(surface, rates, noise, int(seed), key) for key in controls.RIVALS}
    upward = {key: 100 * float(np.mean([_upward(each) for each in runs])) for key, runs in losses.items()}
    detour = {key: float(np.mean([_detour(each) for each in runs])) for key, runs in losses.items()}
    calmest, straightest = _best_other(upward), _best_other(detour)
    numbers = {
        "upward": upward["adadelta"],
        "upward_rank": _rank(upward),
        "upward_least": upward[calmest],
        "detour": detour["adadelta"],
        "detour_rank": _rank(detour),
        "detour_least": detour[straightest],
        "runs": len(losses),
        "steps": STEPS,
    }
    caption = f"{controls.GOALS[surface]}, {STEPS} steps, noise {written(noise)}, "
    caption += f"learning rates {controls.RATES.options[rates]}"
    lines = tuple(curve(key, np.arange(float(len(runs[0]))), runs[0]) for key, runs in losses.items())
    return found(
        _verdict,
        _told(*titles((calmest, straightest))),
        numbers,
        Chart("Loss above the minimum", lines, Axis("step"), Axis("f − f*", log=True, floor=1e-12), caption),
        bars("Steps on which the loss goes up", upward, PERCENT, caption),
    )


@lru_cache(maxsize=256)
def _losses(surface: str, rates: str, noise: float, seed: int, key: str) -> tuple[Array, ...]:
    """Return the loss above the minimum of five runs, each tuned for the noise it sees; without noise one will do."""
    seeds = [(seed + more) % (int(RUN_SETTINGS["seed"].upper) + 1) for more in range(SEEDS if noise else 1)]
    runs = (controls.resolved_run(surface, key, rates, steps=STEPS, noise=noise, seed=each).run() for each in seeds)
    return tuple(run.value - controls.minimum(surface) for run in runs)


def _upward(loss: Array) -> float:
    """Return the share of steps on which the loss goes up; after a run has diverged, all of them."""
    return float((np.sum(np.diff(loss) > 0) + STEPS + 1 - len(loss)) / STEPS)


def _detour(loss: Array) -> float:
    """Return the sum of all ways up over the whole gain; a run that diverged or gained nothing has no end of it."""
    gain = loss[0] - loss.min()
    if len(loss) <= STEPS or gain <= 0:
        return float("inf")
    return float(np.maximum(np.diff(loss), 0).sum() / gain)


def _best_other(measured: dict[str, float]) -> str:
    return min((key for key in measured if key != "adadelta"), key=measured.__getitem__)


def _rank(measured: dict[str, float]) -> int:
    """Return AdaDelta's place, 1 for the lowest; equals share the better place."""
    return 1 + sum(each < measured["adadelta"] for each in measured.values())


def _verdict(n: Numbers) -> Verdict:
    ranks = n["upward_rank"], n["detour_rank"]
    if max(ranks) == 1:
        return "true"
    return "false" if min(ranks) > n["runs"] / 2 else "depends"


def _told(calmest: str, straightest: str) -> str:
    return (
        "The loss of AdaDelta goes up on {upward} % of {steps} steps, rank {upward_rank} of {runs}; the lowest of the "
        f"others is {{upward_least}} %, {calmest}. All ways up together are {{detour}} times what it gains, rank "
        f"{{detour_rank}} of {{runs}}; the lowest of the others is {{detour_least}}, {straightest}."
    )


CLAIM = Claim(
    "smooth",
    "Smooth curves",
    "Its loss curves are stable and smooth.",
    (
        controls.surface("beale"),
        replace(controls.RATES, default="tuned"),
        RUN_SETTINGS["noise"].change(default=0.1),
        RUN_SETTINGS["seed"],
    ),
    find,
    "True when AdaDelta has both the fewest steps up and the least way up of the six, false when it is in the worse "
    "half of both, else it depends.",
    "Short steps make smooth curves, for every method. AdaDelta starts with short steps because ε is small; near a "
    "minimum its steps do not shrink, and the curve begins to tremble.",
    "Judge a method by where it arrives. If a curve trembles, take shorter steps or average the last points.",
    "popular articles",
)
