"""A race: up to eight experiments under the same conditions, and how their learning rates were set.

Same surface, same start, same number of steps, same noise for all; only optimizers and hyperparameters differ. Learning
rates are the libraries' defaults, as set by hand, or tuned by one rule that is the same for everybody.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, NamedTuple, Self

import numpy as np

from adadelta_viz.core.arrays import Array
from adadelta_viz.core.optimizers.catalogue import OPTIMIZERS
from adadelta_viz.core.optimizers.optimizer import Optimizer
from adadelta_viz.core.parameter import Parameter
from adadelta_viz.core.run import measures
from adadelta_viz.core.run.descend import sweep
from adadelta_viz.core.surfaces.surface import Surface
from adadelta_viz.experiments.experiment import Experiment, optimizer_choice, read_numbers, read_surface, surface_link
from adadelta_viz.experiments.link import Choice, LinkReader, link_of, require
from adadelta_viz.experiments.parameters import RUN_SETTINGS, TOLERANCE, start_parameters
from adadelta_viz.experiments.surface_names import surface_named

Rates = Literal["set", "library", "tuned"]
View = Literal["overlay", "grid"]

MAX_RUNS = 8
"""The largest number of runs in a race."""

SLOTS = tuple(f"run{number}" for number in range(1, MAX_RUNS + 1))
"""What links call the runs."""

GRID = 16
"""The number of values that tuning tries, the same for every optimizer."""

RATES = Choice(
    "rates", {"set": "As set", "library": "Default", "tuned": "Tuned"}, "set", expected="set, library or tuned"
)
VIEW = Choice("view", {"overlay": "One landscape", "grid": "Side by side"}, "overlay", expected="overlay or grid")
FIELDS = {each.name: each for each in (RATES, VIEW, TOLERANCE)}
"""What a link says of a race beside its runs and what they share."""


class Tuning(NamedTuple):
    """What tuning tried and found: the hyperparameter, its grid, f at the end of each run, and the winner."""

    name: str
    grid: Array
    final: Array
    chosen: float


def tuning_grid(optimizer: Optimizer) -> Array:
    """Spread the values that tuning tries evenly over the decades that the slider offers.

    Examples
    --------
    >>> tuning_grid(OPTIMIZERS["adadelta"])[[0, -1]]
    array([1.e-10, 1.e-01])
    """
    span = optimizer.parameters[optimizer.tuned].span
    return np.array([float(f"{value:.3g}") for value in np.geomspace(*span, GRID)])


@lru_cache(maxsize=256)
def tune(experiment: Experiment) -> Tuning:
    """Try ``GRID`` values of the one hyperparameter that sets the step length and keep the one that ends lowest.

    For AdaDelta that is ε, for the others the learning rate. The values are spread evenly over the decades that its
    slider offers, every run has the experiment's own start, steps and noise, and counts with its value after the last
    step: a value that was only met on the way may be luck, and a run that diverged has none.

    Examples
    --------
    >>> found = tune(Experiment("quadratic", "sgd", {"steps": 100}))
    >>> found.name, len(found.grid), round(found.chosen, 4)
    ('lr', 16, 0.0158)
    """
    optimizer = OPTIMIZERS[experiment.optimizer]
    grid = tuning_grid(optimizer)
    numbers = experiment.numbers
    final = sweep(
        experiment.loss_surface,
        optimizer,
        experiment.start,
        int(numbers["steps"]),
        measures.final_value,
        noise=numbers["noise"],
        seed=int(numbers["seed"]),
        **experiment.hyper | {optimizer.tuned: grid},
    )
    return Tuning(optimizer.tuned, grid, final, float(grid[np.argmin(final)]))


def library_defaults(optimizer: str) -> dict[str, float]:
    """Return the hyperparameters that torch.optim uses when nobody chooses (optax for Lion).

    Examples
    --------
    >>> library_defaults("adadelta")
    {'rho': 0.9, 'eps': 1e-06, 'lr': 1.0}
    """
    given = OPTIMIZERS[optimizer].hyperparameters
    return {each.name: each.default if each.library is None else each.library for each in given}


@dataclass(frozen=True)
class Race:
    """Runs that start together.

    Parameters
    ----------
    runs
        One to eight experiments that share surface, start, steps, noise and seed.
    rates
        How hyperparameters are chosen: ``"set"`` by hand, ``"library"`` defaults, or ``"tuned"``.
    tolerance
        A run has arrived when f − f* is at most this.
    view
        All paths on one landscape (``"overlay"``) or one landscape each (``"grid"``).

    Raises
    ------
    ValueError
        If there are too few or too many runs, or if they do not share their conditions.

    Examples
    --------
    >>> race = Race((Experiment(), Experiment(optimizer="adam")))
    >>> race.to_query()
    {'run1': 'adadelta', 'run2': 'adam'}
    >>> Race.from_query(race.to_query()) == (race, ())
    True
    """

    runs: tuple[Experiment, ...]
    rates: Rates = "set"
    tolerance: float = TOLERANCE.default
    view: View = "overlay"

    def __post_init__(self) -> None:
        if not 1 <= len(self.runs) <= MAX_RUNS:
            raise ValueError(f"runs must be 1 to {MAX_RUNS} experiments: got {len(self.runs)}.")
        if len({(run.surface, *shared_numbers(run).values()) for run in self.runs}) > 1:
            raise ValueError("runs must share surface, start, steps, noise and seed: a race is fair or it is none.")
        for name, field in FIELDS.items():
            require(name, getattr(self, name), field)

    @property
    def surface(self) -> str:
        """The name of the surface that all runs share."""
        return self.runs[0].surface

    @property
    def loss_surface(self) -> Surface:
        """The surface itself."""
        return self.runs[0].loss_surface

    def resolved_runs(self) -> tuple[Experiment, ...]:
        """Return the experiments that really run: as set, or with the hyperparameters that ``rates`` asks for."""
        if self.rates == "library":
            return tuple(with_numbers(run, library_defaults(run.optimizer)) for run in self.runs)
        if self.rates == "tuned":
            return tuple(with_numbers(run, {OPTIMIZERS[run.optimizer].tuned: tune(run).chosen}) for run in self.runs)
        return self.runs

    def to_query(self) -> dict[str, str]:
        """Print the race as the keys and values of a link."""
        query = surface_link(self.surface) | link_of(self.runs[0].numbers, shared_parameters(self.loss_surface))
        for slot, run in zip(SLOTS, self.runs, strict=False):
            query |= {slot: run.optimizer} | link_of(run.hyper, OPTIMIZERS[run.optimizer].parameters, f"{slot}.")
        return query | link_of({name: getattr(self, name) for name in FIELDS}, FIELDS)

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> tuple[Self, tuple[str, ...]]:
        """Read a race from a link, with a sentence for each value that had to be replaced; without runs, the usual."""
        reader = LinkReader(query)
        surface = read_surface(reader)
        shared = read_numbers(reader, surface_named(surface), shared_parameters(surface_named(surface)))
        runs = []
        for slot in SLOTS:
            if slot in query:
                optimizer = reader.value(optimizer_choice(name=slot))
                hyper = reader.given(OPTIMIZERS[optimizer].parameters, f"{slot}.")
                runs.append(Experiment(surface, optimizer, shared | hyper))
        runs = runs or [Experiment(surface, optimizer, shared) for optimizer in DEFAULT_RUNS]
        return cls(tuple(runs), **{name: reader.value(field) for name, field in FIELDS.items()}), tuple(reader.problems)


DEFAULT_RUNS = ("adadelta", "momentum", "rmsprop", "adam")
"""Who races when nobody has chosen."""


def shared_parameters(surface: Surface) -> Mapping[str, Parameter]:
    """List the numbers that all runs of a race share: the start, the steps, the noise and its seed."""
    return {**start_parameters(surface), **RUN_SETTINGS}


def shared_numbers(run: Experiment) -> dict[str, float]:
    """Return the numbers that all runs of a race share.

    Examples
    --------
    >>> list(shared_numbers(Experiment()))
    ['x0', 'y0', 'steps', 'noise', 'seed']
    """
    return {name: run.numbers[name] for name in shared_parameters(run.loss_surface)}


def with_numbers(run: Experiment, numbers: Mapping[str, float]) -> Experiment:
    """Return the experiment with other hyperparameters, or with another start.

    Examples
    --------
    >>> with_numbers(Experiment(), {"rho": 0.5}).to_query()
    {'rho': '0.5'}
    """
    return replace(run, numbers={**run.numbers, **numbers})
