"""Formulas as names: an experiment, a link and a cache know a typed surface by its text and its window.

The name is the text, ``@``, and the window; no formula contains that sign, and no key of the catalogue.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache

from adadelta_viz.core.parameter import Parameter, by_name
from adadelta_viz.core.surfaces.catalogue import SURFACES
from adadelta_viz.core.surfaces.surface import Surface
from adadelta_viz.core.surfaces.window import FARTHEST, WINDOW, Domain
from adadelta_viz.experiments.link import link_of, shortest

_AT = " @ "

ENDS = by_name(
    Parameter(end, end, default, (-FARTHEST, FARTHEST), "It is an end of the window.")
    for end, default in zip(("left", "right", "bottom", "top"), (*WINDOW[0], *WINDOW[1]), strict=True)
)
"""The numbers that set the window of a formula."""


def named(text: str, domain: Domain = WINDOW) -> str:
    """Return the name of the surface that this formula makes in this window.

    Examples
    --------
    >>> named("x^2 + 3y^2"), named(" xy ", ((-2, 2), (-1, 3)))
    ('x^2 + 3y^2 @ -3,3,-3,3', 'xy @ -2,2,-1,3')
    """
    return f"{text.strip()}{_AT}{','.join(shortest(end) for axis in domain for end in axis)}"


def is_typed(name: str) -> bool:
    """Tell whether a name is that of a formula.

    Examples
    --------
    >>> is_typed(named("xy")), is_typed("rosenbrock")
    (True, False)
    """
    return _AT in name


def parts(name: str) -> tuple[str, Domain]:
    """Return the text and the window that a name is made of.

    Examples
    --------
    >>> parts("xy @ -2,2,-1,3")
    ('xy', ((-2.0, 2.0), (-1.0, 3.0)))
    """
    text, _, window = name.rpartition(_AT)
    left, right, bottom, top = (float(end) for end in window.split(","))
    return text, ((left, right), (bottom, top))


Check = Callable[[str, Domain], None]
"""Returns if a formula may be built in this window, raises a ``ValueError`` if not."""

_checks: list[Check] = []


def register_check(check: Check) -> None:
    """Have every formula checked before it is built by name, wherever in this process that name came from.

    The core needs nobody: its bounds hold. A server that strangers reach asks a process that it can kill.
    """
    if check not in _checks:
        _checks.append(check)


def remove_check(check: Check) -> None:
    """Have formulas built without this check again."""
    if check in _checks:
        _checks.remove(check)


def is_registered(check: Check) -> bool:
    """Tell whether this check is asked first.

    Examples
    --------
    >>> is_registered(lambda text, domain: None)
    False
    """
    return check in _checks


@lru_cache(maxsize=64)
def typed(name: str) -> Surface:
    """Return the surface of a name; the last ones are kept.

    Raises
    ------
    ValueError
        As :meth:`Surface.from_formula` does.

    Examples
    --------
    >>> typed(named("x^2 + 3y^2")).title
    'x^2 + 3y^2'
    """
    text, domain = parts(name)
    for check in _checks:
        check(text, domain)
    return Surface.from_formula(text, domain)


def link_of_formula(name: str) -> dict[str, str]:
    """Write a formula and its window as the keys and values of a link; the usual window is left out.

    Examples
    --------
    >>> link_of_formula(named("xy")), link_of_formula(named("xy", ((-2, 2), (-3, 3))))
    ({'f': 'xy'}, {'f': 'xy', 'left': '-2', 'right': '2'})
    """
    text, domain = parts(name)
    ends = dict(zip(ENDS, (end for axis in domain for end in axis), strict=True))
    return {"f": text} | link_of(ends, ENDS)


def window(ends: Mapping[str, float]) -> Domain:
    """Return the window whose ends are named, the others as usual.

    Examples
    --------
    >>> window({"left": -1})
    ((-1, 3.0), (-3.0, 3.0))
    """
    left, right, bottom, top = (ends.get(end, ENDS[end].default) for end in ENDS)
    return (left, right), (bottom, top)


def surface_named(name: str) -> Surface:
    """Return the surface of this name: one of the catalogue, or the one that a formula makes.

    Raises
    ------
    ValueError
        If there is none; the message lists the names, or says what is wrong with the formula.

    Examples
    --------
    >>> surface_named("beale").title, surface_named("x^2 + 3y^2 @ -3,3,-3,3").title
    ('Beale', 'x^2 + 3y^2')
    """
    if is_typed(name):
        return typed(name)
    if name not in SURFACES:
        raise ValueError(f"surface must be one of {', '.join(SURFACES)}: got {name!r}.")
    return SURFACES[name]
