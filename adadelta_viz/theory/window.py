"""Idea 1, the window: a running average forgets, so the rate recovers. This rule alone is RMSprop."""

import numpy as np
import sympy as sp

from adadelta_viz.core import OPTIMIZERS
from adadelta_viz.core.arrays import Array
from adadelta_viz.core.run.laws import after_one_steep_slope, recovering_rate
from adadelta_viz.experiments import Experiment
from adadelta_viz.experiments.race import Race
from adadelta_viz.figures import Series, chart
from adadelta_viz.figures.theme import SYMBOLIC
from adadelta_viz.notation.mathml import formula, law
from adadelta_viz.notation.numbers import written
from adadelta_viz.theory.adagrad import LETTERS, RATE, STEP, STEPS, along
from adadelta_viz.theory.markup import display, paragraph
from adadelta_viz.theory.section import Chart, Chosen, Link, Opened, Section

STEEP = 100.0
_ETA, _S, _T, _RHO = (sp.Symbol(name, positive=True) for name in ("η", "S", "t", "ρ"))
with sp.evaluate(False):
    _STEEP_PART = (1 - _RHO) * _RHO ** (_T - 1) * (_S**2 - 1)
    RECOVERING = sp.Eq(sp.Symbol("rate"), _ETA / sp.sqrt(sp.Add(1, -(_RHO**_T), _STEEP_PART)))


def show(chosen: Chosen) -> Opened:
    """Show how the rate recovers from one steep slope, beside AdaGrad's that does not."""
    rho = chosen.numbers["rho"]
    optimizer = OPTIMIZERS["rmsprop"]
    rates = after_one_steep_slope(optimizer, STEEP, STEPS, lr=1.0, rho=rho)
    summed = after_one_steep_slope(OPTIMIZERS["adagrad"], STEEP, STEPS, lr=1.0)
    steps, seen = along(rates)
    text = (
        paragraph(
            "The paper's first idea is to accumulate over a window. A running average does that with one number: each "
            "[[step]] keeps the fraction ρ of it and adds 1 − ρ of the new square."
        ),
        display(*(formula(optimizer, equation) for equation in optimizer.equations)),
        paragraph(
            f"The same slopes as before: first {written(STEEP)}, then always 1. With ρ = {written(rho)} "
            f"{_recovered(rates)} AdaGrad stands at {written(float(summed[-1]))} η after {STEPS} steps."
        ),
        display(law(RECOVERING, LETTERS | {"ρ": "<mi>ρ</mi>"})),
        paragraph(
            "This rule alone is RMSprop, which came up in the same year. On steady slopes its steps come to have the "
            "length η, whatever the slope. So the rate no longer dies, and η is still there to be chosen."
        ),
    )
    series = [
        Series(*along(summed), "AdaGrad, the sum", "@adagrad"),
        Series(steps, seen, f"RMSprop, ρ {written(rho)}", "@rmsprop"),
        Series(steps, np.asarray(recovering_rate(steps, STEEP, rho)), "law", SYMBOLIC.ink, dash="dash"),
    ]
    figure = chart(series, STEP, RATE._replace(floor=1e-3, ceiling=1.0), SYMBOLIC)
    caption = f"Both fed with slopes: first {written(STEEP)}, then {STEPS - 1} times 1 · ρ {written(rho)}"
    label = (
        f"RMSprop's rate rises from {written(float(rates[0]))} η to {written(float(rates[-1]))} η in {STEPS} steps; "
        f"AdaGrad's stays at {written(float(summed[-1]))} η."
    )
    race = Race((Experiment(optimizer="rmsprop"), Experiment()))
    return Opened(text, Chart(figure, caption, label), (Link("RMSprop and AdaDelta in Race", "race", race.to_query()),))


def _recovered(rates: Array) -> str:
    """Say when the rate is back at half of η."""
    back = np.flatnonzero(rates >= 0.5)
    if not back.size:
        return (
            f"the rate is at {written(float(rates[-1]))} η after {STEPS} steps: the memory is longer than this chart."
        )
    return f"the rate is back at half of η at step {back[0] + 1}."


SECTION = Section(
    "window",
    "Idea 1: a window instead of a sum",
    "The window",
    "In the paper: “Idea 1: Accumulate Over Window”",
    "Move ρ to 0.999. How long does the steep slope linger?",
    show,
    (OPTIMIZERS["rmsprop"].parameters["rho"].change(default=0.95),),
)
