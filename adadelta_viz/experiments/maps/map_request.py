"""Three ways to look at many runs at once, and the one link that names them.

The runs of a map are those of a race: the planes show the first two of them, the curves all. What each run has for the
hyperparameters that its map varies is the cell that a visitor has kept, so that a link carries it like any number.
"""

from collections import ChainMap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Self, get_args

from adadelta_viz.experiments.experiment import Experiment
from adadelta_viz.experiments.maps.basins import VIEWS, Basins
from adadelta_viz.experiments.maps.curves import TUNED, Curves, choices
from adadelta_viz.experiments.maps.metrics import QUESTIONS, SIZES, demand, read
from adadelta_viz.experiments.maps.sensitivity import Sensitivity
from adadelta_viz.experiments.race import MOST, Race, vary
from adadelta_viz.experiments.settings import LinkReader

Kind = Literal["sensitivity", "basins", "curves"]
Chart = Sensitivity | Basins | Curves

USUAL: dict[Kind, tuple[str, ...]] = {
    "sensitivity": ("adadelta", "adam"),
    "basins": ("adadelta", "adam"),
    "curves": ("adadelta", "adam", "momentum", "rmsprop", "adagrad", "sgd"),
}
"""Who runs when nobody has chosen."""

LIMIT: dict[Kind, int] = {"sensitivity": 2, "basins": 2, "curves": MOST}
"""How many of the runs a view shows."""


def usual(kind: Kind, surface: str = Experiment.surface, shared: Mapping[str, float] | None = None) -> Race:
    """Return the usual runs of a view."""
    return Race(tuple(Experiment(surface, optimizer, shared or {}) for optimizer in USUAL[kind]))


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

    race: Race = field(default_factory=lambda: usual("sensitivity"))
    kind: Kind = "sensitivity"
    measure: str = "best"
    shows: str = "ends"
    over: str = TUNED
    size: int = SIZES[0]

    def __post_init__(self) -> None:
        demand("kind", self.kind, get_args(Kind))
        demand("shows", self.shows, VIEWS)
        demand("measure", self.measure, QUESTIONS)
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
        if tuple(run.optimizer for run in self.race.runs) == USUAL[self.kind]:
            query = {name: text for name, text in query.items() if name not in _SLOTS}
        words = {"map": self.kind, "measure": self.measure, "shows": self.shows, "over": self.over, "size": self.size}
        return query | {name: str(word) for name, word in words.items() if word != _DEFAULTS[name]}

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> tuple[Self, tuple[str, ...]]:
        """Read a view from a link, with a sentence for each value that had to be replaced; without runs, the usual."""
        reader = LinkReader(query)
        kind: Any = read(reader, "map", get_args(Kind), cls.kind)
        named = {} if any(slot in query for slot in _SLOTS) else dict(zip(_SLOTS, USUAL[kind], strict=False))
        race, problems = Race.from_query(ChainMap(named, query))  # type: ignore[arg-type]  # nobody writes into it
        words = {name: read(reader, name, permitted, getattr(cls, name)) for name, permitted in _WORDS.items()}
        over = read(reader, "over", choices(race), cls.over)
        size = int(read(reader, "size", [str(size) for size in SIZES], str(cls.size)))
        return cls(race, kind, **words, over=over, size=size), (*problems, *reader.problems)


def essence(chart: Chart) -> Chart:
    """Return the chart that needs the same computation and differs in nothing else.

    Which measure is looked at, and which cell is kept, changes no run.

    Examples
    --------
    >>> kept = Sensitivity(Experiment(numbers={"rho": 0.5, "lr": 2}), measure="last")
    >>> essence(kept) == Sensitivity(Experiment(numbers={"lr": 2}))
    True
    """
    if isinstance(chart, Curves):
        still = (_as_usual(run, [side.name]) for run, side in zip(chart.runs(), chart.axes(), strict=True))
        return Curves(replace(chart.race, runs=tuple(still)), chart.over, size=chart.size)
    experiment = _as_usual(chart.experiment, [side.name for side in chart.axes() if side])
    if isinstance(chart, Basins):
        return Basins(experiment, tolerance=chart.tolerance, size=chart.size)
    return replace(chart, experiment=experiment, measure=Sensitivity.measure)


def _as_usual(run: Experiment, names: Iterable[str]) -> Experiment:
    return vary(run, {name: run.settings[name].default for name in names})


_SLOTS = tuple(f"run{number}" for number in range(1, MOST + 1))
_WORDS: dict[str, tuple[str, ...]] = {"measure": tuple(QUESTIONS), "shows": tuple(VIEWS)}
_DEFAULTS = {
    "map": Maps.kind,
    "measure": Maps.measure,
    "shows": Maps.shows,
    "over": Maps.over,
    "size": Maps.size,
}
