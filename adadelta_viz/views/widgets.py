"""Controls made from the catalogues: a new surface or hyperparameter gets its widget without a line here.

Each setting is a widget whose key is the setting's name in links, with a prefix for the runs of a race.
"""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from adadelta_viz.claims import Choice
from adadelta_viz.core import OPTIMIZERS, SURFACES, Surface
from adadelta_viz.experiments import Experiment
from adadelta_viz.experiments.experiment import carries
from adadelta_viz.experiments.race import MOST, TOLERANCE, Race, Rates, View, conditions, library_defaults, tune
from adadelta_viz.experiments.settings import BUDGET, Setting, hyperparameters, starts
from adadelta_viz.experiments.surface_names import is_typed, parts, surface_named
from adadelta_viz.notation.numbers import written
from adadelta_viz.views import url_state

FIELDS = ("x0", "y0", "seed")
"""Settings that are typed, not slid."""

FOLDED = ("lr", "noise", "seed")
"""Settings of an experiment that most visitors leave alone: they wait under a fold."""

IN_A_SWITCH = 5
"""Words that fit into one line of a switch; more of them become a menu."""

RATES: dict[Rates, str] = {"set": "As set", "library": "Default", "tuned": "Tuned"}
VIEWS: dict[View, str] = {"overlay": "One landscape", "grid": "Side by side"}


def of_experiment(found: Experiment) -> dict[str, Any]:
    """Return the values of the controls that show an experiment."""
    return {"surface": found.surface, **found.numbers}


def of_race(found: Race) -> dict[str, Any]:
    """Return the values of the controls that show a race."""
    return {"rates": found.rates, "view": found.view, **of_runs(found)}


def of_runs(found: Race) -> dict[str, Any]:
    """Return the values of the controls that show the runs of a race and what they share."""
    values = {"surface": found.surface, **conditions(found.runs[0])}
    values |= {"tolerance": found.tolerance, "runs": len(found.runs)}
    for number, run in enumerate(found.runs, start=1):
        values[f"run{number}"] = run.optimizer
        values |= {f"run{number}.{name}": value for name, value in run.hyper.items()}
    return values


def experiment() -> Experiment:
    """Show the controls of one experiment with AdaDelta and return what they say."""
    surface = _surface()
    known = starts(surface_named(surface)) | hyperparameters(OPTIMIZERS["adadelta"]) | BUDGET
    numbers = start(surface)
    numbers |= numbers_of({name: known[name] for name in known if name not in FOLDED and name not in numbers})
    with st.expander("Noise, seed and factor"):
        numbers |= numbers_of({name: known[name] for name in known if name in FOLDED})
    return Experiment(surface, "adadelta", numbers)


def race() -> Race:
    """Show the controls of a race and return what they say."""
    surface = _surface()
    shared = start(surface) | numbers_of({"steps": BUDGET["steps"]})
    shared |= folded("Noise and seed", {name: BUDGET[name] for name in ("noise", "seed")})
    rates: Rates = choice("Learning rates", "rates", RATES, help=_RATES_HELP, width="stretch")
    runs = [entrant(number, surface, shared, rates) for number in range(1, st.session_state["runs"] + 1)]
    st.button("Add a run", on_click=add, disabled=len(runs) == MOST, width="stretch")
    tolerance = numbers_of(TOLERANCE)["tolerance"]
    return Race(tuple(runs), rates, tolerance, st.session_state["view"])


def place() -> tuple[str, dict[str, float]]:
    """Show the controls of a surface and of a start on it, and return what they say."""
    surface = _surface()
    return surface, start(surface)


def word(key: str, offered: Choice) -> None:
    """Show a choice as a switch, or as a menu where a switch would be longer than a line."""
    common: dict[str, Any] = {"key": key, "help": offered.meaning, "persist_state": "session"}
    if len(offered.options) > IN_A_SWITCH:
        st.selectbox(offered.label, list(offered.options), format_func=lambda each: offered.options[each], **common)
    else:
        choice(offered.label, words=offered.options, wrap=True, **common)


