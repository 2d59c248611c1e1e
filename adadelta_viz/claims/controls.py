"""Controls that several claims share."""

from collections.abc import Sequence

from adadelta_viz.claims.claim import Choice
from adadelta_viz.core import OPTIMIZERS, SURFACES
from adadelta_viz.core.settings import Setting, hyperparameters

RHO = hyperparameters(OPTIMIZERS["adadelta"])["rho"]._replace(lower=0.5, upper=0.99)

GOALS = {key: each.title for key, each in SURFACES.items() if each.minima}
"""The surfaces on which somebody can arrive."""

RIVALS = ("sgd", "momentum", "adagrad", "rmsprop", "adadelta", "adam")
"""AdaDelta among the optimizers before it and the one after it."""


def titles(keys: Sequence[str]) -> list[str]:
    """Return the names of optimizers on the screen."""
    return [OPTIMIZERS[key].title for key in keys]


def eps(lower: float, upper: float) -> Setting:
    """Return the control of ε for the range in which an experiment has something to show."""
    return hyperparameters(OPTIMIZERS["adadelta"])["eps"]._replace(lower=lower, upper=upper)


def surface(default: str) -> Choice:
    """Return the choice of a surface that has a minimum."""
    return Choice("Surface", GOALS, default, "It is where everybody walks, from the start of the catalogue.")


RATES = Choice(
    "Learning rates",
    {"set": "as this laboratory sets them", "library": "library defaults", "tuned": "tuned"},
    "set",
    "Tuned is the best of the same number of values for everybody, for AdaDelta of its ε.",
)
