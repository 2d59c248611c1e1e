"""An experiment: everything that a run depends on, under names that a link, a preset, a test and an export share.

A link is the printed form of an experiment. Reading one never fails: what cannot be used falls back to its default
and is reported, because a visitor with a bad link should still see a page.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, Self

from adadelta_viz.core.descent import descend
from adadelta_viz.core.optimizer import Hyperparameter, Optimizer
from adadelta_viz.core.optimizers import OPTIMIZERS
from adadelta_viz.core.surface import Surface
from adadelta_viz.core.surfaces import SURFACES
from adadelta_viz.core.trajectory import Trajectory


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


def settings(surface: Surface, optimizer: Optimizer) -> dict[str, Setting]:
    """List every number of an experiment with this surface and optimizer, in the order of links and controls."""
    starts = zip("xy", surface.domain, surface.start, strict=True)
    return (
        {f"{axis}0": Setting(f"Start {axis}", *ends, at, "It is where the run starts.") for axis, ends, at in starts}
        | {each.name: _of_hyperparameter(each) for each in optimizer.hyperparameters}
        | BUDGET
    )


def _of_hyperparameter(each: Hyperparameter) -> Setting:
    return Setting(f"{each.symbol}, {each.label}", *each.span, each.default, each.meaning, each.scale)


@dataclass(frozen=True)
class Experiment:
    """One optimizer on one surface, from one start, under stated conditions.

    Parameters
    ----------
    surface, optimizer
        Keys of the catalogues.
    numbers
        By name: the start ``x0, y0``, ``steps``, ``noise``, ``seed`` and the optimizer's hyperparameters. Those left
        out take their defaults, so that an experiment always holds all of them.

    Raises
    ------
    ValueError
        If a name is unknown or a number outside its limits; the message names it, the limits, the value, its meaning.

    Examples
    --------
    >>> experiment = Experiment(numbers={"steps": 200, "rho": 0.9})
    >>> experiment.to_query()
    {'steps': '200', 'rho': '0.9'}
    >>> Experiment.from_query(experiment.to_query()) == (experiment, ())
    True
    >>> Experiment.from_query({"rho": "nan"})[1]
    ('rho must be a number between 0 and 0.999, so this page uses 0.95 instead of “nan”.',)
    """

    surface: str = "rosenbrock"
    optimizer: str = "adadelta"
    numbers: Mapping[str, float] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        for name, key, catalogue in (("surface", self.surface, SURFACES), ("optimizer", self.optimizer, OPTIMIZERS)):
            if key not in catalogue:
                raise ValueError(f"{name} must be one of {', '.join(catalogue)}: got {key!r}.")
        known = settings(SURFACES[self.surface], OPTIMIZERS[self.optimizer])
        if unknown := sorted(set(self.numbers) - set(known)):
            raise ValueError(f"an experiment has no number {unknown[0]}: it has {', '.join(known)}.")
        complete = {name: self.numbers.get(name, setting.default) for name, setting in known.items()}
        for name, setting in known.items():
            if expected := setting.problem(complete[name]):
                raise ValueError(f"{name} must be {expected}: got {complete[name]}. {setting.meaning}")
        typed = {name: (int if known[name].whole else float)(number) for name, number in complete.items()}
        object.__setattr__(self, "numbers", MappingProxyType(typed))

    @property
    def start(self) -> tuple[float, float]:
        """The first iterate."""
        return self.numbers["x0"], self.numbers["y0"]

    @property
    def hyper(self) -> dict[str, float]:
        """The optimizer's hyperparameters by name."""
        return {each.name: self.numbers[each.name] for each in OPTIMIZERS[self.optimizer].hyperparameters}

    def run(self) -> Trajectory:
        """Do the experiment.

        Examples
        --------
        >>> Experiment(surface="sphere", numbers={"steps": 10}).run().theta.shape
        (11, 2)
        """
        return descend(
            SURFACES[self.surface],
            OPTIMIZERS[self.optimizer],
            self.start,
            int(self.numbers["steps"]),
            noise=self.numbers["noise"],
            seed=int(self.numbers["seed"]),
            **self.hyper,
        )

    def to_query(self) -> dict[str, str]:
        """Print the experiment as the keys and values of a link; what has its default is left out."""
        plain = type(self)(self.surface, self.optimizer)
        keys = {"surface": self.surface, "optimizer": self.optimizer}
        named = {name: key for name, key in keys.items() if key != getattr(type(self), name)}
        return named | {
            name: _printed(number) for name, number in self.numbers.items() if number != plain.numbers[name]
        }

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> tuple[Self, tuple[str, ...]]:
        """Read an experiment from a link, with a sentence for each value that had to be replaced by its default.

        Numbers are plain ASCII decimals within their limits; keys that no experiment has are left to others.
        """
        problems: list[str] = []
        chosen: dict[str, Any] = {}
        for name, catalogue in (("surface", SURFACES), ("optimizer", OPTIMIZERS)):
            default = getattr(cls, name)
            chosen[name] = query.get(name, default)
            if chosen[name] not in catalogue:
                problems.append(_replaced(name, f"one of the {len(catalogue)} in the menu", default, chosen[name]))
                chosen[name] = default
        numbers = {}
        for name, setting in settings(SURFACES[chosen["surface"]], OPTIMIZERS[chosen["optimizer"]]).items():
            text = query.get(name)
            if text is None:
                continue
            number = _read(text)
            if expected := setting.problem(number):
                problems.append(_replaced(name, expected, _printed(setting.default), text))
            else:
                numbers[name] = number
        return cls(**chosen, numbers=numbers), tuple(problems)


_DECIMAL = re.compile(r"[+-]?(\d{1,40}\.?\d{0,40}|\.\d{1,40})(e[+-]?\d{1,3})?", re.ASCII | re.IGNORECASE)


def _read(text: str) -> float:
    """Read a plain decimal; anything else, such as words, inf or full-width digits, gives nan."""
    return float(text) if _DECIMAL.fullmatch(text) else math.nan


def _printed(number: float) -> str:
    """Print a number so that reading it gives the same number: the shortest such text, whole numbers without dot."""
    return str(int(number)) if number == int(number) and abs(number) < 1e15 else repr(float(number))


def _replaced(name: str, expected: str, default: str, got: str) -> str:
    shown = got if len(got) <= 40 else f"{got[:40]}…"
    return f"{name} must be {expected}, so this page uses {default} instead of “{shown}”."
