"""What a visitor takes home: the program that reproduces a run, and everything the run recorded."""

import csv
import io
import math
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

import streamlit as st

from adadelta_viz.core import Trajectory
from adadelta_viz.experiments import Curves, Experiment
from adadelta_viz.experiments.maps.basins import OUTCOMES, BasinMap
from adadelta_viz.experiments.maps.map_request import Chart
from adadelta_viz.experiments.maps.tiles import Outcome
from adadelta_viz.figures.basins import named
from adadelta_viz.notation.programs import PROGRAMS, Unavailable


@st.fragment
def of_runs(experiments: Sequence[Experiment], runs: Sequence[Trajectory], labels: Sequence[str]) -> None:
    """Show the program of one run in one library, chosen by two switches, and offer its numbers as CSV."""
    which = st.segmented_control(
        "Run", range(len(labels)), format_func=lambda i: labels[i], default=0, required=True, key="takeaway run"
    )
    library = st.segmented_control("Library", list(PROGRAMS), default="NumPy", required=True, key="takeaway library")
    chosen = which if which < len(labels) else 0
    program = PROGRAMS[library](experiments[chosen])
    if isinstance(program, Unavailable):
        st.text(program.reason)
    else:
        st.code(program, language="python")
        st.caption(
            "The same mathematics, to nine digits after a hundred steps. Where a run is chaotic, rounding then grows."
        )
    st.download_button(
        "Everything this run recorded, as CSV",
        partial(recorded, runs[chosen]),
        file_name=f"{experiments[chosen].loss_surface.key}-{experiments[chosen].optimizer}.csv",
        mime="text/csv",
        on_click="ignore",
    )


def recorded(run: Trajectory) -> str:
    """Write a run as CSV: one row for each iterate, every number with full precision.

    ``delta`` is the step that led to the row's iterate; the first row has none.
    """
    columns: dict[str, Sequence[float | str]] = {"step": range(len(run.value)), "value": run.value.tolist()}
    arrays = {"theta": run.theta, "gradient": run.gradient, "delta": run.delta, **run.state}
    for name, array in arrays.items():
        lead = [""] * (len(run.value) - len(array))
        columns |= {f"{name}_{axis}": [*lead, *array[:, i].tolist()] for i, axis in enumerate("xy")}
    return _table(list(columns), zip(*columns.values(), strict=True))


def mapped(charts: Sequence[Chart], results: Sequence[Any]) -> str:
    """Write maps as CSV: one row for each run, with all that was measured of it, every number with full precision.

    A run is named by its optimizer and by what the map varies; a number that a run does not have is left empty.
    """
    rows = [row for chart, result in zip(charts, results, strict=True) for row in _cells(chart, result)]
    names = dict.fromkeys(name for row in rows for name in row)
    return _table(list(names), ([row.get(name, "") for name in names] for row in rows))


def _cells(chart: Chart, result: Any) -> Iterator[dict[str, str | float]]:
    """Yield the runs of a chart, the lowest row and the leftmost column first."""
    if isinstance(chart, Curves):
        for run, side, outcome in zip(chart.runs(), chart.axes(), result, strict=True):
            for i, value in enumerate(side.values.tolist()):
                yield {"optimizer": run.optimizer, side.name: value, **_told(outcome, (i,))}
        return
    across, up = chart.axes()
    for row, high in enumerate(up.values.tolist()):
        for column, right in enumerate(across.values.tolist() if across else [None]):
            who = {"optimizer": chart.experiment.optimizer, up.name: high} | ({across.name: right} if across else {})
            yield {**who, **_told(result, (row, column))}


def _told(result: Outcome | BasinMap, cell: tuple[int, ...]) -> dict[str, str | float]:
    if isinstance(result, Outcome):
        return {name: _printed(array[cell]) for name, array in result._asdict().items()}
    code = int(result.ends[cell])
    end = named(result.points[code]) if code >= 0 else OUTCOMES[code]
    return {"end": end, "steps": _printed(result.steps_to_reach[cell]), "hovers": int(result.oscillates[cell])}


def _printed(number: float) -> str | float:
    return "" if math.isnan(number) else float(number)


def _table(names: Sequence[str], rows: Iterable[Iterable[Any]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(names)
    writer.writerows(rows)
    return text.getvalue()
