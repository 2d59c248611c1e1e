"""Derivatives away from kinks: |u|, sign, max and min have a slope on either side, and none is invented between.

SymPy's own derivatives are exact as distributions, with a Dirac delta at each kink, and turn to complex arithmetic
where it cannot prove that a logarithm is real. A surface over the plane of real numbers needs neither.
"""

from typing import Any

import sympy as sp


def derivative(expression: sp.Expr, symbol: sp.Symbol) -> sp.Expr:
    """Differentiate where the derivative exists.

    Examples
    --------
    >>> x, y = sp.symbols("x y", real=True)
    >>> derivative(sp.Abs(sp.log(x)), x), derivative(sp.sign(x), x), derivative(sp.Max(x, y), x)
    (sign(log(x))/x, 0, sign(x - y)/2 + 1/2)
    """
    if not expression.has(sp.Abs, sp.sign, sp.Max, sp.Min):
        return sp.diff(expression, symbol)
    found = sp.diff(expression.replace(sp.Abs, _Magnitude).replace(sp.sign, _Sign), symbol)
    found = found.replace(sp.Heaviside, lambda step, _: (1 + _Sign(step)) / 2)
    return found.replace(sp.DiracDelta, lambda *_: sp.Integer(0)).replace(_Magnitude, sp.Abs).replace(_Sign, sp.sign)


class _Magnitude(sp.Function):  # type: ignore[misc]  # SymPy has no types
    """|u| of a real u."""

    def fdiff(self, _: int = 1) -> Any:
        """Return the slope: −1 or 1."""
        return _Sign(self.args[0])


class _Sign(sp.Function):  # type: ignore[misc]
    """The sign of a real u."""

    def fdiff(self, _: int = 1) -> Any:
        """Return the slope: none on either side of the step."""
        return sp.Integer(0)
