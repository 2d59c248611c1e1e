"""Claim 4, "It anneals by itself": slopes that stay as they are, and whether the steps become shorter."""

from collections.abc import Callable, Mapping
from functools import lru_cache

import numpy as np

from adadelta_viz.claims import controls
from adadelta_viz.claims.claim import Claim, Finding, Numbers, Verdict, found
from adadelta_viz.claims.laws import GROWTH, growing
from adadelta_viz.claims.picture import Chart, curve, law
from adadelta_viz.claims.walk import walk
from adadelta_viz.core import OPTIMIZERS
from adadelta_viz.core.arrays import Array
from adadelta_viz.experiments.link import Choice
from adadelta_viz.figures import Axis
from adadelta_viz.notation.numbers import round_as_said, written

STEPS = 10_000
FADED = 1000
TIME = np.arange(1.0, STEPS + 1)
SLOPES: Mapping[str, Callable[[], Array]] = {
    "constant": lambda: np.ones(STEPS),
    "alternating": lambda: np.where(TIME % 2, 1.0, -1.0),
    "noise": lambda: np.random.default_rng(0).standard_normal(STEPS),
    "fading": lambda: FADED ** -((TIME - 1) / (STEPS - 1)),
}
_LIMITS = {"shorter": 0.5}
_LAWFUL = ("constant", "alternating")
_OTHERS = ("adagrad", "rmsprop", "adam")
_SHOWN = np.unique(np.geomspace(1, STEPS, 240).astype(int)) - 1


def find(slopes: str, eps: float, rho: float) -> Finding:
    """Compare the steps at the end with the steps at the start, under slopes that the optimizer cannot change."""
    slope = SLOPES[slopes]()
    steps = {"adadelta": _lengths("adadelta", slope, eps=eps, rho=rho)} | _of_others(slopes)
    last = slice(-STEPS // 10, None)
    numbers = {
        "ratio": _change(steps["adadelta"]),
        "slope_ratio": _change(slope),
        "late": _size(steps["adadelta"][last]),
        "rate": np.median(steps["adadelta"][last] / np.abs(slope[last])),
        "adagrad_ratio": _change(steps["adagrad"]),
    }
    series = [curve(key, TIME[_SHOWN], lengths[_SHOWN]) for key, lengths in steps.items()]
    if slopes in _LAWFUL:
        predicted = growing(TIME, 1.0, rho, eps)
        numbers["law_off"] = 100 * np.abs(predicted / steps["adadelta"] - 1).max()
        series.append(law(TIME[_SHOWN], predicted[_SHOWN]))
    caption = f"Slopes: {_SLOPES.options[slopes]}. ρ {written(rho)}, ε {written(eps)}; "
    caption += "the others as this laboratory sets them"
    chart = Chart("Length of each step", tuple(series), Axis("step", log=True), Axis("length", log=True), caption)
    return found(_verdict, _told(slopes, round_as_said(numbers["ratio"])), numbers, chart)


@lru_cache(maxsize=len(SLOPES))
def _of_others(slopes: str) -> dict[str, Array]:
    return {key: _lengths(key, SLOPES[slopes]()) for key in _OTHERS}


def _lengths(key: str, slope: Array, **given: float) -> Array:
    optimizer = OPTIMIZERS[key]
    run = walk(optimizer, lambda _, t: slope[t - 1 : t], np.zeros(1), len(slope), **optimizer.resolve(**given))
    return np.abs(run.delta[:, 0])


def _change(values: Array) -> float:
    """Compare the last tenth of a walk with its second, when the memories are filled."""
    tenth = len(values) // 10
    return _size(values[-tenth:]) / _size(values[tenth : 2 * tenth])


def _size(values: Array) -> float:
    return float(np.sqrt(np.mean(values**2)))


def _verdict(n: Numbers) -> Verdict:
    if n["ratio"] > _LIMITS["shorter"]:
        return "false"
    return "depends" if n["slope_ratio"] <= _LIMITS["shorter"] else "true"


def _told(slopes: str, ratio: float) -> str:
    change = "longer" if ratio > 1 else "shorter" if ratio < 1 else "no change"
    told = f"The steps of the last tenth of the walk are {{ratio}} times as long as those of the second: {change}. "
    if slopes == "fading":
        told += "The slopes themselves become {slope_ratio} times as long. "
    if slopes in _LAWFUL:
        told += "The law is at most {law_off} % off. "
    return told + "At the end a step is {rate} times the slope. AdaGrad's steps become {adagrad_ratio} times as long."


_SLOPES = Choice(
    "slopes",
    {
        "constant": "the same at every step",
        "alternating": "up and down in turn",
        "noise": "nothing but noise",
        "fading": "fading away",
    },
    "constant",
    "Slopes",
    "They are what the optimizer sees, whatever it does.",
)

CLAIM = Claim(
    "anneal",
    "Annealing",
    "It anneals by itself: the steps become shorter as training goes on.",
    (
        _SLOPES,
        controls.eps(1e-10, 1e-1),
        controls.RHO,
    ),
    find,
    "True when the steps of the last tenth are at most {shorter} times as long as those of the second although the "
    "slopes are not, false when they are longer than that; it depends when only fading slopes make them shorter.",
    "Under a constant slope the memory of updates loses at each step a fraction of itself and wins the same fraction "
    "back, and ε comes on top. So the steps grow, in the long run with the root of time, until a step is as long as "
    "the slope. The sign of the slope never enters the memories.",
    "If you want the steps to shrink, make them: multiply them by a factor that falls over time.",
    "Zeiler (2012), section 4.3, on updates that become smaller towards the end of training",
    GROWTH,
    _LIMITS,
)
