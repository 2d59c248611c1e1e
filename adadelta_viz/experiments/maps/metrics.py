"""What a map may ask of each run, how fine it may be, and how links and code check these words."""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from adadelta_viz.core.arrays import Array
from adadelta_viz.experiments.maps.tiles import Outcome
from adadelta_viz.experiments.race import TOLERANCE
from adadelta_viz.experiments.settings import LinkReader

SIZES = (48, 96, 128, 256)
"""How many cells a map may have along each side."""


class Question(NamedTuple):
    """What a map may show of each run: its name, and what the number is."""

    title: str
    meaning: str


QUESTIONS: Mapping[str, Question] = MappingProxyType(
    {
        "best": Question("lowest value met", "f − f* at the lowest point of the run, its start included"),
        "reached": Question("steps to the tolerance", "the first step with f − f* at or below the tolerance"),
        "last": Question("value at the end", "f − f* after the last step"),
        "diverged": Question("step of divergence", "the first step at which the run was no longer finite"),
    }
)
"""The measures by the names that links use; fields of :class:`~adadelta_viz.experiments.maps.tiles.Outcome`."""


class Shown(NamedTuple):
    """What a map or a curve shows of a measure.

    Parameters
    ----------
    numbers
        One for each run; nan where a run has none.
    gone
        The runs that diverged and have no number for that reason.
    log
        Whether the numbers are positive heights that one compares by factors.
    """

    numbers: Array
    gone: NDArray[np.bool_]
    log: bool


def shown(outcome: Outcome, measure: str, minimum: float | None) -> Shown:
    """Return the numbers of a measure: heights as f − f* where f* is known, and none for a run that diverged.

    A run that arrived before it diverged keeps its number of steps; the step of divergence is a number by itself.

    Examples
    --------
    >>> met = Outcome(*(np.array(row) for row in ([1.0, 5.0], [2.0, 9.0], [3.0, np.nan], [np.nan, 7.0])))
    >>> shown(met, "last", 1.0)
    Shown(numbers=array([ 1., nan]), gone=array([False,  True]), log=True)
    """
    numbers: Array = getattr(outcome, measure)
    if measure in ("best", "last"):
        gone = ~np.isnan(outcome.diverged)
        return Shown(np.where(gone, np.nan, numbers - (minimum or 0.0)), gone, minimum is not None)
    return Shown(numbers, np.isnan(numbers) & ~np.isnan(outcome.diverged), False)


def demand(name: str, given: object, permitted: Collection[object]) -> None:
    """Raise if a word or number is not among the permitted.

    Examples
    --------
    >>> demand("size", 7, SIZES)
    Traceback (most recent call last):
    ...
    ValueError: size must be one of 48, 96, 128, 256: got 7.
    """
    if given not in permitted:
        raise ValueError(f"{name} must be one of {', '.join(map(str, permitted))}: got {given!r}.")


def demand_tolerance(tolerance: float) -> None:
    """Raise if a tolerance is outside its limits."""
    if expected := TOLERANCE["tolerance"].problem(tolerance):
        raise ValueError(f"tolerance must be {expected}: got {tolerance}.")


def read(reader: LinkReader, name: str, permitted: Collection[str], default: str) -> str:
    """Read one of several words from a link."""
    return reader.choice(name, permitted, default, f"one of {', '.join(permitted)}")


def read_size(reader: LinkReader, default: int) -> int:
    """Read the size of a map from a link."""
    return int(read(reader, "size", [str(size) for size in SIZES], str(default)))


def read_tolerance(reader: LinkReader) -> float:
    """Read a tolerance from a link."""
    return reader.numbers(TOLERANCE).get("tolerance", TOLERANCE["tolerance"].default)


def chosen(words: Mapping[str, object], usual: object) -> dict[str, str]:
    """Print those words that differ from the fields of ``usual``, for a link.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> chosen({"size": 48, "measure": "best"}, SimpleNamespace(size=96, measure="best"))
    {'size': '48'}
    """
    return {name: str(word) for name, word in words.items() if word != getattr(usual, name)}
