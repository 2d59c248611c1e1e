"""Processes beside the server for work that takes seconds: an executor whose processes never outlive the server.

``map_queue`` submits tiles of a few tenths of a second; they are done one after the other, in the order in which pages
ask, while the server's own process answers clicks. What travels are functions and arrays of our own, pickled; nothing a
visitor typed.
"""

import atexit
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import adadelta_viz

Given = ParamSpec("Given")
Result = TypeVar("Result")

_FOLDER = str(Path(adadelta_viz.__file__).parents[1])
_ALONE = {"PYTHONPATH": _FOLDER, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


class MapWorker(Executor):
    """Some processes, started when first asked, replaced when they died, and gone when the server is gone.

    Parameters
    ----------
    processes
        How many tasks are computed at a time.
    nice
        How far they step back behind the server, as Unix counts it.

    Examples
    --------
    >>> worker = MapWorker()
    >>> worker.submit(pow, 2, 10).result()
    1024
    >>> worker.close()
    """

    def __init__(self, processes: int = 1, nice: int = 0) -> None:
        self._nice = nice
        self._threads = ThreadPoolExecutor(processes, "map worker")  # each waits for a process of its own
        self._own = threading.local()
        self._running: set[subprocess.Popen[bytes]] = set()
        self._lock = threading.Lock()
        self._closed = False
        atexit.register(self.close)

    def submit(  # type: ignore[override]  # no argument of ours is positional only, and none is called "fn"
        self, task: Callable[Given, Result], *args: Given.args, **kwargs: Given.kwargs
    ) -> Future[Result]:
        """Have something computed after what was submitted before; task and arguments must be picklable.

        What goes wrong in the task is raised by the result; so is ``EOFError`` if the process dies of it twice, and
        ``CancelledError`` if the worker is closed meanwhile.
        """
        return self._threads.submit(self._do, pickle.dumps((task, args, kwargs)))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002  # always cancels
        """End the processes; what has not begun is cancelled, what is under way is given up.

        Each pipe is closed by the thread that reads it: killing its process ends the reading.
        """
        with self._lock:
            self._closed = True
            running = list(self._running)
        for process in running:
            process.kill()
        self._threads.shutdown(wait=wait, cancel_futures=True)
        for process in running:
            self._end(process)
        atexit.unregister(self.close)

    def close(self) -> None:
        """End the processes and wait for them."""
        self.shutdown()

    def _do(self, request: bytes) -> Any:
        try:
            answer = self._answer(request)
        except (EOFError, OSError):  # it died, perhaps of something else
            answer = self._answer(request)
        done, result = answer
        if done:
            return result
        raise result

    def _answer(self, request: bytes) -> Any:
        process = self._process()
        assert process.stdin
        assert process.stdout
        try:
            process.stdin.write(request)
            process.stdin.flush()
            return pickle.load(process.stdout)
        except (EOFError, OSError, pickle.UnpicklingError) as problem:
            self._end(process)
            raise EOFError("the process that computes maps has ended") from problem

    def _process(self) -> "subprocess.Popen[bytes]":
        """Return the process of this thread."""
        known: subprocess.Popen[bytes] | None = getattr(self._own, "process", None)
        if known is not None and known in self._running:
            return known
        command = [sys.executable, "-m", "adadelta_viz.server.map_worker", str(self._nice)]
        with self._lock:  # no process is started beside a shutdown that would not know of it
            if self._closed:
                raise CancelledError("the worker is closed")
            process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=os.environ | _ALONE,
            )
            self._running.add(process)
        self._own.process = process
        return process

    def _end(self, process: "subprocess.Popen[bytes]") -> None:
        with self._lock:
            if process not in self._running:
                return  # another thread ends it
            self._running.remove(process)
        process.kill()
        process.communicate()


def serve(nice: int) -> None:
    """Answer one request after the other, until the server closes the line or is no more."""
    if hasattr(os, "nice"):
        os.nice(nice)
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a task prints is no answer
    while True:
        try:
            task, args, kwargs = pickle.load(requests)
        except EOFError:
            return
        try:
            answer = (True, task(*args, **kwargs))
        except Exception as problem:
            answer = (False, problem)
        answers.write(pickle.dumps(answer))
        answers.flush()


if __name__ == "__main__":
    serve(int(sys.argv[1]))
