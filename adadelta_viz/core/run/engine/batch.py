"""Many runs at once, in memory for one step of them: what a sweep walks on.

A batch is a list of cells. It walks in place (``replay``), cell by cell the same steps as ``descend``. Cells whose run
is over, because it diverged or because nothing more is asked of it, leave the batch, so that the others go faster.
"""

import math
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from adadelta_viz.core.arrays import Array
from adadelta_viz.core.optimizers.optimizer import Optimizer
from adadelta_viz.core.run.engine.replay import Replay, Settings
from adadelta_viz.core.run.engine.trace import Node, Tape, TraceError
from adadelta_viz.core.run.trajectory import Iterate
from adadelta_viz.core.surfaces.surface import Surface

CROWD = 8
"""Cells that diverged leave the batch when they are one in so many."""

Cells = NDArray[np.intp]
See = Callable[[Iterate, Cells | slice, NDArray[np.bool_] | None], NDArray[np.bool_] | None]
"""What is done with each iterate: it comes with the numbers of its cells and with a mask of those that have diverged
and are blank, None if there are none. It may return a mask of cells that may leave. Arrays are used again: copy what
you keep."""


class Recorded(NamedTuple):
    """A function on tape, with the stand-ins for its arguments."""

    tape: Tape
    inputs: list[Node]


class Batch:
    """Runs that walk together.

    Parameters
    ----------
    surface, optimizer
        From the catalogues, or your own. A rule that cannot be recorded is called as it is.
    start
        ``(2, cells)``.
    hyper
        Every hyperparameter, a number or ``(cells,)``.
    noise
        Standard deviation of what is added to each slope, a number or ``(cells,)``.

    Examples
    --------
    >>> from adadelta_viz.core import OPTIMIZERS, SURFACES
    >>> batch = Batch(SURFACES["sphere"], OPTIMIZERS["sgd"], np.array([[-4.0, 1.0], [3.0, 1.0]]), {"lr": 0.1})
    >>> batch.look(0), batch.move(1)
    (None, None)
    >>> batch.theta
    array([[-3.2,  0.8],
           [ 2.4,  0.8]])
    """

    def __init__(
        self, surface: Surface, optimizer: Optimizer, start: Array, hyper: Mapping[str, Any], noise: Any = 0.0
    ) -> None:
        self.surface, self.optimizer = surface, optimizer
        self.noise = noise
        self.cells: Cells | slice = slice(None)
        self.gone: NDArray[np.bool_] | None = None
        self.numbers = {name: value for name, value in hyper.items() if not np.ndim(value)}
        self.settings = Settings({name: value for name, value in hyper.items() if np.ndim(value)})
        self._height, self._rule = _height(surface), _rule(optimizer, hyper)
        state = optimizer.start_state(start, **hyper)
        self._bind(start, state)

    def _bind(self, theta: Array, state: tuple[Array, ...]) -> None:
        """Give the cells their arrays, and the tapes these arrays."""
        shape = theta.shape
        self.memory = np.zeros((3 + 2 * len(state), shape[1]))  # place, memory and value: what must stay finite
        self.theta, *self.state = self.memory[:-1].reshape(-1, *shape)
        self.value, self.gradient, self.delta = self.memory[-1], np.empty(shape), np.zeros(shape)
        for mine, given in zip((self.theta, *self.state), (theta, *state), strict=True):
            mine[...] = given
        pool: dict[Any, list[Any]] = {}
        self._look = self._move = None
        if self._height:
            tape, inputs = self._height
            arguments = dict(zip(inputs, self.theta, strict=True))
            self._look = Replay(tape, arguments, [self.value, *self.gradient], self.settings, pool)
        if self._rule:
            tape, inputs = self._rule
            arguments = dict(zip(inputs, (self.theta, self.gradient, *self.state), strict=True))
            self._move = Replay(tape, arguments, [self.delta, *self.state], self.settings, pool)

    @property
    def recorded(self) -> bool:
        """Whether surface and rule are both replayed in place."""
        return self._look is not None and self._move is not None

    def look(self, t: int) -> None:
        """Compute height and slope at the iterate."""
        if self._look:
            self._look.run(t)
        else:
            self.value[...], self.gradient[...] = self.surface.value_and_gradient(self.theta)

    def move(self, t: int) -> None:
        """Take step t."""
        if self._move:
            self._move.run(t)
        else:
            hyper = {**self.numbers, **self.settings.each}
            self.delta[...], state = self.optimizer.update(self.theta, self.gradient, tuple(self.state), t, **hyper)
            for mine, new in zip(self.state, state, strict=True):
                mine[...] = new
        np.add(self.theta, self.delta, self.theta)

    def lost(self) -> NDArray[np.bool_] | None:
        """Return a mask of the cells that are no longer finite in place, value or memory, None if all are."""
        if math.isfinite(np.add.reduce(self.memory, axis=None)):
            return None
        finite = np.asarray(np.isfinite(self.memory).all(axis=0))
        return None if finite.all() else ~finite

    def bury(self) -> NDArray[np.bool_] | None:
        """Blank the cells that diverged, now or before, and return a mask of them; None if there are none.

        To let each go at once would cost more than to carry a few: until they leave they walk on as copies of a cell
        that is alive (:meth:`stand_up`), and are blanked again whenever somebody looks.
        """
        lost = self.lost()
        if lost is not None:
            self.gone = lost if self.gone is None else self.gone | lost
        if self.gone is not None:
            self.memory[:, self.gone] = np.nan
        return self.gone

    def stand_up(self) -> None:
        """Give those who diverged the numbers of one that did not, so that what follows stays finite."""
        if self.gone is not None:
            self.memory[:, self.gone] = self.memory[:, [np.argmin(self.gone)]]

    def keep(self, mask: NDArray[np.bool_]) -> None:
        """Let all cells go but these."""
        kept = np.flatnonzero(mask)
        self.gone = None
        self.cells = kept if isinstance(self.cells, slice) else self.cells[kept]
        self.settings.keep(kept)
        self.noise = self.noise[kept] if np.ndim(self.noise) else self.noise
        value, gradient, delta = self.value[kept], self.gradient[:, kept], self.delta[:, kept]
        self._bind(self.theta[:, kept], tuple(each[:, kept] for each in self.state))
        self.value[...], self.gradient[...], self.delta[...] = value, gradient, delta


