"""What is kept of the runs of a batch: each iterate is reduced to a few numbers for each cell."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from adadelta_viz.core.arrays import Array
from adadelta_viz.core.run.engine.batch import Cells
from adadelta_viz.core.run.measures import Measure
from adadelta_viz.core.run.trajectory import Iterate


class LiveArrays:
    """Arrays with one number for each cell, at hand for those cells that are still in the batch.

    Examples
    --------
    >>> kept = LiveArrays(np.zeros(3))
    >>> kept.follow(np.array([0, 2]))
    >>> kept.now[0] += 1
    >>> kept.all()[0]
    array([1., 0., 1.])
    """

    def __init__(self, *arrays: NDArray[Any]) -> None:
        self._all = self.now = list(arrays)
        self._cells: Cells | slice = slice(None)

    def follow(self, cells: Cells | slice) -> None:
        """Turn to those cells that are left."""
        if cells is not self._cells and not (isinstance(cells, slice) and isinstance(self._cells, slice)):
            self._store()
            self.now = [array[cells] for array in self._all]
            self._cells = cells

    def all(self) -> list[NDArray[Any]]:
        """Return the numbers of all cells."""
        self._store()
        return self._all

    def _store(self) -> None:
        if self.now is not self._all:
            for array, part in zip(self._all, self.now, strict=True):
                array[self._cells] = part


class MeasureReducer:
    """Reduces the iterates of each run to one measure; ``descend.sweep`` uses it."""

    def __init__(self, measure: Measure, cells: int) -> None:
        self.measure, self.kept = measure, LiveArrays(np.full(cells, measure.start, dtype=float))
        self._diverged: NDArray[np.bool_] | None = None

    def __call__(
        self, iterate: Iterate, cells: Cells | slice, diverged: NDArray[np.bool_] | None
    ) -> NDArray[np.bool_] | None:
        """Fold an iterate, of a run that diverged only one; cells whose number cannot change any more may leave."""
        self.kept.follow(cells)
        (now,) = self.kept.now
        over = self._diverged is not None and diverged is not None and self._diverged.size == diverged.size
        np.copyto(
            now, self.measure.fold(now, iterate), where=~self._diverged if over and self._diverged is not None else True
        )
        self._diverged = diverged
        if self.measure.final is None or iterate.t % 16:
            return None
        final = self.measure.final(now)
        return final if 4 * np.count_nonzero(final) >= final.size else None

    def result(self) -> Array:
        """Return the measure of all cells."""
        return self.kept.all()[0]


class OutcomeReducer:
    """Reduces the iterates of each run to what a map asks: lowest and last value, steps of arrival and divergence."""

    def __init__(self, cells: int, level: float) -> None:
        nan = np.nan
        self.level = level
        self.kept = LiveArrays(*(np.full(cells, each) for each in (np.inf, nan, nan, nan)), np.ones(cells, dtype=bool))

    def __call__(
        self, iterate: Iterate, cells: Cells | slice, diverged: NDArray[np.bool_] | None
    ) -> NDArray[np.bool_] | None:
        """Fold an iterate."""
        self.kept.follow(cells)
        best, last, reached, diverged_at, waiting = self.kept.now
        np.fmin(best, iterate.value, best)
        if diverged is None:
            np.copyto(last, iterate.value)
        else:
            np.copyto(last, iterate.value, where=~diverged)
            np.copyto(diverged_at, iterate.t, where=diverged & np.isnan(diverged_at))
        arrived = np.less_equal(iterate.value, self.level)
        arrived &= waiting
        if arrived.any():
            reached[arrived], waiting[arrived] = iterate.t, False
        return None

    def result(self) -> tuple[Array, ...]:
        """Return the four numbers of all cells."""
        return tuple(self.kept.all()[:4])


class History:
    """Keeps every value of each run, and where it was at its end: its last place and the centre of its last tenth."""

    def __init__(self, cells: int, steps: int, window: Array) -> None:
        self.values = np.full((steps + 1, cells), np.nan)
        self._window, self._end = window, steps
        self._tail = 2 * -(-steps // 20)
        self._sum, self._last = np.full((2, cells), np.nan), np.full((2, cells), np.nan)

    def __call__(self, iterate: Iterate, cells: Cells | slice, _: NDArray[np.bool_] | None) -> None:
        """Note an iterate."""
        self.values[iterate.t, cells] = iterate.value
        if iterate.t == self._end - self._tail + 1:
            self._sum[:, cells] = iterate.theta
        elif iterate.t > self._end - self._tail:
            self._sum[:, cells] += iterate.theta
        if iterate.t == self._end:
            self._last[:, cells] = iterate.theta

    def centre(self) -> Array:
        """Return the mean of the last tenth of the iterates, ``(2, cells)``; nan where a run diverged."""
        return np.where(np.isfinite(self._last), self._sum / self._tail, np.nan)

    def left(self) -> NDArray[np.bool_]:
        """Return which runs ended outside of the window."""
        low, high = self._window[:, :1], self._window[:, 1:]
        return np.asarray(((self._last < low) | (self._last > high)).any(axis=0))
