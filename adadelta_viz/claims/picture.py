"""What a finding shows beside its sentence: charts and tables as plain data, drawn by the figures."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np

from adadelta_viz.core import OPTIMIZERS
from adadelta_viz.core.arrays import Array
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

PERCENT = Axis("percent", floor=0, ceiling=100)


def curve(key: str, x: Array, y: Array) -> Series:
    """Return a curve of an optimizer, in its name and colour."""
    return Series(x, y, OPTIMIZERS[key].title, f"@{key}")


def law(x: Array, y: Array) -> Series:
    """Return what theory predicts, to lie over what was measured."""
    return Series(x, y, "law", "@ink", dash="dot")


def bars(title: str, heights: Mapping[str, float], y: Axis, caption: str) -> Chart:
    """Return one bar for each optimizer, in its colour.

    Examples
    --------
    >>> bars("Steps", {"adadelta": 193.0, "sgd": 1000.0}, Axis("steps"), "").series[0].x
    ['AdaDelta', 'SGD']
    """
    colours = [f"@{key}" for key in heights]
    one = Series(titles(heights), np.array(list(heights.values()), dtype=float), y.title, colours, "bars")
    return Chart(title, (one,), Axis(""), y, caption)


def titles(keys: Iterable[str]) -> list[str]:
    """Return the names of optimizers on the screen."""
    return [OPTIMIZERS[key].title for key in keys]
