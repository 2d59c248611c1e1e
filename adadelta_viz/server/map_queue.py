"""The computing of maps: cut into tiles, asked of worker processes, each tile kept for whoever asks next.

A class that follows one link shares the work, and who comes back to a map that was called away finds what was done of
it. ``views.maps_view`` asks tile by tile; arrays come back.
"""

import os
import threading
from collections.abc import Iterable
from concurrent.futures import Future
from functools import lru_cache
from typing import Any

from adadelta_viz.experiments import Basins
from adadelta_viz.experiments.maps.basins import classify_endings
from adadelta_viz.experiments.maps.map_request import Chart, cache_key
from adadelta_viz.experiments.maps.tiles import Tile, run_tile
from adadelta_viz.server.map_worker import MapWorker
from adadelta_viz.server.recent import Recent

PROCESSES = os.cpu_count() or 1
"""Tiles of small maps that are computed at a time."""

LARGE = 4
"""A chart of more tiles than this is computed by a worker of its own, so that small maps do not wait behind it."""

KEPT = 256
"""Tiles whose results are kept."""


class MapQueue:
    """Two workers, one for small maps and one for large ones, and the results of the tiles that were asked for last.

    Examples
    --------
    >>> from adadelta_viz.experiments.maps.map_request import Maps
    >>> queue = MapQueue()
    >>> chart = cache_key(Maps(size=48).charts()[0])
    >>> queue.submit(chart, 0).result().best.shape
    (48, 48)
    >>> queue.close()
    """

    def __init__(self, small: MapWorker | None = None, large: MapWorker | None = None) -> None:
        self.small = small or MapWorker(PROCESSES)
        self.large = large or MapWorker(nice=15)
        self._asked: Recent[tuple[Chart, int], Future[Any]] = Recent(KEPT)
        self._lock = threading.Lock()
        self.submitted = 0
        """How many tiles were given to the workers."""

    def submit(self, chart: Chart, number: int) -> "Future[Any]":
        """Have one tile of a chart computed, unless that is under way or done; ``chart`` is a ``cache_key``.

        A tile that could not be computed is tried again for whoever asks next.
        """
        with self._lock:
            asked = self._asked.get((chart, number))
            if asked is None or _has_failed(asked):
                asked = self._submit(chart, number)
                self._asked.put((chart, number), asked)
            return asked

    def start(self, charts: Iterable[Chart]) -> None:
        """Begin with charts that most visitors see first."""
        for chart in map(cache_key, charts):
            for number in range(len(tiles_of_chart(chart))):
                self.submit(chart, number)

    def close(self) -> None:
        """End the workers."""
        self.small.close()
        self.large.close()

    def _submit(self, chart: Chart, number: int) -> "Future[Any]":
        self.submitted += 1
        task: Any = classify_endings if isinstance(chart, Basins) else run_tile
        worker = self.large if is_large(chart) else self.small
        return worker.submit(task, tiles_of_chart(chart)[number])


def _has_failed(asked: "Future[Any]") -> bool:
    return asked.done() and (asked.cancelled() or asked.exception() is not None)


def is_large(chart: Chart) -> bool:
    """Tell whether a chart is computed by the worker for large ones."""
    return len(tiles_of_chart(chart)) > LARGE


@lru_cache(maxsize=64)
def tiles_of_chart(chart: Chart) -> tuple[Tile, ...]:
    """Cut a chart into tiles, once."""
    return tuple(chart.tiles())
