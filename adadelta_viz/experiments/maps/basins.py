"""Basins: every start of the window, by the point in which its run ends and by how long it takes.

Where does a run end that never comes to rest? AdaDelta hovers wherever the curvature is above 2. So a run is judged by
its **centre**, the mean of the last tenth of its iterates:

* it ends in a **rest point** p (a minimum, saddle, maximum or degenerate point) if the centre lies within 5 % of the
  window of p and f there is within the tolerance of f(p); it **hovers** if its last iterate does not meet that;
* it stands on a **plateau** if the slope at the centre is so small that crossing the window along it would not win the
  tolerance;
* else it is **on its way**; it **left** if its last iterate is outside the window, it **diverged** if it was no longer
  finite, and where f has no value no run starts.

Rest points are those of the surface (``rest``), the same for every optimizer; ∇²f tells what they are.
"""

from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from adadelta_viz.core.arrays import Array
from adadelta_viz.core.run.engine.batch import run_batch
from adadelta_viz.core.run.engine.reducers import History
from adadelta_viz.experiments.experiment import Experiment
from adadelta_viz.experiments.link import Choice, require
from adadelta_viz.experiments.maps.attractors import ON_ITS_WAY, PLATEAU, RestPoint, nearest_attractor, rest_points
from adadelta_viz.experiments.maps.axes import Axis
from adadelta_viz.experiments.maps.metrics import SIZE
from adadelta_viz.experiments.maps.tiles import Tile, tile_batches, tiles_of
from adadelta_viz.experiments.parameters import TOLERANCE
from adadelta_viz.experiments.race import with_numbers
from adadelta_viz.experiments.surface_names import surface_named

LEFT, DIVERGED, NOWHERE = -3, -4, -5
"""Codes of cells that end in no rest point, beside those of ``rest``."""

OUTCOMES = {
    ON_ITS_WAY: "still on its way",
    PLATEAU: "on a plateau",
    LEFT: "left the map",
    DIVERGED: "diverged",
    NOWHERE: "f has no value there",
}
"""What the codes mean, for legends."""

CELLS = 2304
"""About as many runs as a piece has: every value of theirs is kept until it is known where they end."""

SHOWS = Choice("shows", {"ends": "where it ends", "took": "how long it takes"}, "ends", label="Colour")
"""What a map of basins may show."""


class Endings(NamedTuple):
    """How each run of a piece ended, arrays of shape ``(rows, columns)``.

    ``ends`` is the number of a rest point, or one of ``OUTCOMES``; ``steps_to_reach`` the first step within the
    tolerance of that point's value, nan if none was; ``oscillates`` says that the last iterate was not.
    """

    ends: NDArray[np.int64]
    steps_to_reach: Array
    oscillates: NDArray[np.bool_]


class BasinMap(NamedTuple):
    """A finished map of basins.

    ``ends`` holds for each cell the index of a rest point in ``points``, or one of the negative codes of
    ``OUTCOMES``. The points are those of the surface, so that maps of different optimizers number them alike.
    """

    ends: NDArray[np.int64]
    steps_to_reach: Array
    oscillates: NDArray[np.bool_]
    points: tuple[RestPoint, ...]

    def counts(self) -> dict[int, int]:
        """Return how many cells have each code: rest points in their order, then fates; none is left out."""
        return {code: int(np.count_nonzero(self.ends == code)) for code in (*range(len(self.points)), *OUTCOMES)}


