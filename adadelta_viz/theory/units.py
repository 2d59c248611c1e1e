"""Idea 2, the units: a step should be measured in θ, so a ratio of two memories stands where the curvature should."""

from html import escape

import numpy as np
import sympy as sp

from adadelta_viz.core import OPTIMIZERS, Surface, Trajectory
from adadelta_viz.core.arrays import Array
from adadelta_viz.core.run.laws import Estimate, estimate
from adadelta_viz.experiments import Experiment
from adadelta_viz.figures import Line, Panel, traces
from adadelta_viz.figures.theme import SYMBOLIC
from adadelta_viz.notation.mathml import formula, law, numbers
from adadelta_viz.notation.numbers import written
from adadelta_viz.player import panels, parts, payload
from adadelta_viz.player.packing import packed
from adadelta_viz.theory.markup import display, inverse, paragraph, table
from adadelta_viz.theory.section import Chosen, Link, Opened, Play, Section

STEPS = 1500
NEAR = 3.0  # within this factor an estimate counts as near
_STEP = OPTIMIZERS["adadelta"].equations[1]
_INVERSE = (
    "<msub><mrow><mo>[</mo><msup><mi>H</mi><mrow><mo>−</mo><mn>1</mn></mrow></msup><mo>]</mo></mrow><mi>ii</mi></msub>"
)
LETTERS = {
    "step": "<mi>Δθ</mi>",
    "slope": "<mi>g</mi>",
    "curvature": "<mi>h</mi>",
    "steps": "<mrow><mi>RMS</mi><mo>[</mo><mi>Δθ</mi><mo>]</mo></mrow>",
    "slopes": "<mrow><mi>RMS</mi><mo>[</mo><mi>g</mi><mo>]</mo></mrow>",
}
_S, _G, _H, _SS, _GG = (sp.Symbol(name) for name in LETTERS)
with sp.evaluate(False):
    NEWTON = sp.Eq(_S, -_G / _H)
    SOLVED = sp.Eq(inverse(_H), -_S / _G)
    RATIO = sp.Eq(inverse(_H), _SS / _GG)


def show(chosen: Chosen) -> Opened:
    """Show AdaDelta's ratio beside the true inverse curvature, along a run from the visitor's point."""
    experiment = Experiment(chosen.surface, "adadelta", dict(chosen.numbers) | {"steps": STEPS})
    surface, run = experiment.loss_surface, experiment.run()
    found = estimate(surface, run)
    text = (
        paragraph(
            "Let θ be a length and the [[loss]] a time. A slope is then a time per length. SGD takes a multiple of it "
            "for a step, which should be a length. RMSprop's step has no unit at all. Newton's has the right one, "
            "because it divides by the [[curvature]], a time per length squared:"
        ),
        display(law(NEWTON, LETTERS), law(SOLVED, LETTERS)),
        paragraph(
            "The paper's second idea is to read this backwards. A step over a slope has the unit of an inverse "
            "curvature, and both are remembered anyway, as [[rms|root mean squares]]:"
        ),
        display(law(RATIO, LETTERS).replace("<mo>=</mo>", "<mo>≈</mo>"), formula(OPTIMIZERS["adadelta"], _STEP)),
        paragraph(_told(surface, found)),
        _table(found),
        paragraph(
            "The unit is right, the size comes from elsewhere. The first steps are made by ε, which has two units "
            "itself: it is added to squared steps and to squared slopes. With ε = 0 AdaDelta does not move. Where a "
            "run comes to jump from wall to wall of a bowl with h > 2, the ratio settles at 2/h, twice the true value. "
            "In a flatter bowl it ends at 1, as the paper reports of its networks (section 4.3, as published, not "
            "re-checked here)."
        ),
    )
    link = Link("This run in Explore", "explore", experiment.to_query())
    return Opened(text, Play(_played(experiment, run, found)), (link,))


def near(found: Estimate, coordinate: int) -> float:
    """Return for which share of the steps the ratio is within a factor of three of the true diagonal's size."""
    with np.errstate(all="ignore"):
        off = np.abs(np.log(found.ratio[:, coordinate] / np.abs(found.inverse[:, coordinate])))
    return float(np.mean(off <= np.log(NEAR)))


def _told(surface: Surface, found: Estimate) -> str:
    shares = " and ".join(f"{near(found, i):.0%} along {axis}" for i, axis in enumerate("xy"))
    return (
        f"On {escape(surface.title)}, from this start, the ratio is within a factor of {NEAR:.0f} of the true value, "
        f"the diagonal of the inverse [[hessian|Hessian]], in {shares} of {len(found.ratio)} steps."
    )


def _table(found: Estimate) -> str:
    """Set the ratio and the truth of the first and the last step side by side."""
    rows = [
        [f"step {step}, {axis}", _number(found.ratio[step - 1, i]), _number(found.inverse[step - 1, i])]
        for step in (1, len(found.ratio))
        for i, axis in enumerate("xy")
    ]
    return table(["", "the ratio", "the true value"], rows)


def _number(value: float) -> str:
    return written(value) if np.isfinite(value) else "none"


def _played(experiment: Experiment, run: Trajectory, found: Estimate) -> dict[str, object]:
    """Complete the player's run with the truth: a dotted line in each panel, and a line of numbers."""
    loss = panels.of_run(experiment.loss_surface, experiment, run, parts.ceiling(experiment.loss_surface))[0]
    truth = np.abs(found.inverse)
    strips = [loss, *(_strip(axis, found.ratio[:, i], truth[:, i]) for i, axis in enumerate("xy"))]
    first = np.full((1, 2), np.nan)  # nothing is estimated before the first step
    extra = {"inverse": np.vstack([first, found.inverse]), "ratio": np.vstack([first, found.ratio])}
    shown = payload(experiment, run)
    shown["runs"][0]["terms"] |= packed(extra)
    rows = [
        {"formula": formula(OPTIMIZERS["adadelta"], _STEP), "numbers": numbers(_STEP, experiment.hyper)},
        _row(f"<mfrac>{LETTERS['steps']}{LETTERS['slopes']}</mfrac>", "ratio"),
        _row(_INVERSE, "inverse"),
    ]
    return shown | {
        "traces": packed(traces(strips, STEPS, SYMBOLIC)),
        "equations": {"columns": ["x", "y"], "lines": rows},
    }


def _strip(axis: str, ratio: Array, truth: Array) -> Panel:
    color = SYMBOLIC.x if axis == "x" else SYMBOLIC.y
    lines = [Line(ratio, color, first=1, run="adadelta"), Line(truth, SYMBOLIC.muted, "dot", first=1, run="adadelta")]
    return Panel(f"{axis}: the ratio; the true inverse curvature dotted", lines, floor=1e-9, ceiling=1e6)


def _row(quantity: str, term: str) -> dict[str, str]:
    hole = f'<math><mn data-term="{term}" data-at="0" data-result></mn></math>'
    return {"formula": f"<math>{quantity}</math>", "numbers": hole}


SECTION = Section(
    "units",
    "Idea 2: correct units",
    "The units",
    "In the paper: “Idea 2: Correct Units with Hessian Approximation”",
    "Choose Sphere × 10 and play to the end. How far off is the ratio?",
    show,
    anywhere=True,
)