def view() -> None:
    """Show the switch between one landscape for all and one for each."""
    choice("View", "view", VIEWS, label_visibility="collapsed")


def move_start(x: float, y: float) -> None:
    """Put the start where the visitor clicked, inside the window and to a thousandth, if f is finite there."""
    surface = surface_named(st.session_state["surface"])
    ends = zip((x, y), surface.domain, strict=True)
    x, y = (round(min(max(float(clicked), low), high), 3) for clicked, (low, high) in ends)
    if carries(surface, x, y):
        st.session_state["x0"], st.session_state["y0"] = x, y
    else:
        url_state.tell(f"f has no finite value at ({written(x)}, {written(y)}): the start stays where it was.")


def stands(surface: Surface) -> bool:
    """Tell whether f is finite where the fields of the start say."""
    return carries(surface, st.session_state["x0"], st.session_state["y0"])


def _leave_holes() -> None:
    """Take back a start that was typed where f is not finite."""
    surface = surface_named(st.session_state["surface"])
    if not stands(surface):
        x, y = (written(st.session_state[name]) for name in ("x0", "y0"))
        st.session_state["x0"], st.session_state["y0"] = surface.start
        back = ", ".join(written(each) for each in surface.start)
        url_state.tell(f"f has no finite value at ({x}, {y}): the start is back at ({back}).")


def stops(setting: Setting, current: float) -> list[float]:
    """List the stops of a slider over factors: 1, 2, 5 in each decade, the limits, and where it stands now.

    Examples
    --------
    >>> stops(Setting("ε", 1e-3, 0.1, 1e-2, "", "log"), 0.03)
    [0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1]
    """
    least = setting.lower or setting.upper * 1e-4
    grid = {float(f"{digit}e{decade}") for decade in range(-12, 4) for digit in (1, 2, 5)}
    return sorted({each for each in grid if least <= each <= setting.upper} | {float(setting.lower), float(current)})


_RATES_HELP = (
    "As set: by the sliders of each run. Defaults: those of torch.optim, of optax for Lion. Tuned: of sixteen values "
    "of each learning rate, for AdaDelta of its ε, the one whose run ends lowest, with the same budget for all."
)


def choice(label: str, key: str, words: Mapping[Any, str], **kwargs: Any) -> Any:
    """Show a switch between a few words."""
    return st.segmented_control(
        label, list(words), format_func=lambda word: words[word], required=True, key=key, **kwargs
    )


def _surface() -> str:
    return st.selectbox(
        "Surface",
        [*SURFACES, *_own()],
        format_func=lambda name: f"Your formula: {parts(name)[0]}" if is_typed(name) else SURFACES[name].title,
        key="surface",
        on_change=_start_as_the_surface_says,
    )


def _own() -> list[str]:
    """Return the name of the visitor's formula, if there is one: it stays in the menu whatever is chosen."""
    if is_typed(st.session_state["surface"]):
        st.session_state["formula"] = st.session_state["surface"]
    return [st.session_state["formula"]] if "formula" in st.session_state else []


def _start_as_the_surface_says() -> None:
    st.session_state["x0"], st.session_state["y0"] = surface_named(st.session_state["surface"]).start


def start(surface: str) -> dict[str, float]:
    """Show the two fields of the start."""
    numbers: dict[str, float] = {}
    for column, (name, setting) in zip(st.columns(2), starts(surface_named(surface)).items(), strict=True):
        with column:
            numbers |= numbers_of({name: setting})
    return numbers


def numbers_of(known: Mapping[str, Setting], prefix: str = "") -> dict[str, float]:
    """Show settings as the widgets that fit their scale and return their values by name."""
    return {name: _number(prefix + name, name, setting) for name, setting in known.items()}


