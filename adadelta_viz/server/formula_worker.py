"""A process beside the server that differentiates a visitor's formula first: what takes it too long is refused.

The syntax of a formula is checked in microseconds wherever. How long SymPy needs for the derivatives cannot be known
before, so a worker tries: it is killed after two seconds or half a gigabyte, and the next request finds a new one. What
comes back is a verdict, as JSON; nothing of it is run or unpickled. The server then builds the same surface itself, in
the time that is now known. Where there are no processes (Python in a browser) the bounds of formulas alone hold.
"""

import atexit
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import adadelta_viz
from adadelta_viz.core import FormulaError, Surface
from adadelta_viz.core.surfaces.formula import whole
from adadelta_viz.core.surfaces.window import WINDOW, Domain
from adadelta_viz.experiments import Experiment, surface_names
from adadelta_viz.experiments.race import tune
from adadelta_viz.notation.programs import PROGRAMS
from adadelta_viz.server.scheduler import Scheduler

SECONDS, MEGABYTES = 2.0, 512
"""After which, and above which, a worker ends."""

ACCEPTED = 0.75
"""Seconds of processor time up to which the server does the same again."""

PATIENCE, STARTING = 4.0, 60.0
"""Seconds that a request waits for those before it, and for a process to start."""

TOO_HEAVY = "The derivatives of this formula take too long: a shorter one will do"
UNUSABLE = "This formula can be read, but not everything that the pages show of it can be computed"
BUSY = "Many formulas are being read at this moment: try again in a few seconds"

FEW = 10
"""Steps of the runs that try what a page would do."""

_FOLDER = str(Path(adadelta_viz.__file__).parents[1])
_ALONE = {"PYTHONPATH": _FOLDER, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}

Answer = dict[str, Any]


class FormulaWorker:
    """One process, started when first needed, replaced when it was killed or died.

    Examples
    --------
    >>> worker = FormulaWorker()
    >>> print(worker.verdict("x^2 + 3y^2", ((-1, 1), (-1, 1))))
    None
    >>> print(worker.verdict("log(-1-x^2)", ((-1, 1), (-1, 1))))
    f has no finite value in the window (characters 1 to 11).
    >>> worker.close()
    """

    def __init__(self, scheduler: Scheduler | None = None, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self._scheduler = scheduler or Scheduler()
        atexit.register(self.close)
        self._process: subprocess.Popen[str] | None = None
        self._lock = threading.Lock()

    def start(self) -> None:
        """Let the process start while nobody waits for it."""
        if self._lock.acquire(blocking=False):
            try:
                self._running()
            except OSError:
                pass
            finally:
                self._lock.release()

    def verdict(self, text: str, domain: Domain) -> FormulaError | None:
        """Say what is wrong with a formula whose syntax is right, or None.

        Raises
        ------
        TimeoutError
            If others' formulas keep the worker busy.
        """
        with self._scheduler.waiting_elsewhere():
            if not self._lock.acquire(timeout=PATIENCE):
                raise TimeoutError(BUSY)
            try:
                answer = self._ask({"text": text, "domain": domain})
            except OSError:  # there are no processes here
                answer = _tried(text, domain)
            finally:
                self._lock.release()
        self._scheduler.charge_page(min(answer["seconds"], self.seconds))
        if answer["error"]:
            problem, position, hint = answer["error"]
            return FormulaError(problem, tuple(position), hint)
        return whole(text, TOO_HEAVY) if answer["seconds"] > ACCEPTED else None

    def close(self) -> None:
        """End the process."""
        self._end()
        atexit.unregister(self.close)

    def _end(self) -> None:
        if self._process:
            self._process.kill()
            self._process.communicate()
        self._process = None

    def _ask(self, request: Mapping[str, Any]) -> Answer:
        """Ask; a process that dies of something else than the request is replaced and the new one asked."""
        for _ in range(2):
            if not self._line("", STARTING) and not self._line(
                "", STARTING
            ):  # it says something once it has loaded SymPy
                raise OSError("no process starts here")
            begun = time.monotonic()
            if line := self._line(json.dumps(request), self.seconds):
                return dict(json.loads(line))
            self._running()  # starts while the visitor reads why there is no answer
            if time.monotonic() - begun >= self.seconds:
                break
        return {"error": None, "seconds": float("inf")}

    def _line(self, request: str, seconds: float) -> str:
        """Send a line and read one; a process that does not answer in time is ended, and nothing was said."""
        process = self._running()
        assert process.stdin
        assert process.stdout
        limit = threading.Timer(seconds, process.kill)
        limit.start()
        try:
            process.stdin.write(f"{request}\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except BrokenPipeError:
            line = ""
        finally:
            limit.cancel()
        if not line:
            self._end()
        return line

    def _running(self) -> "subprocess.Popen[str]":
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = subprocess.Popen(
                [sys.executable, "-m", "adadelta_viz.server.formula_worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                encoding="utf-8",
                env=os.environ | _ALONE,
            )
        return self._process


def _tried(text: str, domain: Domain) -> Answer:
    """Build the surface and use it, and tell what was wrong or how long the building took."""
    begun = time.process_time()
    problem = None
    try:
        surface = Surface.from_formula(text, domain)
    except FormulaError as error:
        problem = error
    except MemoryError:
        return {"error": None, "seconds": float("inf")}
    seconds = time.process_time() - begun
    if problem is None and not _usable(surface, text):
        problem = whole(text, UNUSABLE)
    return {"error": problem and [problem.problem, problem.position, problem.hint], "seconds": seconds}


def _usable(surface: Surface, text: str) -> bool:
    """Do once what the pages do with a surface beside calling it: a run, runs in a batch, the programs to take home."""
    experiment = Experiment(surface_names.named(text, surface.domain), numbers={"steps": FEW})
    try:
        experiment.run()
        tune(experiment)
        for program in PROGRAMS.values():
            program(experiment)
    except Exception:  # whatever it is, no page may meet it
        return False
    return True


def _serve() -> None:
    """Answer line by line, until the server closes its end."""
    try:
        import resource
    except ImportError:  # not on Windows: there the two seconds alone hold
        pass
    else:
        resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES * 2**20, MEGABYTES * 2**20))
    _tried("x^2 + 3y^2", WINDOW)  # what SymPy does for the first formula takes longer than the formula
    for line in sys.stdin:
        answer: Answer = {"ready": True}
        if line.strip():
            request = json.loads(line)
            (left, right), (bottom, top) = request["domain"]
            answer = _tried(request["text"], ((left, right), (bottom, top)))
        print(json.dumps(answer), flush=True)  # noqa: T201  # whoever started this process reads its output


if __name__ == "__main__":
    _serve()
