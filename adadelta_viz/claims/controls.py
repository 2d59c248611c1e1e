"""Controls and conditions that several claims share."""

from typing import Any

import numpy as np

from adadelta_viz.core import OPTIMIZERS, SURFACES
from adadelta_viz.core.arrays import Array
from adadelta_viz.core.parameter import Parameter
from adadelta_viz.core.surfaces.surface import Surface
from adadelta_viz.experiments import Experiment
from adadelta_viz.experiments.link import Choice
from adadelta_viz.experiments.parameters import TOLERANCE
from adadelta_viz.experiments.race import Race

RHO = OPTIMIZERS["adadelta"].parameters["rho"].change(lower=0.5, upper=0.99)

GOALS = {key: each.title for key, each in SURFACES.items() if each.minima}
"""The surfaces on which somebody can arrive."""

NEAR = TOLERANCE.default
"""Who comes this close to the value of the minimum has arrived."""

RIVALS = ("sgd", "momentum", "adagrad", "rmsprop", "adadelta", "adam")
"""AdaDelta among the optimizers before it and the one after it."""

RATES = Choice(
    "rates",
    {"set": "as this laboratory sets them", "library": "library defaults", "tuned": "tuned"},
    "set",
    "Learning rates",
    "Tuned is, of the same number of values for everybody, for AdaDelta of its ε, the one whose run ends lowest.",
)


def eps(lower: float, upper: float) -> Parameter:
    """Return the control of ε for the range in which an experiment has something to show."""
    return OPTIMIZERS["adadelta"].parameters["eps"].change(lower=lower, upper=upper)


def surface(default: str) -> Choice:
    """Return the choice of a surface that has a minimum."""
    return Choice("surface", GOALS, default, "Surface", "It is where everybody walks, from the start of the catalogue.")


def minimum(key: str) -> float:
    """Return the lowest value of a surface that has one.

    Examples
    --------
    >>> minimum("goldstein_price")
    3.0
    """
    lowest = SURFACES[key].minimum
    if lowest is None:
        raise ValueError(f"surface must have a minimum: got {key!r}. It is where runs arrive.")
    return lowest


def nearby_starts(surface: Surface) -> Array:
    """Return the start of the catalogue and eight that differ from it in the last bits of a coordinate, ``(2, 9)``.

    Examples
    --------
    >>> x, y = nearby_starts(SURFACES["rosenbrock"])
    >>> [float(each) for each in (x - x[0]) / np.spacing(1.5)]
    [0.0, 1.0, -1.0, 0.0, 0.0, 2.0, -2.0, 3.0, -3.0]
    """
    start = np.array(surface.start)[:, None]
    bits = np.array([[0, 1, -1, 0, 0, 2, -2, 3, -3], [0, 0, 0, 1, -1, 2, -2, -3, 3]])
    return np.asarray(start + bits * np.spacing(np.maximum(np.abs(start), 1)))


def resolved_run(surface: str, optimizer: str, rates: Any, **numbers: float) -> Experiment:
    """Return the experiment with which an optimizer enters, its learning rate set, by default or tuned."""
    return Race((Experiment(surface, optimizer, numbers),), rates).resolved_runs()[0]
