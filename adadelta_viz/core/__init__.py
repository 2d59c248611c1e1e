"""The mathematics: surfaces, optimizers, how they run, and what is measured on a run.

Nothing here knows of Streamlit, Plotly, files or clocks; NumPy and SymPy suffice.
"""

from adadelta_viz.core.optimizers.catalogue import OPTIMIZERS
from adadelta_viz.core.optimizers.optimizer import Optimizer
from adadelta_viz.core.parameter import Parameter
from adadelta_viz.core.run import measures
from adadelta_viz.core.run.descend import descend, sweep
from adadelta_viz.core.run.trajectory import Trajectory
from adadelta_viz.core.surfaces.catalogue import SURFACES
from adadelta_viz.core.surfaces.formula import FormulaError
from adadelta_viz.core.surfaces.surface import Surface

__all__ = [
    "OPTIMIZERS",
    "SURFACES",
    "FormulaError",
    "Optimizer",
    "Parameter",
    "Surface",
    "Trajectory",
    "descend",
    "measures",
    "sweep",
]
