"""Processes beside the server: asked piece by piece, replaced when they died, gone when the server is gone."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from adadelta_viz.experiments import Experiment, Sensitivity
from adadelta_viz.server.map_worker import MapWorker

ROOT = Path(__file__).parents[2]
SERVER = """
import os, time
from adadelta_viz.server.map_worker import MapWorker

print(MapWorker().submit(os.getpid).result(), flush=True)
time.sleep(60)
"""


@pytest.fixture(scope="module")
def worker() -> Iterator[MapWorker]:
    worker = MapWorker(nice=7)
    yield worker
    worker.close()


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def ends(process: int) -> bool:
    """Wait until a process has ended, but not for ever."""
    for _ in range(400):
        if not is_running(process):
            return True
        time.sleep(0.05)
    return False


posix = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")


@pytest.fixture
def doors(tmp_path: Path) -> list[Path]:
    """Two named pipes: whoever reads one waits until the test has opened and closed it."""
    made = [tmp_path / name for name in ("one", "other")]
    for door in made:
        os.mkfifo(door)
    return made


def opened(door: Path) -> int:
    """Wait until somebody reads a named pipe, but not for ever, and return its other end."""
    for _ in range(1200):
        with suppress(OSError):  # nobody is there yet
            return os.open(door, os.O_WRONLY | os.O_NONBLOCK)
        time.sleep(0.05)
    raise TimeoutError(f"nobody reads {door.name}")


def test_the_work_is_done_in_one_other_process(worker: MapWorker) -> None:
    processes = {worker.submit(os.getpid).result() for _ in range(5)}
    assert len(processes) == 1
    assert os.getpid() not in processes


def test_the_worker_steps_back_behind_the_server(worker: MapWorker) -> None:
    assert worker.submit(os.nice, 0).result() == min(os.nice(0) + 7, 19)


def test_what_goes_wrong_in_the_worker_is_told_to_whoever_asked_and_it_goes_on(worker: MapWorker) -> None:
    with pytest.raises(ValueError, match="base must be"):
        worker.submit(int, "1", base=99).result()
    assert worker.submit(pow, 2, 5).result() == 32


def test_what_a_task_prints_is_no_answer(worker: MapWorker) -> None:
    assert worker.submit(print, "noise").result() is None
    assert worker.submit(pow, 2, 6).result() == 64


def test_a_worker_that_was_killed_is_replaced_and_its_piece_done_again(worker: MapWorker) -> None:
    before = worker.submit(os.getpid).result()
    os.kill(before, signal.SIGKILL)
    assert worker.submit(os.getpid).result() not in {before, os.getpid()}


def test_a_piece_that_kills_its_worker_twice_is_given_up(worker: MapWorker) -> None:
    with pytest.raises(EOFError, match="has ended"):
        worker.submit(os._exit, 1).result()
    assert worker.submit(pow, 2, 7).result() == 128


@posix
def test_several_processes_work_at_a_time_and_end_together(doors: list[Path]) -> None:
    worker = MapWorker(2)
    working = [worker.submit(Path.read_bytes, door) for door in doors]
    for end in [opened(door) for door in doors]:  # each of them waits at its door
        os.close(end)
    assert [asked.result() for asked in working] == [b"", b""]
    processes = {worker.submit(os.getpid).result() for _ in range(20)}
    assert 1 <= len(processes) <= 2
    chart = Sensitivity(Experiment("sphere", numbers={"steps": 5}), size=48)
    np.testing.assert_array_equal(chart.run(worker).best, chart.run().best)
    worker.close()
    assert all(ends(process) for process in processes)


def test_a_worker_does_not_outlive_a_server_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "server.py"
    script.write_text(SERVER, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True, env=environment) as server:
        assert server.stdout
        process = int(server.stdout.readline())
        assert is_running(process)
        server.send_signal(signal.SIGKILL)
        server.wait()
    assert ends(process)


@posix
def test_a_worker_that_is_closed_while_it_computes_gives_up_and_starts_no_other_process(doors: list[Path]) -> None:
    with MapWorker(2) as worker:
        process = worker.submit(os.getpid).result()
        computing = [worker.submit(Path.read_bytes, door) for door in doors]
        waiting = worker.submit(pow, 2, 3)
        kept_open = [opened(door) for door in doors]
    for end in kept_open:
        os.close(end)
    assert waiting.cancelled()
    for asked in computing:
        assert isinstance(asked.exception(), CancelledError)
    assert ends(process)
    assert not worker._running
