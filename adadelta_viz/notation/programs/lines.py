"""Assignments in lines that fit on a page: what is too long is broken at its terms, or its parts get names."""

import re
from collections.abc import Iterator, Sequence

import sympy as sp

from adadelta_viz.notation.programs.printing import Python

WIDTH = 88
"""The longest line, as ruff and Black have it."""

_LETTERS = "abcdghjkmnpqrsuvwz"  # without x and y, the step number t, the function f and what looks like 1 or 0


def assignments(
    targets: Sequence[tuple[str, sp.Expr]], printer: Python, free: Iterator[str] | None = None
) -> list[str]:
    """Print ``name = expression`` for each target, for a block that is indented by four.

    Examples
    --------
    >>> x, y = sp.symbols("x y")
    >>> assignments([("z", sp.exp(x) + y)], Python("np"))
    ['z = y + np.exp(x)']
    """
    free = iter(_LETTERS) if free is None else free
    return [line for name, expr in targets for line in _lines(f"{name} = ", expr, printer, free)]


def returned(expr: sp.Expr, printer: Python) -> list[str]:
    """Print ``return expression`` for the body of a function."""
    return _lines("return ", expr, printer, iter(_LETTERS))


def slopes(expressions: Sequence[sp.Expr], printer: Python, array: str) -> list[str]:
    """Print the body of a function that returns both expressions as an ``array``, naming what they share if long."""
    whole = f"return {array.format(', '.join(map(printer.doprint, expressions)))}"
    if _fits(whole):
        return [whole]
    shared, both = _shared(expressions)
    free = iter(_LETTERS[len(shared) :])
    targets = [*shared, *zip(("dx", "dy"), both, strict=True)]
    return [*assignments(targets, printer, free), f"return {array.format('dx, dy')}"]


def _fits(line: str, indent: int = 4) -> bool:
    return indent + len(line) <= WIDTH


def _lines(start: str, expr: sp.Expr, printer: Python, free: Iterator[str]) -> list[str]:
    """Print a statement: in one line, else broken, else after its longest part in a line of its own."""
    if _fits(line := start + printer.doprint(expr)):
        return [line]
    broken = _broken(expr, printer)
    if broken and all(_fits(each, indent=8) for each in broken):
        return [f"{start}(", *(f"    {each}" for each in broken), ")"]
    part = _part(expr, printer)
    before = _lines("_ = ", part, printer, free)
    name = next(free)
    with sp.evaluate(False):
        rest = expr.xreplace({part: sp.Symbol(name)})
    return [*(re.sub("^_ =", f"{name} =", each) for each in before), *_lines(start, rest, printer, free)]


def _broken(expr: sp.Expr, printer: Python) -> list[str]:
    """Return the lines between brackets: the whole, or a sum term by term, a case distinction case by case."""
    whole = printer.doprint(expr)
    if isinstance(expr, sp.Piecewise):
        return re.split(" (?=if |else )", whole)
    if isinstance(expr, sp.Add | sp.Mul) and _fits(whole, indent=8):
        return [whole]
    return printer.terms(expr) if isinstance(expr, sp.Add) else []


def _part(expr: sp.Expr, printer: Python) -> sp.Expr:
    """Choose what gets a name: a case distinction if there is one inside, else the longest term or factor."""
    inside = [each for each in expr.atoms(sp.Piecewise) if each != expr]
    return max(inside or expr.args, key=lambda each: len(printer.doprint(each)))


def _shared(expressions: Sequence[sp.Expr]) -> tuple[list[tuple[str, sp.Expr]], list[sp.Expr]]:
    """Name the subexpressions that occur more than once, unless they are about as short as the name."""
    parts, whole = sp.cse(expressions)
    known: dict[sp.Symbol, sp.Expr] = {}
    named: list[tuple[str, sp.Expr]] = []
    for symbol, part in parts:
        full = part.xreplace(known)
        if full.count_ops() > 2:
            letter = _LETTERS[len(named)]
            named.append((letter, full))
            known[symbol] = sp.Symbol(letter, real=True)
        else:
            known[symbol] = full
    return named, [each.xreplace(known) for each in whole]
