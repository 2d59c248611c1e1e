"""The worker judges as the core does, ends when it must, and is there again for whoever comes next."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from adadelta_viz.core import FormulaError, Surface
from adadelta_viz.core.surfaces.window import WINDOW
from adadelta_viz.experiments import Experiment, surface_names
from adadelta_viz.experiments.surface_names import surface_named
from adadelta_viz.server import formula_worker
from adadelta_viz.server.formula_check import KEPT, FormulaCheck
from adadelta_viz.server.formula_worker import ACCEPTED, BUSY, TOO_HEAVY, UNUSABLE, FormulaWorker

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "data" / "formulas.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.fixture(scope="module")
def worker() -> Iterator[FormulaWorker]:
    """One worker for the tests that leave it as it was."""
    running = FormulaWorker()
    yield running
    running.close()


@pytest.fixture
def check(worker: FormulaWorker, monkeypatch: pytest.MonkeyPatch) -> FormulaCheck:
    """Formulas are checked before they are built, as on the server."""
    monkeypatch.setattr(surface_names, "_checks", [])
    surface_names.typed.cache_clear()
    fresh = FormulaCheck(worker)
    fresh.install()
    return fresh


def said(judge: Callable[..., object], *about: Any) -> tuple[Any, ...] | None:
    """What is wrong with a formula, or None."""
    try:
        judge(*about)
    except FormulaError as error:
        return error.problem, error.position, error.hint
    return None


def process_of(worker: FormulaWorker) -> "subprocess.Popen[str]":
    assert worker._process
    return worker._process


def test_every_known_text_gets_the_verdict_that_the_core_gives(check: FormulaCheck) -> None:
    for case in CASES:
        assert said(check.check, case["text"], WINDOW) == said(Surface.from_formula, case["text"], WINDOW)


@pytest.mark.usefixtures("check")
def test_a_link_with_a_formula_asks_the_worker_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    verdict = FormulaWorker.verdict

    def counted(self: FormulaWorker, text: str, domain: Any) -> FormulaError | None:
        asked.append(text)
        return verdict(self, text, domain)

    monkeypatch.setattr(FormulaWorker, "verdict", counted)
    for _ in range(3):
        assert Experiment.from_query({"f": "x^2 + 5y^2"})[1] == ()
    assert asked == ["x^2 + 5y^2"]
    Experiment.from_query({"f": "x2 + y"})  # its syntax is wrong: nobody needs to be asked
    assert asked == ["x^2 + 5y^2"]


@pytest.mark.usefixtures("check")
def test_what_the_worker_finds_too_heavy_is_not_built_here(
    monkeypatch: pytest.MonkeyPatch, worker: FormulaWorker
) -> None:
    monkeypatch.setattr(worker, "_ask", lambda _: {"error": None, "seconds": ACCEPTED * 1.01})
    monkeypatch.setattr(Surface, "from_formula", None)
    experiment, (problem,) = Experiment.from_query({"f": "x^2 + 6y^2"})
    assert experiment == Experiment()
    assert TOO_HEAVY in problem


def test_a_worker_that_does_not_answer_in_time_is_ended_and_replaced(
    monkeypatch: pytest.MonkeyPatch, worker: FormulaWorker
) -> None:
    monkeypatch.setattr(worker, "seconds", 1.0)
    assert worker.verdict("xy", WINDOW) is None
    first = process_of(worker)
    line = worker._line

    def stopped_behind_the_request(request: str, seconds: float) -> str:
        if request:
            os.kill(first.pid, signal.SIGSTOP)  # as if it computed for ever
        return line(request, seconds)

    with monkeypatch.context() as patch:
        patch.setattr(worker, "_line", stopped_behind_the_request)
        error = worker.verdict("x^2 + y", WINDOW)
    assert error
    assert error.problem == TOO_HEAVY
    assert first.poll() is not None
    monkeypatch.undo()
    assert worker.verdict("x^2 + y", WINDOW) is None
    assert process_of(worker).pid != first.pid


def test_a_worker_killed_in_the_middle_of_its_work_costs_nobody_an_answer(
    monkeypatch: pytest.MonkeyPatch, worker: FormulaWorker
) -> None:
    monkeypatch.setattr(worker, "seconds", 60.0)
    assert worker.verdict("xy", WINDOW) is None
    first = process_of(worker)
    os.kill(first.pid, signal.SIGSTOP)
    killer = threading.Timer(0.3, first.kill)
    killer.start()
    assert worker.verdict("x^2 + y^2", WINDOW) is None
    assert worker.verdict("x^2 + 2y^2", WINDOW) is None
    assert process_of(worker).pid != first.pid


def test_memory_that_runs_out_is_too_heavy(monkeypatch: pytest.MonkeyPatch) -> None:
    def greedy(*_: object) -> Surface:
        raise MemoryError

    monkeypatch.setattr(Surface, "from_formula", greedy)
    assert formula_worker._tried("xy", WINDOW)["seconds"] > ACCEPTED


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps to a limit of address space and shows it")
def test_a_worker_has_half_a_gigabyte(worker: FormulaWorker) -> None:
    import resource

    assert worker.verdict("xy", WINDOW) is None
    limit = formula_worker.MEGABYTES * 2**20
    assert resource.prlimit(process_of(worker).pid, resource.RLIMIT_AS) == (limit, limit)


def test_a_formula_never_stands_in_the_command_of_the_process(worker: FormulaWorker) -> None:
    assert worker.verdict("sin(x) + 77y", WINDOW) is None
    assert process_of(worker).args == [sys.executable, "-m", "adadelta_viz.server.formula_worker"]


def test_where_no_process_starts_the_bounds_alone_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object, **__: object) -> None:
        raise OSError("no processes here")

    monkeypatch.setattr(subprocess, "Popen", none)
    worker = FormulaWorker()
    worker.start()
    assert worker.verdict("x^2 + y^2", WINDOW) is None
    assert "no finite value" in str(worker.verdict("log(-1-x^2)", WINDOW))


def test_who_cannot_wait_is_told_and_may_ask_again(monkeypatch: pytest.MonkeyPatch, check: FormulaCheck) -> None:
    monkeypatch.setattr(formula_worker, "PATIENCE", 0.01)
    with check.worker._lock, pytest.raises(FormulaError, match=BUSY):
        check.check("x^2 + 8y^2", WINDOW)
    check.check("x^2 + 8y^2", WINDOW)


@pytest.mark.usefixtures("check")
def test_twenty_visitors_at_once_all_get_their_answer() -> None:
    found: list[str] = []

    def visit(i: int) -> None:
        found.append(surface_named(surface_names.named(f"x^2 + {i + 20}y^2")).title)

    visitors = [threading.Thread(target=visit, args=(i,)) for i in range(20)]
    for each in visitors:
        each.start()
    for each in visitors:
        each.join(60)
    assert sorted(found) == sorted(f"x^2 + {i + 20}y^2" for i in range(20))


def test_verdicts_that_are_kept_are_few_and_impossible_windows_are_refused(check: FormulaCheck) -> None:
    assert check.verdicts.size == KEPT == 512
    with pytest.raises(ValueError, match="the window in x"):
        check.check("x + y", ((1.0, 0.0), (0.0, 1.0)))


def test_a_worker_is_started_when_somebody_is_about_to_type_and_not_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surface_names, "_checks", [])
    fresh = FormulaCheck(FormulaWorker())
    fresh.install()
    assert fresh.worker._process is None
    fresh.prepare()
    assert process_of(fresh.worker).poll() is None
    fresh.close()
    assert not fresh.is_installed
    fresh.prepare()  # nothing is checked here, as in a test of a page
    assert fresh.worker._process is None


def test_the_server_checks_formulas_from_its_first_line_on() -> None:
    program = "import app; from adadelta_viz.experiments.surface_names import _checks; print(_checks[0].__qualname__)"
    command = [sys.executable, "-W", "ignore", "-c", program]
    done = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True)
    assert done.stdout == "FormulaCheck.check\n", done.stderr


def test_what_a_page_could_not_show_is_refused_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_: Experiment) -> str:
        raise NameError("sinc")

    monkeypatch.setattr(formula_worker, "PROGRAMS", {"NumPy": fails})
    assert formula_worker._tried("x + y", WINDOW)["error"] == [UNUSABLE, (0, 5), None]


@pytest.mark.parametrize("text", ["max(0,1-x^2)", "min(1,e^(-x^2-y^2))", "|max(0,1-x^2)|+y^2", "max(0,cos(y/x))"])
def test_max_and_min_beside_powers_are_accepted(worker: FormulaWorker, text: str) -> None:
    assert worker.verdict(text, WINDOW) is None
