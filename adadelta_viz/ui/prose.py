"""Sentences with numbers: every number comes from the run that is on the screen."""

import numpy as np

from adadelta_viz.core import Experiment, Surface, Trajectory
from adadelta_viz.core.adadelta import first_step
from adadelta_viz.core.measures import facts
from adadelta_viz.core.notation import written


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


def _done(run: Trajectory, coordinate: int) -> str:
    return written(run.delta[0, coordinate]) if len(run.delta) else "none"
