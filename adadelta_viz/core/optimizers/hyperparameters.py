"""The hyperparameters that most optimizers share, each in one place with its meaning and its limits."""

import numpy as np

from adadelta_viz.core.optimizers.optimizer import Hyperparameter


def rate(default: float, library: float, upper: float = 10) -> Hyperparameter:
    """Return a learning rate; ``library`` is torch's default, ours is chosen to be visible on a 2-D surface.

    Examples
    --------
    >>> rate(0.05, library=0.001).library
    0.001
    """
    return Hyperparameter(
        "lr",
        "η",
        "learning rate",
        default,
        0,
        np.inf,
        (1e-5, upper),
        "It is the length of a step per unit of its direction.",
        scale="log",
        library=None if library == default else library,
    )


def memory(name: str, symbol: str, label: str, default: float, meaning: str) -> Hyperparameter:
    """Return the decay of a running average.

    Examples
    --------
    >>> memory("rho", "ρ", "memory", 0.9, "").range
    '[0, 1)'
    """
    return Hyperparameter(name, symbol, label, default, 0, 1, (0, 0.999), meaning, open_above=True)


def guard(default: float) -> Hyperparameter:
    """Return the small number that keeps a denominator from being zero.

    Examples
    --------
    >>> guard(1e-8).default
    1e-08
    """
    return Hyperparameter(
        "eps",
        "ε",
        "guard against division by zero",
        default,
        0,
        np.inf,
        (1e-10, 1e-1),
        "It is added to the denominator.",
        scale="log",
    )


def weight_decay(default: float) -> Hyperparameter:
    """Return decoupled weight decay, the pull towards the origin.

    Examples
    --------
    >>> weight_decay(0.01).symbol
    'λ'
    """
    return Hyperparameter(
        "weight_decay",
        "λ",
        "weight decay",
        default,
        0,
        np.inf,
        (0, 1),
        "It is the pull towards the origin, per unit of learning rate.",
        scale="log",
    )


MOMENTUM = memory("momentum", "μ", "momentum", 0.9, "It is the fraction of velocity kept per step.")
BETA1 = memory("beta1", "β₁", "memory of gradients", 0.9, "It is the fraction of the mean gradient kept per step.")
BETA2 = memory(
    "beta2", "β₂", "memory of squares", 0.999, "It is the fraction of the mean squared gradient kept per step."
)
