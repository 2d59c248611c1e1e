"""A checked tree becomes a SymPy expression by constructors alone; nothing is evaluated from text."""

import ast
from collections.abc import Callable, Mapping
from typing import Any

import sympy as sp

from adadelta_viz.core.surfaces.formula.tree import name_of

_CALLS: Mapping[str, Callable[..., sp.Expr]] = {
    "sin": sp.sin, "cos": sp.cos, "tan": sp.tan, "asin": sp.asin, "acos": sp.acos, "atan": sp.atan,
    "sinh": sp.sinh, "cosh": sp.cosh, "tanh": sp.tanh, "exp": sp.exp, "log": sp.log, "sqrt": sp.sqrt,
    "abs": sp.Abs, "sign": sp.sign, "max": sp.Max, "min": sp.Min,
}  # fmt: skip
_OPERATORS: Mapping[type[ast.operator], Callable[[Any, Any], sp.Expr]] = {
    ast.Add: lambda a, b: sp.Add(a, b),
    ast.Sub: lambda a, b: sp.Add(a, -b),
    ast.Mult: lambda a, b: sp.Mul(a, b),
    ast.Div: lambda a, b: sp.Mul(a, sp.Pow(b, -1)),
    ast.Pow: lambda a, b: sp.Pow(a, b),
}


def built(node: ast.expr, names: Mapping[str, sp.Expr]) -> sp.Expr:
    """Build the expression of a checked tree.

    Parameters
    ----------
    node
        From :func:`~adadelta_viz.core.surfaces.formula.tree.parsed`.
    names
        What the names stand for: x, y, pi and e.

    Examples
    --------
    >>> x = sp.Symbol("x", real=True)
    >>> built(ast.parse("2.0*x**0.5", mode="eval").body, {"x": x})
    2*sqrt(x)
    """
    match node:
        case ast.Constant(value=float(value)):
            return _number(value)
        case ast.Name(id=name):
            return names[name]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -built(operand, names)
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return built(operand, names)
        case ast.BinOp(left=left, op=operator, right=right):
            return _OPERATORS[type(operator)](built(left, names), built(right, names))
        case ast.Call(args=arguments):
            return _CALLS[name_of(node)](*(built(argument, names) for argument in arguments))
    raise TypeError(f"a checked tree holds no {type(node).__name__}")


def _number(value: float) -> sp.Expr:
    """Whole and half numbers exactly, so that x^0.5 is a root; the others as they are, so that they are shown so."""
    return sp.Rational(int(2 * value), 2) if (2 * value).is_integer() else sp.Float(value)
