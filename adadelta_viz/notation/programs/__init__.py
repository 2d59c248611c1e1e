"""Programs to take home: an experiment as the shortest complete program that reproduces it, library by library."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from adadelta_viz.core.optimizers.optimizer import Unavailable
from adadelta_viz.experiments import Experiment
from adadelta_viz.notation.programs.writers import keras_program, numpy_program, optax_program, torch_program

__all__ = ["PROGRAMS", "Unavailable"]

PROGRAMS: Mapping[str, Callable[[Experiment], str | Unavailable]] = MappingProxyType(
    {"NumPy": numpy_program, "PyTorch": torch_program, "Keras": keras_program, "optax": optax_program}
)
"""By library: from an experiment to the program, or to the reason why that library has none."""
