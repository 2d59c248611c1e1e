"""What a section of the theory is: a text that follows its figure, and a figure with one or two controls.

A section is opened with the values of its controls; text and figure come from the same runs, so that every number in
the text is one of the figure.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from adadelta_viz.core.parameter import Parameter


class Chosen(NamedTuple):
    """What a visitor has chosen in a section: a value for each control, and a surface where it has that choice."""

    numbers: Mapping[str, float]
    surface: str


class Chart(NamedTuple):
    """A still figure: as Plotly draws it, its conditions, and what it shows in words."""

    figure: dict[str, Any]
    caption: str
    label: str


class Play(NamedTuple):
    """A figure that plays: what the player gets."""

    payload: dict[str, Any]


class Drawing(NamedTuple):
    """A figure drawn by hand, as SVG."""

    svg: str


Figure = Chart | Play | Drawing


class Link(NamedTuple):
    """A way to another page, with everything set as here."""

    label: str
    page: str
    query: dict[str, str]
    remark: str = ""


class Opened(NamedTuple):
    """An open section: blocks of text as HTML, the figure, and where to go from here."""

    text: tuple[str, ...]
    figure: Figure
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, eq=False)
class Section:
    """One idea.

    Parameters
    ----------
    key
        Name in links.
    title
        The heading.
    short
        A word or two for the list of contents.
    paper
        Where the paper tells it.
    trial
        One thing to try.
    open
        From what is chosen to text and figure.
    controls
        What the visitor can change in it.
    anywhere
        Whether the visitor chooses surface and start as well.
    """

    key: str
    title: str
    short: str
    paper: str
    trial: str
    open: Callable[[Chosen], Opened]
    controls: tuple[Parameter, ...] = ()
    anywhere: bool = False
