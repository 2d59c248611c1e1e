"""The learning-rate dilemma: one rate has to serve a steep side and a flat one."""

from adadelta_viz.core import OPTIMIZERS, Trajectory
from adadelta_viz.core.parameter import Parameter
from adadelta_viz.core.run.laws import factor, steps_to_tenth
from adadelta_viz.core.run.measures import facts
from adadelta_viz.experiments import Experiment
from adadelta_viz.experiments.race import Race
from adadelta_viz.notation.mathml import formula
from adadelta_viz.notation.numbers import written
from adadelta_viz.player.sketch import Walker, sketch_payload
from adadelta_viz.theory.markup import display, paragraph
from adadelta_viz.theory.section import Chosen, Link, Opened, Play, Section

FLAT, STEEP = 1.0, 100.0  # the curvatures of the bowl, along x and along y
SMALL, LARGE = 0.001, 0.021
STEPS = 300


def experiment(lr: float) -> Experiment:
    """Set up one run down the bowl with a flat and a steep side."""
    return Experiment("quadratic", "sgd", {"lr": lr, "steps": STEPS})


def show(chosen: Chosen) -> Opened:
    """Show a rate that is too small, one that is too large, and the visitor's between them."""
    lr = chosen.numbers["lr"]
    rates = {"too small": SMALL, "too large": LARGE, "yours": lr}
    runs = {name: experiment(rate).run() for name, rate in rates.items()}
    walkers = [
        Walker(experiment(rates[name]), run, f"{name}, η {written(rates[name])}", role)
        for (name, run), role in zip(runs.items(), ("nesterov", "rmsprop", "adadelta"), strict=True)
    ]
    ends = {name: _end(experiment(rates[name]), run) for name, run in runs.items()}
    text = (
        paragraph(
            "Gradient descent takes [[step|steps]] down a [[loss]]. Each is the same fraction of the "
            "[[gradient|slope]], the [[learning-rate]] η."
        ),
        display(formula(OPTIMIZERS["sgd"], OPTIMIZERS["sgd"].equations[0])),
        paragraph(
            f"This bowl has [[curvature]] h = {written(FLAT)} along x and h = {written(STEEP)} along y. One step "
            f"multiplies the distance from the minimum by 1 − ηh. With η = {written(lr)} that is "
            f"{written(factor(FLAT, lr))} along x and {written(factor(STEEP, lr))} along y."
        ),
        paragraph(_verdict(lr)),
        paragraph(
            f"Along y alone η = {written(1 / STEEP)} would arrive in one step, along x alone η = {written(1 / FLAT)}. "
            f"One number cannot be both. The small rate {ends['too small']}, the large one {ends['too large']}, and "
            f"yours {ends['yours']}."
        ),
    )
    caption = f"Quadratic with curvatures 1 and 100, from (−8, 1) · SGD · {STEPS} steps, or until a run leaves the map"
    race = Race(tuple(experiment(rate) for rate in rates.values()))
    return Opened(text, Play(sketch_payload(walkers, caption)), (Link("These three in Race", "race", race.to_query()),))


def _end(started: Experiment, run: Trajectory) -> str:
    """Say where a run is at its end, or when it left the map."""
    found = facts(started.loss_surface, run)
    if found.left_map_at is not None:
        return f"leaves the map at step {found.left_map_at}"
    return f"comes to a loss of {written(found.last_value)} in {STEPS} steps"


def _verdict(lr: float) -> str:
    """Say which side decides with this rate."""
    steep, border = factor(STEEP, lr), 2 / STEEP
    if abs(abs(steep) - 1) < 1e-9:
        return (
            f"This is the border, η = 2/h = {written(border)}: along y the run jumps from wall to wall and comes no "
            "closer. The steep side decides."
        )
    if abs(steep) > 1:
        return (
            f"Along y each step is longer than the one before. Above η = 2/h = {written(border)} the steep side "
            "throws the run out, however good the rate is along x."
        )
    return (
        f"Both sides shrink. But the flat side needs {steps_to_tenth(factor(FLAT, lr)):.0f} steps for each factor of "
        f"ten, and the steep side allows no η above 2/h = {written(border)}."
    )


SECTION = Section(
    "dilemma",
    "One rate for every slope",
    "The dilemma",
    "In the paper: the introduction, and “Learning Rate Annealing”",
    "Move η one stop past 0.02. Which side decides?",
    show,
    (
        Parameter(
            "lr", "learning rate", 0.019, (SMALL, 0.022), "It is the length of a step per unit of slope.", symbol="η"
        ),
    ),
)
