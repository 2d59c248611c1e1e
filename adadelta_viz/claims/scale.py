"""Claim 3, "Handles gradients of different magnitude": the same bowl with its loss multiplied, over twelve decades."""

from functools import lru_cache

import numpy as np

from adadelta_viz.claims import controls
from adadelta_viz.claims.claim import Claim, Finding, Numbers, Verdict, found
from adadelta_viz.claims.picture import Chart, curve
from adadelta_viz.claims.walk import bowl_walk, first
from adadelta_viz.core.arrays import Array
from adadelta_viz.figures import Axis
from adadelta_viz.notation.numbers import written

STEPS = 20_000
FACTORS = np.logspace(-6, 6, 13)
_NEAR = 0.01
_LIMITS = {"factor": 1.5, "magnitudes": len(FACTORS)}
_OTHERS = ("sgd", "adagrad", "rmsprop", "adam")


def find(eps: float, rho: float) -> Finding:
    """Count the steps until x is a hundredth of what it was on c·x²/2, for each c."""
    ours = bowl_walk("adadelta", FACTORS, STEPS, eps=eps, rho=rho).theta
    taken = {"adadelta": first(np.abs(ours) <= _NEAR)} | {key: _taken_by(key) for key in _OTHERS}
    resting = np.abs(ours[-100:]).max(axis=0) <= _NEAR / 1000
    numbers = {
        "steps": taken["adadelta"][FACTORS == 1][0],
        "steps_largest": taken["adadelta"][-1],
        "alike": _alike(taken["adadelta"]).sum(),
        "smallest": FACTORS[_alike(taken["adadelta"])].min(initial=np.inf),
        "magnitudes": len(FACTORS),
        "sgd_alike": _alike(taken["sgd"]).sum(),
        "adam_alike": _alike(taken["adam"]).sum(),
        "resting": FACTORS[resting].max(initial=0),
        "budget": STEPS,
    }
    chart = Chart(
        "Steps until x is a hundredth of what it was",
        tuple(curve(key, FACTORS, steps) for key, steps in taken.items()),
        Axis("factor on the loss", log=True),
        Axis("steps", log=True),
        f"ρ {written(rho)}, ε {written(eps)}; the others as this laboratory sets them. "
        "Where a line ends, nobody arrives",
    )
    return found(_verdict, _TOLD, numbers, chart)


@lru_cache(maxsize=len(_OTHERS))
def _taken_by(key: str) -> Array:
    return first(np.abs(bowl_walk(key, FACTORS, STEPS // 4).theta) <= _NEAR)


def _alike(taken: Array) -> Array:
    """Tell for which factors the number of steps is about that for the factor of one."""
    plain, limit = taken[FACTORS == 1][0], _LIMITS["factor"]
    return np.asarray((taken <= plain * limit) & (taken >= plain / limit))


def _verdict(n: Numbers) -> Verdict:
    if n["alike"] == n["magnitudes"]:
        return "true"
    return "depends" if n["alike"] > 1 else "false"


_TOLD = (
    "For {alike} of {magnitudes} magnitudes AdaDelta takes about as many steps as for the plain bowl, {steps}; the "
    "smallest of them is {smallest}. With Adam it is {adam_alike} of {magnitudes}, with SGD {sgd_alike}. After "
    "{budget} steps AdaDelta rests in the minimum only where the factor is at most {resting}."
)

CLAIM = Claim(
    "scale",
    "Gradients of different magnitude",
    "It handles gradients of different magnitude.",
    (
        controls.eps(1e-9, 1e-3),
        controls.RHO,
    ),
    find,
    "True when all {magnitudes} magnitudes take as many steps as the plain bowl within a factor of {factor}, false "
    "when only the plain bowl does, else it depends.",
    "A factor on the loss is a factor on every gradient and on their memory, and cancels between them, as long as the "
    "gradients are well above the root of ε. Below it ε takes over the denominator, and the steps shrink with the "
    "gradients. Near the minimum gradients are always small, so that there the magnitude matters after all.",
    "A larger loss needs no other settings on the way. If your gradients are tiny, make ε smaller than their squares, "
    "or take the sum over a batch instead of the mean.",
    "Zeiler (2012), abstract: a learning rate for each dimension",
    constants=_LIMITS,
)
