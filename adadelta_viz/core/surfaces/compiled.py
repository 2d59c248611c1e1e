"""Expressions become NumPy functions that share what they compute, with the same digits for any shape."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import sympy as sp
from sympy.printing.numpy import NumPyPrinter

from adadelta_viz.core.arrays import Array

Compiled = Callable[[Any, Any], Sequence[Any]]
"""From x and y, numbers or arrays, to the values of all terms."""

LONGEST_PRODUCT = 6
"""The largest power of a variable that is computed as a product."""


def numpy_function(variables: tuple[sp.Symbol, sp.Symbol], *terms: sp.Expr) -> Compiled:
    """Turn expressions in two variables into one NumPy function that computes what they share only once.

    Examples
    --------
    >>> x, y = sp.symbols("x y", real=True)
    >>> numpy_function((x, y), x**2 + y, 2 * x)(3.0, 1.0)
    [10.0, 6.0]
    """
    compiled: Compiled = sp.lambdify(variables, list(terms), modules="numpy", cse=_shared, printer=_PRINTER)
    return compiled


class _Digits(NumPyPrinter):  # type: ignore[misc]  # SymPy has no types
    """Writes x·x for x², 1/x for x**−1 and NumPy's power for others: the same digits for a number as for an array.

    Python's ``**`` may differ from them in the last one, and NumPy's power is five times slower than a product. Written
    here and not in the expression: SymPy's Max and Min refuse a product that is not evaluated.
    """

    def _print_Add(self, expr: sp.Add, order: str | None = None) -> str:
        """Begin with a term that is not negated, which saves one operation."""
        terms = sorted(self._as_ordered_terms(expr, order), key=lambda term: bool(term.could_extract_minus_sign()))
        return str(super()._print_Add(sp.Add(*terms, evaluate=False), order="none"))

    def _print_Pow(self, expr: sp.Pow, rational: bool = False) -> str:
        if expr.exp.is_Integer and expr.base.is_Symbol and 1 < expr.exp <= LONGEST_PRODUCT:
            return f"({'*'.join([self._print(expr.base)] * int(expr.exp))})"
        if expr.exp.is_Integer and expr.exp.is_negative:
            return f"(1/({self._print(expr.base**-expr.exp)}))"
        if abs(expr.exp) == sp.Rational(1, 2) or expr.is_number:
            return str(super()._print_Pow(expr, rational))
        return f"{self._module_format('numpy.power')}({self._print(expr.base)}, {self._print(expr.exp)})"


_PRINTER = _Digits({"fully_qualified_modules": False, "inline": True, "allow_unknown_functions": True})


def _shared(terms: list[sp.Expr]) -> tuple[list[tuple[sp.Symbol, sp.Expr]], list[sp.Expr]]:
    """Name common subexpressions and whatever is squared, so that small powers are printed as products of names."""
    raised = {power.base for term in terms for power in term.atoms(sp.Pow) if power.exp.is_Integer and power.exp > 1}
    named, reduced = sp.cse([*terms, *sorted(raised, key=str)], list=False)  # what is asked for twice gets a name
    return named, reduced[: len(terms)]


def evaluated(compiled: Compiled, theta: Array) -> Array:
    """Evaluate all terms at ``theta``: ``(terms, *batch)``, a constant term filled in everywhere."""
    terms = compiled(theta[0], theta[1])
    out = np.empty((len(terms), *theta.shape[1:]))
    for row, term in enumerate(terms):
        out[row] = term
    return out
