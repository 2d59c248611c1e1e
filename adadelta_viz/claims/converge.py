"""Claim 5, "It converges": a parabola whose curvature decides, and Rosenbrock, where the last point is not the best."""

import numpy as np

from adadelta_viz.claims import controls
from adadelta_viz.claims.claim import Claim, Finding, Numbers, Verdict, found
from adadelta_viz.claims.laws import BORDER, LOSS_GROWTH
from adadelta_viz.claims.picture import Chart
from adadelta_viz.claims.walk import first, walk
from adadelta_viz.core import OPTIMIZERS, SURFACES, Trajectory, descend, measures
from adadelta_viz.core.arrays import Array
from adadelta_viz.core.settings import Setting
from adadelta_viz.figures import Axis, Series

STEPS = 20_000
VALLEY_STEPS = 3000
START = 100
_AROUND = np.geomspace(0.05, 500, 41)
_LIMITS = {"settled": 1e-9, "grown": 1.2, "lawful": 1.01}
_SHOWN = np.unique(np.geomspace(1, STEPS, 400).astype(int))
_ADADELTA = OPTIMIZERS["adadelta"]


def find(h: float, lr: float, eps: float, noise: float) -> Finding:
    """Walk into the minimum of h·x²/2 from a hundred times η√ε away and look at the loss for a long time."""
    border = float(BORDER(lr=lr))
    curvature = np.append(_AROUND * border, h)
    start = np.full(len(curvature), START * lr * np.sqrt(eps))
    draws = noise * np.random.default_rng(0).standard_normal(STEPS + 1)
    theta = walk(_ADADELTA, lambda at, t: curvature * at + draws[t], start, STEPS, rho=0.95, eps=eps, lr=lr).theta
    loss = curvature * theta**2 / 2
    law = LOSS_GROWTH(h=curvature, lr=lr, eps=eps)
    fifths = loss[1:, -1].reshape(5, -1).mean(axis=1)
    valley = descend(
        SURFACES["rosenbrock"], _ADADELTA, SURFACES["rosenbrock"].start, VALLEY_STEPS, noise=noise, eps=eps, lr=lr
    )
    met = measures.facts(SURFACES["rosenbrock"], valley)
    numbers = {
        "curvature": h,
        "border": border,
        "steps": STEPS,
        "start": loss[0, -1],
        "end": fifths[-1],
        "left": fifths[-1] / loss[0, -1],
        "slowest": _slowest(fifths),
        "growth": (loss[-1, -1] - loss[STEPS // 2, -1]) / (STEPS - STEPS // 2),
        "growth_law": law[-1],
        "valley_best": met.best_value,
        "valley_best_step": met.best_step,
        "valley_last": met.last_value,
        "valley_steps": met.last_step,
    }
    lawful, conditions = noise == 0 and h >= _LIMITS["lawful"] * border, f"η {lr:g}, ε {eps:g}, ρ 0.95, noise {noise:g}"
    pictures = (
        _of_one(loss[:, -1], law[-1], lawful, float(first(theta[:, -1] <= 0)), f"Curvature {h:g}, {conditions}"),
        _of_all(curvature[:-1], loss[-STEPS // 5 :, :-1].mean(axis=0), law[:-1], noise, f"{STEPS} steps, {conditions}"),
        _of_valley(valley),
    )
    return found(_verdict, lambda verdict: _told(verdict, lawful), numbers, *pictures)


def _slowest(fifths: Array) -> float:
    """Return the least factor by which the loss of one fifth of the walk exceeds that of the fifth before."""
    before, after = fifths[1:-1], fifths[2:]
    return float(np.min(np.divide(after, before, out=np.zeros_like(after), where=before > 0)))


def _verdict(n: Numbers) -> Verdict:
    if n["left"] <= _LIMITS["settled"]:
        return "true"
    return "false" if n["slowest"] > _LIMITS["grown"] else "depends"


def _told(verdict: Verdict, lawful: bool) -> str:
    told = "On a parabola of curvature {curvature} the loss comes from {start} and is {end} after {steps} steps. "
    told += {
        "true": "It has settled. ",
        "depends": "It has not settled, and it does not keep growing. ",
        "false": "It keeps growing. ",
    }[verdict]
    if verdict == "false" and lawful:
        told = (
            told.removesuffix("It keeps growing. ")
            + "It keeps growing, by {growth} a step, the law says {growth_law}. "
        )
    return told + (
        "The border lies at the curvature {border}. On Rosenbrock the lowest value of {valley_steps} steps is "
        "{valley_best}, at step {valley_best_step}; the last is {valley_last}."
    )


def _of_one(loss: Array, law: float, lawful: bool, onset: float, caption: str) -> Chart:
    series = [Series(_SHOWN.astype(float), loss[_SHOWN], "AdaDelta", "@adadelta")]
    if lawful and np.isfinite(onset):
        after = _SHOWN[onset < _SHOWN].astype(float)
        series.append(Series(after, law * (after - onset), "law", "@ink", dash="dot"))
    return Chart(
        "Loss on a parabola",
        tuple(series),
        Axis("step", log=True),
        Axis("loss", log=True, floor=1e-20),
        caption,
    )


def _of_all(curvature: Array, loss: Array, law: Array, noise: float, caption: str) -> Chart:
    series = [Series(curvature, loss, "AdaDelta", "@adadelta", "points")]
    if noise == 0:
        grown = np.where(law > 0, law * STEPS * 0.9, np.nan)
        series.append(Series(curvature, grown, "law", "@ink", dash="dot"))
    return Chart(
        "Loss at the end, for every curvature",
        tuple(series),
        Axis("curvature", log=True),
        Axis("mean loss of the last fifth", log=True, floor=1e-20),
        caption,
    )


def _of_valley(run: Trajectory) -> Chart:
    t = np.arange(float(len(run.value)))
    return Chart(
        "Loss on Rosenbrock",
        (
            Series(t, run.value, "now", "@adadelta"),
            Series(t, np.minimum.accumulate(run.value), "best so far", "@ink", dash="dash"),
        ),
        Axis("step"),
        Axis("loss", log=True),
        "From the start of the catalogue, with the same η, ε and noise",
    )


CLAIM = Claim(
    "converge",
    "Convergence",
    "It converges.",
    {
        "h": Setting("Curvature h", 0.1, 1000, 10, "It is the second derivative of the parabola.", "log"),
        "lr": Setting("η, factor on every step", 0.1, 1, 1, "It multiplies every step; the paper has none.", "log"),
        "eps": controls.eps(1e-8, 1e-3),
        "noise": Setting(
            "Gradient noise", 0, 1, 0, "It is the standard deviation of what is added to each slope.", "log"
        ),
    },
    find,
    "True when the mean loss of the last fifth of the walk is at most {settled} times that of the start, false when "
    "each of the last three fifths has more than {grown} times the loss of the one before, else it depends.",
    "Near a minimum both memories are far below ε, and what is left is gradient descent with the learning rate η. "
    "That settles only where the curvature is at most two over η. Beyond the border the walk locks into a flip from "
    "side to side, and each flip gains a little because ε stands in the numerator; the law holds from {lawful} times "
    "the border on, nearer to it the flip begins too late for this walk. Noise breaks the flip.",
    "Keep the best point, not the last one. For the end of a training make η smaller than two over the largest "
    "curvature, or let it fall.",
    "Zeiler (2012), section 4.3, on step sizes that tend to one",
    (BORDER, LOSS_GROWTH),
    _LIMITS,
)
