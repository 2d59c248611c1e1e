"""Step down a surface with an optimizer, one trajectory or ten thousand at once.

``descend`` keeps every iterate; ``sweep`` reduces each iterate to a measure and forgets it, so that a map of thousands
of runs needs memory for one step only. Batches are stepped on arrays; a single run takes the same steps on plain
numbers (``single.run_single``), digit for digit, so a map's cell equals the single run.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np

from adadelta_viz.core.arrays import Array, Scalars, as_theta
from adadelta_viz.core.optimizers.optimizer import Optimizer
from adadelta_viz.core.run.engine import single
from adadelta_viz.core.run.engine.batch import Batch, run_batch
from adadelta_viz.core.run.engine.reducers import MeasureReducer
from adadelta_viz.core.run.measures import Measure
from adadelta_viz.core.run.trajectory import Iterate, Trajectory
from adadelta_viz.core.surfaces.surface import Surface

BLOCK = 9216
"""As many cells as one batch has: their arrays fit a core's cache, and the calls of a step are few beside its work."""


def descend(
    surface: Surface,
    optimizer: Optimizer,
    start: Sequence[Scalars] | Array,
    steps: int,
    *,
    noise: Scalars = 0.0,
    seed: int = 0,
    **hyper: Scalars,
) -> Trajectory:
    """Walk ``steps`` steps down the surface and keep everything.

    Parameters
    ----------
    surface, optimizer
        From the catalogues, or your own.
    start
        ``(2,)`` for one run, ``(2, *batch)`` for many; it broadcasts with the hyperparameters.
    steps
        Number of updates, at least 1.
    noise
        Standard deviation of Gaussian noise added to each component of each gradient.
    seed
        Of that noise. Every run of a batch sees the same noise, so that a batch equals its single runs.
    **hyper
        The optimizer's hyperparameters, numbers or arrays of shape ``batch``.

    Raises
    ------
    ValueError
        If an argument is out of its range; the message names it, the range, the value and its meaning. Overflow does
        not raise: it ends the run, and ``stopped`` says where.

    Examples
    --------
    >>> from adadelta_viz.core.surfaces.catalogue import SURFACES
    >>> from adadelta_viz.core.optimizers.catalogue import OPTIMIZERS
    >>> run = descend(SURFACES["rosenbrock"], OPTIMIZERS["adadelta"], start=(-1.5, 2.0), steps=500, rho=0.95, eps=1e-6)
    >>> run.theta.shape, run.stopped
    ((501, 2), 'steps')
    >>> (run.theta[1] - run.theta[0]).round(6)
    array([0.004472, 0.004472])
    """
    run_batch = _iterates(surface, optimizer, start, steps, noise, seed, hyper)
    first = next(run_batch)
    if first.value.ndim:
        records = _recorded(first, run_batch, steps)
    elif not np.isfinite(first.value):
        raise ValueError(f"start must be a point where f is finite: got {start}, where f is {first.value}.")
    else:
        numbers = optimizer.resolve(**hyper)
        scaled_noise = noise * _draws(steps, seed, 0) if noise else None
        try:
            records = single.run_single(surface, optimizer, first.theta, steps, scaled_noise, numbers)
        except ArithmeticError:
            records = _recorded(first, run_batch, steps)
    theta, value, gradient, delta, *state = records
    return _keep_finite(theta, value, gradient, delta[1:], dict(zip(optimizer.state, state, strict=True)))


def _recorded(first: Iterate, run_batch: Iterator[Iterate], steps: int) -> tuple[Array, ...]:
    """Keep the rest of a run on arrays: every θ, f, ∇f and Δθ and then each memory, time in front."""
    parts = (first.theta, first.value, first.gradient, first.delta, *first.state)
    records = tuple(np.empty((steps + 1, *np.shape(part))) for part in parts)
    for t, *seen, buffers in chain((first,), run_batch):
        for record, now in zip(records, (*seen, *buffers), strict=True):
            record[t] = now
    return records


def sweep(
    surface: Surface,
    optimizer: Optimizer,
    start: Sequence[Scalars] | Array,
    steps: int,
    measure: Measure,
    *,
    noise: Scalars = 0.0,
    seed: int = 0,
    **hyper: Scalars,
) -> Array:
    """Run a whole batch and return only one measure of each run, in memory that does not grow with ``steps``.

    Parameters
    ----------
    measure
        What to keep of each run, such as ``measures.best_value``.
    surface, optimizer, start, steps, noise, seed, **hyper
        As for :func:`descend`; arrays of hyperparameters broadcast against each other and against ``start``.

    Returns
    -------
    Array
        The measure of each run, shape ``(*batch)``.

    Examples
    --------
    >>> from adadelta_viz.core import measures
    >>> from adadelta_viz.core.surfaces.catalogue import SURFACES
    >>> from adadelta_viz.core.optimizers.catalogue import OPTIMIZERS
    >>> rho, eps = np.array([0.5, 0.9, 0.99]), np.array([1e-8, 1e-4])
    >>> best = sweep(SURFACES["sphere"], OPTIMIZERS["adadelta"], (-4.0, 3.0), 100, measures.best_value,
    ...              rho=rho[:, None], eps=eps[None, :])
    >>> best.shape
    (3, 2)
    """
    shape, batches = blocks(surface, optimizer, start, steps, noise, seed, hyper)
    reducers = []
    for batch, noise_draws in batches:
        reducers.append(MeasureReducer(measure, batch.value.size))
        run_batch(batch, steps, noise_draws, reducers[-1])
    return np.concatenate([each.result() for each in reducers] or [np.empty(0)]).reshape(shape)


