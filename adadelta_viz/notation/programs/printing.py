"""SymPy expressions as Python that a person would have written: spaced as ruff spaces it, in short lines.

SymPy's own code printers write ``torch.add(...)`` and ``(-x**2 + y)**2``, reorder what an optimizer's equations say,
and know nothing of line lengths.
"""

from collections.abc import Callable
from typing import Any

import sympy as sp
from sympy.printing.printer import Printer

_HALF = sp.Rational(1, 2)
_SAME = ("exp", "log", "sin", "cos", "tan", "sinh", "cosh", "tanh", "sign")
_FUNCTIONS = {name: name for name in _SAME} | {"asin": "arcsin", "acos": "arccos", "atan": "arctan", "Abs": "abs"}


class Python(Printer):  # type: ignore[misc]  # SymPy has no types
    """Prints an expression with functions from ``module`` (``np``, ``torch``, ``jnp``; empty for bare names).

    Parameters
    ----------
    module
        The name under which the program imported the functions.
    name
        The variable that stands for a symbol.
    as_written
        Keep factors and terms in the order of the (unevaluated) expression instead of the usual order of mathematics.
    scalar
        Whether a condition is one truth value, so that ``a if condition else b`` may decide, not ``where``.

    Examples
    --------
    >>> x, y = sp.symbols("x y")
    >>> Python("np").doprint((1 - x) ** 2 + 100 * (y - x**2) ** 2)
    '(1 - x) ** 2 + 100 * (y - x**2) ** 2'
    >>> Python("torch").doprint(-sp.exp(-sp.sqrt(x) / 5) + sp.pi)
    'torch.pi - torch.exp(-torch.sqrt(x) / 5)'
    """

    def __init__(
        self,
        module: str,
        name: Callable[[sp.Symbol], str] = str,
        as_written: bool = False,
        scalar: Callable[[sp.Expr], bool] = lambda _: False,
    ) -> None:
        super().__init__()
        self._module = f"{module}." if module else ""
        self._name, self._as_written, self._scalar = name, as_written, scalar

    def terms(self, expr: sp.Expr) -> list[str]:
        """Print the terms of a sum, each but the first with its sign in front."""
        terms = [self._signed(term) for term in self._ordered(expr)]
        if len(terms) == 2 and terms[0][0] and not terms[1][0] and not self._as_written:
            terms.reverse()  # y − x² reads better than −x² + y
        (negative, first), *others = terms
        return [_negated(first) if negative else first, *(f"{'-' if minus else '+'} {term}" for minus, term in others)]

    def emptyPrinter(self, expr: Any) -> str:
        """Refuse what has no name in all of NumPy, PyTorch and JAX."""
        raise NotImplementedError(f"no program can say {type(expr).__name__}: {expr}")

    def _print_Symbol(self, expr: sp.Symbol) -> str:
        return self._name(expr)

    def _print_Integer(self, expr: sp.Integer) -> str:
        return str(expr)

    def _print_Rational(self, expr: sp.Rational) -> str:
        return repr(float(expr)) if _ends(expr) else f"{expr.p} / {expr.q}"

    def _print_Float(self, expr: sp.Float) -> str:
        return repr(float(expr))

    def _print_Pi(self, _: sp.Expr) -> str:
        return f"{self._module}pi"

    def _print_Exp1(self, _: sp.Expr) -> str:
        return f"{self._module}e"

    def _print_Add(self, expr: sp.Add) -> str:
        return " ".join(self.terms(expr))

    def _print_Mul(self, expr: sp.Mul) -> str:
        negative, printed = self._signed(expr)
        return _negated(printed) if negative else printed

    def _print_Pow(self, expr: sp.Pow) -> str:
        base, exponent = expr.args
        if exponent == _HALF and base.free_symbols:
            return f"{self._module}sqrt({self._print(base)})"
        if exponent.is_Number and exponent < 0:
            return self._signed(expr)[1]
        left, right = self._operand(base), self._operand(exponent)
        return f"{left}**{right}" if _is_simple(left) and _is_simple(right) else f"{left} ** {right}"

    def _print_Function(self, expr: sp.Function) -> str:
        if not expr.free_symbols:  # torch's functions take no plain number
            return repr(float(expr))
        kind = type(expr).__name__
        return self._call(_FUNCTIONS[kind], *expr.args) if kind in _FUNCTIONS else self.emptyPrinter(expr)

    def _print_Max(self, expr: sp.Max) -> str:
        return self._extreme("maximum", "min", _numbers_last(expr))

    def _print_Min(self, expr: sp.Min) -> str:
        inner, *_, upper = _numbers_last(expr)
        if isinstance(inner, sp.Max) and upper.is_Number and self._module == "np.":
            return self._call("clip", *_numbers_last(inner), upper)
        return self._extreme("minimum", "max", _numbers_last(expr))

    def _print_Piecewise(self, expr: sp.Piecewise) -> str:
        *cases, (otherwise, _) = expr.args
        printed = str(self._print(otherwise))
        for value, condition in reversed(cases):
            decided, yes = self._print(condition), self._print(value)
            if self._scalar(condition):
                printed = f"{yes} if {decided} else {printed}"
            else:
                printed = f"{self._module}where({decided}, {yes}, {printed})"
        return printed

    def _print_Relational(self, expr: sp.Rel) -> str:
        return f"{self._print(expr.lhs)} {expr.rel_op} {self._print(expr.rhs)}"

    def _call(self, function: str, *arguments: sp.Expr) -> str:
        return f"{self._module}{function}({', '.join(map(self._print, arguments))})"

    def _extreme(self, function: str, end: str, arguments: list[sp.Expr]) -> str:
        """Nest calls of two arguments; a number that cuts off goes where torch takes no plain number in their place."""
        printed = str(self._print(arguments[0]))
        for argument in arguments[1:]:
            if self._module == "torch." and not argument.free_symbols:
                printed = f"torch.clamp({printed}, {end}={self._print(argument)})"
            else:
                printed = f"{self._module}{function}({printed}, {self._print(argument)})"
        return printed

    def _ordered(self, expr: sp.Expr) -> list[sp.Expr]:
        if not self._as_written:
            return list(expr.as_ordered_terms())
        flat = isinstance(expr, sp.Add)
        return [term for part in expr.args for term in self._ordered(part)] if flat else [expr]

    def _factors(self, expr: sp.Expr) -> list[sp.Expr]:
        if not isinstance(expr, sp.Mul):
            return [expr]
        if self._as_written:
            return [factor for part in expr.args for factor in self._factors(part)]
        return list(expr.as_ordered_factors())

    def _signed(self, expr: sp.Expr) -> tuple[bool, str]:
        """Print a term without its sign; say whether that is a minus. Divisors stand last, or as written."""
        negative = False
        printed: list[str] = []
        divisors: list[str] = []
        for factor in self._factors(expr):
            if factor.is_Number and factor < 0:
                negative, factor = not negative, -factor
            above, below = _fraction(factor)
            if above != 1:
                printed.append(f"{'* ' if printed else ''}{self._factor(above)}")
            if below != 1:
                (printed if self._as_written and printed else divisors).append(f"/ {self._factor(below, divides=True)}")
        return negative, " ".join([*(printed or ["1"]), *divisors])

    def _factor(self, expr: sp.Expr, divides: bool = False) -> str:
        printed = str(self._print(expr))
        grouped = isinstance(expr, sp.Add) or " if " in printed or (divides and isinstance(expr, sp.Mul))
        return f"({printed})" if grouped else printed

    def _operand(self, expr: sp.Expr) -> str:
        printed = str(self._print(expr))
        grouped = isinstance(expr, sp.Add | sp.Mul | sp.Pow) and not printed.startswith(f"{self._module}sqrt(")
        return f"({printed})" if grouped or printed.startswith("-") or " / " in printed else printed


