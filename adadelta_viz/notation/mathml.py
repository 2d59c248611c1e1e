"""Equations as MathML: once with the letters of the field, once with holes for the numbers of a step.

SymPy's own MathML printer reorders factors and knows no ``E[g²]ₜ₋₁``; this one prints what an optimizer's entry says
in the order in which it says it. Browsers show MathML by themselves and read it out.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import sympy as sp
from sympy.printing.printer import Printer

from adadelta_viz.core.arrays import Array
from adadelta_viz.core.optimizers.optimizer import Optimizer
from adadelta_viz.core.run.trajectory import Trajectory
from adadelta_viz.notation.numbers import written

_COMMON = {"theta": "θ", "gradient": "g", "t": "t"}
_TIMES, _MINUS, _PLUS = "<mo>·</mo>", "<mo>−</mo>", "<mo>+</mo>"


def notation(optimizer: Optimizer) -> dict[str, str]:
    """Return how formulas write each quantity of an optimizer, by code name.

    Examples
    --------
    >>> from adadelta_viz.core.optimizers.catalogue import OPTIMIZERS
    >>> notation(OPTIMIZERS["adadelta"])["mean_sq_delta"]
    'E[Δθ²]'
    """
    hyper = {each.name: each.symbol for each in optimizer.hyperparameters}
    named = {**optimizer.state, **optimizer.intermediate}
    return _COMMON | hyper | {name: quantity.symbol for name, quantity in named.items()}


def formula(optimizer: Optimizer, equation: sp.Eq) -> str:
    """Print an equation of the optimizer as a ``<math>`` element.

    Examples
    --------
    >>> from adadelta_viz.core.optimizers.catalogue import OPTIMIZERS
    >>> sgd = OPTIMIZERS["sgd"]
    >>> formula(sgd, sgd.equations[0])[:63]
    '<math><msub><mi>θ</mi><mi>t</mi></msub><mo>=</mo><mrow><msub><m'
    """
    names = notation(optimizer)
    return _equated(_MathML(lambda symbol: _letter(symbol, names)), equation)


def law(equation: sp.Eq, letters: Mapping[str, str]) -> str:
    """Print an equation between any quantities as a ``<math>`` element; ``letters`` gives each symbol's MathML.

    Examples
    --------
    >>> a, b = sp.symbols("a b")
    >>> law(sp.Eq(a, sp.sqrt(b)), {"a": "<mi>α</mi>", "b": "<mi>β</mi>"})
    '<math><mi>α</mi><mo>=</mo><msqrt><mi>β</mi></msqrt></math>'
    """
    return _equated(_MathML(lambda symbol: letters[symbol.name]), equation)


def numbers(equation: sp.Eq, hyper: Mapping[str, float]) -> str:
    """Print the right-hand side with numbers for letters, and the result behind it.

    Hyperparameters are filled in. Every other quantity becomes an empty ``<mn>`` whose ``data-term`` and ``data-at``
    name the recorded term that belongs there and its offset from the current step; ``data-result`` marks the result.

    Examples
    --------
    >>> from adadelta_viz.core.optimizers.catalogue import OPTIMIZERS
    >>> numbers(OPTIMIZERS["sgd"].equations[0], {"lr": 0.1})[52:97]
    '<mo>−</mo><mn>0.1</mn><mo>·</mo><mn data-term'
    """
    printer = _MathML(_hole, hyper)
    result = _hole(equation.lhs, " data-result")
    return f"<math>{printer.doprint(equation.rhs)}<mo>=</mo>{result}</math>"


def terms(optimizer: Optimizer, run: Trajectory, hyper: Mapping[str, float]) -> dict[str, Array]:
    """Evaluate what the equations name on a single run: code name to ``(steps + 1, 2)``, row t after step t.

    Rows that do not exist (the step before the first) are nan. What the run recorded is taken from it; intermediate
    quantities come from the equations, in their order.

    Examples
    --------
    >>> from adadelta_viz.core import OPTIMIZERS, SURFACES, descend
    >>> adadelta = OPTIMIZERS["adadelta"]
    >>> found = terms(adadelta, descend(SURFACES["sphere"], adadelta, (-4.0, 3.0), 5), adadelta.resolve())
    >>> found["step"].shape, float(found["step"][1, 0].round(5))
    ((6, 2), 0.00447)
    """
    length = len(run.theta)
    known = {"theta": run.theta, **run.state}
    known["gradient"] = np.vstack([np.full((1, 2), np.nan), run.gradient[:-1]])  # step t uses the slope of iterate t−1
    known["t"] = np.repeat(np.arange(float(length))[:, None], 2, axis=1)
    for target, symbols, evaluate in _compiled(optimizer):
        if target in known:
            continue
        rows = np.full((length, 2), np.nan)
        with np.errstate(all="ignore"):
            rows[1:] = evaluate(*(_row(symbol, known, hyper) for symbol in symbols))
        known[target] = rows
    return known


def _row(symbol: sp.Symbol, known: Mapping[str, Array], hyper: Mapping[str, float]) -> Array | float:
    name, _, offset = symbol.name.partition("|")
    if name in hyper:
        return hyper[name]
    return known[name][:-1] if offset == "-1" else known[name][1:]


@lru_cache(maxsize=128)
def _compiled(optimizer: Optimizer) -> list[tuple[str, list[sp.Symbol], Callable[..., Any]]]:
    """For each equation: the name it defines, the symbols it needs, and a function of them."""
    compiled = []
    for equation in optimizer.equations:
        symbols = sorted(equation.rhs.free_symbols, key=str)
        target = equation.lhs.name.partition("|")[0]
        compiled.append((target, symbols, sp.lambdify(symbols, equation.rhs, modules="numpy", dummify=True)))
    return compiled


def _letter(symbol: sp.Symbol, names: Mapping[str, str]) -> str:
    name, _, offset = symbol.name.partition("|")
    letter = f"<mi>{names[name]}</mi>"
    if not offset:
        return letter
    time = "<mi>t</mi>" if offset == "0" else f"<mrow><mi>t</mi>{_MINUS}<mn>1</mn></mrow>"
    return f"<msub>{letter}{time}</msub>"


def _hole(symbol: sp.Symbol, mark: str = "") -> str:
    name, _, offset = symbol.name.partition("|")
    return f'<mn data-term="{name}" data-at="{offset or 0}"{mark}></mn>'


class _MathML(Printer):  # type: ignore[misc]  # SymPy has no types
    """Prints in the order as written; quantities through ``leaf``, terms of known constants alone as one number."""

    def __init__(self, leaf: Callable[[sp.Symbol], str], constants: Mapping[str, float] | None = None) -> None:
        super().__init__()
        self._leaf = leaf
        self._constants = {sp.Symbol(name, real=True): number for name, number in (constants or {}).items()}

    def _print(self, expr: Any, **kwargs: Any) -> str:
        free = getattr(expr, "free_symbols", None)
        if free and free <= self._constants.keys():
            return f"<mn>{written(float(expr.subs(self._constants)))}</mn>"
        return str(super()._print(expr, **kwargs))

    def emptyPrinter(self, expr: Any) -> str:
        """Refuse what this printer does not know: a formula with Python text in it would be worse than none."""
        raise NotImplementedError(f"no notation for {type(expr).__name__}: {expr}")

    def _print_Symbol(self, expr: sp.Symbol) -> str:
        return self._leaf(expr)

    def _print_Number(self, expr: sp.Number) -> str:
        return f"<mn>{written(float(expr))}</mn>"

    def _print_Add(self, expr: sp.Add) -> str:
        printed = ""
        for term in expr.args:
            sign, factors = _signed(term)
            printed += (_MINUS if sign < 0 else _PLUS if printed else "") + self._product(factors)
        return f"<mrow>{printed}</mrow>"

    def _print_Mul(self, expr: sp.Mul) -> str:
        sign, factors = _signed(expr)
        return f"<mrow>{_MINUS if sign < 0 else ''}{self._product(factors)}</mrow>"

    def _print_Pow(self, expr: sp.Pow) -> str:
        base, exponent = expr.args
        if exponent == sp.Rational(1, 2):
            return f"<msqrt>{self._print(base)}</msqrt>"
        printed = self._grouped(base, holes=True)
        if printed.startswith("<msub>"):  # the power stands above the subscript
            return f"<msubsup>{printed[len('<msub>') : -len('</msub>')]}{self._print(exponent)}</msubsup>"
        return f"<msup>{printed}{self._print(exponent)}</msup>"

    def _print_Function(self, expr: sp.Function) -> str:
        inside = "<mo>,</mo>".join(self._print(argument) for argument in expr.args)
        name = expr.func.__name__.lower().replace("log", "ln")
        return f"<mrow><mi>{name}</mi><mo>(</mo>{inside}<mo>)</mo></mrow>"

    _print_MinMaxBase = _print_Function  # noqa: N815  # SymPy finds it by this name

    def _print_Piecewise(self, expr: sp.Piecewise) -> str:
        rows = ""
        for value, condition in expr.args:
            when = "<mtext>else</mtext>" if condition == sp.true else self._print(condition)
            rows += f"<mtr><mtd>{self._print(value)}</mtd><mtd>{when}</mtd></mtr>"
        return f"<mrow><mo>{{</mo><mtable>{rows}</mtable></mrow>"

    def _print_Relational(self, expr: sp.Rel) -> str:
        sign = {">": "&gt;", "<": "&lt;"}[expr.rel_op]
        return f"<mrow>{self._print(expr.lhs)}<mo>{sign}</mo>{self._print(expr.rhs)}</mrow>"

    def _print_Abs(self, expr: sp.Abs) -> str:
        return f"<mrow><mo>|</mo>{self._print(expr.args[0])}<mo>|</mo></mrow>"

    def _product(self, factors: list[sp.Expr]) -> str:
        """Print factors from left to right; a divisor goes under the factor before it."""
        printed: list[str] = []
        for factor in factors:
            if isinstance(factor, sp.Pow) and factor.args[1] == -1:
                above = printed.pop() if printed else "<mn>1</mn>"
                printed.append(f"<mfrac><mrow>{above}</mrow><mrow>{self._print(factor.args[0])}</mrow></mfrac>")
            else:
                printed.append(self._grouped(factor))
        return _TIMES.join(printed) or "<mn>1</mn>"

    def _grouped(self, expr: sp.Expr, holes: bool = False) -> str:
        """Print with parentheses where reading needs them: around sums, and around numbers that may be negative."""
        printed = self._print(expr)
        sum_inside = isinstance(expr, sp.Add) and not printed.startswith("<mn>")
        number_inside = holes and printed.startswith("<mn data-term")
        return f"<mrow><mo>(</mo>{printed}<mo>)</mo></mrow>" if sum_inside or number_inside else printed


def _equated(printer: _MathML, equation: sp.Eq) -> str:
    return f"<math>{printer.doprint(equation.lhs)}<mo>=</mo>{printer.doprint(equation.rhs)}</math>"


def _signed(expr: sp.Expr) -> tuple[int, list[sp.Expr]]:
    """Split a (nested, unevaluated) product into its sign and its factors in the order as written."""
    if not isinstance(expr, sp.Mul):
        return (-1, [-expr]) if expr.is_Number and expr < 0 else (1, [expr])
    sign, factors = 1, []
    for argument in expr.args:
        inner_sign, inner = _signed(argument)
        sign *= inner_sign
        factors += [factor for factor in inner if factor != 1]
    return sign, factors
