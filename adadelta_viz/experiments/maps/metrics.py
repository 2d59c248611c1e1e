"""What a map may ask of each run, how fine it may be, and how links and code check these words."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from adadelta_viz.core.arrays import Array
from adadelta_viz.experiments.link import Choice
from adadelta_viz.experiments.maps.tiles import Outcome

SIZES = (48, 96, 128, 256)
"""How many cells a map may have along each side."""

SIZE = Choice("size", {size: str(size) for size in SIZES}, SIZES[0], label="Cells along each side")


class Metric(NamedTuple):
    """What a map may show of each run: its name, and what the number is."""

    title: str
    meaning: str


METRICS: Mapping[str, Metric] = MappingProxyType(
    {
        "best": Metric("lowest value met", "f − f* at the lowest point of the run, its start included"),
        "reached": Metric("steps to the tolerance", "the first step with f − f* at or below the tolerance"),
        "last": Metric("value at the end", "f − f* after the last step"),
        "diverged": Metric("step of divergence", "the first step at which the run was no longer finite"),
    }
)
"""The measures by the names that links use; fields of :class:`~adadelta_viz.experiments.maps.tiles.Outcome`."""

MEASURE = Choice("measure", {name: each.title for name, each in METRICS.items()}, "best", label="Measure")


class MetricValues(NamedTuple):
    """What a map or a curve shows of a measure.

    Parameters
    ----------
    numbers
        One for each run; nan where a run has none.
    diverged
        The runs that diverged and have no number for that reason.
    log
        Whether the numbers are positive values that one compares by factors.
    """

    numbers: Array
    diverged: NDArray[np.bool_]
    log: bool


def metric_values(outcome: Outcome, measure: str, minimum: float | None) -> MetricValues:
    """Return the numbers of a measure: values as f − f* where f* is known, and none for a run that diverged.

    A run that arrived before it diverged keeps its number of steps; the step of divergence is a number by itself.

    Examples
    --------
    >>> met = Outcome(*(np.array(row) for row in ([1.0, 5.0], [2.0, 9.0], [3.0, np.nan], [np.nan, 7.0])))
    >>> metric_values(met, "last", 1.0)
    MetricValues(numbers=array([ 1., nan]), diverged=array([False,  True]), log=True)
    """
    numbers: Array = getattr(outcome, measure)
    if measure in ("best", "last"):
        diverged = ~np.isnan(outcome.diverged)
        return MetricValues(np.where(diverged, np.nan, numbers - (minimum or 0.0)), diverged, minimum is not None)
    return MetricValues(numbers, np.isnan(numbers) & ~np.isnan(outcome.diverged), False)
