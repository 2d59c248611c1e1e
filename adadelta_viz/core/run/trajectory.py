"""What a run is: one iterate after the other, and all of them kept."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from adadelta_viz.core.arrays import Array
from adadelta_viz.core.optimizers.optimizer import State


class Iterate(NamedTuple):
    """Where a run stands after t steps, with the slope it sees there and the memory it carries.

    ``value`` has shape ``(*batch)``, everything else ``(2, *batch)``; ``gradient`` includes the noise that the
    optimizer will see, ``delta`` is the update that led here (zero at t = 0).
    """

    t: int
    theta: Array
    value: Array
    gradient: Array
    delta: Array
    state: State


class Trajectory(NamedTuple):
    """A whole run: every iterate, the start first, as long as everything stayed finite.

    Shapes: ``theta`` and ``gradient`` ``(steps + 1, 2, *batch)``, ``value`` ``(steps + 1, *batch)``, ``delta``
    ``(steps, 2, *batch)``, each array of ``state`` ``(steps + 1, 2, *batch)``. A single run that diverged is shorter:
    it ends with its last finite iterate. In a batch, a run that diverged holds nan from there on.
    ``diverged_at`` has shape ``(*batch)``: the first step that was not finite, or -1.
    """

    theta: Array
    value: Array
    gradient: Array
    delta: Array
    state: dict[str, Array]
    diverged_at: NDArray[np.int64]

    @property
    def stopped(self) -> str:
        """Why the run ended: ``"steps"`` (its budget), where it was no longer finite, or where f has no gradient."""
        if self.diverged_at.ndim:
            return f"{np.count_nonzero(self.diverged_at >= 0)} of {self.diverged_at.size} diverged"
        if self.diverged_at < 0:
            return "steps"
        if np.isnan(self.gradient[-1]).any():
            return f"no gradient at step {self.diverged_at - 1}"
        return f"diverged at step {self.diverged_at}"

    def until(self, steps: int) -> "Trajectory":
        """Return the run with a smaller budget: runs start alike, however far they go.

        Examples
        --------
        >>> from adadelta_viz.core import OPTIMIZERS, SURFACES, descend
        >>> descend(SURFACES["sphere"], OPTIMIZERS["sgd"], (-4.0, 3.0), 100).until(2).theta.shape
        (3, 2)
        """
        end = steps + 1
        state = {name: record[:end] for name, record in self.state.items()}
        diverged_at = np.where(self.diverged_at > steps, -1, self.diverged_at)
        return Trajectory(
            self.theta[:end], self.value[:end], self.gradient[:end], self.delta[:steps], state, diverged_at
        )

    def iterates(self) -> Iterator[Iterate]:
        """Replay the run step by step, as the loop produced it; one that diverged ends with a step of nan."""
        for t in range(len(self.value)):
            state = tuple(record[t] for record in self.state.values())
            delta = self.delta[t - 1] if t else np.zeros_like(self.theta[0])
            yield Iterate(t, self.theta[t], self.value[t], self.gradient[t], delta, state)
        if not self.diverged_at.ndim and self.diverged_at >= 0:
            nan = np.full(2, np.nan)
            yield Iterate(len(self.value), nan, nan[0], nan, nan, (nan,) * len(self.state))
