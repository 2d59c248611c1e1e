"""What a visitor takes home: the program that reproduces a run, and everything the run recorded."""

import csv
import io
from collections.abc import Sequence
from functools import partial

import streamlit as st

from adadelta_viz.core import Experiment, Trajectory
from adadelta_viz.programs import PROGRAMS, Unavailable


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
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows(zip(*columns.values(), strict=True))
    return text.getvalue()
