"""Sentences with numbers: every number comes from the run that is on the screen."""

from functools import lru_cache

import numpy as np
from sympy import latex

from adadelta_viz.core import Surface, Trajectory
from adadelta_viz.core.arrays import Array
from adadelta_viz.core.optimizers.adadelta import first_step
from adadelta_viz.core.run.measures import facts
from adadelta_viz.core.surfaces.critical_points import Found, Stationary, curvatures_at
from adadelta_viz.core.surfaces.window import Point
from adadelta_viz.experiments import Experiment
from adadelta_viz.figures.curvature import MARKS
from adadelta_viz.notation.numbers import written

BORDER = 2.0
"""The largest curvature at which AdaDelta with η = 1 settles: at its end it is gradient descent with rate η."""

LONGEST, SHOWN = 2500, 8
"""Characters of derivatives that are printed, and stationary points that are listed."""

_NONE_FOUND = "No stationary point was found in this window. Kinks, which have no gradient, are not looked for."
_LEVEL = "\nBeside these f is level along whole lines or regions of the window."


def surface(chosen: Surface) -> str:
    """Introduce a surface: its formula in mathematical type and what it teaches."""
    return f"$f(x, y) = {chosen.latex}$  \n:gray[{chosen.teaches}]"


def run_facts(chosen: Surface, run: Trajectory) -> str:
    """Tell one run in a line: best and last value, why it stopped, how far from a minimum."""
    found = facts(chosen, run)
    ended = f"all {found.last_step} steps done" if found.stopped == "steps" else found.stopped
    if found.left_map_at is not None:
        ended += f", left the map at step {found.left_map_at}"
    told = {
        "best value": f"**{written(found.best_value)}** at step {found.best_step}",
        "last value": f"**{written(found.last_value)}** at step {found.last_step}",
        "stopped": ended,
        "distance to the nearest minimum": "none is listed"
        if found.distance is None
        else f"**{written(found.distance)}**",
    }
    return " · ".join(f":gray[{label}] {fact}" for label, fact in told.items())


def slow_start(experiment: Experiment, run: Trajectory) -> str:
    """Explain the first step with the numbers of this run: what the law says and what the run did."""
    rho, eps, lr = (experiment.numbers[name] for name in ("rho", "eps", "lr"))
    law = lr * float(np.sqrt(eps / (1 - rho)))
    predicted = first_step(run.gradient[0], rho, eps, lr)
    rows = [
        f"| {axis} | {written(run.gradient[0, i])} | {written(predicted[i])} | {_done(run, i)} |"
        for i, axis in enumerate("xy")
    ]
    steep = np.abs(run.gradient[0]) > 10 * np.sqrt(eps / (1 - rho))
    verdict = (
        "Both slopes are steep enough for that."
        if steep.all()
        else "A slope that is not far above that length is too gentle for the cancellation, and its step is shorter."
    )
    factor = "" if lr == 1 else rf"{written(lr)}\cdot"
    return "\n".join(
        [
            "Both memories are empty. On a steep slope the slope itself cancels, and what is left is "
            rf"$\sqrt{{\varepsilon/(1-\rho)}}$, the same in every coordinate: here "
            rf"${factor}\sqrt{{{written(eps)}/(1-{written(rho)})}} = {written(law)}$. {verdict}",
            "",
            "| | slope at the start | first step by the formula | first step of this run |",
            "|---|---|---|---|",
            *rows,
            "",
            "Make ε a hundred times larger and the first step is ten times longer: ε is the hidden step size.",
        ]
    )


@lru_cache(maxsize=32)
def derivatives(chosen: Surface) -> str:
    """Print gradient and Hessian in mathematical type, or say how large they are where that fills no page."""
    (x, y), (xx, xy, yy) = (tuple(map(latex, each)) for each in (chosen.slopes, chosen.curvatures))
    if len(x + y + xx + xy + yy) > LONGEST:
        needed = int(sum(each.count_ops() for each in (*chosen.slopes, *chosen.curvatures)))
        return f"Both were found, and are computed in every step; their {needed} operations would fill pages."
    return "\n\n".join(
        f"${each}$"
        for each in (
            rf"\frac{{\partial f}}{{\partial x}} = {x}",
            rf"\frac{{\partial f}}{{\partial y}} = {y}",
            rf"\frac{{\partial^2 f}}{{\partial x^2}} = {xx}",
            rf"\frac{{\partial^2 f}}{{\partial x\,\partial y}} = {xy}",
            rf"\frac{{\partial^2 f}}{{\partial y^2}} = {yy}",
        )
    )


def at_point(chosen: Surface, point: Point) -> str:
    """Say what f, its slope and its curvature are at a point, and what that curvature means for AdaDelta."""
    theta = np.array(point)
    slope, hessian = chosen.gradient(theta), chosen.hessian(theta)
    low, high = curvatures_at(chosen, point)
    rows = r" \\ ".join(" & ".join(map(_in_type, row)) for row in hessian)
    return "\n\n".join(
        [
            f"$f({_pair(theta)}) = {_in_type(float(chosen.value(theta)))}$",
            rf"$\nabla f = ({_pair(slope)}) \qquad \nabla^2 f = \begin{{pmatrix}} {rows} \end{{pmatrix}}$",
            f":gray[curvatures (eigenvalues of ∇²f)] **{written(low)}** and **{written(high)}**",
            settles(low, high),
        ]
    )


def _pair(numbers: Array) -> str:
    return r",\ ".join(map(_in_type, numbers))


def _in_type(number: float) -> str:
    """Write a number for mathematical type."""
    digits, _, exponent = written(number).replace("−", "-").partition("e")
    if not np.isfinite(number):
        return r"\text{none}"
    return rf"{digits} \cdot 10^{{{exponent}}}" if exponent else digits


def settles(low: float, high: float) -> str:
    """Say whether AdaDelta with η = 1 and no noise comes to rest in a minimum with these curvatures."""
    if not np.isfinite(high):
        return "Here f has no curvature that is a finite number."
    border = written(BORDER)
    if low <= 0:
        return (
            "In a minimum both would be positive. There AdaDelta (η = 1, no noise) settles if neither is above "
            f"2/η = {border}."
        )
    if high > BORDER:
        return (
            f"The larger is above 2/η = {border}: in a minimum curved like this AdaDelta (η = 1, no noise) does not "
            "settle. At the end it jumps from side to side, a little farther each time."
        )
    return f"Neither is above 2/η = {border}: in a minimum curved like this AdaDelta (η = 1) settles."


def stationary_points(found: Found) -> str:
    """List the stationary points, lowest first, as far as they help."""
    if not found.points:
        return "f is level along whole lines or regions of the window." if found.level else _NONE_FOUND
    rows = ["| " + " | ".join(_cells(each)) + " |" for each in found.points[:SHOWN]]
    more = len(found.points) - len(rows)
    table = ["| kind | (x, y) | f | curvatures |", "|---|---|---|---|", *rows]
    rest = [f"\nand {more} more, all on the map." if more else "", _LEVEL if found.level else ""]
    return "\n".join([*table, *filter(None, rest)])


def _cells(each: Stationary) -> tuple[str, ...]:
    """Tell kind, place, height and curvatures of a stationary point; the mark is not parted from the kind."""
    place, curvatures = (", ".join(map(written, pair)) for pair in (each.point, each.curvatures))
    return f"{MARKS[each.kind][1]}\u00a0{each.kind}", f"({place})", written(each.value), curvatures


def _done(run: Trajectory, coordinate: int) -> str:
    return written(run.delta[0, coordinate]) if len(run.delta) else "none"
