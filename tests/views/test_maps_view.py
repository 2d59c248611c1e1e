"""Maps are computed beside the server, piece by piece, each once, and no longer than somebody waits for them."""

import os
import signal
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from adadelta_viz.experiments.maps.map_request import Maps, cache_key
from adadelta_viz.server import laboratory, map_queue
from adadelta_viz.server.map_queue import MapQueue
from adadelta_viz.server.map_worker import MapWorker
from adadelta_viz.views import maps_view


class CalledAwayError(Exception):
    """What Streamlit raises in a script whose visitor has moved on."""


class Slot:
    """A place on the page that remembers what it showed, and may be called away."""

    def __init__(self, patience: int) -> None:
        self.patience = patience
        self.shown: list[float] = []

    def progress(self, share: float, text: str, width: int) -> None:
        assert width > 0
        self.shown.append(share)
        if len(self.shown) == self.patience:
            raise CalledAwayError(text)

    def empty(self) -> None:
        self.shown.append(-1)


@pytest.fixture(scope="module")
def worker() -> Iterator[MapWorker]:
    """A worker of these tests' own."""
    worker = MapWorker()
    yield worker
    worker.close()


@pytest.fixture(autouse=True)
def queue(worker: MapWorker, monkeypatch: pytest.MonkeyPatch) -> Iterator[MapQueue]:
    """Nothing is computed yet, and progress is told at once."""
    fresh = MapQueue(worker, worker)
    monkeypatch.setattr(laboratory.current(), "maps", fresh)
    monkeypatch.setattr(maps_view, "SOON", -1)
    monkeypatch.setattr(map_queue, "LARGE", 2)
    forget()
    yield fresh
    forget()


def forget() -> None:
    for cache in (maps_view._result, maps_view._message):
        cache.cache_clear()


def compute(charts: Any, patience: int = -1) -> Slot:
    """Have charts computed, and return the slot that told the progress."""
    slot: Any = Slot(patience)
    maps_view.compute(charts, slot)
    return slot  # type: ignore[no-any-return]


def large(steps: int = 20) -> Maps:
    maps, _ = Maps.from_query({"size": "128", "steps": str(steps), "run1": "adadelta"})
    return maps


def test_the_result_is_that_of_the_core() -> None:
    (chart,) = large().charts()
    compute([chart])
    outcome: Any = maps_view._result(cache_key(chart))
    plain: Any = chart.run()
    for one, other in zip(outcome, plain, strict=True):
        np.testing.assert_array_equal(one, other)


def test_progress_is_told_before_each_piece_and_then_goes() -> None:
    slot = compute(large().charts())
    *shares, gone = slot.shown
    assert shares == sorted(shares)
    assert 2 <= len(shares) <= len(list(large().charts()[0].tiles()))
    assert (shares[0], gone) == (0, -1)
    assert 0.4 < shares[-1] < 1


def test_who_is_called_away_asks_for_no_more_than_is_under_way_and_finds_what_was_done(queue: MapQueue) -> None:
    with pytest.raises(CalledAwayError):
        compute(large().charts(), patience=2)
    assert queue.submitted == 2 < len(list(large().charts()[0].tiles()))
    compute(large().charts())
    assert queue.submitted == len(list(large().charts()[0].tiles()))


def test_nobody_waits_for_what_is_known(queue: MapQueue) -> None:
    compute(large().charts())
    before = queue.submitted
    slot = compute(large().charts())
    assert queue.submitted == before
    assert slot.shown == [-1]


def test_a_worker_that_dies_meanwhile_costs_nobody_the_map(queue: MapQueue) -> None:
    (chart,) = map(cache_key, large(30).charts())
    queue.submit(chart, 0).result()
    os.kill(queue.small.submit(os.getpid).result(), signal.SIGKILL)
    compute([chart])
    assert maps_view._result(chart).best.shape == (128, 128)