def blocks(
    surface: Surface,
    optimizer: Optimizer,
    start: Sequence[Scalars] | Array,
    steps: int,
    noise: Scalars,
    seed: int,
    given: Mapping[str, Scalars],
) -> tuple[tuple[int, ...], Iterator[tuple[Batch, Array | None]]]:
    """Check what a sweep is given and cut it into batches that fit a core's cache, each with the noise it sees.

    Returns
    -------
    tuple
        The shape of the whole, and the batches of its cells in their order.
    """
    hyper = _checked(optimizer, steps, noise, given)
    theta = _broadcast(as_theta(start), noise, *hyper.values())
    shape = theta.shape[1:]
    noise_draws = _draws(steps, seed, 1) if np.any(noise) else None

    def own(value: Scalars, cells: slice) -> Any:
        return np.broadcast_to(value, shape).reshape(-1)[cells] if np.ndim(value) else value

    def cut() -> Iterator[tuple[Batch, Array | None]]:
        flat = theta.reshape(2, -1)
        for first in range(0, flat.shape[1], BLOCK):
            cells = slice(first, first + BLOCK)
            numbers = {name: own(value, cells) for name, value in hyper.items()}
            yield Batch(surface, optimizer, flat[:, cells], numbers, own(noise, cells)), noise_draws

    return shape, cut()


def _checked(optimizer: Optimizer, steps: int, noise: Scalars, given: Mapping[str, Scalars]) -> dict[str, Any]:
    """Complete the hyperparameters, and refuse what is out of its range."""
    if steps < 1 or steps != int(steps):
        raise ValueError(f"steps must be a whole number, at least 1: got {steps}. It is the number of updates.")
    if not np.all((np.asarray(noise) >= 0) & np.isfinite(noise)):
        raise ValueError(f"noise must be in [0, inf): got {noise}. It is the standard deviation of the gradient noise.")
    return optimizer.resolve(**given)


def _iterates(
    surface: Surface,
    optimizer: Optimizer,
    start: Sequence[Scalars] | Array,
    steps: int,
    noise: Scalars,
    seed: int,
    given: dict[str, Scalars],
) -> Iterator[Iterate]:
    """Yield the start and then the iterate after each update."""
    hyper = _checked(optimizer, steps, noise, given)
    theta = _broadcast(as_theta(start), noise, *hyper.values())
    state = optimizer.start_state(theta, **hyper)
    noise_draws = _draws(steps, seed, theta.ndim - 1) if np.any(noise) else None
    delta = np.zeros_like(theta)
    with np.errstate(all="ignore"):  # overflow is data: a run that diverges says so in its numbers
        for t in range(steps + 1):
            value, gradient = surface.value_and_gradient(theta)
            if noise_draws is not None:
                gradient = gradient + noise * noise_draws[t]
            yield Iterate(t, theta, value, gradient, delta, state)
            delta, state = optimizer.update(theta, gradient, state, t + 1, **hyper)
            theta = theta + delta


def _broadcast(theta: Array, *others: Scalars) -> Array:
    """Give every run of the batch its own copy of the start."""
    batch = np.broadcast_shapes(theta.shape[1:], *(np.shape(other) for other in others))
    own_axes = theta.reshape(2, *(1,) * (len(batch) + 1 - theta.ndim), *theta.shape[1:])
    return np.broadcast_to(own_axes, (2, *batch)).copy()


def _draws(steps: int, seed: int, batch_axes: int) -> Array:
    """Standard normal noise for each step and coordinate, the same for every run of a batch."""
    noise_draws = np.random.default_rng(seed).standard_normal((steps + 1, 2))
    return noise_draws.reshape(steps + 1, 2, *(1,) * batch_axes)


def _keep_finite(theta: Array, value: Array, gradient: Array, delta: Array, state: dict[str, Array]) -> Trajectory:
    """Cut a run where it stopped being finite (one run) or blank it from there on (a batch)."""
    finite = np.isfinite(value) & np.all([np.isfinite(each).all(axis=1) for each in (theta, *state.values())], axis=0)
    diverged_at = np.where(finite.all(axis=0), -1, np.argmin(finite, axis=0))
    if diverged_at.ndim:
        diverged = (diverged_at >= 0) & (np.arange(len(value)).reshape(-1, *(1,) * diverged_at.ndim) >= diverged_at)
        value[diverged] = np.nan
        for record in (theta, gradient, *state.values()):
            np.moveaxis(record, 1, -1)[diverged] = np.nan
        np.moveaxis(delta, 1, -1)[diverged[1:]] = np.nan
        return Trajectory(theta, value, gradient, delta, state, diverged_at)
    if diverged_at >= 0:
        end = int(diverged_at)
        theta, value, gradient, delta = theta[:end], value[:end], gradient[:end], delta[: max(end - 1, 0)]
        state = {name: record[:end] for name, record in state.items()}
    return Trajectory(theta, value, gradient, delta, state, diverged_at)
