"""A smaller player for the margin of a text: a landscape with a few named runs, and their loss.

A run ends where it leaves the map: the picture is there for what can be seen on it. The last run lies on top and is
drawn without gaps.
"""

from collections.abc import Sequence
from typing import NamedTuple

from adadelta_viz.core import Surface, Trajectory
from adadelta_viz.core.run.measures import facts
from adadelta_viz.experiments import Experiment
from adadelta_viz.figures import traces
from adadelta_viz.figures.theme import SYMBOLIC
from adadelta_viz.player import panels, parts
from adadelta_viz.player.packing import packed
from adadelta_viz.player.panels import Look
from adadelta_viz.player.parts import Payload
from adadelta_viz.player.race_payload import DASHES, plotly_dash


class Walker(NamedTuple):
    """One run of a sketch: its conditions, what came of them, its name, and whose colour it has."""

    experiment: Experiment
    run: Trajectory
    label: str
    role: str


def sketch_payload(walkers: Sequence[Walker], caption: str) -> Payload:
    """Pack runs that share surface, start and steps for ``mount`` in player.js.

    Examples
    --------
    >>> experiment = Experiment("quadratic", "sgd", {"steps": 5})
    >>> packed = sketch_payload([Walker(experiment, experiment.run(), "SGD", "sgd")], "no caption")
    >>> [run["label"] for run in packed["runs"]], packed["equations"]["lines"]
    (['SGD'], [])
    """
    first = walkers[0].experiment
    surface = first.loss_surface
    dashes = DASHES[: len(walkers)][::-1]
    runs = [_on_map(surface, walker.run) for walker in walkers]
    looks = [
        Look(f"run{number}", f"@{walker.role}", plotly_dash(dash))
        for number, (walker, dash) in enumerate(zip(walkers, dashes, strict=True), start=1)
    ]
    loss = panels.of_race(surface, runs, looks, parts.ceiling(surface))[:1]
    shown = [
        parts.packed_run(walker.experiment, run, walker.role, walker.label) | {"key": look.key, "dash": list(dash)}
        for walker, run, look, dash in zip(walkers, runs, looks, dashes, strict=True)
    ]
    identity = [[walker.experiment.to_query(), walker.label] for walker in walkers]
    return {
        **parts.frame(first, identity, caption),
        "traces": packed(traces(loss, int(first.numbers["steps"]), SYMBOLIC)),
        "runs": shown,
        "equations": {"columns": ["x", "y"], "lines": []},
    }


def _on_map(surface: Surface, run: Trajectory) -> Trajectory:
    """Cut a run after its first iterate outside the drawn window."""
    left = facts(surface, run).left_map_at
    if left is None:
        return run
    state = {name: record[: left + 1] for name, record in run.state.items()}
    return Trajectory(
        run.theta[: left + 1], run.value[: left + 1], run.gradient[: left + 1], run.delta[:left], state, run.diverged_at
    )
