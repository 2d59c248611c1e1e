"""Many runs at once: the loop behind ``sweep`` and the maps, holding one iterate of each run in memory.

``descend.sweep`` and the tiles of maps make a :class:`Batch` and call :func:`run_batch`, which hands every iterate to
a reducer. Arrays have shape ``(2, cells)`` or ``(cells,)``. Each cell takes the same steps as ``descend``, digit for
digit; cells that diverged, or of which nothing more is asked, are removed, so that the others go faster.
"""

import math
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from adadelta_viz.core.arrays import Array
from adadelta_viz.core.optimizers.optimizer import Optimizer
from adadelta_viz.core.run.engine.replay import Replay, Settings
from adadelta_viz.core.run.engine.trace import Node, TraceError, Tracer
from adadelta_viz.core.run.trajectory import Iterate
from adadelta_viz.core.surfaces.surface import Surface

COMPACT_FRACTION = 8
"""Diverged cells are removed when they are one in so many."""

Cells = NDArray[np.intp]
OnIterate = Callable[[Iterate, Cells | slice, NDArray[np.bool_] | None], NDArray[np.bool_] | None]
"""What is done with each iterate: it comes with the indices of its cells and with a mask of those that have diverged
and are nan, None if there are none. It may return a mask of cells that may be removed. Arrays are used again: copy
what you keep."""


class TracedFunction(NamedTuple):
    """A traced function, with the stand-ins for its arguments."""

    tracer: Tracer
    inputs: list[Node]


