"""A syntax tree is walked and never run: closed lists of nodes and names, and a bound on everything that can grow.

Constants are computed as plain floats beside the tree, so that a tower of powers is refused before SymPy sees it.
"""

import ast
import math
from collections import Counter
from collections.abc import Callable, Mapping
from typing import NamedTuple

from adadelta_viz.core.surfaces.formula import bounds
from adadelta_viz.core.surfaces.formula.alphabet import FUNCTIONS
from adadelta_viz.core.surfaces.formula.error import FormulaError
from adadelta_viz.core.surfaces.formula.grammar import Canonical

CONSTANTS: Mapping[str, float] = {"pi": math.pi, "e": math.e}
VARIABLES = ("x", "y")
_ALIASES = {"ln": "log", "arcsin": "asin", "arccos": "acos", "arctan": "atan"}
_REAL: Mapping[str, Callable[..., float]] = {
    "abs": abs,
    "max": max,
    "min": min,
    "sign": lambda z: math.copysign(z != 0, z),
}
_OPERATORS: Mapping[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
    ast.Pow: math.pow,
}


class Shape(NamedTuple):
    """What is known of a part before it is built: its value if it is constant, else its degree as a polynomial."""

    constant: float | None
    degree: float


def parsed(written: Canonical) -> ast.expr:
    """Parse canonical text and check every part of it.

    Raises
    ------
    FormulaError
        If a part is not on the lists, too large, or a constant that is not a real number.

    Examples
    --------
    >>> from adadelta_viz.core.surfaces.formula.grammar import canonical
    >>> ast.dump(parsed(canonical("xy")))
    "BinOp(left=Name(id='x', ctx=Load()), op=Mult(), right=Name(id='y', ctx=Load()))"
    """
    try:
        tree = ast.parse(written.text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:  # the grammar leaves nothing of the kind
        raise FormulaError("This is not a formula", (0, len(written.text))) from error
    nodes = sum(isinstance(node, ast.expr) for node in ast.walk(tree))
    if nodes > bounds.NODES:
        raise FormulaError(f"A formula has at most {bounds.NODES} parts, this one has {nodes}", written.place(0, 1))
    _Walk(written).shape(tree)
    return tree


def name_of(call: ast.Call) -> str:
    """Return the function's name, one for each function."""
    called = call.func.id if isinstance(call.func, ast.Name) else ""
    return _ALIASES.get(called, called)


class _Walk:
    """One walk over a tree; counts what is bounded."""

    def __init__(self, written: Canonical) -> None:
        self.written = written
        self.counts: Counter[str] = Counter()

    def shape(self, node: ast.expr) -> Shape:
        """Check a part and everything in it."""
        match node:
            case ast.Constant(value=float(value)):
                return Shape(value, 0)
            case ast.Name(id=name) if name in CONSTANTS:
                return Shape(CONSTANTS[name], 0)
            case ast.Name(id=name) if name in VARIABLES:
                return Shape(None, 1)
            case ast.UnaryOp(op=ast.UAdd() | ast.USub() as sign, operand=operand):
                inner = self.shape(operand)
                negated = inner.constant is not None and isinstance(sign, ast.USub)
                return Shape(-inner.constant, 0) if negated and inner.constant is not None else inner
            case ast.BinOp(left=left, op=operator, right=right) if type(operator) in _OPERATORS:
                return self._combined(node, self.shape(left), operator, self.shape(right))
            case ast.Call(args=arguments, keywords=[]) if len(arguments) == FUNCTIONS.get(name_of(node)):
                return self._called(node, [self.shape(argument) for argument in arguments])
        raise self._refused("This cannot stand in a formula", node)

    def _combined(self, node: ast.BinOp, left: Shape, operator: ast.operator, right: Shape) -> Shape:
        if left.constant is not None and right.constant is not None:
            return self._constant(node, _OPERATORS[type(operator)], left.constant, right.constant)
        match operator:
            case ast.Pow():
                return self._power(node, left, right)
            case ast.Mult() | ast.Div():
                if right.constant == 0 and isinstance(operator, ast.Div):
                    raise self._refused("This divides by zero", node)
                return self._bounded(node, left.degree + right.degree)
        return Shape(None, max(left.degree, right.degree))

    def _power(self, node: ast.BinOp, base: Shape, exponent: Shape) -> Shape:
        if exponent.constant is None:
            self._count(node, "powers with x or y in the exponent", bounds.VARIABLE_POWERS)
            if base.constant is not None and base.constant <= 0:
                raise self._refused("A number with x or y in its exponent must be positive", node)
            return self._bounded(node, base.degree)
        if abs(exponent.constant) > bounds.EXPONENT:
            raise self._refused(f"An exponent is between −{bounds.EXPONENT} and {bounds.EXPONENT}", node.right)
        return self._bounded(node, base.degree * max(1, abs(exponent.constant)))

    def _called(self, node: ast.Call, arguments: list[Shape]) -> Shape:
        name = name_of(node)
        self._count(node, "functions", bounds.CALLS)
        if name in ("max", "min"):
            self._count(node, "uses of max and min", bounds.EXTREMES)
        constants = [each.constant for each in arguments if each.constant is not None]
        if len(constants) == len(arguments):
            return self._constant(node, _REAL.get(name) or getattr(math, name), *constants)
        through = name in ("abs", "sqrt", "max", "min")  # constants are pulled out of these
        return Shape(None, max(each.degree for each in arguments) if through else 1)

    def _constant(self, node: ast.expr, operation: Callable[..., float], *values: float) -> Shape:
        try:
            value = float(operation(*values))
        except ZeroDivisionError:
            raise self._refused("This divides by zero", node) from None
        except OverflowError:
            value = math.inf
        except ValueError:
            raise self._refused("This is not a real number", node) from None
        if not abs(value) <= bounds.LARGEST:
            raise self._refused(f"This number is larger than {bounds.LARGEST:g}", node)
        return Shape(value, 0)

    def _bounded(self, node: ast.expr, degree: float) -> Shape:
        if degree > bounds.DEGREE:
            raise self._refused(f"Powers make at most degree {bounds.DEGREE} together", node)
        return Shape(None, degree)

    def _count(self, node: ast.expr, what: str, most: int) -> None:
        self.counts[what] += 1
        if self.counts[what] > most:
            raise self._refused(f"A formula has at most {most} {what}", node)

    def _refused(self, problem: str, node: ast.expr) -> FormulaError:
        return FormulaError(problem, self.written.place(node.col_offset, node.end_col_offset or node.col_offset + 1))
