"""Claim 2, "Robust to ρ and ε": the share of all settings that arrive, beside that of other people's learning rates."""

from functools import lru_cache
from typing import Any

import numpy as np

from adadelta_viz.claims import controls
from adadelta_viz.claims.claim import Claim, Finding, Numbers, Verdict, found
from adadelta_viz.claims.picture import Chart
from adadelta_viz.core import OPTIMIZERS, SURFACES, sweep
from adadelta_viz.core.arrays import Array
from adadelta_viz.core.measures import steps_to
from adadelta_viz.core.race import TOLERANCE
from adadelta_viz.core.settings import BUDGET, hyperparameters
from adadelta_viz.figures import Axis, Series

STEPS = 1500
NEAR = TOLERANCE["tolerance"].default
_LIMITS = {"half": 50.0, "few": 10.0}
_RHO = 1 - np.geomspace(1, 1e-3, 10)


def _span(key: str, name: str, count: int) -> Array:
    low, high = hyperparameters(OPTIMIZERS[key])[name][1:3]
    return np.geomspace(low, high, count)


_EPS, _RATE = _span("adadelta", "eps", 19), _span("adam", "lr", 25)


def find(surface: str, noise: float) -> Finding:
    """Run AdaDelta with every ρ and ε, Adam and SGD with every learning rate, and count who arrives."""
    plane = _arrives(surface, "adadelta", noise, rho=_RHO[:, None], eps=_EPS[None, :])
    adam, sgd = (_arrives(surface, key, noise, lr=_RATE) for key in ("adam", "sgd"))
    numbers = {
        "adadelta": plane.mean() * 100,
        "adam": adam.mean() * 100,
        "sgd": sgd.mean() * 100,
        "settings": plane.size,
        "rates": len(_RATE),
        "near": NEAR,
        "steps": STEPS,
        "default": 100 * float(_arrives(surface, "adadelta", noise, rho=np.array([0.95]))[0]),
    }
    caption = f"{controls.GOALS[surface]}, gradient noise {noise:g}, {STEPS} steps, within {NEAR:g} of the minimum"
    pictures = (
        Chart(
            "Settings that arrive",
            (
                Series(("AdaDelta", "Adam", "SGD"), np.array([numbers[key] for key in ("adadelta", "adam", "sgd")]),
                       "share", "@adadelta", "bars"),
            ),
            Axis(""),
            Axis("percent", floor=0, ceiling=100),
            caption,
        ),
        Chart(
            "For each ε: how many values of ρ arrive",
            (Series(_EPS, plane.mean(axis=0) * 100, "AdaDelta", "@adadelta"),),
            Axis("ε", log=True),
            Axis("percent", floor=0, ceiling=100),
            caption,
        ),
    )  # fmt: skip
    return found(_verdict, _told(numbers), numbers, *pictures)


@lru_cache(maxsize=128)
def _goal(surface: str) -> float:
    minimum = SURFACES[surface].minimum
    assert minimum is not None, "only surfaces with a minimum are offered"
    return minimum + NEAR


def _arrives(surface: str, key: str, noise: float, **hyper: Any) -> Array:
    where = SURFACES[surface]
    measure = steps_to(_goal(surface))
    return np.isfinite(sweep(where, OPTIMIZERS[key], where.start, STEPS, measure, noise=noise, **hyper))


def _verdict(n: Numbers) -> Verdict:
    ours, theirs = n["adadelta"], (n["adam"], n["sgd"])
    if ours < max(min(theirs), _LIMITS["few"]):
        return "false"
    return "true" if ours >= max(*theirs, _LIMITS["half"]) else "depends"


def _told(numbers: dict[str, float]) -> str:
    arrives = "arrives" if numbers["default"] else "does not arrive"
    return (
        "Of {settings} settings of ρ and ε, {adadelta} % come within {near} of the minimum in {steps} steps; of "
        "{rates} "
        "learning rates of Adam {adam} %, of SGD {sgd} %. The setting of the paper " + arrives + "."
    )


CLAIM = Claim(
    "robust",
    "Robustness to ρ and ε",
    "It is robust to the choice of ρ and ε.",
    {"surface": controls.surface("himmelblau"), "noise": BUDGET["noise"]},
    find,
    "True when at least {half} % of the settings arrive and no smaller share than of the learning rates of Adam and "
    "SGD, false when fewer than {few} % arrive or a smaller share than of both, else it depends.",
    "ε is the size of the first step, so a wrong ε is a wrong learning rate: too small and the walk takes too long, "
    "too large and it never comes close. ρ matters less. Both spans are those of the sliders, so the shares depend on "
    "them.",
    "Do not count on the defaults: try ε over several powers of ten, and see whether the result stays the same.",
    "Zeiler (2012), abstract: “robust to … selection of hyperparameters”",
    constants=_LIMITS,
)
