"""Three ways to look at many runs at once, and the one link that names them.

The runs of a map are those of a race: the planes show the first two of them, the curves all. What each run has for the
hyperparameters that its map varies is the cell that a visitor has kept, so that a link carries it like any number.
"""

from collections import ChainMap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, Self

from adadelta_viz.experiments.experiment import Experiment
from adadelta_viz.experiments.link import Choice, LinkReader, link_of, require
from adadelta_viz.experiments.maps.basins import SHOWS, Basins
from adadelta_viz.experiments.maps.curves import TUNED, Curves, over_choice
from adadelta_viz.experiments.maps.metrics import MEASURE, SIZE
from adadelta_viz.experiments.maps.sensitivity import Sensitivity
from adadelta_viz.experiments.race import MAX_RUNS, SLOTS, Race, with_numbers

Kind = Literal["sensitivity", "basins", "curves"]
Chart = Sensitivity | Basins | Curves

DEFAULT_RUNS: dict[Kind, tuple[str, ...]] = {
    "sensitivity": ("adadelta", "adam"),
    "basins": ("adadelta", "adam"),
    "curves": ("adadelta", "adam", "momentum", "rmsprop", "adagrad", "sgd"),
}
"""Who runs when nobody has chosen."""

LIMIT: dict[Kind, int] = {"sensitivity": 2, "basins": 2, "curves": MAX_RUNS}
"""How many of the runs a view shows."""

KIND = Choice("map", {"sensitivity": "Sensitivity", "basins": "Basins", "curves": "Curves"}, "sensitivity")


def default_race(kind: Kind, surface: str = Experiment.surface, shared: Mapping[str, float] | None = None) -> Race:
    """Return the runs of a view when nobody has chosen."""
    return Race(tuple(Experiment(surface, optimizer, shared or {}) for optimizer in DEFAULT_RUNS[kind]))


@dataclass(frozen=True)
class Maps:
    """One view of a page that has three.

    Parameters
    ----------
    race
        Who runs, under which conditions, and when a run has arrived.
    kind
        The plane of two hyperparameters, the plane of starts, or curves over one hyperparameter.
    measure, shows, over, size
        As for :class:`Sensitivity`, :class:`Basins` and :class:`Curves`; each view uses its own.

    Raises
    ------
    ValueError
        If a word or the size is not among the permitted; the message names it and lists them.

    Examples
    --------
    >>> maps = Maps(kind="basins", size=96)
    >>> maps.to_query()
    {'map': 'basins', 'size': '96'}
    >>> Maps.from_query(maps.to_query()) == (maps, ())
    True
    """

    race: Race = field(default_factory=lambda: default_race("sensitivity"))
    kind: Kind = "sensitivity"
    measure: str = "best"
    shows: str = "ends"
    over: str = TUNED
    size: int = SIZE.default

    def __post_init__(self) -> None:
        require("kind", self.kind, KIND)
        for name, each in FIELDS.items():
            require(name, getattr(self, name), each)
        self.charts()

    @property
    def runs(self) -> tuple[Experiment, ...]:
        """The runs that this view shows."""
        return self.race.runs[: LIMIT[self.kind]]

    def charts(self) -> tuple[Chart, ...]:
        """Return what is to be computed: a plane for each run, or all curves as one."""
        tolerance = self.race.tolerance
        if self.kind == "curves":
            return (Curves(self.race, self.over, self.measure, self.size),)
        if self.kind == "basins":
            return tuple(Basins(run, self.shows, tolerance, self.size) for run in self.runs)
        return tuple(Sensitivity(run, measure=self.measure, tolerance=tolerance, size=self.size) for run in self.runs)

    def cell(self, chart: int, row: int, column: int) -> tuple[int, Experiment]:
        """Return the run that a cell of a chart stands for: its place in the race, and its experiment.

        Raises
        ------
        IndexError
            If there is no such cell.

        Examples
        --------
        >>> number, run = Maps().cell(1, 0, 47)
        >>> number, run.optimizer, run.hyper["lr"]
        (1, 'adam', 1e-05)
        """
        shown = self.charts()
        if min(chart, row, column) < 0 or column >= self.size:
            raise IndexError(f"there is no cell {row}, {column} in chart {chart}.")
        found = shown[chart]
        if isinstance(found, Curves):
            racing = [i for i, run in enumerate(self.race.runs) if self.over == TUNED or self.over in run.hyper]
            return racing[row], found.cell(row, column)
        return chart, found.cell(row, column)

    def to_query(self) -> dict[str, str]:
        """Print the view as the keys and values of a link; what has its default is left out."""
        query = self.race.to_query()
        if tuple(run.optimizer for run in self.race.runs) == DEFAULT_RUNS[self.kind]:
            query = {name: text for name, text in query.items() if name not in SLOTS}
        fields = {"map": KIND, "over": over_choice(self.race), **FIELDS}
        words = {name: self.kind if name == "map" else getattr(self, name) for name in fields}
        return query | link_of(words, fields)

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> tuple[Self, tuple[str, ...]]:
        """Read a view from a link, with a sentence for each value that had to be replaced; without runs, the usual."""
        reader = LinkReader(query)
        kind: Kind = reader.value(KIND)
        named = {} if any(slot in query for slot in SLOTS) else dict(zip(SLOTS, DEFAULT_RUNS[kind], strict=False))
        race, problems = Race.from_query(ChainMap(named, query))  # type: ignore[arg-type]  # nobody writes into it
        words = {name: reader.value(each) for name, each in FIELDS.items()}
        over = reader.value(over_choice(race))
        return cls(race, kind, over=over, **words), (*problems, *reader.problems)


FIELDS = {each.name: each for each in (MEASURE, SHOWS, SIZE)}
"""What a link says of maps beside the race, the kind and what varies."""


def cache_key(chart: Chart) -> Chart:
    """Return the chart that needs the same computation and differs in nothing else.

    Which measure is looked at, and which cell is kept, changes no run.

    Examples
    --------
    >>> kept = Sensitivity(Experiment(numbers={"rho": 0.5, "lr": 2}), measure="last")
    >>> cache_key(kept) == Sensitivity(Experiment(numbers={"lr": 2}))
    True
    """
    if isinstance(chart, Curves):
        still = (_with_defaults(run, [side.name]) for run, side in zip(chart.runs(), chart.axes(), strict=True))
        return Curves(replace(chart.race, runs=tuple(still)), chart.over, size=chart.size)
    experiment = _with_defaults(chart.experiment, [side.name for side in chart.axes() if side])
    if isinstance(chart, Basins):
        return Basins(experiment, tolerance=chart.tolerance, size=chart.size)
    return replace(chart, experiment=experiment, measure=Sensitivity.measure)


def _with_defaults(run: Experiment, names: Iterable[str]) -> Experiment:
    return with_numbers(run, {name: run.parameters[name].default for name in names})
