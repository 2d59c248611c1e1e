"""AdaDelta and the optimizers around it, verified and visible: the library behind the laboratory."""

from adadelta_viz import core, experiments, figures
from adadelta_viz.core import (
    OPTIMIZERS,
    SURFACES,
    FormulaError,
    Optimizer,
    Parameter,
    Surface,
    Trajectory,
    descend,
    sweep,
)
from adadelta_viz.core.run import measures
from adadelta_viz.experiments import Basins, Curves, Experiment, Sensitivity, outcomes, share

__all__ = [
    "OPTIMIZERS",
    "SURFACES",
    "Basins",
    "Curves",
    "Experiment",
    "FormulaError",
    "Optimizer",
    "Parameter",
    "Sensitivity",
    "Surface",
    "Trajectory",
    "core",
    "descend",
    "experiments",
    "figures",
    "measures",
    "outcomes",
    "share",
    "sweep",
]