def walk(batch: Batch, steps: int, draws: Array | None, see: See) -> None:
    """Show every iterate of a batch, the start first, and let go the cells that are done.

    Parameters
    ----------
    batch
        Who walks.
    steps
        Number of updates.
    draws
        Standard normal noise, ``(steps + 1, 2, 1)``, which each cell scales by its own deviation; None without noise.
    see
        What is done with each iterate.
    """
    with np.errstate(all="ignore"):  # overflow is data
        for t in range(steps + 1):
            batch.look(t)
            if draws is not None:
                np.add(batch.gradient, batch.noise * draws[t], batch.gradient)
            gone = batch.bury()
            state = tuple(batch.state)
            iterate = Iterate(t, batch.theta, batch.value, batch.gradient, batch.delta, state)
            done = see(iterate, batch.cells, gone)
            if gone is not None and (done is not None or gone.all() or CROWD * np.count_nonzero(gone) >= gone.size):
                done = gone if done is None else done | gone
            if done is not None and done.any():
                if done.all():
                    return
                batch.keep(~done)
            batch.stand_up()
            if t < steps:
                batch.move(t + 1)


def _height(surface: Surface) -> Recorded | None:
    """Record height and slope of a surface; None if they are more than arithmetic."""
    tape = Tape()
    x, y = tape.cell(1), tape.cell(1)
    try:
        tape.outputs = list(surface.compiled(x, y))
    except TraceError:
        return None
    return Recorded(tape, [x, y])


def _rule(optimizer: Optimizer, hyper: Mapping[str, Any]) -> Recorded | None:
    """Record an update; None if it is more than arithmetic on each cell."""
    tape = Tape()
    theta, gradient, *state = (tape.cell(2) for _ in range(2 + len(optimizer.state)))
    given = {name: tape.setting(name) if np.ndim(value) else value for name, value in hyper.items()}
    update: Any = optimizer.update
    try:
        delta, new = update(theta, gradient, tuple(state), tape.clock, **given)
    except (TypeError, ValueError, IndexError, AttributeError):
        return None
    tape.outputs = [delta, *new]
    inputs = [theta, gradient, *state]
    return None if set(new) & set(inputs) else Recorded(tape, inputs)
