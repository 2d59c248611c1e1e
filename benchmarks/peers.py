"""The same runs in our core and in the libraries that people would otherwise use, each written as its users write it.

A peer is built by a function that imports its library, so that a missing one costs a line of the table and no more.
All of them compute in float64, start at the same point and return what :class:`Task` asks for.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from adadelta_viz.core import OPTIMIZERS, SURFACES, descend, sweep
from adadelta_viz.core.arrays import Array
from adadelta_viz.core.run import measures

START = (-1.5, 2.0)


@dataclass(frozen=True)
class Task:
    """What is timed: AdaDelta on Rosenbrock, one run with all iterates kept, or a map of best values.

    Parameters
    ----------
    title
        What the table calls it.
    unit
        What one ``count`` costs: seconds are multiplied by ``scale`` to be in this unit.
    steps
        Number of updates.
    checked
        Steps over which all peers must agree. AdaDelta is chaotic: with ρ = 0.8, ε = 5e-5 a start that differs in its
        last bit differs in the third digit 50 steps later, so that only short maps can be compared cell by cell.
    rho, eps
        One number each (a trajectory), or arrays that broadcast to one cell per run (a map).
    """

    title: str
    unit: str
    scale: float
    steps: int
    checked: int
    rho: Array
    eps: Array

    @property
    def count(self) -> int:
        """The number of updates of single runs that the task consists of."""
        return self.steps * np.broadcast(self.rho, self.eps).size


Run = Callable[[Task], Array]
"""Do the task: the last iterate ``(2,)`` of a trajectory, or the lowest value of each cell of a map."""


@dataclass(frozen=True)
class Peer:
    """Who does it: ``build`` imports the library and returns a function that nobody has called or compiled yet.

    ``compiles`` says that the first call is slower than the others; ``one_setting`` that a map can have only one
    (ρ, ε) for all of its cells.
    """

    name: str
    build: Callable[[], Run]
    compiles: bool = False
    one_setting: bool = False


def our_trajectory() -> Run:
    """Keep iterates, values, gradients, updates and both memories."""
    return lambda task: descend(
        SURFACES["rosenbrock"], OPTIMIZERS["adadelta"], START, task.steps, rho=task.rho, eps=task.eps
    ).theta[-1]


def our_map() -> Run:
    """Fold all cells at once."""
    return lambda task: sweep(
        SURFACES["rosenbrock"],
        OPTIMIZERS["adadelta"],
        START,
        task.steps,
        measures.best_value,
        rho=task.rho,
        eps=task.eps,
    )


def rosenbrock(x: Any, y: Any) -> Any:
    """Return f for whatever kind of number or array the peer differentiates."""
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2


def torch_trajectory() -> Run:
    """Keep iterates and values."""
    import torch

    def run(task: Task) -> Array:
        theta = torch.tensor(START, dtype=torch.float64, requires_grad=True)
        optimizer = torch.optim.Adadelta([theta], lr=1.0, rho=float(task.rho), eps=float(task.eps))
        iterates, values = [], []
        for _ in range(task.steps):
            optimizer.zero_grad()
            value = rosenbrock(theta[0], theta[1])
            value.backward()
            optimizer.step()
            iterates.append(theta.detach().clone())
            values.append(value.detach())
        return np.asarray(torch.stack(iterates)[-1])

    return run


def torch_map() -> Run:
    """Move all cells as one tensor, which can have only one ρ and one ε."""
    import torch

    torch.set_num_threads(1)  # two are no faster at this size, and many times slower when something else runs too

    def run(task: Task) -> Array:
        cells = np.broadcast(task.rho, task.eps).shape
        theta = torch.tensor(START, dtype=torch.float64).reshape(2, *(1 for _ in cells)).repeat(1, *cells)
        optimizer = torch.optim.Adadelta([theta.requires_grad_()], lr=1.0, rho=task.rho.flat[0], eps=task.eps.flat[0])
        best = torch.full(cells, math.inf, dtype=torch.float64)
        for _ in range(task.steps):
            optimizer.zero_grad()
            value = rosenbrock(theta[0], theta[1])
            best = torch.fmin(best, value.detach())
            value.sum().backward()
            optimizer.step()
        return np.asarray(torch.fmin(best, rosenbrock(*theta.detach())))

    return run


def optax_trajectory() -> Run:
    """Keep iterates and values; the whole loop is one compiled program."""
    run_batch = _optax_walk(keep=True)
    return lambda task: np.asarray(run_batch(task.rho, task.eps, task.steps)[1][0][-1])


def optax_map() -> Run:
    """Vectorise the single run over the cells; the whole loop is one compiled program."""
    import jax

    run_batch = _optax_walk(keep=False)
    cells = jax.jit(jax.vmap(run_batch, in_axes=(0, 0, None)), static_argnums=2)

    def run(task: Task) -> Array:
        rho, eps = np.broadcast_arrays(task.rho, task.eps)
        best: Array = np.asarray(cells(rho.ravel(), eps.ravel(), task.steps)[0]).reshape(rho.shape)
        return best

    return run


def _optax_walk(keep: bool) -> Callable[..., Any]:
    """Return the run of one cell: its lowest value, and its iterates and values if they are to be kept."""
    import jax
    import jax.numpy as jnp
    import optax

    jax.config.update("jax_enable_x64", True)

    def run_batch(rho: Any, eps: Any, steps: int) -> Any:
        optimizer = optax.adadelta(learning_rate=1.0, rho=rho, eps=eps)

        def step(carry: Any, _: None) -> Any:
            theta, state, best = carry
            value, gradient = jax.value_and_grad(lambda theta: rosenbrock(*theta))(theta)
            update, state = optimizer.update(gradient, state, theta)
            theta = optax.apply_updates(theta, update)
            return (theta, state, jnp.fmin(best, value)), (theta, value) if keep else None

        theta = jnp.array(START)
        (theta, _, best), kept = jax.lax.scan(step, (theta, optimizer.init(theta), jnp.inf), length=steps)
        return jnp.fmin(best, rosenbrock(*theta)), kept

    return jax.jit(run_batch, static_argnums=2) if keep else run_batch


def numba_trajectory() -> Run:
    """Keep iterates and values; a loop over scalars."""
    njit, step = _numba_step()

    def run_batch(x: float, y: float, steps: int, rho: float, eps: float) -> Array:
        kept = np.empty((steps, 3))
        memory = (0.0, 0.0, 0.0, 0.0)
        for t in range(steps):
            value, x, y, memory = step(x, y, memory, rho, eps)
            kept[t] = value, x, y
        return kept

    compiled = njit(run_batch)
    return lambda task: compiled(*START, task.steps, float(task.rho), float(task.eps))[-1, 1:]


def numba_map() -> Run:
    """Finish one cell, then the next."""
    njit, step = _numba_step()

    def run_batch(start: tuple[float, float], steps: int, rho: Array, eps: Array) -> Array:
        best = np.full(rho.size, np.inf)
        for cell in range(rho.size):
            x, y = start
            memory = (0.0, 0.0, 0.0, 0.0)
            for _ in range(steps + 1):
                value, x, y, memory = step(x, y, memory, rho[cell], eps[cell])
                best[cell] = min(best[cell], value)
        return best

    return _on_cells(njit(run_batch))


def numba_vector_map() -> Run:
    """Take one step in all cells, then the next, which lets the compiler use vector instructions."""
    njit, step = _numba_step()

    def run_batch(start: tuple[float, float], steps: int, rho: Array, eps: Array) -> Array:
        best, x, y = np.full(rho.size, np.inf), np.full(rho.size, start[0]), np.full(rho.size, start[1])
        a, b, c, d = np.zeros((4, rho.size))
        for _ in range(steps + 1):
            for i in range(rho.size):
                value, x[i], y[i], (a[i], b[i], c[i], d[i]) = step(x[i], y[i], (a[i], b[i], c[i], d[i]), rho[i], eps[i])
                best[i] = min(best[i], value)
        return best

    return _on_cells(njit(run_batch))


def _on_cells(run_batch: Callable[..., Array]) -> Run:
    def run(task: Task) -> Array:
        rho, eps = np.broadcast_arrays(task.rho, task.eps)
        return run_batch(START, task.steps, rho.ravel(), eps.ravel()).reshape(rho.shape)

    return run


def _numba_step() -> tuple[Callable[..., Any], Callable[..., Any]]:
    """Return the compiler, and one step on Rosenbrock as compiled scalar code."""
    from functools import partial

    import numba

    njit = partial(numba.njit, error_model="numpy")  # x / 0 is inf, not an exception: as everywhere here

    def rule(gradient: float, square: float, moved: float, rho: float, eps: float) -> tuple[float, float, float]:
        square = rho * square + (1 - rho) * (gradient * gradient)
        delta = -math.sqrt(moved + eps) / math.sqrt(square + eps) * gradient
        return delta, square, rho * moved + (1 - rho) * (delta * delta)

    compiled_rule = njit(rule)

    def step(x: float, y: float, memory: tuple[float, float, float, float], rho: float, eps: float) -> Any:
        slope = y - x * x
        value = (1 - x) * (1 - x) + 100 * (slope * slope)
        delta_x, square_x, moved_x = compiled_rule(-400 * x * slope + 2 * x - 2, memory[0], memory[1], rho, eps)
        delta_y, square_y, moved_y = compiled_rule(200 * slope, memory[2], memory[3], rho, eps)
        return value, x + delta_x, y + delta_y, (square_x, moved_x, square_y, moved_y)

    return njit, njit(step)


TRAJECTORY = (
    Peer("this package, NumPy", our_trajectory),
    Peer("torch.optim.Adadelta, autograd", torch_trajectory),
    Peer("optax.adadelta in jit(scan)", optax_trajectory, compiles=True),
    Peer("numba loop", numba_trajectory, compiles=True),
)
MAP = (
    Peer("this package, NumPy", our_map),
    Peer("torch.optim.Adadelta, autograd", torch_map, one_setting=True),
    Peer("optax.adadelta in jit(vmap(scan))", optax_map, compiles=True),
    Peer("numba loop, cell by cell", numba_map, compiles=True),
    Peer("numba loop, step by step", numba_vector_map, compiles=True),
)
"""Ours first: the others are divided by it."""
