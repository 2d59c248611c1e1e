"""Text of visitors to an expression in x and y, and the last look at what SymPy made of it."""

import ast
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import sympy as sp

from adadelta_viz.core.surfaces.formula import bounds
from adadelta_viz.core.surfaces.formula.building import built
from adadelta_viz.core.surfaces.formula.error import FormulaError
from adadelta_viz.core.surfaces.formula.grammar import canonical
from adadelta_viz.core.surfaces.formula.tree import parsed

MENDS = 8
"""The largest number of mistakes in one text that a hint puts right."""

_OUTSIDE = (sp.I, sp.zoo, sp.oo, -sp.oo, sp.nan)
_UNFINISHED = (sp.Derivative, sp.Subs, sp.DiracDelta, sp.re, sp.im, sp.arg)


def read(text: str, x: sp.Symbol, y: sp.Symbol) -> sp.Expr:
    """Read a formula as students write it.

    Nothing is ever evaluated: a closed alphabet becomes tokens, these a syntax tree whose every node is on a list, and
    the tree becomes an expression by constructors. Sizes are bounded before each step.

    Raises
    ------
    FormulaError
        A sentence that says what is wrong and where, with a formula to write instead where one suggests itself.

    Examples
    --------
    >>> x, y = sp.symbols("x y", real=True)
    >>> read("(1-x)^2 + 100(y-x²)²", x, y)
    (1 - x)**2 + 100*(-x**2 + y)**2
    >>> read("x2 + y^2", x, y)
    Traceback (most recent call last):
    ...
    adadelta_viz.core.surfaces.formula.error.FormulaError: A number stands directly behind a letter ...
    """
    tree = parse(text)
    with understood(text):
        expression = built(tree, {"x": x, "y": y, "pi": sp.pi, "e": sp.E})
    if not isinstance(expression, sp.Expr) or not expression.free_symbols:
        raise whole(text, "The formula must depend on x or y")
    check(text, [expression], bounds.OPERATIONS, "The formula")
    return expression


def parse(text: str) -> ast.expr:
    """Do what is quick whatever the text: read it into a checked syntax tree, before any work on its mathematics.

    Raises
    ------
    FormulaError
        As :func:`read` does, with a hint that can itself be read.

    Examples
    --------
    >>> ast.unparse(parse("2xy²"))
    '2.0 * x * y ** 2.0'
    """
    try:
        return parsed(canonical(text))
    except FormulaError as error:
        raise FormulaError(error.problem, error.position, _mended(error.hint)) from None


def _mended(hint: str | None) -> str | None:
    """Follow a hint to a formula that can be read, or to none: whoever takes it should not meet the next error."""
    for _ in range(MENDS):
        if hint is None:
            return None
        try:
            parsed(canonical(hint))
        except FormulaError as error:
            hint = error.hint
        else:
            return hint
    return None


def check(text: str, expressions: Sequence[sp.Expr], operations: int, what: str) -> None:
    """Refuse expressions that left the real numbers, that SymPy could not finish, or that are too large.

    Raises
    ------
    FormulaError
        About the whole text.
    """
    if any(each.has(*_OUTSIDE) for each in expressions):
        raise whole(text, f"{what} is not a real number")
    if any(each.has(*_UNFINISHED) for each in expressions):
        raise whole(text, f"{what} cannot be computed")
    if (needed := sum(int(each.count_ops()) for each in expressions)) > operations:
        raise whole(text, f"{what} would need {needed} operations, more than {operations}")
    numbers = (number for each in expressions for number in each.atoms(sp.Rational))
    if any(max(abs(number.p), number.q).bit_length() > bounds.BITS for number in numbers):
        raise whole(text, f"{what} contains numbers with hundreds of digits")


@contextmanager
def understood(text: str) -> Iterator[None]:
    """Turn what SymPy says when it is at a loss into an error about the whole text."""
    try:
        yield
    except FormulaError:
        raise
    except (
        ArithmeticError,
        AttributeError,
        LookupError,
        NameError,
        RuntimeError,
        SyntaxError,
        TypeError,
        ValueError,
    ) as error:
        raise whole(text, "SymPy finds no real function of x and y in this") from error


def whole(text: str, problem: str) -> FormulaError:
    """Return an error about the whole text.

    Examples
    --------
    >>> print(whole("x - x", "The formula must depend on x or y"))
    The formula must depend on x or y (characters 1 to 5).
    """
    return FormulaError(problem, (0, len(text)))
