"""A race for the player: every run with its colour, dash, standing and equations, on one clock."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from adadelta_viz.core import OPTIMIZERS, Trajectory
from adadelta_viz.core.run.measures import Standing, standing
from adadelta_viz.experiments import Experiment
from adadelta_viz.experiments.race import GRID, Race
from adadelta_viz.figures import LIGHT, traces
from adadelta_viz.figures.theme import SYMBOLIC
from adadelta_viz.notation.mathml import notation
from adadelta_viz.notation.numbers import written
from adadelta_viz.player import panels, parts
from adadelta_viz.player.packing import packed
from adadelta_viz.player.panels import Look
from adadelta_viz.player.parts import Payload

DASHES = ((), (9, 4), (2, 4), (12, 4, 2, 4), (5, 3), (16, 5), (2, 2, 8, 4), (6, 2, 2, 2, 2, 2))
"""Lengths in pixels of stroke and gap; a run's place in the race chooses, so that colour is not needed."""

RATES = {
    "set": "hyperparameters as set",
    "library": "library defaults",
    "tuned": f"tuned: of {GRID} learning rates each (AdaDelta: of {GRID} ε) the one that ends lowest",
}


def race_payload(race: Race, resolved: Sequence[Experiment], runs: Sequence[Trajectory]) -> Payload:
    """Pack a race for ``mount`` in player.js.

    Parameters
    ----------
    race
        The conditions.
    resolved
        ``race.resolved_runs()``, the experiments that really ran.
    runs
        ``[each.run() for each in resolved]``.

    Examples
    --------
    >>> race = Race((Experiment(), Experiment(optimizer="adam")))
    >>> packed = race_payload(race, race.resolved_runs(), [run.run() for run in race.resolved_runs()])
    >>> packed["caption"]
    'Rosenbrock from (−1.5, 2) · 900 steps · no noise, the same for all · hyperparameters as set'
    """
    surface = race.loss_surface
    keys = [f"run{number}" for number in range(1, len(resolved) + 1)]
    colours = roles([run.optimizer for run in resolved])
    looks = [
        Look(key, f"@{colour}", plotly_dash(dash)) for key, colour, dash in zip(keys, colours, DASHES, strict=False)
    ]
    strips = panels.of_race(surface, runs, looks, parts.ceiling(surface))
    names = labels(resolved)
    shown = [
        parts.packed_run(run, runs[i], colours[i], names[i])
        | {"key": keys[i], "dash": list(DASHES[i]), "equations": parts.equations(run)}
        | {"standing": _standing(standing(runs[i], surface.minimum, race.tolerance))}
        for i, run in enumerate(resolved)
    ]
    caption = f"{parts.conditions(resolved[0])}, the same for all · {RATES[race.rates]}"
    return {
        **parts.frame(resolved[0], [race.to_query(), race.rates], caption),
        "traces": packed(traces(strips, int(resolved[0].numbers["steps"]), SYMBOLIC)),
        "runs": shown,
        "equations": {"columns": ["x", "y"], "lines": []},
        "view": race.view,
        "ranking": _ranking(race),
    }


def labels(resolved: Sequence[Experiment]) -> list[str]:
    """Name each run: its optimizer, and what tells it from another run of the same optimizer.

    Examples
    --------
    >>> labels([Experiment(), Experiment(numbers={"eps": 1e-4}), Experiment(optimizer="adam")])
    ['AdaDelta ε 10⁻⁶', 'AdaDelta ε 0.0001', 'Adam']
    """
    names = []
    for run in resolved:
        optimizer = OPTIMIZERS[run.optimizer]
        twins = [other for other in resolved if other.optimizer == run.optimizer]
        differing = [name for name in run.hyper if len({twin.hyper[name] for twin in twins}) > 1]
        symbols = notation(optimizer)
        names.append(
            " ".join([optimizer.title, *(f"{symbols[each]} {written(run.hyper[each])}" for each in differing)])
        )
    again = Counter(names)
    return [name if again[name] == 1 else f"{name} #{names[: i + 1].count(name)}" for i, name in enumerate(names)]


def roles(optimizers: Sequence[str]) -> list[str]:
    """Give each run its optimizer's colour, or another free one where a different optimizer already has that colour.

    Examples
    --------
    >>> roles(["adadelta", "adam", "adadelta"])
    ['adadelta', 'adam', 'adadelta']
    """
    owner: dict[str, str] = {}  # colour -> optimizer
    chosen: dict[str, str] = {}  # optimizer -> role
    for optimizer in optimizers:
        if optimizer not in chosen:
            free = (role for role in (optimizer, *OPTIMIZERS) if LIGHT.roles[role] not in owner)
            chosen[optimizer] = next(free)
            owner[LIGHT.roles[chosen[optimizer]]] = optimizer
    return [chosen[optimizer] for optimizer in optimizers]


def _standing(place: Standing) -> dict[str, Any]:
    arrays = {name: packed(getattr(place, name)) for name in ("best", "length", "largest")}
    steps = {name: int(getattr(place, name)) for name in ("reached", "diverged")}
    return arrays | {name: None if step < 0 else step for name, step in steps.items()}


def _ranking(race: Race) -> dict[str, Any]:
    minimum = race.loss_surface.minimum
    tolerance = written(race.tolerance)
    columns = [
        {"key": "best", "label": "best so far", "help": "the lowest value that the run has met"},
        {"key": "now", "label": "value now", "help": "f at the current iterate"},
        {"key": "reached", "label": f"steps to {tolerance}", "help": f"the first step with f − f* at most {tolerance}"},
        {"key": "length", "label": "path length", "help": "all steps laid end to end"},
        {"key": "largest", "label": "largest step", "help": "the longest single step so far"},
        {"key": "diverged", "label": "diverged", "help": "the first step that was not finite"},
    ]
    if minimum is None:
        columns = [column for column in columns if column["key"] != "reached"]
        note = "No minimum is listed for this surface, so nobody can arrive. Equal numbers share a rank."
    else:
        note = f"f* = {written(minimum)}. Equal numbers share a rank."
    return {"columns": columns, "sort": "best", "note": note}


def plotly_dash(dash: tuple[int, ...]) -> str:
    """Write lengths of stroke and gap in Plotly's words.

    Examples
    --------
    >>> plotly_dash(()), plotly_dash((9, 4))
    ('solid', '9px,4px')
    """
    return ",".join(f"{length}px" for length in dash) or "solid"
