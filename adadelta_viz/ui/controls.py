"""Controls made from the catalogues: a new surface or hyperparameter gets its widget without a line here."""

from typing import Any

import streamlit as st

from adadelta_viz.core import OPTIMIZERS, SURFACES, Experiment
from adadelta_viz.core.experiment import Setting, settings
from adadelta_viz.core.notation import written

FIELDS = ("x0", "y0", "seed")
"""Settings that are typed, not slid."""

FOLDED = ("lr", "noise", "seed")
"""Settings that most visitors leave alone: they wait under a fold."""


def experiment() -> Experiment:
    """Show the controls of one experiment and return what they say; ``address.read`` has set their values."""
    surface = st.selectbox(
        "Surface",
        SURFACES,
        format_func=lambda key: SURFACES[key].title,
        key="surface",
        on_change=_start_as_the_surface_says,
    )
    optimizer = st.session_state["optimizer"]
    known = settings(SURFACES[surface], OPTIMIZERS[optimizer])
    numbers = {}
    for name, column in zip(("x0", "y0"), st.columns(2), strict=True):
        with column:
            numbers[name] = number(name, known[name])
    numbers |= {name: number(name, known[name]) for name in known if name not in FOLDED and name not in numbers}
    with st.expander("Factor, noise and seed"):
        numbers |= {name: number(name, known[name]) for name in known if name in FOLDED}
    return Experiment(surface, optimizer, numbers)


def number(name: str, setting: Setting) -> float:
    """Show one setting as the widget that fits its scale; its value lives under its name in the session."""
    if setting.scale == "log":
        options = stops(setting, st.session_state[name])
        return float(st.select_slider(setting.label, options, format_func=written, key=name, help=setting.meaning))
    kind, step, shown = (int, 1, "%d") if setting.whole else (float, 0.05 if name in FIELDS else 0.001, "%.3f")
    widget: Any = st.number_input if name in FIELDS else st.slider
    ends = kind(setting.lower), kind(setting.upper)
    return float(widget(setting.label, *ends, step=step, format=shown, key=name, help=setting.meaning))


def stops(setting: Setting, current: float) -> list[float]:
    """List the stops of a slider over factors: 1, 2, 5 in each decade, the limits, and where it stands now.

    Examples
    --------
    >>> stops(Setting("ε", 1e-3, 0.1, 1e-2, "", "log"), 0.03)
    [0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1]
    """
    least = setting.lower or setting.upper * 1e-4
    decades = range(-12, 4)
    grid = {float(f"{digit}e{decade}") for decade in decades for digit in (1, 2, 5)}
    return sorted({each for each in grid if least <= each <= setting.upper} | {float(setting.lower), float(current)})


def move_start(x: float, y: float) -> None:
    """Put the start where the visitor clicked, inside the window and to a thousandth."""
    for name, clicked, (low, high) in zip(
        ("x0", "y0"), (x, y), SURFACES[st.session_state["surface"]].domain, strict=True
    ):
        st.session_state[name] = round(min(max(float(clicked), low), high), 3)


def _start_as_the_surface_says() -> None:
    move_start(*SURFACES[st.session_state["surface"]].start)
