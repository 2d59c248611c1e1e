"""Widgets made from parameters and choices: a new surface or hyperparameter gets its widget without a line here.

Each widget bears the name of its field in links, with a prefix for the runs of a race and for claims.
"""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from adadelta_viz.core import OPTIMIZERS, SURFACES, Surface
from adadelta_viz.core.parameter import Parameter
from adadelta_viz.experiments import Experiment
from adadelta_viz.experiments.experiment import is_valid_start
from adadelta_viz.experiments.link import Choice
from adadelta_viz.experiments.parameters import RUN_SETTINGS, start_parameters
from adadelta_viz.experiments.surface_names import is_typed, parts, surface_named
from adadelta_viz.notation.numbers import written
from adadelta_viz.views import session_keys as keys
from adadelta_viz.views import url_state

TYPED = (*keys.START, "seed")
"""Numbers that are typed, not slid."""

FOLDED = ("lr", "noise", "seed")
"""Numbers of an experiment that most visitors leave alone: they wait under a fold."""

IN_A_SWITCH = 5
"""Words that fit into one line of a switch; more of them become a menu."""


def experiment_values(found: Experiment) -> dict[str, Any]:
    """Return the values of the controls that show an experiment, by their keys."""
    return {keys.SURFACE: found.surface, **found.numbers}


def experiment_controls() -> Experiment:
    """Show the controls of one experiment with AdaDelta and return what they say."""
    surface, numbers = surface_and_start()
    known = {**OPTIMIZERS["adadelta"].parameters, **RUN_SETTINGS}
    numbers |= number_widgets({name: each for name, each in known.items() if name not in FOLDED})
    with st.expander("Noise, seed and factor"):
        numbers |= number_widgets({name: each for name, each in known.items() if name in FOLDED})
    return Experiment(surface, "adadelta", numbers)


def surface_and_start() -> tuple[str, dict[str, float]]:
    """Show the controls of a surface and of a start on it, and return what they say."""
    surface = st.selectbox(
        "Surface",
        [*SURFACES, *_own_formula()],
        format_func=lambda name: f"Your formula: {parts(name)[0]}" if is_typed(name) else SURFACES[name].title,
        key=keys.SURFACE,
        on_change=_take_start_of_surface,
    )
    return surface, start_fields(surface)


def start_fields(surface: str) -> dict[str, float]:
    """Show the two fields of the start and return what they say."""
    numbers: dict[str, float] = {}
    for column, (name, each) in zip(st.columns(2), start_parameters(surface_named(surface)).items(), strict=True):
        with column:
            numbers |= number_widgets({name: each})
    return numbers


def choice_widget(key: str, choice: Choice) -> None:
    """Show a choice as a switch, or as a menu where a switch would be longer than a line."""
    common: dict[str, Any] = {"key": key, "help": choice.meaning, "persist_state": "session"}
    if len(choice.options) > IN_A_SWITCH:
        st.selectbox(choice.label, list(choice.options), format_func=lambda each: choice.options[each], **common)
    else:
        switch(choice.label, words=choice.options, wrap=True, **common)


def switch(label: str, key: str, words: Mapping[Any, str], **kwargs: Any) -> Any:
    """Show a switch between a few words and return the chosen one."""
    return st.segmented_control(
        label, list(words), format_func=lambda word: words[word], required=True, key=key, **kwargs
    )


def number_widgets(known: Mapping[str, Parameter], prefix: str = "") -> dict[str, float]:
    """Show parameters as the widgets that fit their scale and return their values by name."""
    return {name: _number_widget(prefix + name, each) for name, each in known.items()}


def folded(label: str, known: Mapping[str, Parameter]) -> dict[str, float]:
    """Show parameters under a fold; what is folded away costs no widget and keeps its values."""
    fold = st.expander(label, on_change="rerun", key=label)
    if fold.open:
        with fold:
            return number_widgets(known)
    return {name: st.session_state[name] for name in known}


def _number_widget(key: str, parameter: Parameter) -> float:
    common: dict[str, Any] = {"key": key, "help": parameter.meaning, "persist_state": "session"}
    if parameter.scale == "log":
        options = stops(parameter, st.session_state[key])
        return float(st.select_slider(parameter.title, options, format_func=written, **common))
    if parameter.name in keys.START:
        common["on_change"] = _leave_hole
    is_typed_in = parameter.name in TYPED
    kind, step, shown = (int, 1, "%d") if parameter.whole else (float, 0.05 if is_typed_in else 0.001, "%.3f")
    widget: Any = st.number_input if is_typed_in else st.slider
    low, high = map(kind, parameter.span)
    return float(widget(parameter.title, low, high, step=step, format=shown, **common))


def stops(parameter: Parameter, current: float) -> list[float]:
    """List the stops of a slider over factors: 1, 2, 5 in each decade, the limits, and where it stands now.

    Examples
    --------
    >>> stops(Parameter("eps", "ε", 1e-2, (1e-3, 0.1), "", scale="log"), 0.03)
    [0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1]
    """
    low, high = parameter.span
    least = low or high * 1e-4
    grid = {float(f"{digit}e{decade}") for decade in range(-12, 4) for digit in (1, 2, 5)}
    return sorted({each for each in grid if least <= each <= high} | {float(low), float(current)})


def move_start(x: float, y: float) -> None:
    """Put the start where the visitor clicked, inside the window and to a thousandth, if f is finite there."""
    surface = surface_named(st.session_state[keys.SURFACE])
    ends = zip((x, y), surface.domain, strict=True)
    x, y = (round(min(max(float(clicked), low), high), 3) for clicked, (low, high) in ends)
    if is_valid_start(surface, x, y):
        _set_start(x, y)
    else:
        url_state.add_notice(f"f has no finite value at ({written(x)}, {written(y)}): the start stays where it was.")


def has_valid_start(surface: Surface) -> bool:
    """Tell whether f is finite where the fields of the start say."""
    return is_valid_start(surface, *(st.session_state[name] for name in keys.START))


def take_start_of(surface: Surface) -> None:
    """Put the start where the surface has its own."""
    _set_start(*surface.start)


def _leave_hole() -> None:
    """Take back a start that was typed where f is not finite."""
    surface = surface_named(st.session_state[keys.SURFACE])
    if not has_valid_start(surface):
        x, y = (written(st.session_state[name]) for name in keys.START)
        take_start_of(surface)
        back = ", ".join(written(each) for each in surface.start)
        url_state.add_notice(f"f has no finite value at ({x}, {y}): the start is back at ({back}).")


def _own_formula() -> list[str]:
    """Return the name of the visitor's formula, if there is one: it stays in the menu whatever is chosen."""
    if is_typed(st.session_state[keys.SURFACE]):
        st.session_state[keys.OWN_FORMULA] = st.session_state[keys.SURFACE]
    return [st.session_state[keys.OWN_FORMULA]] if keys.OWN_FORMULA in st.session_state else []


def _take_start_of_surface() -> None:
    take_start_of(surface_named(st.session_state[keys.SURFACE]))


def _set_start(x: float, y: float) -> None:
    st.session_state.update(zip(keys.START, (x, y), strict=True))
