"""What the player plays: one finished run, its still figures and its formulas, packed into one JSON object.

The browser gets whole arrays once per run and only replays them; no formula of an optimizer exists in JavaScript.
"""

from adadelta_viz.core import OPTIMIZERS, Trajectory
from adadelta_viz.experiments import Experiment
from adadelta_viz.figures import traces
from adadelta_viz.figures.theme import SYMBOLIC
from adadelta_viz.player import panels, parts
from adadelta_viz.player.packing import packed
from adadelta_viz.player.parts import Payload


def payload(experiment: Experiment, run: Trajectory) -> Payload:
    """Pack one run for ``mount`` in player.js.

    Parameters
    ----------
    experiment
        The conditions; they go into the caption and into the run's id.
    run
        ``experiment.run()``.

    Examples
    --------
    >>> experiment = Experiment(numbers={"steps": 5})
    >>> packed = payload(experiment, experiment.run())
    >>> packed["caption"]
    'Rosenbrock from (−1.5, 2) · 5 steps · no noise · ρ 0.95 · ε 10⁻⁶ · η 1'
    """
    surface, optimizer = experiment.loss_surface, OPTIMIZERS[experiment.optimizer]
    steps = int(experiment.numbers["steps"])
    identity = [experiment.surface, experiment.optimizer, dict(experiment.numbers)]
    strips = panels.of_run(surface, experiment, run, parts.ceiling(surface))
    return {
        **parts.frame(experiment, identity, f"{parts.conditions(experiment)} · {parts.hyper(experiment)}"),
        "traces": packed(traces(strips, steps, SYMBOLIC)),
        "runs": [parts.packed_run(experiment, run, optimizer.key, optimizer.title)],
        "equations": parts.equations(experiment),
    }
