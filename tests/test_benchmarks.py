import json
from pathlib import Path

import numpy as np
import pytest

import benchmarks.__main__ as bench
from adadelta_viz.core import SURFACES
from benchmarks.peers import MAP, TRAJECTORY, Peer, Run, Task


def _missing() -> Run:
    raise ModuleNotFoundError("No module named 'fast'")


def _wrong() -> Run:
    return lambda task: np.full(np.broadcast(task.rho, task.eps).shape, 7.0)


TASKS = [(bench.trajectory(5), TRAJECTORY[0]), (bench.sensitivity_map(3, 5), MAP[0])]


@pytest.mark.parametrize(("task", "ours"), TASKS, ids=("trajectory", "map"))
def test_our_rows_run_and_a_missing_library_is_a_line(task: Task, ours: Peer) -> None:
    own, missing = bench.measure(task, (ours, Peer("fast", _missing)), repeats=1)
    assert own.time is not None
    assert own.time > 0
    assert own.ratio == 1
    assert missing.time is None
    text = bench.table([own, missing])
    assert f"| {task.title} | fast | not installed |  |  |" in text
    assert len({line.count("|") for line in text.splitlines()}) == 1


def test_a_peer_that_computes_something_else_is_not_timed() -> None:
    with pytest.raises(ValueError, match=r"wrong must compute what .* does: got a difference of"):
        bench.measure(bench.sensitivity_map(2, 3), (MAP[0], Peer("wrong", _wrong)), repeats=1)


def test_a_peer_with_one_setting_is_compared_on_it_and_explained() -> None:
    def first_cell_everywhere() -> Run:
        ours = MAP[0].build()
        return lambda task: np.full(np.broadcast(task.rho, task.eps).shape, ours(task).flat[0])

    rows = bench.measure(bench.sensitivity_map(2, 3), (MAP[0], Peer("one", first_cell_everywhere, one_setting=True)), 1)
    assert "| one ¹ |" in bench.table(rows)
    assert "\n¹ " in bench.table(rows)


def test_the_report_says_its_conditions_and_is_written_as_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench, "TRAJECTORY", TRAJECTORY[:1])
    monkeypatch.setattr(bench, "MAP", MAP[:1])
    bench.main(["--steps", "4", "--cells", "2", "--repeats", "1", "--json", str(tmp_path / "speed.json")])
    printed = capsys.readouterr().out
    assert f"numpy: {np.__version__}" in printed
    report = json.loads((tmp_path / "speed.json").read_text(encoding="utf-8"))
    assert report["conditions"]["numpy"] == np.__version__
    units = [row["unit"] for row in report["rows"]]
    assert units == ["µs a step", "ns a cell-step", "ns a cell-step", *["s"] * len(SURFACES)]
    assert all(surface.title in printed for surface in SURFACES.values())
    spent = [row["time"] for row in report["rows"] if row["unit"] == "s"]
    assert spent == sorted(spent, reverse=True), "the slowest surface comes first"
