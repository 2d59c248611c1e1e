"""Run a program to take home and read what it prints."""

import contextlib
import io

import numpy as np

from adadelta_viz.core import Experiment
from adadelta_viz.core.arrays import Array
from adadelta_viz.programs import PROGRAMS


def printed(library: str, experiment: Experiment) -> Array:
    """Return the iterate that the library's program prints."""
    program = PROGRAMS[library](experiment)
    assert isinstance(program, str), program.reason
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        exec(compile(program, f"<{library}>", "exec"), {})
    return np.array([float(word) for word in output.getvalue().split()])


def experiment(surface: str, optimizer: str, steps: int, **numbers: float) -> Experiment:
    return Experiment(surface, optimizer, {"steps": steps, **numbers})
