"""An experiment: everything that a run depends on, under names that a link, a preset, a test and an export share.

A link is the printed form of an experiment. Reading one never fails: what cannot be used falls back to its default
and is reported, because a visitor with a bad link should still see a page.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Self

import numpy as np

from adadelta_viz.core.optimizers.catalogue import OPTIMIZERS
from adadelta_viz.core.parameter import Parameter
from adadelta_viz.core.run.descend import descend
from adadelta_viz.core.run.trajectory import Trajectory
from adadelta_viz.core.surfaces.catalogue import SURFACES
from adadelta_viz.core.surfaces.surface import Surface
from adadelta_viz.core.surfaces.window import Domain
from adadelta_viz.experiments import surface_names
from adadelta_viz.experiments.link import Choice, LinkReader, complete, link_of, require, shortest
from adadelta_viz.experiments.parameters import experiment_parameters
from adadelta_viz.experiments.surface_names import surface_named


@dataclass(frozen=True)
class Experiment:
    """One optimizer on one surface, from one start, under stated conditions.

    Parameters
    ----------
    surface, optimizer
        Keys of the catalogues; or as surface the name of a typed formula, from :func:`typed.named`.
    numbers
        By name: the start ``x0, y0``, ``steps``, ``noise``, ``seed`` and the optimizer's hyperparameters. Those left
        out take their defaults, so that an experiment always holds all of them.

    Raises
    ------
    ValueError
        If a name is unknown, a number outside its limits or f not finite at the start; the message names it, the
        limits, the value, its meaning.

    Examples
    --------
    >>> experiment = Experiment(numbers={"steps": 200, "rho": 0.9})
    >>> experiment.to_query()
    {'rho': '0.9', 'steps': '200'}
    >>> Experiment.from_query(experiment.to_query()) == (experiment, ())
    True
    >>> Experiment.from_query({"rho": "nan"})[1]
    ('rho must be a number between 0 and 0.999, so this page uses 0.95 instead of “nan”.',)
    """

    surface: str = "rosenbrock"
    optimizer: str = "adadelta"
    numbers: Mapping[str, float] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        surface_named(self.surface)
        require("optimizer", self.optimizer, Choice("optimizer", TITLES, "adadelta"))
        object.__setattr__(self, "numbers", MappingProxyType(complete(self.numbers, self.parameters)))
        if not is_valid_start(self.loss_surface, *self.start):
            raise ValueError(
                f"x0 and y0 must be a point where f is finite: got {self.start}. It is where the run starts."
            )

    @property
    def loss_surface(self) -> Surface:
        """The surface itself."""
        return surface_named(self.surface)

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """What the numbers mean and how far they may go."""
        return experiment_parameters(self.loss_surface, OPTIMIZERS[self.optimizer])

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
            self.loss_surface,
            OPTIMIZERS[self.optimizer],
            self.start,
            int(self.numbers["steps"]),
            noise=self.numbers["noise"],
            seed=int(self.numbers["seed"]),
            **self.hyper,
        )

    def to_query(self) -> dict[str, str]:
        """Print the experiment as the keys and values of a link; what has its default is left out."""
        optimizer = link_of({"optimizer": self.optimizer}, {"optimizer": optimizer_choice()})
        return surface_link(self.surface) | optimizer | link_of(self.numbers, self.parameters)

    @classmethod
    def from_query(
        cls, query: Mapping[str, str], optimizers: Collection[str] = tuple(OPTIMIZERS)
    ) -> tuple[Self, tuple[str, ...]]:
        """Read an experiment from a link, with a sentence for each value that had to be replaced by its default.

        Numbers are plain ASCII decimals within their limits; keys that no experiment has are left to others. A page
        that shows only some ``optimizers`` says so.
        """
        reader = LinkReader(query)
        name = read_surface(reader)
        optimizer, surface = reader.value(optimizer_choice(optimizers)), surface_named(name)
        numbers = read_numbers(reader, surface, experiment_parameters(surface, OPTIMIZERS[optimizer]))
        return cls(name, optimizer, numbers), tuple(reader.problems)


TITLES = {key: optimizer.title for key, optimizer in OPTIMIZERS.items()}
"""Every optimizer by its key, with its name on the screen."""

SURFACE = Choice(
    "surface",
    {key: each.title for key, each in SURFACES.items()},
    "rosenbrock",
    expected=f"one of the {len(SURFACES)} in the menu",
)
"""The surfaces that a link may name."""


def optimizer_choice(keys: Collection[str] = tuple(OPTIMIZERS), name: str = "optimizer") -> Choice:
    """Return the field of an optimizer, among those that a page shows."""
    expected = f"one of the {len(keys)} in the menu" if len(keys) > 1 else "AdaDelta here"
    return Choice(name, {key: TITLES[key] for key in keys}, "adadelta", expected=expected)


def is_valid_start(surface: Surface, x: float, y: float) -> bool:
    """Tell whether a run can start here: a typed formula need not be finite everywhere in its window.

    Examples
    --------
    >>> is_valid_start(surface_named("log(x) + y^2 @ -3,3,-3,3"), -1.0, 0.0)
    False
    """
    return bool(np.isfinite(surface.value(np.array([x, y]))))


def read_surface(reader: LinkReader) -> str:
    """Read which surface a link names: one of the catalogue, or a typed formula and its window.

    Examples
    --------
    >>> read_surface(LinkReader({"surface": "beale"})), read_surface(LinkReader({}))
    ('beale', 'rosenbrock')
    >>> read_surface(LinkReader({"f": "x^2 + 3y^2", "left": "-1"}))
    'x^2 + 3y^2 @ -1,3,-3,3'
    """
    if "f" not in reader.query:
        return str(reader.value(SURFACE))
    name = _formula_name(reader)
    try:
        surface_named(name)
    except ValueError as error:
        reader.problems.append(f"f must be a formula that can be read, so this page uses {Experiment.surface}. {error}")
        return Experiment.surface
    return name


def formula_of_link(query: Mapping[str, str]) -> tuple[str, Domain] | None:
    """Return the formula and the window that a link names, None if it names none; nothing is checked or built.

    Examples
    --------
    >>> formula_of_link({"f": " xy ", "left": "-1"}), formula_of_link({"surface": "beale"})
    (('xy', ((-1.0, 3.0), (-3.0, 3.0))), None)
    """
    return surface_names.parts(_formula_name(LinkReader(query))) if "f" in query else None


def _formula_name(reader: LinkReader) -> str:
    return surface_names.named(reader.query["f"], surface_names.window(reader.given(surface_names.ENDS)))


def read_numbers(reader: LinkReader, surface: Surface, known: Mapping[str, Parameter]) -> dict[str, float]:
    """Read the numbers that a link gives; a start at which f is not finite gives way to the surface's own."""
    numbers = reader.given(known)
    x, y = (numbers.get(name, known[name].default) for name in ("x0", "y0"))
    if not is_valid_start(surface, x, y):
        instead = f"({shortest(surface.start[0])}, {shortest(surface.start[1])})"
        reader.problems.append(f"x0 and y0 must be a point where f is finite, so this page starts at {instead}.")
        return {name: number for name, number in numbers.items() if name not in ("x0", "y0")}
    return numbers


def surface_link(surface: str) -> dict[str, str]:
    """Write a surface as the keys and values of a link; the default is left out.

    Examples
    --------
    >>> surface_link("beale"), surface_link("rosenbrock"), surface_link("xy @ -3,3,-3,3")
    ({'surface': 'beale'}, {}, {'f': 'xy'})
    """
    if surface_names.is_typed(surface):
        return surface_names.link_of_formula(surface)
    return link_of({"surface": surface}, {"surface": SURFACE})
