"""What is said of a claim does not hang on rounding: starts that differ in their last bits give the same sentences."""

import gc
import sys
from collections.abc import Iterator
from functools import _lru_cache_wrapper
from typing import Any

import numpy as np
import pytest

from adadelta_viz.claims import CLAIMS
from adadelta_viz.claims.walk import walk
from adadelta_viz.core.arrays import Array, as_theta
from adadelta_viz.core.run import descend
from tests.readme import unchanged

LONG = ("competitive", "sparse", "smooth")
"""Their experiments take a second and more; that of the first looks at starts in all last bits by itself."""


def forget() -> None:
    """Empty what the project keeps of earlier computations."""
    for each in gc.get_objects():
        if isinstance(each, _lru_cache_wrapper) and str(each.__module__).startswith("adadelta_viz."):
            each.cache_clear()


@pytest.fixture(scope="module")
def said() -> dict[str, tuple[str, str]]:
    """The verdict and the sentence of every claim when nobody touches its controls."""
    return {key: (unchanged(claim).verdict, unchanged(claim).sentence) for key, claim in CLAIMS.items()}


@pytest.fixture
def moved(
    monkeypatch: pytest.MonkeyPatch,
    said: dict[str, tuple[str, str]],  # noqa: ARG001  # measured before anything is moved
) -> Iterator[None]:
    """Move every start by up to four units in the last place."""
    draws = np.random.default_rng(1)

    def move(theta: Array) -> Array:
        bits = draws.integers(-4, 5, (len(theta), *(1,) * (theta.ndim - 1)))
        return np.asarray(theta * (1 + bits * np.finfo(float).eps))

    def walk_from_there(optimizer: Any, gradient: Any, start: Array, steps: int, **hyper: Any) -> Any:
        return walk(optimizer, gradient, move(start), steps, **hyper)

    monkeypatch.setattr(descend, "as_theta", lambda start: move(as_theta(start)))
    for name in [name for name in sys.modules if name.startswith("adadelta_viz.claims.")]:
        if getattr(sys.modules[name], "walk", None) is walk:
            monkeypatch.setattr(sys.modules[name], "walk", walk_from_there)
    yield
    forget()


@pytest.mark.usefixtures("moved")
@pytest.mark.parametrize("key", CLAIMS)
def test_verdict_and_sentence_survive_a_change_in_the_last_bits_of_the_start(
    said: dict[str, tuple[str, str]], key: str
) -> None:
    for _ in range(1 if key in LONG else 2):
        forget()
        finding = CLAIMS[key].finding()
        assert (finding.verdict, finding.sentence) == said[key]
