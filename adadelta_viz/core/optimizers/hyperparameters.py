"""The hyperparameters that most optimizers share, each in one place with its meaning and its limits."""

import numpy as np

from adadelta_viz.core.parameter import Parameter


def rate(default: float, library: float, upper: float = 10) -> Parameter:
    """Return a learning rate; ``library`` is torch's default, ours is chosen to be visible on a 2-D surface.

    Examples
    --------
    >>> rate(0.05, library=0.001).library
    0.001
    """
    return Parameter(
        "lr",
        "learning rate",
        default,
        (1e-5, upper),
        "It is the length of a step per unit of its direction.",
        symbol="η",
        valid=(0, np.inf),
        scale="log",
        library=None if library == default else library,
    )


def memory(name: str, symbol: str, label: str, default: float, meaning: str) -> Parameter:
    """Return the decay of a running average.

    Examples
    --------
    >>> memory("rho", "ρ", "memory", 0.9, "").range
    '[0, 1)'
    """
    return Parameter(name, label, default, (0, 0.999), meaning, symbol=symbol, valid=(0, 1), open_above=True)


def guard(default: float) -> Parameter:
    """Return the small number that keeps a denominator from being zero.

    Examples
    --------
    >>> guard(1e-8).default
    1e-08
    """
    return Parameter(
        "eps",
        "guard against division by zero",
        default,
        (1e-10, 1e-1),
        "It is added to the denominator.",
        symbol="ε",
        valid=(0, np.inf),
        scale="log",
    )


def weight_decay(default: float) -> Parameter:
    """Return decoupled weight decay, the pull towards the origin.

    Examples
    --------
    >>> weight_decay(0.01).symbol
    'λ'
    """
    return Parameter(
        "weight_decay",
        "weight decay",
        default,
        (0, 1),
        "It is the pull towards the origin, per unit of learning rate.",
        symbol="λ",
        valid=(0, np.inf),
        scale="log",
    )


MOMENTUM = memory("momentum", "μ", "momentum", 0.9, "It is the fraction of velocity kept per step.")
BETA1 = memory("beta1", "β₁", "memory of gradients", 0.9, "It is the fraction of the mean gradient kept per step.")
BETA2 = memory(
    "beta2", "β₂", "memory of squares", 0.999, "It is the fraction of the mean squared gradient kept per step."
)