def folded(label: str, known: Mapping[str, Setting]) -> dict[str, float]:
    """Show settings under a fold; what is folded away costs no widget and keeps its values."""
    fold = st.expander(label, on_change="rerun", key=label)
    if fold.open:
        with fold:
            return numbers_of(known)
    return {name: st.session_state[name] for name in known}


def _number(key: str, name: str, setting: Setting) -> float:
    common: dict[str, Any] = {"key": key, "help": setting.meaning, "persist_state": "session"}
    if setting.scale == "log":
        options = stops(setting, st.session_state[key])
        return float(st.select_slider(setting.label, options, format_func=written, **common))
    if name in ("x0", "y0"):
        common["on_change"] = _leave_holes
    kind, step, shown = (int, 1, "%d") if setting.whole else (float, 0.05 if name in FIELDS else 0.001, "%.3f")
    widget: Any = st.number_input if name in FIELDS else st.slider
    return float(widget(setting.label, kind(setting.lower), kind(setting.upper), step=step, format=shown, **common))


def entrant(number: int, surface: str, shared: dict[str, float], rates: Rates) -> Experiment:
    """Show one run of a race under a fold that names it; what is folded away costs no widget and keeps its values."""
    slot = f"run{number}"
    title = OPTIMIZERS[st.session_state[slot]].title
    fold = st.expander(f"{number} · {title}", on_change="rerun", key=f"{slot} fold")
    if fold.open:
        with fold:
            _choose_optimizer(slot)
            numbers_of(hyperparameters(OPTIMIZERS[st.session_state[slot]]), f"{slot}.")
            st.button("Remove", key=f"{slot} remove", on_click=_remove, args=(number,), disabled=_alone())
    chosen = as_set(number, surface, shared)
    if fold.open and rates != "set":
        fold.caption(_instead(chosen, rates))
    return chosen


def as_set(number: int, surface: str, shared: dict[str, float]) -> Experiment:
    """Return a run as its controls have it, whether they are on the page or not."""
    key = st.session_state[f"run{number}"]
    hyper = {name: st.session_state[f"run{number}.{name}"] for name in hyperparameters(OPTIMIZERS[key])}
    return Experiment(surface, key, shared | hyper)


def _choose_optimizer(slot: str) -> None:
    st.selectbox(
        "Optimizer",
        OPTIMIZERS,
        format_func=lambda each: OPTIMIZERS[each].title,
        key=slot,
        on_change=take_defaults,
        args=(slot,),
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


def _alone() -> bool:
    return bool(st.session_state["runs"] == 1)


def take_defaults(slot: str) -> None:
    """Set the hyperparameters of a run to the defaults of the optimizer that was just chosen; its fold stays open."""
    st.session_state[f"{slot} fold"] = True
    for name, setting in hyperparameters(OPTIMIZERS[st.session_state[slot]]).items():
        st.session_state[f"{slot}.{name}"] = float(setting.default)


def add() -> None:
    """Add the first optimizer of the catalogue that does not race yet."""
    racing = {st.session_state[f"run{number}"] for number in range(1, st.session_state["runs"] + 1)}
    number = st.session_state["runs"] = st.session_state["runs"] + 1
    st.session_state[f"run{number}"] = next((key for key in OPTIMIZERS if key not in racing), "adadelta")
    take_defaults(f"run{number}")
    st.session_state[f"run{number} fold"] = False


def _remove(gone: int) -> None:
    """Take a run out; those behind it move up, each with its fold as it was."""
    for number in range(gone, st.session_state["runs"]):
        follower = f"run{number + 1}"
        key = st.session_state[f"run{number}"] = st.session_state[follower]
        for name in hyperparameters(OPTIMIZERS[key]):
            st.session_state[f"run{number}.{name}"] = st.session_state[f"{follower}.{name}"]
        st.session_state[f"run{number} fold"] = st.session_state.get(f"{follower} fold", False)
    st.session_state[f"run{st.session_state['runs']} fold"] = False
    st.session_state["runs"] -= 1
