"""The pieces of a map: independent batches of runs, each small enough to report progress and to be given up between.

A piece is plain data and :func:`run_tile` a plain function, so that pieces can be computed anywhere, in any order.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from adadelta_viz.core.arrays import Array, Scalars
from adadelta_viz.core.optimizers.catalogue import OPTIMIZERS
from adadelta_viz.core.optimizers.optimizer import Optimizer
from adadelta_viz.core.run.descend import blocks
from adadelta_viz.core.run.engine.batch import Batch, run_batch
from adadelta_viz.core.run.engine.reducers import OutcomeReducer
from adadelta_viz.core.surfaces.surface import Surface
from adadelta_viz.experiments.experiment import Experiment
from adadelta_viz.experiments.surface_names import surface_named

CELLS = 4608
"""About as many runs as a piece has: enough to keep NumPy busy, few enough to be done soon."""


class Tile(NamedTuple):
    """Some rows of a map: what :func:`run_tile` needs to know of them, as plain data.

    ``start`` and the arrays of ``hyper`` broadcast to ``(rows, columns)``; ``level`` is the value at which a run has
    arrived, nan where none is known, ``tolerance`` its distance from f*.
    """

    surface: str
    optimizer: str
    start: Array
    hyper: dict[str, Scalars]
    steps: int
    noise: float
    seed: int
    level: float
    tolerance: float


class Outcome(NamedTuple):
    """What became of each run of a map, arrays of shape ``(rows, columns)``.

    Parameters
    ----------
    best
        The lowest finite value that it met, its start included.
    last
        The value at its last finite iterate.
    reached
        The first step at or below the level of arrival; nan if there is none.
    diverged
        The first step that was not finite; nan if all were.
    """

    best: Array
    last: Array
    reached: Array
    diverged: Array


def level(experiment: Experiment, tolerance: float) -> float:
    """Return the value at which a run has arrived, f* + tolerance; nan where no f* is known.

    Examples
    --------
    >>> level(Experiment("goldstein_price"), 0.01), level(Experiment("saddle"), 0.01)
    (3.01, nan)
    """
    minimum = experiment.loss_surface.minimum
    return float("nan") if minimum is None else minimum + tolerance


def tiles_of(
    experiment: Experiment, given: Mapping[str, Array], tolerance: float, cells: int = CELLS
) -> Iterator[Tile]:
    """Cut a map into pieces of whole rows.

    Parameters
    ----------
    experiment
        Every number that the map does not vary.
    given
        By name what varies, hyperparameters or x0 and y0, arrays that broadcast to ``(rows, columns)``.
    tolerance
        A run has arrived when f − f* is at most this.
    cells
        About as many runs as a piece shall have.
    """
    numbers = experiment.numbers
    rows, columns = np.broadcast_shapes((1, 1), *(array.shape for array in given.values()))
    height = max(1, cells // columns)
    for top in range(0, rows, height):
        own = {name: array[top : top + height] if len(array) > 1 else array for name, array in given.items()}
        start = [np.asarray(own.pop(name, numbers[name]), dtype=float) for name in ("x0", "y0")]
        yield Tile(
            experiment.surface,
            experiment.optimizer,
            np.array(np.broadcast_arrays(*start)),
            {**experiment.hyper, **own},
            int(numbers["steps"]),
            numbers["noise"],
            int(numbers["seed"]),
            level(experiment, tolerance),
            tolerance,
        )


def run_tile(tile: Tile) -> Outcome:
    """Run all cells of a piece.

    Examples
    --------
    >>> sphere = Experiment("sphere", "sgd", {"steps": 100})
    >>> (tile,) = tiles_of(sphere, {"lr": np.array([[1e-5, 0.1, 10.0]])}, 0.01)
    >>> run_tile(tile).reached
    array([[nan, 18., nan]])
    """
    surface, optimizer = surface_named(tile.surface), OPTIMIZERS[tile.optimizer]
    conditions: dict[str, Any] = {"noise": tile.noise, "seed": tile.seed, **tile.hyper}
    return outcomes(surface, optimizer, tile.start, tile.steps, tile.level, **conditions)


def outcomes(
    surface: Surface,
    optimizer: Optimizer,
    start: Sequence[Scalars] | Array,
    steps: int,
    level: float,
    *,
    noise: Scalars = 0.0,
    seed: int = 0,
    **hyper: Scalars,
) -> Outcome:
    """Run a whole batch and return all that a map may ask of each run: a sweep with several measures at once.

    Parameters
    ----------
    level
        The value at which a run has arrived; nan if there is none.
    surface, optimizer, start, steps, noise, seed, **hyper
        As for :func:`~adadelta_viz.core.run.descend.sweep`.

    Examples
    --------
    >>> from adadelta_viz.core import SURFACES
    >>> found = outcomes(SURFACES["sphere"], OPTIMIZERS["sgd"], (-4.0, 3.0), 100, 0.01, lr=[0.1, 1.1])
    >>> found.best.round(3), found.reached
    (array([ 0., 25.]), array([18., nan]))
    """
    shape, batches = blocks(surface, optimizer, start, steps, noise, seed, hyper)
    parts = []
    for batch, draws in batches:
        tally = OutcomeReducer(batch.value.size, level)
        run_batch(batch, steps, draws, tally)
        parts.append(tally.result())
    return Outcome(*(np.concatenate(each).reshape(shape) for each in zip(*parts, strict=True)))


def tile_batches(tile: Tile) -> tuple[tuple[int, ...], Iterator[tuple[Batch, Array | None]]]:
    """Return the shape of a piece and the batches of its cells, each with the noise it sees."""
    surface, optimizer = surface_named(tile.surface), OPTIMIZERS[tile.optimizer]
    return blocks(surface, optimizer, tile.start, tile.steps, tile.noise, tile.seed, tile.hyper)


def assembled(parts: Iterable[Outcome]) -> Outcome:
    """Put the outcomes of all pieces of a map together, in their order."""
    return Outcome(*(np.concatenate(rows) for rows in zip(*parts, strict=True)))
