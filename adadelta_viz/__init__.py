"""AdaDelta and the optimizers around it, verified and visible: the library behind the laboratory."""

from adadelta_viz import core
from adadelta_viz.core import (
    OPTIMIZERS,
    SURFACES,
    Experiment,
    FormulaError,
    Hyperparameter,
    Optimizer,
    Surface,
    Trajectory,
    descend,
    measures,
    sweep,
)

__all__ = [
    "OPTIMIZERS",
    "SURFACES",
    "Experiment",
    "FormulaError",
    "Hyperparameter",
    "Optimizer",
    "Surface",
    "Trajectory",
    "core",
    "descend",
    "measures",
    "sweep",
]
