"""The axes of a map: one hyperparameter, spread as its nature asks, in values that a link can carry.

Learning rates and ε are spread by factors. A memory such as ρ is spread by its length 1/(1−ρ), because 0.99 differs
from 0.999 as much as 0.9 from 0.99; on a plain scale all that matters would stand in the last column.
"""

from typing import Literal, NamedTuple

import numpy as np

from adadelta_viz.core.arrays import Array
from adadelta_viz.core.optimizers.optimizer import Optimizer
from adadelta_viz.core.parameter import Parameter

Scale = Literal["linear", "log", "memory"]

LOWEST = 1e-5
"""Where a logarithmic axis begins if its hyperparameter may be zero."""


class Axis(NamedTuple):
    """One side of a map.

    Parameters
    ----------
    name
        The hyperparameter, or x0 and y0 for starts.
    label
        Its symbol and meaning, for people.
    scale
        How values are spread: by differences, by factors, or by the length of a memory.
    values
        One for each column or row, ascending.
    """

    name: str
    label: str
    scale: Scale
    values: Array

    @property
    def places(self) -> Array:
        """Where the values lie on an axis that is drawn evenly: nearly equidistant numbers.

        Examples
        --------
        >>> Axis("rho", "ρ", "memory", np.array([0.0, 0.9, 0.99])).places.round(6)
        array([0., 1., 2.])
        """
        return placed(self.values, self.scale)


def placed(values: Array, scale: Scale) -> Array:
    """Map values to the even axis of their scale.

    Examples
    --------
    >>> placed(np.array([1e-6, 1e-2]), "log")
    array([-6., -2.])
    """
    if scale == "log":
        return np.log10(values)
    return np.log10(1 / (1 - values)) if scale == "memory" else np.asarray(values, dtype=float)


def scale_of(each: Parameter) -> Scale:
    """Tell how a hyperparameter is spread over an axis.

    Examples
    --------
    >>> from adadelta_viz.core.optimizers.catalogue import OPTIMIZERS
    >>> [scale_of(each) for each in OPTIMIZERS["adadelta"].hyperparameters]
    ['memory', 'log', 'log']
    """
    return "memory" if each.open_above and each.valid == (0, 1) else each.scale


def axis(each: Parameter, size: int) -> Axis:
    """Spread ``size`` values of a hyperparameter over the range that its slider offers.

    Values have four significant digits, of 1−ρ for a memory, so that links stay short; the ends are exact.

    Examples
    --------
    >>> from adadelta_viz.core.optimizers.catalogue import OPTIMIZERS
    >>> rho, eps, _ = OPTIMIZERS["adadelta"].hyperparameters
    >>> axis(eps, 4).values
    array([1.e-10, 1.e-07, 1.e-04, 1.e-01])
    >>> axis(rho, 4).values
    array([0.   , 0.9  , 0.99 , 0.999])
    """
    scale = scale_of(each)
    low, high = each.span
    if scale == "log":
        spread = [float(f"{value:.4g}") for value in np.geomspace(low or LOWEST, high, size)]
    elif scale == "memory":
        gaps = np.geomspace(1 - low, 1 - high, size)
        spread = [round(1 - float(f"{gap:.4g}"), 12) for gap in gaps]
    else:
        spread = [float(f"{value:.6g}") for value in np.linspace(low, high, size)]
    return Axis(each.name, each.title, scale, np.array(spread))


def plane(optimizer: Optimizer) -> tuple[str | None, str]:
    """Name the two hyperparameters that matter most: (across, up).

    Up is the one that sets the length of the steps, across the most important of the others; None where there is no
    other, then the plane is a strip.

    Examples
    --------
    >>> from adadelta_viz.core.optimizers.catalogue import OPTIMIZERS
    >>> plane(OPTIMIZERS["adadelta"]), plane(OPTIMIZERS["adam"]), plane(OPTIMIZERS["sgd"])
    (('rho', 'eps'), ('beta1', 'lr'), (None, 'lr'))
    """
    others = (each.name for each in optimizer.hyperparameters if each.name != optimizer.tuned)
    return next(others, None), optimizer.tuned