def _negated(printed: str) -> str:
    """Put a minus in front, with the brackets that ruff puts around a power behind a minus."""
    first, times, others = printed.partition(" * ")
    power = "**" in first and "(" not in first
    return f"-({first}){times}{others}" if power else f"-{printed}"


def _fraction(factor: sp.Expr) -> tuple[sp.Expr, sp.Expr]:
    """Split a factor into numerator and divisor as a person writes it: x / 2 and 0.52 * x, not 13 / 25 * x."""
    if isinstance(factor, sp.Pow) and factor.args[1].is_Number and factor.args[1] < 0:
        base, exponent = factor.args
        return sp.Integer(1), base if exponent == -1 else base**-exponent
    if isinstance(factor, sp.Rational) and (factor.p == 1 or not _ends(factor)):
        return sp.Integer(factor.p), sp.Integer(factor.q)
    return factor, sp.Integer(1)


def _ends(number: sp.Rational) -> bool:
    """Whether a fraction is a decimal with few places."""
    return 1000 % int(number.q) == 0


def _numbers_last(expr: sp.Expr) -> list[sp.Expr]:
    return sorted(expr.args, key=lambda argument: (not argument.free_symbols, str(argument)))


def _is_simple(printed: str) -> bool:
    """Whether ruff leaves no space around ``**`` beside this: a name or a number."""
    return printed.replace("_", "").replace(".", "").isalnum()
