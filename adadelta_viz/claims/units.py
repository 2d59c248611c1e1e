"""Claim 6, "Correct units": a bowl in other units of loss and in other units of the parameter."""

from functools import lru_cache

import numpy as np

from adadelta_viz.claims import controls
from adadelta_viz.claims.claim import Claim, Finding, Numbers, Verdict, found
from adadelta_viz.claims.picture import Chart
from adadelta_viz.claims.walk import bowl_walk, first
from adadelta_viz.core.arrays import Array
from adadelta_viz.figures import Axis, Series
from adadelta_viz.notation.numbers import written

STEPS = 20_000
UNITS = np.logspace(-1, 1, 9)
_LIMITS = {"factor": 1.5}


def find(eps: float, rho: float) -> Finding:
    """Count the steps until x is a hundredth of what it was, for each unit of the loss and of x."""
    same = np.ones_like(UNITS)
    walks = _steps(
        "adadelta",
        curvature=np.concatenate([UNITS, UNITS**-2, UNITS**-2]),
        start=np.concatenate([same, UNITS, UNITS]),
        eps=eps * np.concatenate([same, same, UNITS**2]),
        rho=rho,
    )
    loss, parameter, mended = np.split(walks, 3)
    adam = _steps_of_adam()
    numbers = {
        "loss_spread": _spread(loss),
        "parameter_spread": _spread(parameter),
        "mended_spread": _spread(mended),
        "adam_spread": _spread(adam),
        "low": UNITS[0],
        "high": UNITS[-1],
        "fewest": parameter.min(),
        "most": parameter.max(),
        "budget": STEPS,
    }
    series = (
        Series(UNITS, loss, "loss in another unit", "@adadelta"),
        Series(UNITS, parameter, "x in another unit", "@x"),
        Series(UNITS, mended, "x in another unit, ε in its square", "@x", dash="dot"),
        Series(UNITS, adam, "Adam, x in another unit", "@adam", dash="dash"),
    )
    return found(_verdict, _TOLD, numbers, _chart(series, eps, rho))


def _steps(key: str, curvature: Array, start: Array, **given: float | Array) -> Array:
    """Count up to the budget: who has not arrived counts with all of it."""
    taken = first(np.abs(bowl_walk(key, curvature, STEPS, start, **given).theta) <= 0.01 * start)
    return np.where(np.isnan(taken), STEPS, taken)


@lru_cache(maxsize=1)
def _steps_of_adam() -> Array:
    return _steps("adam", UNITS**-2, UNITS)


def _spread(taken: Array) -> float:
    return float(taken.max() / taken.min())


def _verdict(n: Numbers) -> Verdict:
    free = [n[name] <= _LIMITS["factor"] for name in ("loss_spread", "parameter_spread")]
    return "true" if all(free) else "depends" if any(free) else "false"


def _chart(series: tuple[Series, ...], eps: float, rho: float) -> Chart:
    return Chart(
        "Steps until x is a hundredth of what it was",
        series,
        Axis("size of the unit", log=True),
        Axis("steps", log=True),
        f"The parabola x²/2, ρ {written(rho)}, ε {written(eps)}, "
        f"at most {STEPS} steps; Adam as this laboratory sets it",
    )


_TOLD = (
    "Between units of {low} and {high}, the number of steps changes by a factor of {loss_spread} when the loss is "
    "measured in another unit, and by a factor of {parameter_spread} when x is: from {fewest} to {most} steps of at "
    "most {budget}. When ε changes with the square of the unit of x, that factor is {mended_spread}. For Adam it is "
    "{adam_spread}."
)

CLAIM = Claim(
    "units",
    "Units",
    "Its updates have the correct units.",
    (
        controls.eps(1e-8, 1e-3),
        controls.RHO,
    ),
    find,
    "True when neither unit changes the number of steps by more than a factor of {factor}, false when both do, else "
    "it depends.",
    "The ratio of the two memories has the unit of x over the unit of the slope, as it should. But ε is added to "
    "both: above it is a squared length, below a squared slope. All the length there is at the first step comes from "
    "ε.",
    "If you measure your parameters in units ten times smaller, make ε a hundred times larger, or normalise so that "
    "parameters are of the order of one.",
    "Zeiler (2012), section 3.2, Correct units with Hessian approximation",
    constants=_LIMITS,
)
