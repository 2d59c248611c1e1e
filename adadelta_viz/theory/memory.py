"""What ρ remembers: half of a memory is gone after ln ½ / ln ρ steps, which is not 1/(1 − ρ)."""

import numpy as np
import sympy as sp

from adadelta_viz.core import OPTIMIZERS
from adadelta_viz.core.run.laws import half_life, time_constant
from adadelta_viz.figures import Axis, Series, chart
from adadelta_viz.figures.theme import SYMBOLIC
from adadelta_viz.notation.mathml import law
from adadelta_viz.notation.numbers import written
from adadelta_viz.theory.markup import display, inverse, paragraph, table
from adadelta_viz.theory.section import Chart, Chosen, Opened, Section

USUAL = (0.9, 0.95, 0.99, 0.999)
_RHO = sp.Symbol("ρ", positive=True)
LETTERS = {
    "ρ": "<mi>ρ</mi>",
    "half": "<msub><mi>k</mi><mi>½</mi></msub>",
    "all": "<munderover><mo>∑</mo><mrow><mi>k</mi><mo>=</mo><mn>0</mn></mrow><mi>∞</mi></munderover>"
    "<msup><mi>ρ</mi><mi>k</mi></msup>",
}
with sp.evaluate(False):
    HALF = sp.Eq(sp.Symbol("half"), sp.log(sp.Rational(1, 2)) / sp.log(_RHO))
    WORTH = sp.Eq(sp.Symbol("all"), inverse(1 - _RHO))


def show(chosen: Chosen) -> Opened:
    """Show how a memory fades, with both of the numbers that are said of it."""
    rho = chosen.numbers["rho"]
    half, worth = half_life(rho), time_constant(rho)
    left = rho**worth
    text = (
        paragraph("One step keeps the fraction ρ of each memory. After k steps ρᵏ of what came in is left."),
        display(law(HALF, LETTERS), law(WORTH, LETTERS)),
        paragraph(
            f"With ρ = {written(rho)} half is gone after {written(half)} steps: this is the [[half-life]]. Often "
            f"1/(1 − ρ) = {written(worth)} is given instead. After that many steps {left:.0%} is left, not half."
        ),
        paragraph(
            f"1/(1 − ρ) answers another question: it is the sum of all ρᵏ, so many steps of full weight is the memory "
            f"worth. Here the half-life is {written(half / worth)} of it; for ρ close to 1 it is "
            f"ln 2 = {written(float(np.log(2)))} of it."
        ),
        table(
            ["ρ", "[[half-life]]", "1/(1 − ρ)"],
            [[written(each), f"{half_life(each):.1f}", f"{time_constant(each):.0f}"] for each in USUAL],
        ),
    )
    ages = np.linspace(0, 5 * worth, 200)
    series = [
        Series(ages, rho**ages, "left of a memory, ρᵏ", "@adadelta"),
        Series(np.array([half]), np.array([0.5]), f"half-life, {written(half)} steps", SYMBOLIC.ink, "points"),
        Series(np.array([worth]), np.array([left]), f"1/(1 − ρ), {written(worth)} steps", SYMBOLIC.x, "points"),
    ]
    figure = chart(series, Axis("steps ago, k"), Axis("share that is left"), SYMBOLIC)
    label = f"What is left falls to a half after {written(half)} steps and to {left:.0%} after {written(worth)}."
    return Opened(text, Chart(figure, f"ρ {written(rho)}", label))


SECTION = Section(
    "memory",
    "What ρ remembers",
    "What ρ remembers",
    "In the paper: “Idea 1: Accumulate Over Window”",
    "Find the ρ whose half-life is ten steps.",
    show,
    (OPTIMIZERS["adadelta"].parameters["rho"].change(lower=0.5),),
)
