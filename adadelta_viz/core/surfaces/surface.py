"""A surface is one SymPy expression; value, gradient, Hessian and formula are all derived from it.

Nothing about a surface is written twice, so the picture, the slope and the printed formula cannot disagree.
"""

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
import sympy as sp

from adadelta_viz.core.arrays import Array
from adadelta_viz.core.surfaces.calculus import derivative
from adadelta_viz.core.surfaces.compiled import Compiled, evaluated, numpy_function
from adadelta_viz.core.surfaces.formula import bounds, check, read, understood, whole
from adadelta_viz.core.surfaces.window import WINDOW, Domain, Point, default_start, validate_domain

X, Y = sp.symbols("x y", real=True)


@dataclass(frozen=True, eq=False)
class Surface:
    """A loss surface f(x, y) with what a map needs to show it and a teacher needs to say about it.

    Parameters
    ----------
    key
        Name in the catalogue and in links.
    title
        Name on the screen.
    expression
        f as a SymPy expression in the symbols ``x`` and ``y``.
    domain
        The window that is drawn, ``((x_low, x_high), (y_low, y_high))``. Runs may leave it.
    start
        A starting point in the window that shows what the surface teaches.
    minima
        Every global minimum inside the window; empty when f has none there.
    teaches
        One sentence: what to learn from this surface.
    source
        Where the function comes from.

    Examples
    --------
    >>> bowl = Surface("bowl", "Bowl", X**2 + 3 * Y**2, ((-1, 1), (-1, 1)), (1.0, 1.0))
    >>> float(bowl.value(np.array([1.0, 2.0])))
    13.0
    >>> bowl.gradient(np.array([1.0, 2.0]))
    array([ 2., 12.])
    >>> bowl.hessian(np.array([1.0, 2.0]))
    array([[2., 0.],
           [0., 6.]])
    """

    key: str
    title: str
    expression: sp.Expr
    domain: Domain
    start: Point
    minima: tuple[Point, ...] = ()
    teaches: str = ""
    source: str = ""

    @classmethod
    def from_formula(cls, text: str, domain: Domain = WINDOW) -> Self:
        """Make a surface of a formula as students write it; nothing in the text is ever evaluated.

        Its minima are not known, its start is a point of the window with a slope.

        Parameters
        ----------
        text
            Such as ``(1-x)^2 + 100(y-x^2)^2``, ``|x| + 2y²`` or ``sin(x)y``.
        domain
            The window that is drawn.

        Raises
        ------
        FormulaError
            A ``ValueError`` that says in a sentence what is wrong and where, with a hint where there is one.
        ValueError
            If the window is empty or beyond its limits.

        Examples
        --------
        >>> bowl = Surface.from_formula("x^2 + 3y^2")
        >>> bowl.expression, bowl.start
        (x**2 + 3*y**2, (-2.1, 1.5))
        """
        domain = validate_domain(domain)
        expression = read(text, X, Y)
        key = hashlib.blake2b(repr((text, domain)).encode(), digest_size=6).hexdigest()
        surface = cls(f"formula-{key}", text.strip(), expression, domain, (0.0, 0.0), teaches="A formula of your own.")
        with understood(text), np.errstate(all="ignore"):
            check(text, surface.slopes, bounds.SLOPE_OPERATIONS, "The gradient of f")
            check(text, surface.curvatures, bounds.CURVATURE_OPERATIONS, "The Hessian of f")
            start = default_start(surface.value_and_gradient, domain)
            if start is None:
                raise whole(text, "f has no finite value in the window")
            _called(surface, start)
        object.__setattr__(surface, "start", start)
        return surface

    def value(self, theta: Array) -> Array:
        """Height f at ``theta``: ``(2, *batch)`` to ``(*batch)``. Overflow gives inf, never an exception."""
        with np.errstate(all="ignore"):
            value: Array = evaluated(self._value, theta)[0]
        return value

    def gradient(self, theta: Array) -> Array:
        """Slope ∇f at ``theta``: ``(2, *batch)`` to ``(2, *batch)``, exact because SymPy differentiates."""
        with np.errstate(all="ignore"):
            return self.value_and_gradient(theta)[1]

    def hessian(self, theta: Array) -> Array:
        """Curvature ∇²f at ``theta``: ``(2, *batch)`` to ``(2, 2, *batch)``."""
        with np.errstate(all="ignore"):
            return evaluated(self._hessian, theta).reshape(2, 2, *theta.shape[1:])

    def value_and_gradient(self, theta: Array) -> tuple[Array, Array]:
        """Height and slope at once, sharing common subexpressions: what the loop asks for at each step.

        Overflow warns according to ``np.errstate``, which the loop sets once for a whole run.
        """
        terms = evaluated(self._value_and_gradient, theta)
        return terms[0], terms[1:]

    @cached_property
    def at(self) -> Compiled:
        """Height and slope at one point, on plain numbers: a function from x, y to f, ∂f/∂x, ∂f/∂y.

        Python's own numbers where f has only + − · /, which they compute faster than NumPy's and to the same digits,
        but may raise ``ArithmeticError`` where NumPy's overflow.

        Examples
        --------
        >>> Surface("bowl", "Bowl", X**2 + 3 * Y**2, ((-1, 1), (-1, 1)), (1.0, 1.0)).at(1.0, 2.0)
        [13.0, 2.0, 12.0]
        """
        compiled = self._value_and_gradient
        if self.expression.is_rational_function(X, Y):
            return compiled
        return lambda x, y: compiled(np.float64(x), np.float64(y))

    @property
    def compiled(self) -> Compiled:
        """The function from x and y to height and slopes, on whatever kind of number NumPy's functions take."""
        return self._value_and_gradient

    @property
    def minimum(self) -> float | None:
        """The lowest value f*, or None where the surface has no listed minimum.

        Examples
        --------
        >>> from adadelta_viz.core.surfaces.catalogue import SURFACES
        >>> SURFACES["goldstein_price"].minimum
        3.0
        """
        return float(self.value(np.array(self.minima[0]))) if self.minima else None

    @cached_property
    def latex(self) -> str:
        """The formula in LaTeX, from the same expression that is evaluated."""
        return str(sp.latex(self.expression))

    @cached_property
    def slopes(self) -> tuple[sp.Expr, sp.Expr]:
        """The gradient as expressions: ∂f/∂x and ∂f/∂y.

        Examples
        --------
        >>> Surface.from_formula("x^2 y").slopes
        (2*x*y, x**2)
        """
        return derivative(self.expression, X), derivative(self.expression, Y)

    @cached_property
    def curvatures(self) -> tuple[sp.Expr, sp.Expr, sp.Expr]:
        """The Hessian as expressions: ∂²f/∂x², ∂²f/∂x∂y and ∂²f/∂y²."""
        along_x, along_y = self.slopes
        return derivative(along_x, X), derivative(along_x, Y), derivative(along_y, Y)

    @cached_property
    def _value(self) -> Compiled:
        return numpy_function((X, Y), self.expression)

    @cached_property
    def _value_and_gradient(self) -> Compiled:
        return numpy_function((X, Y), self.expression, *self.slopes)

    @cached_property
    def _hessian(self) -> Compiled:
        xx, xy, yy = self.curvatures
        return numpy_function((X, Y), xx, xy, xy, yy)


def _called(surface: Surface, start: Point) -> None:
    """Call once whatever is compiled or printed of a surface, so that nothing of it fails later."""
    theta = np.array(start)
    surface.value(theta), surface.hessian(theta), surface.latex
    with suppress(ArithmeticError):
        surface.at(*start)
