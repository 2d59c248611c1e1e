"""The algorithm, line by line, with the numbers of a run."""

import sympy as sp

from adadelta_viz.core import OPTIMIZERS
from adadelta_viz.core.optimizers.adadelta import first_step
from adadelta_viz.experiments import Experiment
from adadelta_viz.notation.mathml import formula, law
from adadelta_viz.notation.numbers import written
from adadelta_viz.player import payload
from adadelta_viz.player.parts import SLOPE
from adadelta_viz.theory.markup import display, lines, paragraph
from adadelta_viz.theory.section import Chosen, Link, Opened, Play, Section

STEPS = 300
WHAT = (
    "Look at the slope.",
    "Remember it: this comes first, so the new slope is already in the memory that divides.",
    "Make the step: the old memory of steps above the new memory of slopes, times the slope.",
    "Remember the step, after it is made.",
    "Take it. The paper has η = 1.",
)
_PARAMETERS = OPTIMIZERS["adadelta"].parameters
_RHO, _EPS = sp.Symbol("ρ", positive=True), sp.Symbol("ε", positive=True)
LETTERS = {
    "ρ": "<mi>ρ</mi>",
    "ε": "<mi>ε</mi>",
    "first": "<mrow><mo>|</mo><msub><mi>Δθ</mi><mn>1</mn></msub><mo>|</mo></mrow>",
}
with sp.evaluate(False):
    FIRST = sp.Eq(sp.Symbol("first"), sp.sqrt(_EPS / (1 - _RHO)))


def show(chosen: Chosen) -> Opened:
    """Show a run and, line by line, the update that made it."""
    rho, eps = chosen.numbers["rho"], chosen.numbers["eps"]
    experiment = Experiment(numbers={"rho": rho, "eps": eps, "steps": STEPS})
    run, optimizer = experiment.run(), OPTIMIZERS["adadelta"]
    steep = (eps / (1 - rho)) ** 0.5
    predicted = first_step(run.gradient[0], rho, eps)
    formulas = [formula(optimizer, equation) for equation in optimizer.equations]
    link = Link("This run in Explore", "explore", experiment.to_query())
    text = (
        paragraph("Two memories, both empty at the beginning. Each coordinate goes through these lines by itself:"),
        lines(list(zip((SLOPE["formula"], *formulas), WHAT, strict=True))),
        paragraph(
            "In the first step the numerator is ε alone. Where the slope is steep it cancels, and what is left is the "
            "same in every coordinate:"
        ),
        display(law(FIRST, LETTERS)),
        paragraph(
            f"With ρ = {written(rho)} and ε = {written(eps)} that is {written(steep)}. This run begins with "
            f"{written(abs(float(predicted[0])))} along x and {written(abs(float(predicted[1])))} along y. A hundred "
            "times the ε makes it ten times as long. The abstract says that the method “requires no manual tuning of a "
            "learning rate” (as published); ε is where one hides."
        ),
        paragraph(
            f"No step is longer than 1/√(1 − ρ) = {written((1 - rho) ** -0.5)} times the [[rms|RMS]] of the steps "
            "before it, however steep the slope. The denominator sees a sudden slope at once, the numerator only "
            "afterwards."
        ),
    )
    return Opened(text, Play(payload(experiment, run)), (link,))


SECTION = Section(
    "algorithm",
    "The algorithm",
    "The algorithm",
    "In the paper: Algorithm 1",
    "Make ε a hundred times larger. What happens to the first step?",
    show,
    (_PARAMETERS["rho"], _PARAMETERS["eps"]),
)
