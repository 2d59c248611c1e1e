"""What a finding shows beside its sentence: charts and tables as plain data, drawn by the figures."""

from typing import NamedTuple

from adadelta_viz.figures import Axis, Series


class Chart(NamedTuple):
    """A figure as data: a title, quantities against each other, the two axes, and under which conditions.

    Optimizers have the colour ``"@"`` and their key, laws are dotted in ``"@ink"``.
    """

    title: str
    series: tuple[Series, ...]
    x: Axis
    y: Axis
    caption: str


Row = tuple[str | float, ...]


class Table(NamedTuple):
    """Rows of words and numbers under a head, and under which conditions they were measured."""

    title: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    caption: str


Picture = Chart | Table
