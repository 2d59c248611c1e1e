"""The glossary: each term in one sentence, under an anchor that texts of the laboratory can link to."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Term(NamedTuple):
    """A term as it is written, and what it means."""

    name: str
    meaning: str


_TERMS = {
    "basin": Term("basin", "All starts from which a run ends at the same minimum."),
    "bias-correction": Term(
        "bias correction", "Dividing a running average by what it is short of because it has started at zero."
    ),
    "curvature": Term(
        "curvature",
        "How fast the slope changes along an axis: the second derivative h, large in a narrow bowl.",
    ),
    "effective-learning-rate": Term(
        "effective learning rate",
        "The length of a step per unit of slope; for AdaDelta RMS[Δθ]ₜ₋₁ / RMS[g]ₜ, a number per coordinate and step.",
    ),
    "gradient": Term("gradient", "The slope of the loss along each coordinate, g; it points uphill."),
    "gradient-noise": Term(
        "gradient noise", "What is random in a slope, because it was computed from a few examples instead of all."
    ),
    "half-life": Term("half-life", "The number of steps after which half of a memory is gone: ln ½ / ln ρ."),
    "hessian": Term(
        "Hessian", "The table of all second derivatives; its diagonal holds the curvatures along the axes."
    ),
    "hyperparameter": Term("hyperparameter", "A number of an optimizer that somebody chooses before the run."),
    "iterate": Term("iterate", "One of the points that a run visits, θ; iterate 0 is the start."),
    "learning-rate": Term("learning rate", "The number η that multiplies every step."),
    "loss": Term("loss", "The height f of the surface, which a run tries to make small."),
    "rms": Term(
        "root mean square",
        "The root of the mean of squares; AdaDelta adds ε under the root, RMS[g] = √(E[g²] + ε).",
    ),
    "saddle": Term("saddle", "A level point from which one way leads up and another one down."),
    "sparse-gradient": Term("sparse gradient", "A slope that is zero at most steps, as that of a rare word is."),
    "state": Term("state", "The memory that an optimizer keeps for each coordinate from step to step."),
    "step": Term("step", "One update: from an iterate to the next, Δθ."),
    "sweep": Term("sweep", "Many runs with different settings, of each of which one number is kept."),
    "tolerance": Term("tolerance", "How close to the minimum a loss must come to count as arrived."),
    "trajectory": Term("trajectory", "All iterates of a run in their order: the path on the landscape."),
    "window": Term("window", "The recent past that a running average has not yet forgotten."),
}

GLOSSARY: Mapping[str, Term] = MappingProxyType(_TERMS)
"""Every term by its anchor, in alphabetical order."""
