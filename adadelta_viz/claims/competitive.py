"""Claim 11, "Competitive": the tuned race over every surface that has a minimum, computed surface by surface."""

from collections.abc import Iterator

import numpy as np

from adadelta_viz.claims import controls
from adadelta_viz.claims.claim import Claim, Finding, Progress, Verdict, found
from adadelta_viz.claims.picture import Chart, Table
from adadelta_viz.core import OPTIMIZERS, SURFACES, Experiment
from adadelta_viz.core.race import GRID, TOLERANCE, tune
from adadelta_viz.core.settings import BUDGET
from adadelta_viz.figures import Axis, Series

NEAR = TOLERANCE["tolerance"].default
_RIVALS = controls.RIVALS


def find(noise: float, steps: float) -> Iterator[Progress]:
    """Tune everybody on one surface after the other, and count where anybody arrives."""
    settings: dict[str, dict[str, int]] = {}
    for done, surface in enumerate(controls.GOALS, start=1):
        settings[surface] = {key: _arriving(surface, key, noise, int(steps)) for key in _RIVALS}
        yield Progress(done, len(controls.GOALS), _so_far(settings, noise, steps))


def _arriving(surface: str, key: str, noise: float, steps: int) -> int:
    """Count the settings of the tuning grid with which an optimizer arrives."""
    tuning = tune(Experiment(surface, key, {"noise": noise, "steps": steps}))
    return int(np.sum(tuning.best - (SURFACES[surface].minimum or 0.0) <= NEAR))


def _so_far(settings: dict[str, dict[str, int]], noise: float, steps: float) -> Finding:
    arrived = {key: sum(each[key] > 0 for each in settings.values()) for key in _RIVALS}
    share = {key: 100 * sum(each[key] for each in settings.values()) / GRID / len(settings) for key in _RIVALS}
    others = {key: count for key, count in arrived.items() if key != "adadelta"}
    best, worst = max(others, key=others.__getitem__), min(others, key=others.__getitem__)
    numbers = {
        "ours": arrived["adadelta"],
        "surfaces": len(settings),
        "best": arrived[best],
        "worst": arrived[worst],
        "share": share["adadelta"],
        "best_share": max(share[key] for key in others),
        "tried": GRID,
        "near": NEAR,
        "steps": steps,
    }
    told = (
        "With the best of {tried} settings AdaDelta comes within {near} of the minimum on {ours} of {surfaces} "
        "surfaces; "
        f"{OPTIMIZERS[best].title} on {{best}}, {OPTIMIZERS[worst].title} on {{worst}}. Of all its settings {{share}} "
        f"% "
        "arrive; the best of the others has {best_share} %."
    )
    caption = f"{steps:g} steps from the start of the catalogue, gradient noise {noise:g}"
    table = Table(
        f"Settings of {GRID} that arrive",
        ("surface", *controls.titles(_RIVALS)),
        tuple((controls.GOALS[name], *(float(each[key]) for key in _RIVALS)) for name, each in settings.items()),
        caption,
    )
    bars = Series(controls.titles(_RIVALS), np.array([float(arrived[key]) for key in _RIVALS]),
                  "surfaces", "@adadelta", "bars")  # fmt: skip
    chart = Chart("Surfaces on which anybody arrives", (bars,), Axis(""), Axis("surfaces", floor=0), caption)
    return found(_verdict(arrived["adadelta"], list(others.values())), told, numbers, chart, table)


def _verdict(ours: int, others: list[int]) -> Verdict:
    if ours >= max(others):
        return "true"
    return "false" if ours <= min(others) else "depends"


CLAIM = Claim(
    "competitive",
    "The race",
    "It converges as fast as the others.",
    {
        "noise": BUDGET["noise"],
        "steps": BUDGET["steps"]._replace(lower=100),
    },
    find,
    "True when no other optimizer arrives on more surfaces, false when all others arrive on at least as many, else it "
    "depends. Everybody has the best of {tried} settings, spread over the decades of its slider.",
    "Down a valley AdaDelta builds its pace from ε alone and has no momentum, so that it needs many steps; where the "
    "curvature is above two, it cannot stay at the bottom. Both cost it little where gradients are noisy and nobody "
    "needs the exact minimum, as in the networks of the paper.",
    "Try two or three methods with a few learning rates each. No method wins everywhere.",
    "Zeiler (2012), section 4; Schmidt, Schneider and Hennig (2021), arXiv:2007.01547, on how little separates methods",
    constants={"tried": GRID},
)
