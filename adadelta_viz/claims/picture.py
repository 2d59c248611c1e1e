"""What a finding shows beside its sentence: charts and tables as plain data, drawn by the figures."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from adadelta_viz.core.arrays import Array


class Series(NamedTuple):
    """One quantity of a chart: where its points lie, what it is called, its colour, and how it is drawn."""

    x: Array | Sequence[str]
    y: Array
    label: str
    color: str
    kind: Literal["line", "points", "bars"] = "line"
    dash: str = "solid"


class Axis(NamedTuple):
    """One axis of a chart: what it measures, its scale, and limits that no runaway curve can stretch."""

    title: str
    log: bool = False
    floor: float | None = None
    ceiling: float | None = None


class Chart(NamedTuple):
    """A figure as data: a title, quantities against each other, the two axes, and under which conditions."""

    title: str
    series: tuple[Series, ...]
    x: Axis
    y: Axis
    caption: str


class Table(NamedTuple):
    """Rows of words and numbers under a head, and under which conditions they were measured."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str | float, ...], ...]
    caption: str


Picture = Chart | Table
