"""A number that people choose: one class for hyperparameters, starts, budgets and the controls of claims and theory."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, Self

import numpy as np

from adadelta_viz.core.arrays import Number, Scalars


@dataclass(frozen=True)
class Parameter:
    """A number with its default, its limits and its meaning.

    Catalogues, experiments, claims and the theory declare them; links, widgets, axes and programs are made from them.

    Parameters
    ----------
    name
        Keyword in code and in links; of a hyperparameter the paper's or torch's name.
    label
        What a control says, behind the symbol if there is one.
    default
        The value when nobody chooses.
    span
        The smallest and the largest value that a control and a link offer.
    meaning
        One sentence, for tooltips and error messages.
    symbol
        How formulas write it, if they do.
    valid
        The values for which the mathematics makes sense; the span where that is all.
    open_above
        Whether the upper end of ``valid`` itself is excluded.
    scale
        Whether a control moves it by differences or by factors.
    whole
        Whether it counts something.
    library
        The default of torch.optim where ours differs, else None.
    """

    name: str
    label: str
    default: float
    span: tuple[float, float]
    meaning: str
    symbol: str = ""
    valid: tuple[float, float] | None = None
    open_above: bool = False
    scale: Literal["linear", "log"] = "linear"
    whole: bool = False
    library: float | None = None

    @property
    def lower(self) -> float:
        """The smallest value that a control and a link offer."""
        return self.span[0]

    @property
    def upper(self) -> float:
        """The largest value that a control and a link offer."""
        return self.span[1]

    @property
    def title(self) -> str:
        """The label of a control or an axis.

        Examples
        --------
        >>> Parameter("rho", "memory", 0.9, (0, 0.999), "", symbol="ρ").title
        'ρ, memory'
        """
        return f"{self.symbol}, {self.label}" if self.symbol else self.label

    @property
    def range(self) -> str:
        """The values that make sense, as text.

        Examples
        --------
        >>> Parameter("rho", "memory", 0.9, (0, 0.999), "", valid=(0, 1), open_above=True).range
        '[0, 1)'
        """
        low, high = self.valid or self.span
        return f"[{low:g}, {high:g}{')' if self.open_above or np.isinf(high) else ']'}"

    def change(self, *, lower: float | None = None, upper: float | None = None, **other: object) -> Self:
        """Return the parameter with other limits of its control, or with another default or meaning.

        Examples
        --------
        >>> Parameter("eps", "guard", 1e-6, (1e-10, 0.1), "").change(lower=1e-8).span
        (1e-08, 0.1)
        """
        low, high = self.span
        span = (low if lower is None else lower, high if upper is None else upper)
        return replace(self, span=span, **other)  # type: ignore[arg-type]  # replace checks the names itself

    def problem(self, number: float) -> str | None:
        """Say what is expected instead of ``number``, or return None if controls and links may offer it.

        Examples
        --------
        >>> Parameter("steps", "Steps", 900, (1, 2000), "", whole=True).problem(0.5)
        'a whole number between 1 and 2000'
        """
        kind = "a whole number" if self.whole else "a number"
        if self.lower <= number <= self.upper and (not self.whole or number == int(number)):
            return None
        return f"{kind} between {self.lower:g} and {self.upper:g}"

    def check(self, value: Scalars) -> Number:
        """Return a number as float and an array as float64, or raise if any of it makes no sense.

        Raises
        ------
        ValueError
            If a value is not finite or outside the range; the message names it, the range, the value, its meaning.
        """
        array = np.asarray(value, dtype=float)
        low, high = self.valid or self.span
        below = array < high if self.open_above else array <= high
        if not np.all(np.isfinite(array) & (array >= low) & below):
            raise ValueError(f"{self.name} must be in {self.range}: got {value}. {self.meaning}")
        return array if array.ndim else float(array)


def by_name(parameters: Iterable[Parameter]) -> Mapping[str, Parameter]:
    """Return parameters by their names, in their order.

    Examples
    --------
    >>> list(by_name([Parameter("steps", "Steps", 900, (1, 2000), "")]))
    ['steps']
    """
    return {each.name: each for each in parameters}
