"""Claim 2, "Robust to ρ and ε": the share of all settings that arrive, beside that of other people's learning rates."""

from typing import Any

import numpy as np

from adadelta_viz.claims import controls
from adadelta_viz.claims.claim import Claim, Finding, Numbers, Verdict, found
from adadelta_viz.claims.picture import PERCENT, Chart, bars, curve
from adadelta_viz.core import OPTIMIZERS, SURFACES, sweep
from adadelta_viz.core.arrays import Array
from adadelta_viz.core.run.measures import steps_to
from adadelta_viz.experiments.parameters import RUN_SETTINGS
from adadelta_viz.figures import Axis
from adadelta_viz.notation.numbers import written

STEPS = 1500
_LIMITS = {"half": 50.0, "few": 10.0}


def _span(key: str, name: str, count: int) -> Array:
    """Spread values evenly over the decades that a slider offers."""
    low, high = OPTIMIZERS[key].parameters[name].span
    return np.geomspace(low, high, count)


_RHO, _EPS, _RATE = 1 - np.geomspace(1, 1e-3, 10), _span("adadelta", "eps", 19), _span("adam", "lr", 25)


def find(surface: str, noise: float) -> Finding:
    """Run AdaDelta with every ρ and ε, Adam and SGD with every learning rate, and count who arrives."""
    arrives = {"adadelta": _arrives(surface, "adadelta", noise, rho=_RHO[:, None], eps=_EPS[None, :])}
    arrives |= {key: _arrives(surface, key, noise, lr=_RATE) for key in ("adam", "sgd")}
    plane = arrives["adadelta"].mean(axis=0)
    share = {key: 100 * each.reshape(len(each), -1).mean(axis=1) for key, each in arrives.items()}
    usual = _arrives(surface, "adadelta", noise).mean() > 1 / 2
    numbers = {
        **share,
        "settings": plane.size,
        "rates": len(_RATE),
        "near": controls.NEAR,
        "steps": STEPS,
    }
    caption = f"{controls.GOALS[surface]}, {STEPS} steps, "
    caption += f"within {written(controls.NEAR)} of the minimum, noise {written(noise)}"
    by_eps = (curve("adadelta", _EPS, 100 * plane.mean(axis=0)),)
    return found(
        _verdict,
        _TOLD + ("arrives." if usual else "does not arrive."),
        numbers,
        bars("Settings that arrive", {key: np.mean(each) for key, each in share.items()}, PERCENT, caption),
        Chart("Values of ρ that arrive, for each ε", by_eps, Axis("ε", log=True), PERCENT, caption),
        digits={"adadelta": 2},
    )


def _arrives(surface: str, key: str, noise: float, **hyper: Any) -> Array:
    """Tell which runs arrive, ``(starts, *settings)``, from starts that differ in their last bit."""
    where, measure = SURFACES[surface], steps_to(controls.minimum(surface) + controls.NEAR)
    settings = np.broadcast_shapes(*map(np.shape, hyper.values()))
    starts = controls.nearby_starts(where).reshape(2, -1, *(1,) * len(settings))
    return np.asarray(np.isfinite(sweep(where, OPTIMIZERS[key], starts, STEPS, measure, noise=noise, **hyper)))


def _verdict(n: Numbers) -> Verdict:
    ours, theirs = n["adadelta"], (n["adam"], n["sgd"])
    if ours < max(min(theirs), _LIMITS["few"]):
        return "false"
    return "true" if ours >= max(*theirs, _LIMITS["half"]) else "depends"


_TOLD = (
    "Of {settings} settings of ρ and ε, {adadelta} % come within {near} of the minimum in {steps} steps; of {rates} "
    "learning rates of Adam {adam} %, of SGD {sgd} %. AdaDelta as the paper sets it "
)

CLAIM = Claim(
    "robust",
    "Robustness to ρ and ε",
    "It is robust to the choice of ρ and ε.",
    (
        controls.surface("himmelblau"),
        RUN_SETTINGS["noise"],
    ),
    find,
    "True when at least {half} % of the settings arrive and no smaller share than of the learning rates of Adam and "
    "SGD, false when fewer than {few} % arrive or a smaller share than of both, else it depends.",
    "ε is the size of the first step, so a wrong ε is a wrong learning rate: too small and the walk takes too long, "
    "too large and it may never come close. All spans are those of the sliders of this laboratory, and the shares "
    "depend on them.",
    "Do not count on the defaults: try ε over several powers of ten, and see whether the result stays the same.",
    "Zeiler (2012), abstract: “robust to … selection of hyperparameters”",
    constants=_LIMITS,
)
