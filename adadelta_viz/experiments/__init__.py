"""What a link, a preset, a test and an export all name: experiments, races and maps, with their limits and links.

Views, claims and the theory make them from numbers and words; ``run`` returns arrays. Nothing here draws.
"""

from adadelta_viz.experiments.experiment import Experiment
from adadelta_viz.experiments.maps.basins import Basins
from adadelta_viz.experiments.maps.curves import Curves
from adadelta_viz.experiments.maps.sensitivity import Sensitivity, share
from adadelta_viz.experiments.maps.tiles import outcomes

__all__ = ["Basins", "Curves", "Experiment", "Sensitivity", "outcomes", "share"]
