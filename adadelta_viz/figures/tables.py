"""Maps as tables: every cell as a row for a file, and a coarse view in words for those who cannot see the colours."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from adadelta_viz.core.axes import Axis
from adadelta_viz.core.basins import FATES, Atlas
from adadelta_viz.core.notation import written
from adadelta_viz.core.pieces import Outcome
from adadelta_viz.core.questions import Shown
from adadelta_viz.figures.basins import named

Value = float | int | str | None


class Table(NamedTuple):
    """A head of column names and rows of text."""

    head: tuple[str, ...]
    rows: list[tuple[str, ...]]


def outcome_rows(across: Axis | None, up: Axis, outcome: Outcome) -> Iterator[tuple[Value, ...]]:
    """Yield the head and then one row for each cell of a plane, with full precision; None where there is no number.

    Examples
    --------
    >>> lr = Axis("lr", "η", "log", np.array([0.1, 1.0]))
    >>> height, steps = np.array([[1.0], [2.0]]), np.array([[5.0], [np.nan]])
    >>> outcome = Outcome(height, height, steps, steps)
    >>> list(outcome_rows(None, lr, outcome))
    [('lr', 'best', 'last', 'reached', 'diverged'), (0.1, 1.0, 1.0, 5, 5), (1.0, 2.0, 2.0, None, None)]
    """
    sides = (up.name,) if across is None else (across.name, up.name)
    yield (*sides, *outcome._fields)
    columns = [array.ravel().tolist() for array in outcome]
    for place, best, last, *steps in zip(_places(across, up), *columns, strict=True):
        yield (*place, best, last, *map(_whole, steps))


def basin_rows(across: Axis, up: Axis, atlas: Atlas) -> Iterator[tuple[Value, ...]]:
    """Yield the head and then one row for each start: where it ends, how long it takes, and whether it hovers.

    Examples
    --------
    >>> from adadelta_viz.core import Basins, Experiment
    >>> sphere = Basins(Experiment("sphere", "sgd", {"steps": 100, "lr": 0.1}), size=48)
    >>> head, first, *_ = basin_rows(*sphere.axes(), sphere.run())
    >>> first
    (-4.895833, -4.895833, 'minimum', 0.0, 0.0, 19, 0)
    """
    yield across.name, up.name, "ends", "x", "y", "steps", "hovers"
    columns = (atlas.ends.ravel().tolist(), atlas.took.ravel().tolist(), atlas.hovers.ravel().tolist())
    for place, code, took, hovers in zip(_places(across, up), *columns, strict=True):
        x, y = atlas.points[code].point if code >= 0 else (None, None)
        ends = atlas.points[code].kind if code >= 0 else FATES[code]
        yield *place, ends, x, y, _whole(took), int(hovers)


def plane_table(across: Axis | None, up: Axis, shown: Shown, most: int = 9) -> Table:
    """Say a plane in at most ``most`` rows and columns, evenly drawn from it, the highest row first as on the map.

    Examples
    --------
    >>> lr = Axis("lr", "η", "log", np.array([0.1, 1.0]))
    >>> plane_table(None, lr, Shown(np.array([[0.25], [np.nan]]), np.array([[False], [True]]), log=True)).rows
    [('1', 'diverged'), ('0.1', '0.25')]
    """
    texts = np.where(shown.gone, "diverged", "never").astype(object)
    for place in np.argwhere(~np.isnan(shown.numbers)).tolist():
        texts[tuple(place)] = written(shown.numbers[tuple(place)])
    return _coarse(across, up, texts.tolist(), most)


def basin_table(across: Axis, up: Axis, atlas: Atlas, most: int = 9) -> Table:
    """Say in at most ``most`` rows and columns where starts end, the highest row first as on the map."""
    names = {code: named(point) for code, point in enumerate(atlas.points)} | FATES
    return _coarse(across, up, [[names[code] for code in row] for row in atlas.ends.tolist()], most)


def _coarse(across: Axis | None, up: Axis, texts: Sequence[Sequence[str]], most: int) -> Table:
    rows, columns = _spread(len(texts), most), _spread(len(texts[0]), most)
    corner = up.name if across is None else f"{up.name} ↑  {across.name} →"
    head = ["every column"] if across is None else [written(float(across.values[column])) for column in columns]
    body = [
        (written(float(up.values[row])), *(str(texts[row][column]) for column in columns)) for row in reversed(rows)
    ]
    return Table((corner, *head), body)


def _spread(count: int, most: int) -> list[int]:
    return [int(place) for place in np.unique(np.linspace(0, count - 1, min(count, most)).round())]


def _places(across: Axis | None, up: Axis) -> Iterator[tuple[float, ...]]:
    for height in up.values.tolist():
        yield from ((height,),) if across is None else ((side, height) for side in across.values.tolist())


def _whole(step: float) -> int | None:
    return None if np.isnan(step) else int(step)
