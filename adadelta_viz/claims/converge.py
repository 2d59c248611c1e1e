"""Claim 5, "It converges": a parabola whose curvature decides, and Rosenbrock, where the last point is not the best."""

from typing import NamedTuple

import numpy as np

from adadelta_viz.claims import controls
from adadelta_viz.claims.claim import Claim, Finding, Numbers, Verdict, found
from adadelta_viz.claims.laws import BORDER, LOSS_GROWTH
from adadelta_viz.claims.picture import Chart, law
from adadelta_viz.claims.walk import first, walk
from adadelta_viz.core import OPTIMIZERS, SURFACES, descend
from adadelta_viz.core.arrays import Array
from adadelta_viz.core.parameter import Parameter
from adadelta_viz.figures import Axis, Series
from adadelta_viz.notation.numbers import written

STEPS = 20_000
VALLEY_STEPS = 3000
AROUND = np.geomspace(0.05, 500, 41)
_LIMITS = {"settled": 1e-9, "grown": 1.2, "lawful": 1.01}
_ADADELTA = OPTIMIZERS["adadelta"]
_FLOOR = 1e-20
_LOSS = Axis("loss", log=True, floor=_FLOOR)


class Settling(NamedTuple):
    """Walks on parabolas: curvatures, the chosen one last, the loss of each at each step, and the step of arrival."""

    curvature: Array
    loss: Array
    arrival: Array
    growth: Array


def find(h: float, lr: float, eps: float, noise: float) -> Finding:
    """Walk into the minimum of h·x²/2 and follow the loss for a long time; and a run on Rosenbrock."""
    border = float(BORDER(lr=lr))
    walks = _settle(np.append(AROUND * border, h), lr, eps, noise)
    loss, fifths = walks.loss[:, -1], walks.loss[1:, -1].reshape(5, -1).mean(axis=1)
    where = SURFACES["rosenbrock"]
    valley = descend(where, _ADADELTA, controls.nearby_starts(where), VALLEY_STEPS, noise=noise, eps=eps, lr=lr)
    best, last = valley.value.min(axis=0), valley.value[-1]
    numbers = {
        "curvature": h,
        "border": border,
        "steps": STEPS,
        "start": loss[0],
        "end": fifths[-1],
        "left": fifths[-1] / loss[0],
        "slowest": _slowest(fifths),
        "growth": (loss[-1] - loss[STEPS // 2]) / (STEPS / 2),
        "growth_law": walks.growth[-1],
        "valley_best_step": valley.value.argmin(axis=0),
        "valley_steps": VALLEY_STEPS,
    }
    lawful = noise == 0 and h >= _LIMITS["lawful"] * border
    conditions = f"η {written(lr)}, ε {written(eps)}, ρ {written(_ADADELTA.resolve()['rho'])}, noise {written(noise)}"
    pictures = (
        _of_one(walks, lawful, f"Curvature {written(h)}, {conditions}"),
        _of_all(
            walks,
            noise == 0,
            f"{STEPS} steps, {conditions}; what is lower than {written(_FLOOR)} stands at the edge",
        ),
        _of_valley(valley.value[:, 0], f"From the start of the catalogue, {conditions}"),
    )
    higher = bool(np.median(last / best) > _LIMITS["grown"])
    digits = {"valley_best_step": 1}
    return found(_verdict, lambda verdict: _told(verdict, lawful, higher), numbers, *pictures, digits=digits)


def _settle(curvature: Array, lr: float, eps: float, noise: float) -> Settling:
    """Start a hundred times η√ε away, so that the way takes as long for every setting."""
    draws = noise * np.random.default_rng(0).standard_normal(STEPS + 1)
    start = np.full(len(curvature), 100 * lr * np.sqrt(eps))
    hyper = _ADADELTA.resolve(lr=lr, eps=eps)
    theta = walk(_ADADELTA, lambda at, t: curvature * at + draws[t], start, STEPS, **hyper).theta
    growth = LOSS_GROWTH(h=curvature, lr=lr, eps=eps)
    return Settling(curvature, curvature * theta**2 / 2, first(theta <= 0), growth)


def _slowest(fifths: Array) -> float:
    """Return the least factor by which the loss of one fifth of the walk exceeds that of the fifth before."""
    before, after = fifths[1:-1], fifths[2:]
    return float(np.min(np.divide(after, before, out=np.zeros_like(after), where=before > 0)))


def _verdict(n: Numbers) -> Verdict:
    if n["left"] <= _LIMITS["settled"]:
        return "true"
    return "false" if n["slowest"] > _LIMITS["grown"] else "depends"


def _told(verdict: Verdict, lawful: bool, higher: bool) -> str:
    by_law = ", by {growth} a step; the law says {growth_law}" if lawful else ""
    then = {
        "true": "It has settled",
        "depends": "It has not settled, and it does not keep growing",
        "false": f"It keeps growing{by_law}",
    }[verdict]
    return (
        "On a parabola of curvature {curvature} the loss comes from {start} and is {end} in the last fifth of {steps} "
        f"steps. {then}. The border lies at the curvature {{border}}. On Rosenbrock the lowest value of "
        f"{{valley_steps}} steps is met after {{valley_best_step}}; the last is {'higher' if higher else 'as low'}."
    )


def _of_one(walks: Settling, lawful: bool, caption: str) -> Chart:
    shown = np.unique(np.geomspace(1, STEPS, 400).astype(int))
    series = [Series(shown.astype(float), walks.loss[shown, -1], "AdaDelta", "@adadelta")]
    if lawful:
        after = shown[shown > walks.arrival[-1]].astype(float)
        series.append(law(after, walks.growth[-1] * (after - walks.arrival[-1])))
    return Chart("Loss on a parabola", tuple(series), Axis("step", log=True), _LOSS, caption)


def _of_all(walks: Settling, lawful: bool, caption: str) -> Chart:
    others, middle = slice(None, -1), 0.9 * STEPS
    curvature, growth = walks.curvature[others], walks.growth[others]
    last = np.maximum(walks.loss[-STEPS // 5 :, others].mean(axis=0), _FLOOR)
    series = [Series(curvature, last, "AdaDelta", "@adadelta", "points")]
    if lawful:
        series.append(law(curvature, np.where(growth > 0, growth * (middle - walks.arrival[others]), np.nan)))
    title = "Loss in the last fifth, for every curvature"
    return Chart(title, tuple(series), Axis("curvature", log=True), _LOSS, caption)


def _of_valley(value: Array, caption: str) -> Chart:
    t = np.arange(float(len(value)))
    series = (
        Series(t, value, "now", "@adadelta"),
        Series(t, np.minimum.accumulate(value), "best so far", "@ink", dash="dash"),
    )
    return Chart("Loss on Rosenbrock", series, Axis("step"), Axis("loss", log=True), caption)


CLAIM = Claim(
    "converge",
    "Convergence",
    "It converges.",
    (
        Parameter("h", "Curvature h", 10, (0.1, 1000), "It is the second derivative of the parabola.", scale="log"),
        Parameter(
            "lr",
            "factor on every step",
            1,
            (0.1, 1),
            "It multiplies every step; the paper has none.",
            symbol="η",
            scale="log",
        ),
        controls.eps(1e-8, 1e-3),
        Parameter(
            "noise",
            "Gradient noise",
            0,
            (0, 1),
            "It is the standard deviation of what is added to each slope.",
            scale="log",
        ),
    ),
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
