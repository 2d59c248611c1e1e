"""One hyperparameter, up to eight optimizers: how wide the region is in which each of them arrives."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Self

from adadelta_viz.core.optimizers.catalogue import OPTIMIZERS
from adadelta_viz.core.optimizers.optimizer import Hyperparameter
from adadelta_viz.experiments.experiment import Experiment
from adadelta_viz.experiments.maps.axes import Axis, axis
from adadelta_viz.experiments.maps.metrics import QUESTIONS, SIZES, Shown, chosen, demand, read, read_size, shown
from adadelta_viz.experiments.maps.tiles import Outcome, Piece, explore, pieces
from adadelta_viz.experiments.race import Race, vary
from adadelta_viz.experiments.settings import LinkReader

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
        Which of the ``QUESTIONS`` is looked at.
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
        demand("over", self.over, choices(self.race))
        demand("measure", self.measure, QUESTIONS)
        demand("size", self.size, SIZES)

    def runs(self) -> tuple[Experiment, ...]:
        """Return those who have the hyperparameter, in the order of the race."""
        return tuple(run for run in self.race.runs if self._varied(run))

    def _varied(self, run: Experiment) -> Hyperparameter | None:
        optimizer = OPTIMIZERS[run.optimizer]
        name = optimizer.tuned if self.over == TUNED else self.over
        return next((each for each in optimizer.hyperparameters if each.name == name), None)

    def axes(self) -> tuple[Axis, ...]:
        """Return the values that each of the :meth:`runs` tries."""
        return tuple(axis(each, self.size) for each in map(self._varied, self.race.runs) if each)

    def cell(self, run: int, column: int) -> Experiment:
        """Return the experiment of one point of a curve, the smallest value first."""
        along = self.axes()[run]
        return vary(self.runs()[run], {along.name: float(along.values[column])})

    def chunks(self) -> Iterator[Piece]:
        """Cut the curves into pieces for :func:`~adadelta_viz.experiments.maps.tiles.explore`: one a run."""
        for run, along in zip(self.runs(), self.axes(), strict=True):
            yield from pieces(run, {along.name: along.values[None, :]}, self.race.tolerance)

    def assemble(self, parts: Iterable[Outcome]) -> tuple[Outcome, ...]:
        """Return what became of each of the runs at each value, arrays of shape ``(size,)``."""
        return tuple(Outcome(*(row[0] for row in part)) for part in parts)

    def run(self) -> tuple[Outcome, ...]:
        """Compute all curves at once."""
        return self.assemble(map(explore, self.chunks()))

    def shown(self, outcomes: Iterable[Outcome]) -> tuple[Shown, ...]:
        """Return what each of the runs shows of the measure."""
        return tuple(shown(outcome, self.measure, self.race.loss_surface.minimum) for outcome in outcomes)

    def to_query(self) -> dict[str, str]:
        """Print the curves as the keys and values of a link; what has its default is left out."""
        words = {"over": self.over, "measure": self.measure, "size": self.size}
        return self.race.to_query() | chosen(words, type(self))

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> tuple[Self, tuple[str, ...]]:
        """Read curves from a link, with a sentence for each value that had to be replaced by its default."""
        race, problems = Race.from_query(query)
        reader = LinkReader(query)
        over = read(reader, "over", choices(race), cls.over)
        measure = read(reader, "measure", QUESTIONS, cls.measure)
        return cls(race, over, measure, read_size(reader, cls.size)), (*problems, *reader.problems)


def choices(race: Race) -> list[str]:
    """List what may vary: what each tunes first, or a hyperparameter that at least one of the runs has.

    Examples
    --------
    >>> choices(Race((Experiment(), Experiment(optimizer="adam"))))
    ['tuned', 'rho', 'eps', 'lr', 'beta1', 'beta2']
    """
    names = [each.name for run in race.runs for each in OPTIMIZERS[run.optimizer].hyperparameters]
    return [TUNED, *dict.fromkeys(names)]
