"""Finished arrays in, Plotly figures out: plain dicts of NumPy arrays, ready for ``plotly.graph_objects.Figure``.

Nothing here computes a run, and nothing depends on a session, a clock or chance.
"""

from adadelta_viz.figures.basins import basins, durations, legend
from adadelta_viz.figures.chart import Axis, Series, chart
from adadelta_viz.figures.curvature import curvature_map
from adadelta_viz.figures.curves import Curve, curves
from adadelta_viz.figures.heatmap import limits, sensitivity
from adadelta_viz.figures.landscape import landscape
from adadelta_viz.figures.theme import DARK, LIGHT, Theme
from adadelta_viz.figures.traces import Line, Panel, traces

__all__ = [
    "DARK",
    "LIGHT",
    "Axis",
    "Curve",
    "Line",
    "Panel",
    "Series",
    "Theme",
    "basins",
    "chart",
    "curvature_map",
    "curves",
    "durations",
    "landscape",
    "legend",
    "limits",
    "sensitivity",
    "traces",
]