@dataclass(frozen=True)
class Basins:
    """A map of all starts in the window of an experiment's surface.

    Parameters
    ----------
    experiment
        Surface, optimizer, hyperparameters, steps, noise and seed; its own start is one of many here.
    shows
        Which of ``SHOWS`` is looked at. The sweep gives both.
    tolerance
        What "near enough" means, in units of f.
    size
        Cells along each side, one of ``metrics.SIZES``.

    Raises
    ------
    ValueError
        If the view, the tolerance or the size is not among the permitted; the message names it and lists them.

    Examples
    --------
    >>> basins = Basins(Experiment("himmelblau", "sgd", {"steps": 300, "lr": 0.01}), size=48)
    >>> basins.cell(0, 47).start
    (4.895833, -4.895833)
    >>> basin_map = basins.run()
    >>> {basin_map.points[code].kind for code, cells in basin_map.counts().items() if cells}
    {'minimum'}
    """

    experiment: Experiment = field(default_factory=Experiment)
    shows: str = "ends"
    tolerance: float = TOLERANCE.default
    size: int = 96

    def __post_init__(self) -> None:
        require("shows", self.shows, SHOWS)
        require("size", self.size, SIZE)
        require("tolerance", self.tolerance, TOLERANCE)

    def axes(self) -> tuple[Axis, Axis]:
        """Return both sides, (across, up): the centres of the cells that tile the window."""
        across, up = (
            Axis(f"{name}0", f"start {name}", "linear", _centres(low, high, self.size))
            for name, (low, high) in zip("xy", self.experiment.loss_surface.domain, strict=True)
        )
        return across, up

    def cell(self, row: int, column: int) -> Experiment:
        """Return the experiment that starts in one cell, the lowest row and the leftmost column first."""
        across, up = self.axes()
        return with_numbers(self.experiment, {"x0": float(across.values[column]), "y0": float(up.values[row])})

    def tiles(self) -> Iterator[Tile]:
        """Cut the map into pieces for :func:`classify_endings`, the lowest rows first."""
        across, up = self.axes()
        given = {"x0": across.values[None, :], "y0": up.values[:, None]}
        return tiles_of(self.experiment, given, self.tolerance, CELLS)

    def assemble(self, parts: Iterable[Endings]) -> BasinMap:
        """Put the endings of all pieces together, in the order of :meth:`tiles`, and number the rest points."""
        ends, steps_to_reach, oscillates = (np.concatenate(rows) for rows in zip(*parts, strict=True))
        return BasinMap(ends, steps_to_reach, oscillates, rest_points(self.experiment.loss_surface))

    def run(self, executor: Executor | None = None) -> BasinMap:
        """Compute the whole map; an executor computes the tiles in its threads or processes, or on its machines."""
        return self.assemble((executor.map if executor else map)(classify_endings, self.tiles()))


def _centres(low: float, high: float, size: int) -> Array:
    edges = np.linspace(low, high, 2 * size + 1)[1::2]
    return np.array([round(float(each), 6) for each in edges])


def classify_endings(tile: Tile) -> Endings:
    """Run all starts of a piece and tell how each ended.

    Examples
    --------
    >>> (tile, *_) = Basins(Experiment("sphere", "sgd", {"steps": 50, "lr": 0.1}), size=48).tiles()
    >>> ended = classify_endings(tile)
    >>> int(np.abs(ended.ends).sum()), ended.oscillates.any()
    (0, np.False_)
    """
    shape, batches = tile_batches(tile)
    parts = []
    for batch, draws in batches:
        log = History(batch.value.size, tile.steps, np.array(surface_named(tile.surface).domain))
        run_batch(batch, tile.steps, draws, log)
        parts.append(_told(tile, log))
    return Endings(*(np.concatenate(each).reshape(shape) for each in zip(*parts, strict=True)))


def _told(tile: Tile, log: History) -> Endings:
    """Tell how each run of a batch ended."""
    surface = surface_named(tile.surface)
    points = rest_points(surface)
    left, centre = log.left(), log.centre()
    finite = np.isfinite(centre).all(axis=0)
    ends = np.where(finite, LEFT, np.where(np.isnan(log.values[0]), NOWHERE, DIVERGED))
    inside = finite & ~left
    ends[inside] = nearest_attractor(surface, points, centre[:, inside], tile.tolerance)
    levels = np.array([point.value + tile.tolerance for point in points] or [np.nan])
    at = np.where(ends >= 0, levels[np.maximum(ends, 0)], np.nan)
    arrived = log.values <= at
    steps_to_reach = np.where(arrived.any(axis=0), np.argmax(arrived, axis=0), np.nan)
    return Endings(ends, steps_to_reach, (ends >= 0) & (log.values[-1] > at))
