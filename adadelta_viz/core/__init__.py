"""The mathematics: surfaces, optimizers, how they run, and what is measured on a run.

Nothing here knows of Streamlit, Plotly, files or clocks; NumPy and SymPy suffice.
"""

from adadelta_viz.core import measures
from adadelta_viz.core.descent import descend, sweep
from adadelta_viz.core.experiment import Experiment
from adadelta_viz.core.formula import FormulaError
from adadelta_viz.core.maps.basins import Basins
from adadelta_viz.core.maps.curves import Curves
from adadelta_viz.core.maps.pieces import outcomes
from adadelta_viz.core.maps.sensitivity import Sensitivity, share
from adadelta_viz.core.optimizer import Hyperparameter, Optimizer
from adadelta_viz.core.optimizers import OPTIMIZERS
from adadelta_viz.core.surface import Surface
from adadelta_viz.core.surfaces import SURFACES
from adadelta_viz.core.trajectory import Trajectory

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
    "descend",
    "measures",
    "outcomes",
    "share",
    "sweep",
]
