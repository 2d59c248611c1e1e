"""Run a program to take home and read what it prints."""

import contextlib
import io

import numpy as np

from adadelta_viz.core.arrays import Array
from adadelta_viz.experiments import Experiment
from adadelta_viz.notation.programs import PROGRAMS

TYPED = (
    "(1-x)^2 + 100(y-x^2)^2", "|x| + 2y²", "sin(x)y + e^(-x²)", "max(x, max(y, 1))y", "min(max(x, -1), 1)y",
    "|ln(x)| + sign(xy) + max(√x, y)", "asin(x/9)acos(y/9)atan(x) + sinh(x)cosh(y)tanh(x)", "x^y + 2^x", "x^(1/3) + y",
    "sin(x)cos(y)sin(2x)cos(2y) + exp(-x^2-y^2) + log(1+x^2+y^2) + sqrt(1+x^2y^2) + sin(x)cos(y)sin(3x)cos(4y)",
)  # fmt: skip
"""Formulas that use whatever may be typed."""


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
