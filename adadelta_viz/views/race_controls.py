"""The controls of a race: its runs, each under a fold that names it, and what they share; maps use them as well."""

from typing import Any

import streamlit as st

from adadelta_viz.core import OPTIMIZERS
from adadelta_viz.core.parameter import Parameter
from adadelta_viz.experiments import Experiment
from adadelta_viz.experiments.parameters import RUN_SETTINGS, TOLERANCE
from adadelta_viz.experiments.race import (
    MAX_RUNS,
    RATES,
    VIEW,
    Race,
    Rates,
    library_defaults,
    shared_numbers,
    tune,
)
from adadelta_viz.notation.numbers import written
from adadelta_viz.views import session_keys as keys
from adadelta_viz.views import widgets


def race_values(found: Race) -> dict[str, Any]:
    """Return the values of the controls that show a race, by their keys."""
    return {keys.RATES: found.rates, keys.VIEW: found.view, **run_values(found)}


def run_values(found: Race) -> dict[str, Any]:
    """Return the values of the controls that show the runs of a race and what they share, by their keys."""
    values = {keys.SURFACE: found.surface, **shared_numbers(found.runs[0])}
    values |= {TOLERANCE.name: found.tolerance, keys.RUN_COUNT: len(found.runs)}
    for number, run in enumerate(found.runs, start=1):
        values[keys.run(number)] = run.optimizer
        values |= {keys.run_number(number, name): value for name, value in run.hyper.items()}
    return values


def race_controls() -> Race:
    """Show the controls of a race and return what they say."""
    surface, shared = shared_controls()
    shared |= noise_controls()
    rates: Rates = widgets.switch("Learning rates", keys.RATES, RATES.options, help=_RATES_HELP, width="stretch")
    runs = [run_controls(number, surface, shared, rates) for number in run_numbers()]
    st.button("Add a run", on_click=add_run, disabled=len(runs) == MAX_RUNS, width="stretch")
    return Race(tuple(runs), rates, tolerance_control(), st.session_state[keys.VIEW])


def shared_controls() -> tuple[str, dict[str, float]]:
    """Show the controls of what all runs share, and return the surface and the numbers."""
    surface, shared = widgets.surface_and_start()
    shared |= widgets.number_widgets({"steps": RUN_SETTINGS["steps"]})
    return surface, shared


def noise_controls() -> dict[str, float]:
    """Show noise and seed under a fold, and return them."""
    return widgets.folded("Noise and seed", {name: RUN_SETTINGS[name] for name in ("noise", "seed")})


def tolerance_control() -> float:
    """Show the tolerance and return it."""
    return widgets.number_widgets({TOLERANCE.name: TOLERANCE})[TOLERANCE.name]


def view_switch() -> None:
    """Show the switch between one landscape for all and one for each."""
    widgets.switch("View", keys.VIEW, VIEW.options, label_visibility="collapsed")


def run_numbers() -> range:
    """Return the numbers of the runs, from 1."""
    return range(1, st.session_state[keys.RUN_COUNT] + 1)


def run_controls(number: int, surface: str, shared: dict[str, float], rates: Rates) -> Experiment:
    """Show one run under a fold and return it; what is folded away costs no widget and keeps its values."""
    title = OPTIMIZERS[st.session_state[keys.run(number)]].title
    fold = st.expander(f"{number} · {title}", on_change="rerun", key=keys.run_fold(number))
    if fold.open:
        with fold:
            _optimizer_menu(number)
            widgets.number_widgets(_hyperparameters(number), f"{keys.run(number)}.")
            alone = st.session_state[keys.RUN_COUNT] == 1
            st.button("Remove", key=f"{keys.run(number)} remove", on_click=_remove, args=(number,), disabled=alone)
    chosen = run_as_set(number, surface, shared)
    if fold.open and rates != "set":
        fold.caption(_instead(chosen, rates))
    return chosen


def run_as_set(number: int, surface: str, shared: dict[str, float]) -> Experiment:
    """Return a run as its controls have it, whether they are on the page or not."""
    hyper = {name: st.session_state[keys.run_number(number, name)] for name in _hyperparameters(number)}
    return Experiment(surface, st.session_state[keys.run(number)], shared | hyper)


def _hyperparameters(number: int) -> dict[str, Parameter]:
    """Return the hyperparameters of a run's optimizer."""
    return dict(OPTIMIZERS[st.session_state[keys.run(number)]].parameters)


def _optimizer_menu(number: int) -> None:
    st.selectbox(
        "Optimizer",
        OPTIMIZERS,
        format_func=lambda each: OPTIMIZERS[each].title,
        key=keys.run(number),
        on_change=take_defaults,
        args=(number,),
        persist_state="session",
    )


def _instead(chosen: Experiment, rates: Rates) -> str:
    """Say with which hyperparameters a run really races when its sliders do not decide."""
    if rates == "library":
        numbers = library_defaults(chosen.optimizer).items()
        said = ", ".join(f"{name} {written(number)}" for name, number in numbers)
        return f"Races with the library's defaults: {said}."
    found = tune(chosen)
    tried = f"{len(found.grid)} values from {written(found.grid[0])} to {written(found.grid[-1])}"
    return f"Races with {found.name} {written(found.chosen)}, which ends lowest of {tried}."


def take_defaults(number: int, *, is_open: bool = True) -> None:
    """Set the hyperparameters of a run to the defaults of its optimizer; its fold is open or closed then."""
    st.session_state[keys.run_fold(number)] = is_open
    for name, parameter in _hyperparameters(number).items():
        st.session_state[keys.run_number(number, name)] = float(parameter.default)


def add_run() -> None:
    """Add the first optimizer of the catalogue that does not race yet."""
    racing = {st.session_state[keys.run(number)] for number in run_numbers()}
    number = st.session_state[keys.RUN_COUNT] = st.session_state[keys.RUN_COUNT] + 1
    st.session_state[keys.run(number)] = next((key for key in OPTIMIZERS if key not in racing), "adadelta")
    take_defaults(number, is_open=False)


def _remove(removed: int) -> None:
    """Take a run out; those behind it move up, each with its fold as it was."""
    last = st.session_state[keys.RUN_COUNT]
    for number in range(removed, last):
        st.session_state[keys.run(number)] = st.session_state[keys.run(number + 1)]
        for name in _hyperparameters(number):
            follower = st.session_state[keys.run_number(number + 1, name)]
            st.session_state[keys.run_number(number, name)] = follower
        st.session_state[keys.run_fold(number)] = st.session_state.get(keys.run_fold(number + 1), False)
    st.session_state[keys.run_fold(last)] = False
    st.session_state[keys.RUN_COUNT] -= 1


_RATES_HELP = (
    "As set: by the sliders of each run. Defaults: those of torch.optim, of optax for Lion. Tuned: of sixteen values "
    "of each learning rate, for AdaDelta of its ε, the one whose run ends lowest, with the same budget for all."
)
