"""One hyperparameter, up to eight optimizers: how wide the region is in which each of them arrives."""

from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass

from adadelta_viz.core.optimizers.catalogue import OPTIMIZERS
from adadelta_viz.core.parameter import Parameter
from adadelta_viz.experiments.experiment import Experiment
from adadelta_viz.experiments.link import Choice, require
from adadelta_viz.experiments.maps.axes import Axis, axis
from adadelta_viz.experiments.maps.metrics import MEASURE, SIZE, MetricValues, metric_values
from adadelta_viz.experiments.maps.tiles import Outcome, Tile, run_tile, tiles_of
from adadelta_viz.experiments.race import Race, with_numbers

TUNED = "tuned"
"""Each optimizer varies what one tunes first: ε for AdaDelta, for the others the learning rate."""


@dataclass(frozen=True)
class Curves:
    """Runs of several optimizers over one hyperparameter each, from the same start, under the same conditions.

    Parameters
    ----------
    race
        Who runs, under which conditions, and the tolerance.
    over
        The hyperparameter that varies, or ``TUNED``. Who does not have it is left out.
    measure
        Which of the ``METRICS`` is looked at.
    size
        How many values are tried.

    Raises
    ------
    ValueError
        If nobody has the hyperparameter, or the measure or size is not among the permitted.

    Examples
    --------
    >>> curves = Curves(Race((Experiment("sphere"), Experiment("sphere", "adam"))), size=48)
    >>> [axis.name for axis in curves.axes()]
    ['eps', 'lr']
    >>> curves.cell(1, 47).to_query()
    {'surface': 'sphere', 'optimizer': 'adam', 'lr': '10'}
    >>> [outcome.best.shape for outcome in curves.run()]
    [(48,), (48,)]
    """

    race: Race
    over: str = TUNED
    measure: str = "best"
    size: int = 96

    def __post_init__(self) -> None:
        require("over", self.over, over_choice(self.race))
        require("measure", self.measure, MEASURE)
        require("size", self.size, SIZE)

    def runs(self) -> tuple[Experiment, ...]:
        """Return those who have the hyperparameter, in the order of the race."""
        return tuple(run for run in self.race.runs if self._varied(run))

    def _varied(self, run: Experiment) -> Parameter | None:
        optimizer = OPTIMIZERS[run.optimizer]
        return optimizer.parameters.get(optimizer.tuned if self.over == TUNED else self.over)

    def axes(self) -> tuple[Axis, ...]:
        """Return the values that each of the :meth:`runs` tries."""
        return tuple(axis(each, self.size) for each in map(self._varied, self.race.runs) if each)

    def cell(self, run: int, column: int) -> Experiment:
        """Return the experiment of one point of a curve, the smallest value first."""
        along = self.axes()[run]
        return with_numbers(self.runs()[run], {along.name: float(along.values[column])})

    def tiles(self) -> Iterator[Tile]:
        """Cut the curves into pieces for :func:`~adadelta_viz.experiments.maps.tiles.run_tile`: one a run."""
        for run, along in zip(self.runs(), self.axes(), strict=True):
            yield from tiles_of(run, {along.name: along.values[None, :]}, self.race.tolerance)

    def assemble(self, parts: Iterable[Outcome]) -> tuple[Outcome, ...]:
        """Return what became of each of the runs at each value, arrays of shape ``(size,)``."""
        return tuple(Outcome(*(row[0] for row in part)) for part in parts)

    def run(self, executor: Executor | None = None) -> tuple[Outcome, ...]:
        """Compute all curves; an executor computes the tiles in its threads or processes, or on its machines."""
        return self.assemble((executor.map if executor else map)(run_tile, self.tiles()))

    def shown(self, outcomes: Iterable[Outcome]) -> tuple[MetricValues, ...]:
        """Return what each of the runs shows of the measure."""
        return tuple(metric_values(outcome, self.measure, self.race.loss_surface.minimum) for outcome in outcomes)


def over_choice(race: Race) -> Choice:
    """Return the field of what may vary: what each tunes first, or a hyperparameter that at least one of the runs has.

    Examples
    --------
    >>> list(over_choice(Race((Experiment(), Experiment(optimizer="adam")))).options)
    ['tuned', 'rho', 'eps', 'lr', 'beta1', 'beta2']
    """
    names = (name for run in race.runs for name in OPTIMIZERS[run.optimizer].parameters)
    return Choice("over", {name: name for name in (TUNED, *names)}, TUNED)
