"""A smaller player for the margin of a text: a landscape with a few named runs, and their loss."""

from collections.abc import Sequence
from typing import NamedTuple

from adadelta_viz.core import Experiment, Trajectory
from adadelta_viz.figures import traces
from adadelta_viz.figures.theme import SYMBOLIC
from adadelta_viz.player import panels, parts
from adadelta_viz.player.packing import packed
from adadelta_viz.player.panels import Look
from adadelta_viz.player.parts import Payload
from adadelta_viz.player.race import DASHES, plotly_dash


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
    looks = [
        Look(f"run{number}", f"@{walker.role}", plotly_dash(dash))
        for number, (walker, dash) in enumerate(zip(walkers, DASHES, strict=False), start=1)
    ]
    loss = panels.of_race(surface, [walker.run for walker in walkers], looks, parts.ceiling(surface))[:1]
    runs = [
        parts.packed_run(walker.experiment, walker.run, walker.role, walker.label)
        | {"key": look.key, "dash": list(dash)}
        for walker, look, dash in zip(walkers, looks, DASHES, strict=False)
    ]
    identity = [[walker.experiment.to_query(), walker.label] for walker in walkers]
    return {
        **parts.frame(first, identity, caption),
        "traces": packed(traces(loss, int(first.numbers["steps"]), SYMBOLIC)),
        "runs": runs,
        "equations": {"columns": ["x", "y"], "lines": []},
    }