class Batch:
    """Runs that are stepped together.

    Parameters
    ----------
    surface, optimizer
        From the catalogues, or your own. A rule that cannot be recorded is called as it is.
    start
        ``(2, cells)``.
    hyper
        Every hyperparameter, a number or ``(cells,)``.
    noise
        Standard deviation of what is added to each gradient, a number or ``(cells,)``.

    Examples
    --------
    >>> from adadelta_viz.core import OPTIMIZERS, SURFACES
    >>> batch = Batch(SURFACES["sphere"], OPTIMIZERS["sgd"], np.array([[-4.0, 1.0], [3.0, 1.0]]), {"lr": 0.1})
    >>> batch.evaluate(0), batch.update(1)
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
        self.diverged: NDArray[np.bool_] | None = None
        self.numbers = {name: value for name, value in hyper.items() if not np.ndim(value)}
        self.settings = Settings({name: value for name, value in hyper.items() if np.ndim(value)})
        self._trace_surface, self._trace_rule = _trace_surface(surface), _trace_rule(optimizer, hyper)
        state = optimizer.start_state(start, **hyper)
        self._bind(start, state)

    def _bind(self, theta: Array, state: tuple[Array, ...]) -> None:
        """Allocate the arrays of the cells and bind the traced functions to them."""
        shape = theta.shape
        self.buffers = np.zeros((3 + 2 * len(state), shape[1]))  # theta, state and value: what must stay finite
        self.theta, *self.state = self.buffers[:-1].reshape(-1, *shape)
        self.value, self.gradient, self.delta = self.buffers[-1], np.empty(shape), np.zeros(shape)
        for mine, given in zip((self.theta, *self.state), (theta, *state), strict=True):
            mine[...] = given
        pool: dict[Any, list[Any]] = {}
        self._evaluate = self._update = None
        if self._trace_surface:
            tracer, inputs = self._trace_surface
            arguments = dict(zip(inputs, self.theta, strict=True))
            self._evaluate = Replay(tracer, arguments, [self.value, *self.gradient], self.settings, pool)
        if self._trace_rule:
            tracer, inputs = self._trace_rule
            arguments = dict(zip(inputs, (self.theta, self.gradient, *self.state), strict=True))
            self._update = Replay(tracer, arguments, [self.delta, *self.state], self.settings, pool)

    @property
    def recorded(self) -> bool:
        """Whether surface and rule are both replayed in place."""
        return self._evaluate is not None and self._update is not None

    def evaluate(self, t: int) -> None:
        """Compute value and gradient at the iterate."""
        if self._evaluate:
            self._evaluate.run(t)
        else:
            self.value[...], self.gradient[...] = self.surface.value_and_gradient(self.theta)

    def update(self, t: int) -> None:
        """Take step t."""
        if self._update:
            self._update.run(t)
        else:
            hyper = {**self.numbers, **self.settings.each}
            self.delta[...], state = self.optimizer.update(self.theta, self.gradient, tuple(self.state), t, **hyper)
            for mine, new in zip(self.state, state, strict=True):
                mine[...] = new
        np.add(self.theta, self.delta, self.theta)

    def nonfinite(self) -> NDArray[np.bool_] | None:
        """Return a mask of the cells whose theta, value or state is not finite any more, None if all are finite."""
        if math.isfinite(np.add.reduce(self.buffers, axis=None)):
            return None
        finite = np.asarray(np.isfinite(self.buffers).all(axis=0))
        return None if finite.all() else ~finite

    def mask_diverged(self) -> NDArray[np.bool_] | None:
        """Set the cells that have diverged to nan and return a mask of them; None if there are none.

        To remove each at once would cost more than to carry a few: between two iterates they are copies of a cell
        that is finite (:meth:`fill_diverged`).
        """
        nonfinite = self.nonfinite()
        if nonfinite is not None:
            self.diverged = nonfinite if self.diverged is None else self.diverged | nonfinite
        if self.diverged is not None:
            self.buffers[:, self.diverged] = np.nan
        return self.diverged

    def fill_diverged(self) -> None:
        """Give diverged cells the numbers of one that is finite, so that the next step is fast and raises nothing."""
        if self.diverged is not None:
            self.buffers[:, self.diverged] = self.buffers[:, [np.argmin(self.diverged)]]

    def compact(self, mask: NDArray[np.bool_]) -> None:
        """Remove all cells but these."""
        kept = np.flatnonzero(mask)
        self.diverged = None
        self.cells = kept if isinstance(self.cells, slice) else self.cells[kept]
        self.settings.compact(kept)
        self.noise = self.noise[kept] if np.ndim(self.noise) else self.noise
        value, gradient, delta = self.value[kept], self.gradient[:, kept], self.delta[:, kept]
        self._bind(self.theta[:, kept], tuple(each[:, kept] for each in self.state))
        self.value[...], self.gradient[...], self.delta[...] = value, gradient, delta


def run_batch(batch: Batch, steps: int, noise_draws: Array | None, on_iterate: OnIterate) -> None:
    """Step a batch and hand every iterate to a reducer, the start first; cells that are done are removed.

    Parameters
    ----------
    batch
        The runs.
    steps
        Number of updates.
    noise_draws
        Standard normal noise, ``(steps + 1, 2, 1)``, which each cell scales by its own deviation; None without noise.
    on_iterate
        What is done with each iterate.
    """
    with np.errstate(all="ignore"):  # overflow is data
        for t in range(steps + 1):
            batch.evaluate(t)
            if noise_draws is not None:
                np.add(batch.gradient, batch.noise * noise_draws[t], batch.gradient)
            diverged = batch.mask_diverged()
            state = tuple(batch.state)
            iterate = Iterate(t, batch.theta, batch.value, batch.gradient, batch.delta, state)
            done = on_iterate(iterate, batch.cells, diverged)
            if diverged is not None and (
                done is not None or diverged.all() or COMPACT_FRACTION * np.count_nonzero(diverged) >= diverged.size
            ):
                done = diverged if done is None else done | diverged
            if done is not None and done.any():
                if done.all():
                    return
                batch.compact(~done)
            batch.fill_diverged()
            if t < steps:
                batch.update(t + 1)


def _trace_surface(surface: Surface) -> TracedFunction | None:
    """Trace value and gradient of a surface; None if they are more than arithmetic."""
    tracer = Tracer()
    x, y = tracer.cell(1), tracer.cell(1)
    try:
        tracer.outputs = list(surface.compiled(x, y))
    except TraceError:
        return None
    return TracedFunction(tracer, [x, y])


def _trace_rule(optimizer: Optimizer, hyper: Mapping[str, Any]) -> TracedFunction | None:
    """Trace an update; None if it is more than arithmetic on each cell."""
    tracer = Tracer()
    theta, gradient, *state = (tracer.cell(2) for _ in range(2 + len(optimizer.state)))
    given = {name: tracer.setting(name) if np.ndim(value) else value for name, value in hyper.items()}
    update: Any = optimizer.update
    try:
        delta, new = update(theta, gradient, tuple(state), tracer.clock, **given)
    except (TypeError, ValueError, IndexError, AttributeError):
        return None
    tracer.outputs = [delta, *new]
    inputs = [theta, gradient, *state]
    return None if set(new) & set(inputs) else TracedFunction(tracer, inputs)
