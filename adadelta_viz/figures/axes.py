"""Axes: limits that hold what is shown, and ticks that a reader can say aloud."""

import math
import sys
from collections.abc import Iterable
from typing import Any

import numpy as np

from adadelta_viz.core.arrays import Array
from adadelta_viz.notation.numbers import written

FAR = 1e300
"""Beyond it nothing is shown: the room around the ends must be a number too."""


def limits(
    columns: Iterable[Array], log: bool, floor: float | None = None, ceiling: float | None = None
) -> list[float]:
    """Return the ends of an axis: whole decades on a log scale, padded on a linear one, so that they move rarely.

    Parameters
    ----------
    columns
        All that is shown; what is not finite, farther than ``FAR``, or not positive on a log scale, does not count.
    log
        Whether the ends are exponents of ten.
    floor, ceiling
        Values beyond which no runaway curve can stretch the axis.

    Examples
    --------
    >>> limits([np.array([0.02, 30.0])], log=True)
    [-2.0, 2.0]
    >>> limits([np.array([0.0, 10.0, np.inf])], log=False)
    [-0.5, 10.5]
    """
    values = np.concatenate([np.asarray(column, dtype=float).ravel() for column in columns])
    shown = values[(np.abs(values) <= FAR) & ((values >= np.finfo(float).tiny) | (not log))]
    low, high = (float(shown.min()), float(shown.max())) if shown.size else (1.0, 1.0)
    low = low if floor is None else max(low, floor)
    high = high if ceiling is None else min(high, ceiling)
    high = max(high, low)
    if not log:
        pad = 0.05 * high - 0.05 * low or 1.0
        most = sys.float_info.max  # padding must not leave the numbers that there are
        return [max(low - pad, -most), min(high + pad, most)]
    bottom, top = float(np.floor(np.log10(low))), float(np.ceil(np.log10(high)))
    return [bottom, max(top, bottom + 1)]


def scale(ends: list[float], log: bool, most: int) -> dict[str, Any]:
    """Return Plotly's words for an axis with these limits and about so many ticks, at whole decades on a log scale.

    Examples
    --------
    >>> scale([-2.0, 2.0], log=True, most=2)["ticktext"]
    ['0.01', '1', '100']
    """
    if not log:
        return {"type": "linear", "range": ends, "nticks": most + 1}
    highest = min(int(ends[1]), sys.float_info.max_10_exp)  # there is no 1e309
    decades = range(int(ends[0]), highest + 1, max(1, math.ceil((ends[1] - ends[0]) / most)))
    ticks = [10.0**decade for decade in decades]
    return {"type": "log", "range": ends, "tickvals": ticks, "ticktext": [written(tick) for tick in ticks]}
