"""Claim 1, "There is no learning rate": the same slope, walked down with every ε."""

import numpy as np

from adadelta_viz.claims import controls
from adadelta_viz.claims.claim import Claim, Finding, Numbers, Verdict, found
from adadelta_viz.claims.laws import FIRST_STEP, GROWTH, growing
from adadelta_viz.claims.picture import Chart, law
from adadelta_viz.claims.walk import first, walk
from adadelta_viz.core import OPTIMIZERS
from adadelta_viz.core.arrays import Array
from adadelta_viz.core.parameter import Parameter
from adadelta_viz.figures import Axis, Series
from adadelta_viz.notation.numbers import written

STEPS = 20_000
GRID = np.geomspace(1e-10, 1e-1, 19)
_LIMITS = {"changed": 1.5, "same": 1.05}


def find(eps: float, rho: float, slope: float) -> Finding:
    """Count the steps that it takes to travel a distance of one: with ε, a hundred times ε, none, and many others."""
    values = np.array([eps, 100 * eps, 0.0, *GRID])
    run = walk(
        OPTIMIZERS["adadelta"],
        lambda *_: np.asarray(slope),
        np.zeros(len(values)),
        STEPS,
        rho=rho,
        eps=values,
        lr=1.0,
    )
    taken = first(run.theta <= -1)
    numbers = {
        "eps": eps,
        "slope": slope,
        "steps": taken[0],
        "steps_hundredfold": taken[1],
        "faster": taken[0] / taken[1],
        "power": np.log(taken[0] / taken[1]) / np.log(100),
        "first_step": -run.theta[1, 0],
        "first_step_law": FIRST_STEP(g=slope, rho=rho, eps=eps),
        "moved_without_eps": np.abs(run.theta[:, 2]).max(),
    }
    return found(_verdict, _TOLD, numbers, _chart(taken[3:], rho, slope))


def _verdict(n: Numbers) -> Verdict:
    if n["faster"] >= _LIMITS["changed"]:
        return "false"
    return "true" if n["faster"] <= _LIMITS["same"] else "depends"


def _chart(taken: Array, rho: float, slope: float) -> Chart:
    t = np.arange(1.0, STEPS + 1)[:, None]
    predicted = first(np.cumsum(growing(t, slope, rho, GRID), axis=0) >= 1) + 1
    return Chart(
        "Steps to travel a distance of one",
        (Series(GRID, taken, "AdaDelta", "@adadelta", "points"), law(GRID, predicted)),
        Axis("ε", log=True),
        Axis("steps", log=True),
        f"Slope {written(slope)} everywhere, ρ {written(rho)}, at most {STEPS} steps",
    )


_TOLD = (
    "With ε = {eps} it takes {steps} steps to travel a distance of one down a slope of {slope}; with a hundred times "
    "that ε it takes {steps_hundredfold}. So the pace goes with ε to the power of {power}. The first step has the "
    "length {first_step}, the formula says {first_step_law}. Without ε the distance after all steps is "
    "{moved_without_eps}."
)

CLAIM = Claim(
    "rate",
    "The learning rate",
    "There is no learning rate to set.",
    (
        controls.eps(1e-10, 1e-3),
        controls.RHO,
        Parameter("slope", "Slope", 1, (1e-3, 10), "It is the same everywhere.", scale="log"),
    ),
    find,
    "False when with a hundred times the ε the way takes {changed} times fewer steps or better, true when the two "
    "differ by at most a factor of {same}, else it depends.",
    "Both memories start empty, so the first step is made of ε and ρ alone wherever the slope is well above the root "
    "of ε, and all later steps grow from the first. A short way goes with the root of ε, a long way with its cube "
    "root. Where the slope is below the root of ε, the step is the slope itself: a learning rate of one.",
    "Treat ε as the learning rate that it is: try it over several powers of ten, as you would with any other.",
    "Zeiler (2012), abstract: “requires no manual tuning of a learning rate”",
    GROWTH,
    _LIMITS,
)
