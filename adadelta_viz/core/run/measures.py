"""What to keep of a run: folds that a sweep applies step by step, and the facts that a page tells about one run.

A measure folds one iterate after the other into one number per run; called on a finished trajectory it gives the same
number, so that maps and single runs agree by construction.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from adadelta_viz.core.arrays import Array
from adadelta_viz.core.run.trajectory import Iterate, Trajectory
from adadelta_viz.core.surfaces.surface import Surface


@dataclass(frozen=True)
class Measure:
    """A number per run, folded over its iterates.

    Parameters
    ----------
    name
        What axes and tables call it.
    start
        The kept number before the first iterate.
    fold
        From the kept numbers ``(*batch)`` and an iterate to the new kept numbers.
    final
        From the kept numbers to a mask of those that no further iterate can change; None if any can.
    """

    name: str
    start: float
    fold: Callable[[Any, Iterate], Any]
    final: Callable[[Any], NDArray[np.bool_]] | None = None

    def __call__(self, run: Trajectory) -> Array:
        """Fold a finished trajectory: the same number that a sweep over the same run gives."""
        kept: Any = self.start
        for iterate in run.iterates():
            kept = self.fold(kept, iterate)
        return np.asarray(kept, dtype=float)


def _finite(iterate: Iterate) -> Any:
    """Tell which runs of a batch are finite: their value, their place and their memory."""
    return np.isfinite(iterate.value) & np.all(
        [np.isfinite(each).all(axis=0) for each in (iterate.theta, *iterate.state)], axis=0
    )


best_value = Measure(
    "best value",
    np.inf,
    lambda best, iterate: np.fmin(best, iterate.value),
)
"""The lowest finite value that a run met, its start included."""

last_value = Measure("last value", np.nan, lambda last, iterate: np.where(_finite(iterate), iterate.value, last))
"""The value where a run ended: after its last step, or at its last finite iterate."""

final_value = Measure("value at the end", np.inf, lambda _, iterate: np.where(_finite(iterate), iterate.value, np.inf))
"""The value after the last step; infinite for a run that is no longer finite there, which has none."""

diverged_at = Measure(
    "diverged at step",
    np.nan,
    lambda when, iterate: np.where(np.isnan(when) & ~_finite(iterate), iterate.t, when),
    final=lambda when: ~np.isnan(when),
)
"""The first step at which a run was no longer finite; nan if it stayed finite."""


def steps_to(level: float) -> Measure:
    """Return the measure "number of steps until the value is first at or below ``level``"; nan if it never is.

    Examples
    --------
    >>> from adadelta_viz.core import OPTIMIZERS, SURFACES, descend
    >>> run = descend(SURFACES["sphere"], OPTIMIZERS["sgd"], (-4.0, 3.0), 100, lr=0.1)
    >>> float(steps_to(0.01)(run))
    18.0
    """
    return Measure(
        f"steps to {level:g}",
        np.nan,
        lambda when, iterate: np.where(np.isnan(when) & (iterate.value <= level), iterate.t, when),
        final=lambda when: ~np.isnan(when),
    )


def effective_rate(run: Trajectory) -> Array:
    """Return the length of each step per unit of the gradient that caused it, ``(steps, 2, *batch)``.

    For AdaDelta this is the learning rate that it makes for itself, RMS[Δx]ₜ₋₁ / RMS[g]ₜ. It is nan where the
    gradient is zero.

    Examples
    --------
    >>> from adadelta_viz.core import OPTIMIZERS, SURFACES, descend
    >>> effective_rate(descend(SURFACES["sphere"], OPTIMIZERS["sgd"], (-4.0, 3.0), 2, lr=0.1))
    array([[0.1, 0.1],
           [0.1, 0.1]])
    """
    with np.errstate(all="ignore"):
        rate = np.abs(run.delta / run.gradient[:-1])
    return np.where(np.isfinite(rate), rate, np.nan)


class Standing(NamedTuple):
    """How a run stands after each step: what a ranking shows when the clock is there.

    ``best``, ``now``, ``length`` and ``largest`` have shape ``(steps + 1, *batch)``: the lowest value so far, the
    value now, the length of the path so far, the longest step so far. ``reached`` and ``diverged`` have shape
    ``(*batch)``: the first step within the tolerance of the minimum, the first that was not finite, or -1.
    """

    best: Array
    now: Array
    length: Array
    largest: Array
    reached: NDArray[np.int64]
    diverged: NDArray[np.int64]


def standing(run: Trajectory, minimum: float | None, tolerance: float) -> Standing:
    """Follow a run (or a batch) step by step, for a ranking.

    Parameters
    ----------
    run
        The trajectory, ``(steps + 1, 2, *batch)``.
    minimum
        The lowest value f* of the surface; None where it has none, then nothing counts as reached.
    tolerance
        A run has arrived when f − f* is at most this.

    Examples
    --------
    >>> from adadelta_viz.core import OPTIMIZERS, SURFACES, descend
    >>> run = descend(SURFACES["sphere"], OPTIMIZERS["sgd"], (-4.0, 3.0), 100, lr=0.1)
    >>> found = standing(run, minimum=0.0, tolerance=0.01)
    >>> int(found.reached), float(found.length[-1].round(3))
    (18, 5.0)
    """
    steps = np.linalg.norm(run.delta, axis=1)
    still = np.zeros_like(run.value[:1])
    arrived = run.value - minimum <= tolerance if minimum is not None else np.zeros(run.value.shape, dtype=bool)
    return Standing(
        best=np.fmin.accumulate(run.value),
        now=run.value,
        length=np.concatenate([still, np.cumsum(steps, axis=0)]),
        largest=np.concatenate([still, np.fmax.accumulate(steps)]) if len(steps) else still,
        reached=np.where(arrived.any(axis=0), np.argmax(arrived, axis=0), -1),
        diverged=run.diverged_at,
    )


class Facts(NamedTuple):
    """What a page says about one run in a line: found where and when, ended where and why."""

    best_value: float
    best_step: int
    last_value: float
    last_step: int
    stopped: str
    left_map_at: int | None
    distance: float | None


def facts(surface: Surface, run: Trajectory) -> Facts:
    """Summarise a single run on its surface.

    ``left_map_at`` is the first step outside the drawn window, ``distance`` the Euclidean distance from the last
    iterate to the nearest listed minimum; both are None where there is none.

    Examples
    --------
    >>> from adadelta_viz.core import OPTIMIZERS, SURFACES, descend
    >>> run = descend(SURFACES["saddle"], OPTIMIZERS["sgd"], (1.0, 0.001), 100, lr=0.1)
    >>> found = facts(SURFACES["saddle"], run)
    >>> found.left_map_at, found.distance, found.stopped
    (42, None, 'steps')
    """
    best = int(np.argmin(run.value))
    low, high = np.transpose(surface.domain)
    outside = np.flatnonzero(((run.theta < low) | (run.theta > high)).any(axis=1))
    distances = np.linalg.norm(np.reshape(surface.minima, (-1, 2)) - run.theta[-1], axis=1)
    return Facts(
        best_value=float(run.value[best]),
        best_step=best,
        last_value=float(run.value[-1]),
        last_step=len(run.value) - 1,
        stopped=run.stopped,
        left_map_at=int(outside[0]) if outside.size else None,
        distance=float(distances.min()) if distances.size else None,
    )
