"""AdaGrad: a rate for each dimension, and why it dies."""

import numpy as np
import sympy as sp

from adadelta_viz.core import OPTIMIZERS
from adadelta_viz.core.arrays import Array
from adadelta_viz.core.parameter import Parameter
from adadelta_viz.core.run.laws import after_one_steep_slope, dying_rate
from adadelta_viz.experiments import Experiment
from adadelta_viz.experiments.race import Race
from adadelta_viz.figures import Axis, Series, chart
from adadelta_viz.figures.theme import SYMBOLIC
from adadelta_viz.notation.mathml import formula, law
from adadelta_viz.notation.numbers import written
from adadelta_viz.theory.markup import display, paragraph
from adadelta_viz.theory.section import Chart, Chosen, Link, Opened, Section

STEPS = 1000
STEP, RATE = Axis("step", log=True), Axis("step per unit of slope, in η", log=True)
LETTERS = {name: f"<mi>{name}</mi>" for name in ("η", "S", "t", "rate")}
_ETA, _S, _T = (sp.Symbol(name, positive=True) for name in ("η", "S", "t"))
with sp.evaluate(False):
    DYING = sp.Eq(sp.Symbol("rate"), _ETA / sp.sqrt(sp.Add(_S**2, _T, -1)))


def along(values: Array) -> tuple[Array, Array]:
    """Pick about two hundred steps, evenly on a log axis, and the values there."""
    steps = np.unique(np.geomspace(1, len(values), 200).astype(int))
    return steps.astype(float), values[steps - 1]


def show(chosen: Chosen) -> Opened:
    """Show the rate after one steep slope, and what it would be without."""
    steep = chosen.numbers["steep"]
    optimizer = OPTIMIZERS["adagrad"]
    rates = after_one_steep_slope(optimizer, steep, STEPS, lr=1.0)
    level = after_one_steep_slope(optimizer, 1.0, STEPS, lr=1.0)
    steps, seen = along(rates)
    text = (
        paragraph(
            "AdaGrad gives each coordinate a rate of its own. It divides by the root of all squared "
            "[[gradient|slopes]] that this coordinate has ever seen."
        ),
        display(*(formula(optimizer, equation) for equation in optimizer.equations)),
        paragraph(
            f"A sum of squares cannot shrink, so the rate never rises. Here the first slope is S = {written(steep)} "
            "and every later one is 1, whatever the optimizer does:"
        ),
        display(law(DYING, LETTERS)),
        paragraph(
            f"At step {STEPS} the rate is {written(float(rates[-1]))} η. Had the first slope been 1 as well it would "
            f"be {written(float(level[-1]))} η, and a tenth of η already at step 100."
        ),
        paragraph(_outweighed(steep)),
    )
    series = [
        Series(*along(level), "first slope 1", SYMBOLIC.muted, dash="dot"),
        Series(steps, seen, f"first slope {written(steep)}", "@adagrad"),
        Series(steps, np.asarray(dying_rate(steps, steep)), "law", SYMBOLIC.ink, dash="dash"),
    ]
    figure = chart(series, STEP, RATE._replace(floor=1e-3, ceiling=1.0), SYMBOLIC)
    caption = f"AdaGrad fed with slopes: first {written(steep)}, then {STEPS - 1} times 1"
    ends = [written(float(rate)) for rate in (rates[0], rates[-1])]
    label = f"AdaGrad's rate falls from {ends[0]} η at step 1 to {ends[1]} η at step {STEPS}."
    race = Race((Experiment(optimizer="adagrad", numbers={"lr": 0.01}), Experiment(optimizer="rmsprop")))
    return Opened(text, Chart(figure, caption, label), (Link("AdaGrad and RMSprop in Race", "race", race.to_query()),))


def _outweighed(steep: float) -> str:
    """Say for how long the first slope counts for more than all later ones together."""
    if steep == 1:
        return "A first slope of 1 is one among others. Make it steep: what does the one slope cost?"
    return (
        f"The one slope outweighs all later ones together until step S² + 1 = {steep**2 + 1:.0f}. Whoever starts "
        "on a steep slope pays for it as long as the run lasts."
    )


SECTION = Section(
    "adagrad",
    "AdaGrad: a rate for each dimension, and its end",
    "AdaGrad",
    "In the paper: “Per-Dimension First Order Methods”, ADAGRAD",
    "Make the first slope ten times as steep. Does the rate recover?",
    show,
    (
        Parameter(
            "steep",
            "the first slope",
            100,
            (1, 1000),
            "It is how steep the first one is; later ones are 1.",
            symbol="S",
            scale="log",
        ),
    ),
)
