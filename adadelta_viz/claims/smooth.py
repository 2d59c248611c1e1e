"""Claim 9, "Stable and smooth": how often the loss goes up, and how far it goes up and down on its way."""

from functools import lru_cache

import numpy as np

from adadelta_viz.claims import controls
from adadelta_viz.claims.claim import Claim, Finding, Numbers, Verdict, found
from adadelta_viz.claims.picture import Chart
from adadelta_viz.core import OPTIMIZERS, SURFACES, Experiment
from adadelta_viz.core.arrays import Array
from adadelta_viz.core.race import Race
from adadelta_viz.core.settings import BUDGET
from adadelta_viz.figures import Axis, Series

STEPS = 500
SEEDS = 5
_RIVALS = controls.RIVALS


def find(surface: str, rates: str, noise: float, seed: float) -> Finding:
    """Run six optimizers with five seeds of noise and look at every step of the loss."""
    curves = {key: _curves(surface, rates, noise, int(seed), key) for key in _RIVALS}
    upward = {key: 100 * float(np.mean([_upward(each) for each in losses])) for key, losses in curves.items()}
    detour = {key: float(np.mean([_detour(each) for each in losses])) for key, losses in curves.items()}
    others = [key for key in _RIVALS if key != "adadelta"]
    smoothest, steadiest = min(others, key=detour.__getitem__), min(others, key=upward.__getitem__)
    numbers = {
        "upward": upward["adadelta"],
        "least_upward": upward[steadiest],
        "upward_rank": _rank(upward),
        "detour": detour["adadelta"],
        "least_detour": detour[smoothest],
        "detour_rank": _rank(detour),
        "runs": len(_RIVALS),
        "steps": STEPS,
    }
    told = (
        f"The loss of AdaDelta goes up in {{upward}} % of {{steps}} steps, rank {{upward_rank}} of {{runs}}; of the "
        f"others {OPTIMIZERS[steadiest].title} has the fewest, {{least_upward}} %. It goes up by {{detour}} times "
        f"what it gains in all, rank {{detour_rank}} of {{runs}}; of the others the least is {{least_detour}}, "
        f"{OPTIMIZERS[smoothest].title}."
    )
    return found(_verdict, told, numbers, *_charts(surface, noise, curves, upward))


@lru_cache(maxsize=256)
def _curves(surface: str, rates: str, noise: float, seed: int, key: str) -> tuple[Array, ...]:
    last = int(BUDGET["seed"].upper)
    first = Experiment(surface, key, {"steps": STEPS, "noise": noise, "seed": seed})
    (entrant,) = Race((first,), rates).entrants()  # type: ignore[arg-type]  # one of the three, the claim has checked it
    seeds = [(seed + more) % (last + 1) for more in range(SEEDS)] if noise else [seed]
    return tuple(
        Experiment(surface, key, {**entrant.numbers, "seed": each}).run().value - (SURFACES[surface].minimum or 0.0)
        for each in seeds
    )


def _upward(loss: Array) -> float:
    return float(np.mean(np.diff(loss) > 0)) if len(loss) == STEPS + 1 else 1.0


def _detour(loss: Array) -> float:
    """Return the sum of all ways up over the whole gain; a run that diverged has gained nothing."""
    gain = loss[0] - loss.min()
    if len(loss) <= STEPS or gain <= 0:
        return float("inf")
    return float(np.maximum(np.diff(loss), 0).sum() / gain)


def _rank(measured: dict[str, float]) -> int:
    """Return AdaDelta's place, 1 for the lowest; equals share the better place."""
    return 1 + sum(each < measured["adadelta"] for each in measured.values())


def _verdict(n: Numbers) -> Verdict:
    ranks = n["upward_rank"], n["detour_rank"]
    if max(ranks) == 1:
        return "true"
    return "false" if min(ranks) > n["runs"] / 2 else "depends"


def _charts(
    surface: str, noise: float, curves: dict[str, tuple[Array, ...]], upward: dict[str, float]
) -> tuple[Chart, Chart]:
    caption = f"{controls.GOALS[surface]}, gradient noise {noise:g}, {STEPS} steps"
    lines = [
        Series(np.arange(float(len(losses[0]))), losses[0], OPTIMIZERS[key].title, f"@{key}")
        for key, losses in curves.items()
    ]
    bars = Series(controls.titles(_RIVALS), np.array([upward[key] for key in _RIVALS]), "steps up", "@adadelta", "bars")
    return (
        Chart("Loss above the minimum", tuple(lines), Axis("step"), Axis("f − f*", log=True, floor=1e-12), caption),
        Chart("Steps on which the loss goes up", (bars,), Axis(""), Axis("percent", floor=0, ceiling=100), caption),
    )


CLAIM = Claim(
    "smooth",
    "Smooth curves",
    "Its loss curves are stable and smooth.",
    {
        "surface": controls.surface("beale"),
        "rates": controls.RATES._replace(default="tuned"),
        "noise": BUDGET["noise"]._replace(default=0.1),
        "seed": BUDGET["seed"],
    },
    find,
    "True when AdaDelta has both the fewest steps up and the least way up of the six, false when it is in the worse "
    "half of both, else it depends.",
    "Short steps make smooth curves, for every method. AdaDelta starts with short steps because ε is small; near a "
    "minimum its steps do not shrink, and the curve begins to tremble.",
    "Judge a method by where it arrives. If a curve trembles, take shorter steps or average the last points.",
    "popular articles",
)
