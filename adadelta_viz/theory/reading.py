"""Where a reader is: the open section and what is chosen in it, as a link carries it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Self

from adadelta_viz.core.parameter import Parameter, by_name
from adadelta_viz.experiments.experiment import Experiment, read_numbers, read_surface, surface_link
from adadelta_viz.experiments.link import Choice, LinkReader, complete, link_of
from adadelta_viz.experiments.parameters import start_parameters
from adadelta_viz.experiments.surface_names import surface_named
from adadelta_viz.theory.section import Chosen, Opened, Section
from adadelta_viz.theory.sections import SECTIONS


@dataclass(frozen=True)
class Reading:
    """An open section with its controls.

    Parameters
    ----------
    section
        Key of the catalogue.
    numbers
        By name; those left out take their defaults.
    surface
        Where the section lets the visitor choose one: of the catalogue, or the name of a typed formula.

    Raises
    ------
    ValueError
        If a name is unknown, a number outside its limits, or f not finite at the start.

    Examples
    --------
    >>> reading = Reading("memory", {"rho": 0.9})
    >>> reading.to_query()
    {'section': 'memory', 'rho': '0.9'}
    >>> Reading.from_query(reading.to_query()) == (reading, ())
    True
    >>> Reading.from_query({"section": "end"})[1]
    ('section must be one of the 8 in the list of contents, so this page uses dilemma instead of “end”.',)
    """

    section: str = next(iter(SECTIONS))
    numbers: Mapping[str, float] = field(default_factory=dict, hash=False)
    surface: str = Experiment.surface

    def __post_init__(self) -> None:
        if self.section not in SECTIONS:
            raise ValueError(f"section must be one of {', '.join(SECTIONS)}: got {self.section!r}.")
        object.__setattr__(self, "numbers", MappingProxyType(complete(self.numbers, self.parameters)))
        if self.entry.anywhere:
            Experiment(self.surface, numbers=dict(self.numbers))  # it says what is wrong with a start

    @property
    def entry(self) -> Section:
        """The section itself."""
        return SECTIONS[self.section]

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """What the numbers mean and how far they may go."""
        return section_parameters(self.section, self.surface)

    def open(self) -> Opened:
        """Open the section: its text and its figure with what is chosen."""
        return self.entry.open(Chosen(self.numbers, self.surface))

    def to_query(self) -> dict[str, str]:
        """Print as the keys and values of a link; what has its default is left out."""
        query = link_of({"section": self.section}, {"section": SECTION})
        if self.entry.anywhere:
            query |= surface_link(self.surface)
        return query | link_of(self.numbers, self.parameters)

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> tuple[Self, tuple[str, ...]]:
        """Read from a link, with a sentence for each value that had to be replaced by its default."""
        reader = LinkReader(query)
        section = reader.value(SECTION)
        if SECTIONS[section].anywhere:
            surface = read_surface(reader)
            numbers = read_numbers(reader, surface_named(surface), section_parameters(section, surface))
        else:
            surface, numbers = cls.surface, reader.given(section_parameters(section, cls.surface))
        return cls(section, numbers, surface), tuple(reader.problems)


SECTION = Choice(
    "section",
    {key: each.title for key, each in SECTIONS.items()},
    next(iter(SECTIONS)),
    expected=f"one of the {len(SECTIONS)} in the list of contents",
)
"""The sections that a link may name."""


def section_parameters(section: str, surface: str) -> Mapping[str, Parameter]:
    """List the numbers of a section in the order of links and controls.

    Examples
    --------
    >>> list(section_parameters("algorithm", "rosenbrock")), list(section_parameters("units", "beale"))
    (['rho', 'eps'], ['x0', 'y0'])
    """
    start = start_parameters(surface_named(surface)) if SECTIONS[section].anywhere else {}
    return {**start, **by_name(SECTIONS[section].controls)}
