"""Time AdaDelta here and elsewhere, in one process, and print a Markdown table.

Before anything is timed, every peer must reach the same numbers as this package. The repeats are interleaved, so that
a busy machine slows everyone; what carries over to another machine is the ratio, not the time.
"""

import argparse
import importlib.metadata
import json
import math
import os
import platform
import statistics
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

from adadelta_viz.core import OPTIMIZERS, SURFACES
from adadelta_viz.experiments import outcomes
from adadelta_viz.experiments.maps.axes import axis
from benchmarks.peers import MAP, TRAJECTORY, Peer, Run, Task

LIBRARIES = ("numpy", "torch", "jax", "optax", "numba")


@dataclass(frozen=True)
class Row:
    """One line of the table. Times are in the task's unit, the first call in seconds; None where there is none."""

    task: str
    peer: str
    unit: str
    time: float | None = None
    ratio: float | None = None
    first_call: float | None = None
    one_setting: bool = False


def trajectory(steps: int) -> Task:
    """One run with the paper's constants."""
    return Task(f"one trajectory, {steps:,} steps", "µs a step", 1e6, steps, 100, np.array(0.95), np.array(1e-6))


def sensitivity_map(cells: int, steps: int) -> Task:
    """One cell for each ρ and each ε."""
    rho, eps = np.linspace(0.5, 0.99, cells)[:, None], np.logspace(-8, -2, cells)[None, :]
    return Task(f"map of {cells}×{cells} (ρ, ε), {steps:,} steps", "ns a cell-step", 1e9, steps, 20, rho, eps)


def every_surface(cells: int, steps: int, repeats: int) -> list[Row]:
    """Time a whole map, with all that it may be asked, on each surface of the catalogue; the slowest comes first."""
    adadelta, rows = OPTIMIZERS["adadelta"], []
    rho, eps = (axis(each, cells).values for each in adadelta.hyperparameters[:2])
    for surface in SURFACES.values():
        level = math.nan if surface.minimum is None else surface.minimum + 0.01
        spent = []
        for _ in range(repeats):
            begin = time.perf_counter()
            outcomes(surface, adadelta, surface.start, steps, level, rho=rho[None, :], eps=eps[:, None])
            spent.append(time.perf_counter() - begin)
        title = f"map of {cells}×{cells} (ρ, ε), {steps:,} steps, {surface.title}"
        rows.append(Row(title, MAP[0].name, "s", statistics.median(spent), 1.0))
    return sorted(rows, key=lambda row: row.time or 0.0, reverse=True)


def measure(task: Task, peers: Sequence[Peer], repeats: int) -> list[Row]:
    """Check and time all peers that are installed; the first one is what the others are compared with.

    Raises
    ------
    ValueError
        If a peer does not compute the same, because its time would then mean nothing.
    """
    runs: dict[str, Run] = {}
    first_call: dict[str, float] = {}
    for peer in peers:
        try:
            check(peer, peers[0], task)
        except ModuleNotFoundError:
            continue
        runs[peer.name] = peer.build()
        first_call[peer.name] = seconds(runs[peer.name], task)
    rounds = [{name: seconds(run, task) for name, run in runs.items()} for _ in range(repeats)]
    cost = {name: statistics.median(each[name] for each in rounds) for name in runs}
    return [
        Row(
            task.title,
            peer.name,
            task.unit,
            cost[peer.name] / task.count * task.scale,
            cost[peer.name] / cost[peers[0].name],
            first_call[peer.name] if peer.compiles else None,
            peer.one_setting,
        )
        if peer.name in cost
        else Row(task.title, peer.name, task.unit)
        for peer in peers
    ]


def check(peer: Peer, reference: Peer, task: Task) -> None:
    """Compare a short run with the reference's."""
    short = replace(task, steps=min(task.steps, task.checked))
    if peer.one_setting:
        short = replace(short, rho=np.full_like(task.rho, 0.95), eps=np.full_like(task.eps, 1e-6))
    ours, theirs = reference.build()(short), peer.build()(short)
    if not np.allclose(theirs, ours, rtol=1e-6, atol=0):
        worst = np.max(np.abs(theirs / ours - 1))
        raise ValueError(f"{peer.name} must compute what {reference.name} does: got a difference of {worst:.1e}.")


def seconds(run: Run, task: Task) -> float:
    """Time one call."""
    begin = time.perf_counter()
    run(task)
    return time.perf_counter() - begin


def table(rows: Sequence[Row]) -> str:
    """Write the rows as Markdown, with a footnote where one is needed."""
    lines = [("task", "who", "time", "ratio to ours", "first call, compiling"), ("---",) * 5]
    for row in rows:
        who = f"{row.peer}{' ¹' * row.one_setting}"
        if row.time is None or row.ratio is None:
            lines.append((row.task, who, "not installed", "", ""))
        else:
            first = "" if row.first_call is None else f"{row.first_call:.2f} s"
            lines.append((row.task, who, f"{_short(row.time)} {row.unit}", _short(row.ratio), first))
    text = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    note = "\n\n¹ torch takes one ρ and one ε for a tensor, so all cells of its map share them."
    return text + note * any(row.one_setting for row in rows)


def _short(number: float) -> str:
    return f"{number:,.0f}" if number >= 100 else f"{number:.2g}" if number < 1 else f"{number:.3g}"


def shared_numbers(repeats: int) -> dict[str, str]:
    """What the figures depend on, apart from the machine's speed."""
    versions = {"python": platform.python_version()}
    for name in LIBRARIES:
        try:
            versions[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            versions[name] = "not installed"
    return versions | {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "method": f"float64, Rosenbrock from (−1.5, 2), one thread each, median of {repeats} interleaved repeats",
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and write a JSON file if asked to."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write everything to this file")
    parser.add_argument("--repeats", type=int, default=9, help="timed calls of each peer (default: 9)")
    parser.add_argument("--steps", type=int, default=1000, help="steps of each run (default: 1000)")
    parser.add_argument("--cells", type=int, default=64, help="cells along each side of the map (default: 64)")
    options = parser.parse_args(arguments)
    rows = measure(trajectory(options.steps), TRAJECTORY, options.repeats)
    rows += measure(sensitivity_map(options.cells, options.steps), MAP, options.repeats)
    rows += measure(sensitivity_map(4 * options.cells, options.steps), MAP[:1], min(options.repeats, 3))
    rows += every_surface(3 * options.cells // 2, options.steps, min(options.repeats, 3))
    under = shared_numbers(options.repeats)
    print(table(rows), "", *(f"- {name}: {value}" for name, value in under.items()), sep="\n")
    if options.json:
        report = {"conditions": under, "rows": [asdict(row) for row in rows]}
        options.json.write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
