"""Claim 1, "There is no learning rate": the same slope, walked down with every ε."""

import numpy as np

from adadelta_viz.claims import controls
from adadelta_viz.claims.claim import Claim, Finding, Numbers, Verdict, found
from adadelta_viz.claims.laws import FIRST_STEP, GROWTH, growing
from adadelta_viz.claims.picture import Chart
from adadelta_viz.claims.walk import first, walk
from adadelta_viz.core import OPTIMIZERS
from adadelta_viz.core.arrays import Array
from adadelta_viz.core.settings import Setting
from adadelta_viz.figures import Axis, Series

STEPS = 20_000
GRID = np.append(0.0, np.geomspace(1e-10, 1e-1, 19))
FACTOR = 100
_LIMITS = {"changed": 1.5, "same": 1.05}
_ADADELTA = OPTIMIZERS["adadelta"]


def find(eps: float, rho: float, slope: float) -> Finding:
    """Count the steps that it takes to travel a distance of one, with ε, a hundred times ε, and a whole range of ε."""
    values = np.append(GRID, [eps, FACTOR * eps])
    run = walk(_ADADELTA, lambda *_: np.asarray(slope), np.zeros(len(values)), STEPS, rho=rho, eps=values, lr=1.0)
    taken = first(run.theta <= -1)
    now, hundredfold = taken[-2:]
    t = np.arange(1.0, STEPS + 1)[:, None]
    predicted = _predicted(t, slope, rho, values)
    numbers = {
        "eps": eps,
        "slope": slope,
        "steps": now,
        "steps_hundredfold": hundredfold,
        "faster": now / hundredfold,
        "first_step": abs(run.delta[0, -2]),
        "first_step_law": float(FIRST_STEP(g=slope, rho=rho, eps=eps)),
        "moved_without_eps": float(np.abs(run.theta[:, 0]).max()),
        "steps_law": predicted[-2],
    }
    return found(_verdict, _TOLD, numbers, _chart(taken, predicted, rho, slope))


def _predicted(t: Array, slope: float, rho: float, eps: Array) -> Array:
    return first(np.cumsum(growing(t, slope, rho, eps), axis=0) >= 1) + 1


def _verdict(n: Numbers) -> Verdict:
    if n["faster"] >= _LIMITS["changed"]:
        return "false"
    return "true" if n["faster"] <= _LIMITS["same"] else "depends"


def _chart(taken: Array, predicted: Array, rho: float, slope: float) -> Chart:
    grid = slice(1, len(GRID))
    return Chart(
        "Steps to travel a distance of one",
        (
            Series(GRID[grid], taken[grid], "AdaDelta", "@adadelta", "points"),
            Series(GRID[grid], predicted[grid], "law", "@ink", dash="dot"),
        ),
        Axis("ε", log=True),
        Axis("steps", log=True),
        f"Slope {slope:g} everywhere, ρ {rho:g}, at most {STEPS} steps",
    )


_TOLD = (
    "With ε = {eps} it takes {steps} steps to travel a distance of one down a slope of {slope}; with a hundred times "
    "that ε it takes {steps_hundredfold}. The first step has the length {first_step}, as its formula says. Without ε "
    "the distance after all steps is {moved_without_eps}."
)

CLAIM = Claim(
    "rate",
    "The learning rate",
    "There is no learning rate to set.",
    {
        "eps": controls.eps(1e-10, 1e-3),
        "rho": controls.RHO,
        "slope": Setting("Slope", 1e-3, 10, 1, "It is the same everywhere.", "log"),
    },
    find,
    "False when a hundred times the ε travels the distance in {changed} times fewer steps or better, true when it is "
    "within a factor of {same}, else it depends.",
    "Both memories start empty, so the first step is made of ε and ρ alone wherever the slope is well above the root "
    "of ε. All later steps are built on that one. Where the slope is below the root of ε, the step is the slope "
    "itself: a learning rate of one.",
    "Treat ε as the learning rate that it is: try it over several powers of ten, as you would with any other.",
    "Zeiler (2012), abstract: “requires no manual tuning of a learning rate”",
    GROWTH,
    _LIMITS,
)
