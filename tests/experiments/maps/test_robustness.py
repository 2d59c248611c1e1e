"""How wide the good region is: what the maps show of "robust to its hyperparameters", measured.

AdaDelta over ρ and ε, Adam over learning rate and β₂, on the ill-conditioned quadratic from (−8, 1), 2,000 steps; a run
arrives when f < 0.01 at some step, and is still there when f < 0.01 after the last.
"""

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

from adadelta_viz.core import OPTIMIZERS, SURFACES, Surface
from adadelta_viz.experiments import outcomes

SIDE = 32
PLANES = {
    "adadelta": {"rho": np.linspace(0.5, 0.99, SIDE)[:, None], "eps": np.geomspace(1e-10, 1e-1, SIDE)},
    "adam": {"lr": np.geomspace(1e-5, 10, SIDE)[:, None], "beta2": np.linspace(0.9, 0.999, SIDE)},
}


class Verdicts(NamedTuple):
    """Which cells of a plane arrive, and which are still there at the end."""

    arrive: NDArray[np.bool_]
    stay: NDArray[np.bool_]


@lru_cache
def verdicts(optimizer: str, noise: float = 0.0, loss: float = 1.0) -> Verdicts:
    """Run a plane; the loss may be multiplied, and the tolerance with it."""
    quadratic = SURFACES["quadratic"]
    scaled = Surface("own", "Own", quadratic.expression * loss, quadratic.domain, quadratic.start, quadratic.minima)
    plane: dict[str, Any] = PLANES[optimizer]
    found = outcomes(scaled, OPTIMIZERS[optimizer], scaled.start, 2000, 0.01 * loss, noise=noise, **plane)
    return Verdicts(~np.isnan(found.reached), found.last <= 0.01 * loss)


def share(mask: NDArray[np.bool_]) -> float:
    return float(np.mean(mask))


def test_a_seventh_of_adadeltas_plane_arrives_and_more_than_half_of_adams() -> None:
    assert share(verdicts("adadelta").arrive) == pytest.approx(0.14, abs=0.015)
    assert share(verdicts("adam").arrive) == pytest.approx(0.555, abs=0.02)


def test_few_cells_of_adadelta_are_still_there_at_the_end() -> None:
    assert share(verdicts("adadelta").stay) == pytest.approx(0.048, abs=0.015)
    assert share(verdicts("adam").stay) == pytest.approx(0.365, abs=0.02)


def test_noise_makes_adadeltas_good_region_wider() -> None:
    noisy = verdicts("adadelta", noise=0.1)
    assert share(noisy.arrive) == pytest.approx(0.21, abs=0.025)
    assert share(noisy.stay) == pytest.approx(0.165, abs=0.025)
    assert share(noisy.arrive) > 1.3 * share(verdicts("adadelta").arrive)
    assert share(verdicts("adam", noise=0.1).arrive) == pytest.approx(share(verdicts("adam").arrive), abs=0.03)


def test_a_hundred_times_the_loss_changes_hardly_any_verdict() -> None:
    one, other = verdicts("adadelta"), verdicts("adadelta", loss=100)
    assert share(one.arrive != other.arrive) < 0.005
    assert share(one.stay != other.stay) < 0.005


def test_a_hundredth_of_the_loss_changes_half_of_them_because_the_curvature_falls_below_two() -> None:
    one, other = verdicts("adadelta"), verdicts("adadelta", loss=0.01)
    assert share(other.arrive) == pytest.approx(0.63, abs=0.02)
    assert share(one.arrive != other.arrive) == pytest.approx(0.49, abs=0.02)
    assert share(other.arrive & ~other.stay) < 0.01, "who arrives stays"
