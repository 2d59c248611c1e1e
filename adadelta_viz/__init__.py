"""AdaDelta and the optimizers around it, verified and visible: the library behind the laboratory."""

from adadelta_viz import core, figures
from adadelta_viz.core import (
    OPTIMIZERS,
    SURFACES,
    Basins,
    Curves,
    Experiment,
    FormulaError,
    Hyperparameter,
    Optimizer,
    Sensitivity,
    Surface,
    Trajectory,
    descend,
    measures,
    outcomes,
    share,
    sweep,
)

__all__ = [
    "OPTIMIZERS",
    "SURFACES",
    "Basins",
    "Curves",
    "Experiment",
    "FormulaError",
    "Hyperparameter",
    "Optimizer",
    "Sensitivity",
    "Surface",
    "Trajectory",
    "core",
    "descend",
    "figures",
    "measures",
    "outcomes",
    "share",
    "sweep",
]
