"""The settings of an experiment: every number that a visitor can choose, with its limits, and how links carry them."""

import math
import re
from collections.abc import Container, Mapping
from typing import Literal, NamedTuple

from adadelta_viz.core.optimizers.optimizer import Hyperparameter, Optimizer
from adadelta_viz.core.surfaces.surface import Surface


class Setting(NamedTuple):
    """One number of an experiment: its permitted values, its default, and what it means.

    ``scale`` says whether a control moves it by differences or by factors; ``whole`` that it counts something.
    """

    label: str
    lower: float
    upper: float
    default: float
    meaning: str
    scale: Literal["linear", "log"] = "linear"
    whole: bool = False

    def problem(self, number: float) -> str | None:
        """Say what is expected instead of ``number``, or return None if it is permitted."""
        kind = "a whole number" if self.whole else "a number"
        if self.lower <= number <= self.upper and (not self.whole or number == int(number)):
            return None
        return f"{kind} between {self.lower:g} and {self.upper:g}"


BUDGET = {
    "steps": Setting("Steps", 1, 2000, 900, "It is the number of updates.", whole=True),
    "noise": Setting(
        "Gradient noise", 0, 10, 0, "It is the standard deviation of what is added to each slope.", scale="log"
    ),
    "seed": Setting("Seed", 0, 9999, 0, "It selects the noise.", whole=True),
}
"""The settings that do not depend on surface or optimizer."""


def starts(surface: Surface) -> dict[str, Setting]:
    """List the two numbers of the start: anywhere in the surface's window.

    Examples
    --------
    >>> from adadelta_viz.core.surfaces.catalogue import SURFACES
    >>> starts(SURFACES["rosenbrock"])["x0"].default
    -1.5
    """
    axes = zip("xy", surface.domain, surface.start, strict=True)
    return {f"{axis}0": Setting(f"Start {axis}", *ends, at, "It is where the run starts.") for axis, ends, at in axes}


def hyperparameters(optimizer: Optimizer) -> dict[str, Setting]:
    """List the hyperparameters of an optimizer with the limits of sliders and links.

    Examples
    --------
    >>> from adadelta_viz.core.optimizers.catalogue import OPTIMIZERS
    >>> hyperparameters(OPTIMIZERS["adadelta"])["rho"].label
    'ρ, memory'
    """
    return {each.name: _of_hyperparameter(each) for each in optimizer.hyperparameters}


def settings(surface: Surface, optimizer: Optimizer) -> dict[str, Setting]:
    """List every number of an experiment with this surface and optimizer, in the order of links and controls.

    Examples
    --------
    >>> from adadelta_viz.core import OPTIMIZERS, SURFACES
    >>> list(settings(SURFACES["rosenbrock"], OPTIMIZERS["sgd"]))
    ['x0', 'y0', 'lr', 'steps', 'noise', 'seed']
    """
    return starts(surface) | hyperparameters(optimizer) | BUDGET


def _of_hyperparameter(each: Hyperparameter) -> Setting:
    return Setting(f"{each.symbol}, {each.label}", *each.span, each.default, each.meaning, each.scale)


def complete(given: Mapping[str, float], known: Mapping[str, Setting]) -> dict[str, float]:
    """Check the given numbers and add the defaults of the others.

    Raises
    ------
    ValueError
        If a name is unknown or a number outside its limits; the message names it, the limits, the value, its meaning.

    Examples
    --------
    >>> complete({"steps": 50}, BUDGET)
    {'steps': 50, 'noise': 0.0, 'seed': 0}
    """
    if unknown := sorted(set(given) - set(known)):
        raise ValueError(f"an experiment has no number {unknown[0]}: it has {', '.join(known)}.")
    numbers = {name: given.get(name, setting.default) for name, setting in known.items()}
    for name, setting in known.items():
        if expected := setting.problem(numbers[name]):
            raise ValueError(f"{name} must be {expected}: got {numbers[name]}. {setting.meaning}")
    return {name: (int if known[name].whole else float)(number) + 0 for name, number in numbers.items()}  # no −0.0


def printed(numbers: Mapping[str, float], known: Mapping[str, Setting], prefix: str = "") -> dict[str, str]:
    """Print numbers as the values of a link; what has its default is left out.

    Examples
    --------
    >>> printed({"steps": 50, "noise": 0.0}, BUDGET)
    {'steps': '50'}
    """
    return {f"{prefix}{name}": shortest(number) for name, number in numbers.items() if number != known[name].default}


def shortest(number: float) -> str:
    """Print a number so that reading it gives the same number: the shortest such text, whole numbers without dot.

    Examples
    --------
    >>> shortest(2.0), shortest(1e-06), shortest(0.95)
    ('2', '1e-06', '0.95')
    """
    return str(int(number)) if number == int(number) and abs(number) < 1e15 else repr(float(number))


class LinkReader:
    """Reads a link value by value; what cannot be used falls back to its default and is reported in ``problems``.

    Examples
    --------
    >>> reader = LinkReader({"steps": "1e400", "seed": "7"})
    >>> reader.numbers(BUDGET)
    {'seed': 7.0}
    >>> reader.problems
    ['steps must be a whole number between 1 and 2000, so this page uses 900 instead of “1e400”.']
    """

    def __init__(self, query: Mapping[str, str]) -> None:
        self.query = query
        self.problems: list[str] = []

    def choice(self, name: str, options: Container[str], default: str, expected: str) -> str:
        """Read one of several words."""
        text = self.query.get(name, default)
        if text in options:
            return text
        self._report(name, expected, default)
        return default

    def numbers(self, known: Mapping[str, Setting], prefix: str = "") -> dict[str, float]:
        """Read those of the known numbers that the link gives, each within its limits."""
        found = {}
        for name, setting in known.items():
            if (text := self.query.get(prefix + name)) is None:
                continue
            number = _decimal(text)
            if expected := setting.problem(number):
                self._report(prefix + name, expected, shortest(setting.default))
            else:
                found[name] = number
        return found

    def _report(self, name: str, expected: str, default: str) -> None:
        got = self.query[name]
        shown = got if len(got) <= 40 else f"{got[:40]}…"
        self.problems.append(f"{name} must be {expected}, so this page uses {default} instead of “{shown}”.")


_DECIMAL = re.compile(r"[+-]?(\d{1,40}\.?\d{0,40}|\.\d{1,40})(e[+-]?\d{1,3})?", re.ASCII | re.IGNORECASE)


def _decimal(text: str) -> float:
    """Read a plain ASCII decimal; anything else, such as words, inf or full-width digits, gives nan."""
    return float(text) if _DECIMAL.fullmatch(text) else math.nan
