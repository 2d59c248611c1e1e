"""A tile is computed once for all who ask; one that failed is tried again, and nobody else's is forgotten for it."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from typing import Any

import pytest

from adadelta_viz.experiments.maps.map_request import Chart, Maps, cache_key
from adadelta_viz.server.map_queue import MapQueue, tiles_of_chart
from adadelta_viz.server.map_worker import MapWorker


class Pending(MapWorker):
    """A worker whose results the test sets."""

    def __init__(self) -> None:
        super().__init__()
        self.futures: list[Future[Any]] = []

    def submit(self, *_: object, **__: object) -> Future[Any]:
        self.futures.append(Future())
        return self.futures[-1]


@pytest.fixture
def worker() -> Iterator[Pending]:
    worker = Pending()
    yield worker
    worker.close()


@pytest.fixture
def queue(worker: Pending) -> MapQueue:
    return MapQueue(worker, worker)


@pytest.fixture
def charts() -> list[Chart]:
    return [cache_key(chart) for chart in Maps().charts()]


def test_a_tile_is_computed_once_for_all_who_ask(queue: MapQueue, worker: Pending, charts: list[Chart]) -> None:
    first = queue.submit(charts[0], 0)
    assert queue.submit(charts[0], 0) is first
    assert queue.submit(charts[1], 0) is not first
    worker.futures[0].set_result("done")
    assert queue.submit(charts[0], 0) is first
    assert queue.submitted == len(worker.futures) == 2


@pytest.mark.parametrize(
    "fail",
    [lambda asked: asked.set_exception(MemoryError()), lambda asked: asked.cancel()],
    ids=["it raised", "it was cancelled"],
)
def test_what_failed_is_tried_again_and_what_others_have_is_kept(
    queue: MapQueue, worker: Pending, charts: list[Chart], fail: Callable[[Future[Any]], object]
) -> None:
    failing, other = queue.submit(charts[0], 0), queue.submit(charts[1], 0)
    fail(failing)
    assert queue.submit(charts[0], 0) is not failing
    assert queue.submit(charts[1], 0) is other
    assert len(worker.futures) == 3


def test_the_first_view_is_begun_when_the_server_starts(queue: MapQueue, charts: list[Chart]) -> None:
    queue.start(Maps().charts())
    assert queue.submitted == sum(len(tiles_of_chart(chart)) for chart in charts)
