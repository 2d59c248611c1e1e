"""Momentum: steady slopes add up, alternating ones cancel."""

import numpy as np

from adadelta_viz.core import OPTIMIZERS, Trajectory
from adadelta_viz.core.run.laws import momentum_gain
from adadelta_viz.core.run.measures import steps_to
from adadelta_viz.experiments import Experiment
from adadelta_viz.experiments.race import Race
from adadelta_viz.notation.mathml import formula
from adadelta_viz.notation.numbers import written
from adadelta_viz.player.sketch import Walker, sketch_payload
from adadelta_viz.theory.markup import display, paragraph
from adadelta_viz.theory.section import Chosen, Link, Opened, Play, Section

RATE, STEPS, CLOSE = 0.005, 300, 0.01


def experiments(momentum: float) -> dict[str, Experiment]:
    """Set up SGD and Momentum with the same learning rate on the same bowl."""
    common = {"lr": RATE, "steps": STEPS}
    given: dict[str, dict[str, float]] = {"sgd": common, "momentum": common | {"momentum": momentum}}
    return {key: Experiment("quadratic", key, numbers) for key, numbers in given.items()}


def show(chosen: Chosen) -> Opened:
    """Show what a velocity changes."""
    momentum = chosen.numbers["momentum"]
    both = experiments(momentum)
    runs = {key: each.run() for key, each in both.items()}
    steady, alternating = momentum_gain(momentum)
    passed = int(np.count_nonzero(np.diff(np.sign(runs["momentum"].theta[:, 0]))))
    optimizer = OPTIMIZERS["momentum"]
    text = (
        paragraph(
            "Momentum keeps a velocity. At each step the fraction μ of it is left, and the [[gradient|slope]] is added."
        ),
        display(*(formula(optimizer, equation) for equation in optimizer.equations)),
        paragraph(
            f"Steady slopes add up: with μ = {written(momentum)} the velocity grows to 1/(1 − μ) = {written(steady)} "
            f"slopes. Slopes that turn at every step cancel: 1/(1 + μ) = {written(alternating)} of one is left."
        ),
        paragraph(
            f"Both runs have the [[learning-rate]] {written(RATE)}. SGD {_arrival(runs['sgd'])}. Momentum "
            f"{_arrival(runs['momentum'])}. In {STEPS} steps it passes the minimum along x {_times(passed)}."
        ),
        paragraph(
            f"Half the way along the flat side takes SGD {half_way(runs['sgd'])} steps and Momentum "
            f"{half_way(runs['momentum'])}. The rate is still one number for all directions, and somebody has to "
            "choose it."
        ),
    )
    walkers = [Walker(both[key], runs[key], OPTIMIZERS[key].title, key) for key in both]
    caption = f"Quadratic with curvatures 1 and 100, from (−8, 1) · η {written(RATE)} · {STEPS} steps · no noise"
    race = Race(tuple(both.values()))
    return Opened(text, Play(sketch_payload(walkers, caption)), (Link("These two in Race", "race", race.to_query()),))


def half_way(run: Trajectory) -> int:
    """Return the first step at which a run has half of its way along x behind it."""
    return int(np.argmax(np.abs(run.theta[:, 0]) <= abs(run.theta[0, 0]) / 2))


def _arrival(run: Trajectory) -> str:
    step = float(steps_to(CLOSE)(run))
    if np.isnan(step):
        return f"has not come below a loss of {written(CLOSE)} after {STEPS} steps"
    return f"comes below a loss of {written(CLOSE)} at step {step:.0f}"


def _times(count: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(count, f"{count} times")


SECTION = Section(
    "momentum",
    "Momentum: keep the speed",
    "Momentum",
    "In the paper: “Per-Dimension First Order Methods”, Momentum",
    "Move μ to 0.98. What is too much of it?",
    show,
    (OPTIMIZERS["momentum"].parameters["momentum"],),
)
