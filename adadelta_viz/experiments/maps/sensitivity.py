"""The plane of two hyperparameters: one run for each cell, from the same start, under the same conditions.

One sweep answers all questions at once (lowest value, steps to the tolerance, value at the end, divergence), so that
looking at another measure costs nothing.
"""

from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from typing import Self

import numpy as np

from adadelta_viz.core.arrays import Array
from adadelta_viz.core.optimizers.catalogue import OPTIMIZERS
from adadelta_viz.experiments.experiment import Experiment
from adadelta_viz.experiments.link import Choice, require
from adadelta_viz.experiments.maps.axes import Axis, axis, plane
from adadelta_viz.experiments.maps.metrics import MEASURE, SIZE, MetricValues, metric_values
from adadelta_viz.experiments.maps.tiles import Outcome, Tile, assembled, run_tile, tiles_of
from adadelta_viz.experiments.parameters import TOLERANCE


@dataclass(frozen=True)
class Sensitivity:
    """A map over two hyperparameters of an experiment's optimizer; everything else is as the experiment says.

    Parameters
    ----------
    experiment
        Surface, optimizer, start, steps, noise, seed, and the hyperparameters that the map does not vary.
    across, up
        The two hyperparameters. By default the most important ones (``axes.plane``): ρ × ε for
        AdaDelta, for the others the learning rate upwards. ``across`` is None where an optimizer has only one; then
        the map is a strip of one column.
    measure
        Which of the ``METRICS`` is looked at. The sweep answers all of them.
    tolerance
        A run has arrived when f − f* is at most this.
    size
        Cells along each side, one of ``metrics.SIZES``.

    Raises
    ------
    ValueError
        If a name, the tolerance or the size is not among the permitted; the message names it and lists them.

    Examples
    --------
    >>> sensitivity = Sensitivity(Experiment("sphere", numbers={"steps": 50}), size=48)
    >>> [axis.name for axis in sensitivity.axes() if axis]
    ['rho', 'eps']
    >>> sensitivity.cell(0, 47).to_query()
    {'surface': 'sphere', 'rho': '0.999', 'eps': '1e-10', 'steps': '50'}
    >>> outcome = sensitivity.assemble(run_tile(tile) for tile in sensitivity.tiles())
    >>> outcome.best.shape
    (48, 48)
    """

    experiment: Experiment = field(default_factory=Experiment)
    across: str | None = None
    up: str = ""
    measure: str = "best"
    tolerance: float = TOLERANCE.default
    size: int = 96

    def __post_init__(self) -> None:
        names = {name: each.title for name, each in OPTIMIZERS[self.experiment.optimizer].parameters.items()}
        up = self.up or (plane(OPTIMIZERS[self.experiment.optimizer])[1])
        across = self.across or next((name for name in self._by_importance() if name != up), None)
        require("up", up, Choice("up", names, up))
        require("across", across or up, Choice("across", names, across))
        if across == up:
            raise ValueError(f"across and up must differ: got {up!r} for both.")
        require("measure", self.measure, MEASURE)
        require("size", self.size, SIZE)
        require("tolerance", self.tolerance, TOLERANCE)
        object.__setattr__(self, "across", across)
        object.__setattr__(self, "up", up)

    def _by_importance(self) -> list[str]:
        across, up = plane(OPTIMIZERS[self.experiment.optimizer])
        return [name for name in (across, up, *OPTIMIZERS[self.experiment.optimizer].parameters) if name]

    def axes(self) -> tuple[Axis | None, Axis]:
        """Return both sides, (across, up); None for the missing side of a strip."""
        known = {each.name: each for each in OPTIMIZERS[self.experiment.optimizer].hyperparameters}
        return axis(known[self.across], self.size) if self.across else None, axis(known[self.up], self.size)

    @property
    def shape(self) -> tuple[int, int]:
        """How many rows and columns the map has."""
        return self.size, self.size if self.across else 1

    def cell(self, row: int, column: int) -> Experiment:
        """Return the experiment of one cell, the lowest row and the leftmost column first."""
        across, up = self.axes()
        own = {up.name: float(up.values[row])}
        if across:
            own[across.name] = float(across.values[column])
        return replace(self.experiment, numbers={**self.experiment.numbers, **own})

    def beside(self, optimizer: str) -> Self:
        """Return the map of another optimizer under the same conditions, with its own two hyperparameters."""
        shared = {name: self.experiment.numbers[name] for name in ("x0", "y0", "steps", "noise", "seed")}
        other = Experiment(self.experiment.surface, optimizer, shared)
        return replace(self, experiment=other, across=None, up="")

    def tiles(self) -> Iterator[Tile]:
        """Cut the map into pieces for :func:`~adadelta_viz.experiments.maps.tiles.run_tile`, the lowest rows first."""
        across, up = self.axes()
        given = {up.name: up.values[:, None]}
        if across:
            given[across.name] = across.values[None, :]
        return tiles_of(self.experiment, given, self.tolerance)

    def assemble(self, parts: Iterable[Outcome]) -> Outcome:
        """Put the outcomes of all pieces together, in the order of :meth:`tiles`."""
        return assembled(parts)

    def run(self, executor: Executor | None = None) -> Outcome:
        """Compute the whole map; an executor computes the tiles in its threads or processes, or on its machines."""
        return self.assemble((executor.map if executor else map)(run_tile, self.tiles()))

    def shown(self, outcome: Outcome) -> MetricValues:
        """Return what the map shows of its measure."""
        return metric_values(outcome, self.measure, self.experiment.loss_surface.minimum)


def share(reached: Array) -> float:
    """Return the share of a map's cells that have a number, which says how wide the good region is.

    Examples
    --------
    >>> share(np.array([[3.0, np.nan], [8.0, 2.0]]))
    0.75
    """
    return float(np.mean(~np.isnan(reached)))
