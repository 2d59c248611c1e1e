"""What theory predicts, as equations: the same expression is shown, evaluated and compared with the simulation."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import sympy as sp

from adadelta_viz.core.arrays import Array
from adadelta_viz.notation.mathml import law


@dataclass(frozen=True, eq=False)
class Law:
    """An equation between named quantities.

    Parameters
    ----------
    meaning
        What it predicts, in a few words.
    letters
        How the formula writes each symbol, as MathML.
    equation
        What it predicts, on the left, and how, on the right.
    """

    meaning: str
    letters: Mapping[str, str]
    equation: sp.Eq

    def __call__(self, **values: Any) -> Array:
        """Evaluate the right-hand side."""
        symbols, compiled = self._compiled
        with np.errstate(all="ignore"):
            return np.asarray(compiled(*(values[symbol.name] for symbol in symbols)), dtype=float)

    @cached_property
    def mathml(self) -> str:
        """The equation as a ``<math>`` element."""
        return law(self.equation, self.letters)

    @cached_property
    def _compiled(self) -> tuple[list[sp.Symbol], Any]:
        symbols = sorted(self.equation.rhs.free_symbols, key=str)
        return symbols, sp.lambdify(symbols, self.equation.rhs, modules="numpy")


def _size(inside: str) -> str:
    return f"<mrow><mo>|</mo>{inside}<mo>|</mo></mrow>"


_LETTERS = {
    "rho": "<mi>ρ</mi>",
    "eps": "<mi>ε</mi>",
    "lr": "<mi>η</mi>",
    "g": "<mi>g</mi>",
    "t": "<mi>t</mi>",
    "h": "<mi>h</mi>",
    "first": _size("<msub><mi>Δθ</mi><mn>1</mn></msub>"),
    "border": "<msub><mi>h</mi><mtext>border</mtext></msub>",
    "growth": "<mrow><mi>Δ</mi><msub><mi>f</mi><mi>t</mi></msub></mrow>",
    "warming": "<msub><mi>w</mi><mi>t</mi></msub>",
    "fading": "<msub><mi>d</mi><mi>t</mi></msub>",
    "step": _size("<msub><mi>Δθ</mi><mi>t</mi></msub>"),
}
_rho, _eps, _lr, _g, _t, _h = sp.symbols("rho eps lr g t h", positive=True)
_first, _step, _warming, _fading = sp.symbols("first step warming fading", positive=True)
_border, _growth = sp.symbols("border growth", positive=True)

with sp.evaluate(False):
    FIRST_STEP = Law(
        "the first step",
        _LETTERS,
        sp.Eq(_first, sp.sqrt(_eps) * _g * sp.sqrt((1 - _rho) * _g**2 + _eps) ** -1),
    )
    WARMING = Law(
        "how the memories fill",
        _LETTERS,
        sp.Eq(_warming, (1 - _rho) * _rho * sp.log((1 - _rho**_t) * (1 - _rho) ** -1)),
    )
    FADING = Law(
        "how the first step is forgotten",
        _LETTERS,
        sp.Eq(_fading, sp.exp(-((1 - _rho) * (_t - 1) * _eps * (_g**2 + _eps) ** -1))),
    )
    STEP = Law(
        "the steps down a slope that never changes",
        _LETTERS,
        sp.Eq(
            _step,
            sp.sqrt(_first**2 * (1 + _warming * (1 - _first**2 * (_g**2) ** -1)) * _fading + _g**2 * (1 - _fading)),
        ),
    )
    BORDER = Law("the largest curvature on which it settles", _LETTERS, sp.Eq(_border, 2 * _lr**-1))
    LOSS_GROWTH = Law(
        "the growth of the loss at each step beyond the border",
        _LETTERS,
        sp.Eq(_growth, _h * _lr**2 * _eps * sp.Rational(1, 8) * (1 - 4 * (_lr**2 * _h**2) ** -1)),
    )
GROWTH = (FIRST_STEP, WARMING, FADING, STEP)
"""What a step down a slope that never changes is made of."""


def growing(t: Array, g: float, rho: Any, eps: Any) -> Array:
    """Predict the length of step t down a slope ``g`` that never changes, to within two percent.

    The rule has no closed solution for the steps in which the memories fill; ``WARMING`` stands in for it.

    Examples
    --------
    >>> growing(np.array([1.0, 1000.0]), 1.0, rho=0.95, eps=1e-6).round(5)
    array([0.00447, 0.00853])
    """
    first = FIRST_STEP(g=g, rho=rho, eps=eps)
    return STEP(first=first, g=g, warming=WARMING(t=t, rho=rho), fading=FADING(t=t, g=g, rho=rho, eps=eps))
