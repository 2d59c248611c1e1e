"""Claim 4, "It anneals by itself": slopes that stay as they are, and whether the steps become shorter."""

from collections.abc import Callable, Mapping

import numpy as np

from adadelta_viz.claims import controls
from adadelta_viz.claims.claim import Choice, Claim, Finding, Numbers, Verdict, found, rounded
from adadelta_viz.claims.laws import GROWTH, growing
from adadelta_viz.claims.picture import Chart
from adadelta_viz.claims.walk import walk
from adadelta_viz.core import OPTIMIZERS
from adadelta_viz.core.arrays import Array
from adadelta_viz.figures import Axis, Series

STEPS = 10_000
FADED = 1000
_LIMITS = {"shorter": 0.5}
_OTHERS = ("adagrad", "rmsprop", "adam")
_STEADY = ("constant", "alternating")
_SHOWN = np.unique(np.geomspace(1, STEPS, 240).astype(int)) - 1

_SLOPES: Mapping[str, Callable[[Array], Array]] = {
    "constant": np.ones_like,
    "alternating": lambda t: np.where(t % 2, 1.0, -1.0),
    "noise": lambda t: np.random.default_rng(0).standard_normal(len(t)),
    "fading": lambda t: FADED ** -((t - 1) / (STEPS - 1)),
}


def find(slopes: str, eps: float, rho: float) -> Finding:
    """Compare the steps at the end with the steps at the start, under slopes that the optimizer cannot change."""
    t = np.arange(1.0, STEPS + 1)
    slope = _SLOPES[slopes](t)
    steps = _lengths("adadelta", slope, eps=eps, rho=rho, lr=1.0)
    early, late = _ends(steps)
    numbers = {
        "early": early,
        "late": late,
        "ratio": late / early,
        "slope_ratio": _change(slope),
        "rate": float(np.median(steps[-STEPS // 10 :] / np.abs(slope[-STEPS // 10 :]))),
        "adagrad_ratio": _change(_lengths("adagrad", slope)),
    }
    series = [Series(t[_SHOWN], steps[_SHOWN], "AdaDelta", "@adadelta")]
    series += [Series(t[_SHOWN], _lengths(key, slope)[_SHOWN], OPTIMIZERS[key].title, f"@{key}") for key in _OTHERS]
    if slopes in _STEADY:
        law = growing(t, 1.0, rho, eps)
        numbers["law_off"] = float(np.abs(law / steps - 1).max() * 100)
        series.append(Series(t[_SHOWN], law[_SHOWN], "law", "@ink", dash="dot"))
    chart = Chart(
        "Length of each step",
        tuple(series),
        Axis("step", log=True),
        Axis("length", log=True),
        f"Slopes: {SLOPES.options[slopes]}. ρ {rho:g}, ε {eps:g}; the others with the defaults of this laboratory",
    )
    return found(_verdict, _told(slopes, numbers["ratio"]), numbers, chart)


def _lengths(key: str, slope: Array, **given: float) -> Array:
    optimizer = OPTIMIZERS[key]
    run = walk(optimizer, lambda _, t: slope[t - 1 : t], np.zeros(1), len(slope), **optimizer.resolve(**given))
    return np.abs(run.delta[:, 0])


def _ends(values: Array) -> tuple[float, float]:
    """Return the root mean square of the second tenth, when the memories are filled, and of the last."""
    tenth = len(values) // 10
    early, late = (float(np.sqrt(np.mean(part**2))) for part in (values[tenth : 2 * tenth], values[-tenth:]))
    return early, late


def _change(values: Array) -> float:
    early, late = _ends(values)
    return late / early


def _verdict(n: Numbers) -> Verdict:
    if n["ratio"] > _LIMITS["shorter"]:
        return "false"
    return "depends" if n["slope_ratio"] <= _LIMITS["shorter"] else "true"


def _told(slopes: str, ratio: float) -> str:
    change = "longer" if rounded(ratio) > 1 else "shorter" if rounded(ratio) < 1 else "no change"
    told = f"The steps of the last tenth of the walk are {{ratio}} times as long as those of the second: {change}. "
    if slopes == "fading":
        told += "The slopes themselves became {slope_ratio} times as long. "
    if slopes in _STEADY:
        told += "The law is at most {law_off} % off. "
    return told + "At the end a step is {rate} times the slope. AdaGrad's steps become {adagrad_ratio} times as long."


SLOPES = Choice(
    "Slopes",
    {
        "constant": "the same at every step",
        "alternating": "up and down in turn",
        "noise": "nothing but noise",
        "fading": "fading away",
    },
    "constant",
    "They are what the optimizer sees, whatever it does.",
)

CLAIM = Claim(
    "anneal",
    "Annealing",
    "It anneals by itself: the steps become shorter as training goes on.",
    {
        "slopes": SLOPES,
        "eps": controls.eps(1e-10, 1e-1),
        "rho": controls.RHO,
    },
    find,
    "True when the steps of the last tenth are at most {shorter} times as long as those of the second although the "
    "slopes are not, false when they are longer than that; it depends when only fading slopes make them shorter.",
    "Under a constant slope the memory of updates loses at each step a fraction of itself and wins the same fraction "
    "back, and ε comes on top. So the steps grow with the root of time, until a step is as long as the slope. The "
    "sign of the slope never enters the memories.",
    "If you want the steps to shrink, make them: multiply them by a factor that falls over time.",
    "Zeiler (2012), section 4.3, on updates that shrink “as if a learning rate annealing schedule is present”",
    GROWTH,
    _LIMITS,
)
