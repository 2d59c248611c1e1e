"""The numbers of an experiment: its start, its hyperparameters and its budget, each with its limits."""

from collections.abc import Mapping

from adadelta_viz.core.optimizers.optimizer import Optimizer
from adadelta_viz.core.parameter import Parameter, by_name
from adadelta_viz.core.surfaces.surface import Surface

RUN_SETTINGS = by_name(
    (
        Parameter("steps", "Steps", 900, (1, 2000), "It is the number of updates.", whole=True),
        Parameter(
            "noise",
            "Gradient noise",
            0,
            (0, 10),
            "It is the standard deviation of what is added to each slope.",
            scale="log",
        ),
        Parameter("seed", "Seed", 0, (0, 9999), "It selects the noise.", whole=True),
    )
)
"""The numbers that depend neither on the surface nor on the optimizer."""

TOLERANCE = Parameter(
    "tolerance", "Tolerance", 1e-2, (1e-6, 100), "A run has arrived when f − f* is at most this.", scale="log"
)


def start_parameters(surface: Surface) -> Mapping[str, Parameter]:
    """List the two numbers of the start: anywhere in the surface's window.

    Examples
    --------
    >>> from adadelta_viz.core import SURFACES
    >>> start_parameters(SURFACES["rosenbrock"])["x0"].default
    -1.5
    """
    axes = zip("xy", surface.domain, surface.start, strict=True)
    meaning = "It is where the run starts."
    return by_name(Parameter(f"{axis}0", f"Start {axis}", at, ends, meaning) for axis, ends, at in axes)


def experiment_parameters(surface: Surface, optimizer: Optimizer) -> Mapping[str, Parameter]:
    """List every number of an experiment with this surface and optimizer, in the order of links and controls.

    Examples
    --------
    >>> from adadelta_viz.core import OPTIMIZERS, SURFACES
    >>> list(experiment_parameters(SURFACES["rosenbrock"], OPTIMIZERS["sgd"]))
    ['x0', 'y0', 'lr', 'steps', 'noise', 'seed']
    """
    return {**start_parameters(surface), **optimizer.parameters, **RUN_SETTINGS}
