"""Claim 7, "Good with sparse gradients": a regression whose features are mostly absent, and slopes that come rarely."""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from adadelta_viz.claims import controls
from adadelta_viz.claims.claim import Claim, Finding, Numbers, Verdict, found
from adadelta_viz.claims.picture import Chart, bars, curve
from adadelta_viz.claims.walk import steps_of, walk
from adadelta_viz.core import OPTIMIZERS
from adadelta_viz.core.arrays import Array
from adadelta_viz.core.parameter import Parameter
from adadelta_viz.experiments.parameters import RUN_SETTINGS
from adadelta_viz.figures import Axis
from adadelta_viz.notation.numbers import written

FEATURES, TESTED, TRIED = 100, 2000, 8
GAPS, GAP_STEPS = np.array([1, 2, 5, 10, 20, 50, 100, 200, 500]), 5000
_RIVALS = tuple(key for key in controls.RIVALS if key != "momentum")
_LIMITS = {"as_good": 1.05, "better": 1.5, "tried": TRIED}


def find(rarity: float, steps: float, seed: float) -> Finding:
    """Train a logistic regression on rare features with five optimizers, each with the best of eight settings."""
    problem = _problem(rarity, int(steps), int(seed))
    left = {key: float(_left(key, problem).min()) for key in _RIVALS}
    moved = {key: _per_slope(key) for key in _RIVALS}
    numbers = {
        **left,
        "untrained": problem.untrained,
        "steps": steps,
        "absent": 100 * (1 - problem.often[-1]),
        "gap": GAPS[-1],
        **{f"{key}_gap": values[-1] / values[0] for key, values in moved.items()},
    }
    caption = (
        f"{FEATURES} features, each present in half of the examples over its rank to the power of {written(rarity)}; "
    )
    caption += f"{written(steps)} examples, seed {written(seed)}, the best of {TRIED} settings"
    return found(
        _verdict,
        _TOLD,
        numbers,
        bars("What is left to learn", left, Axis("Kullback-Leibler divergence", floor=0), caption),
        _of_gaps(moved),
    )


class Problem(NamedTuple):
    """Examples to learn from and to be tested on; how often each feature is present; the loss of not learning."""

    examples: Array
    labels: Array
    tests: Array
    truth: Array
    often: Array
    untrained: float


@lru_cache(maxsize=32)
def _problem(rarity: float, steps: int, seed: int) -> Problem:
    random = np.random.default_rng(seed)
    often = 0.5 * np.arange(1.0, FEATURES + 1) ** -rarity
    weights = random.standard_normal(FEATURES)
    examples, tests = ((random.random((rows, FEATURES)) < often).astype(float) for rows in (steps, TESTED))
    labels = (random.random(steps) < _likely(examples @ weights)).astype(float)
    truth = _likely(tests @ weights)
    return Problem(examples, labels, tests, truth, often, float(_divergence(truth, np.full(TESTED, 0.5))))


def _likely(score: Array) -> Array:
    return 1 / (1 + np.exp(-np.clip(score, -30, 30)))


def _divergence(truth: Array, belief: Array) -> Array:
    """Return the mean Kullback-Leibler divergence of belief from truth, one for each column of beliefs."""
    truth = truth.reshape(-1, *(1,) * (belief.ndim - 1))
    both = truth * np.log(truth / belief) + (1 - truth) * np.log((1 - truth) / (1 - belief))
    return np.asarray(both.mean(axis=0))


def _left(key: str, problem: Problem) -> Array:
    """Train with eight settings at once, one example a step, and return what each has left to learn."""
    optimizer = OPTIMIZERS[key]
    low, high = optimizer.parameters[optimizer.tuned].span
    tuned = {optimizer.tuned: np.geomspace(max(low, 1e-8), min(high, 1.0), TRIED)}

    def slope(weights: Array, t: int) -> Array:
        example = problem.examples[t - 1]
        return np.asarray(example[:, None] * (_likely(example @ weights) - problem.labels[t - 1]))

    weights = np.zeros((FEATURES, TRIED))
    for _, now in steps_of(optimizer, slope, weights, len(problem.examples), **optimizer.resolve(**tuned)):
        weights = now
    return _divergence(problem.truth, _likely(problem.tests @ weights))


@lru_cache(maxsize=8)
def _per_slope(key: str) -> Array:
    """Return how far a walk gets for each slope that it sees, when slopes of one come every k steps."""
    optimizer = OPTIMIZERS[key]
    run = walk(optimizer, lambda _, t: (t % GAPS == 0) * 1.0, np.zeros(len(GAPS)), GAP_STEPS, **optimizer.resolve())
    return np.asarray(np.abs(run.theta[-1]) / (GAP_STEPS // GAPS))


def _of_gaps(moved: Mapping[str, Array]) -> Chart:
    return Chart(
        "Distance for each slope, as a multiple of that when one comes at every step",
        tuple(curve(key, GAPS.astype(float), values / values[0]) for key, values in moved.items()),
        Axis("steps from one slope to the next", log=True),
        Axis("distance", log=True),
        f"Slopes of one, {GAP_STEPS} steps, everybody as this laboratory sets them",
    )


def _verdict(n: Numbers) -> Verdict:
    if n["adadelta"] <= _LIMITS["as_good"] * min(n[key] for key in _RIVALS):
        return "true"
    return "false" if n["adadelta"] >= _LIMITS["better"] * n["adagrad"] else "depends"


_TOLD = (
    "After {steps} examples AdaDelta has {adadelta} left to learn of {untrained}, AdaGrad {adagrad}, RMSprop "
    "{rmsprop}, Adam {adam}, SGD {sgd}; the rarest feature is absent from {absent} % of the examples. In the same "
    "number of steps, a slope that comes every {gap} steps moves AdaDelta {adadelta_gap} times as far as one that "
    "comes at every step, AdaGrad {adagrad_gap} times."
)

CLAIM = Claim(
    "sparse",
    "Sparse gradients",
    "It is good with sparse gradients.",
    (
        Parameter("rarity", "Rarity", 1, (0, 1.5), "It says how fast features become rarer from one to the next."),
        Parameter("steps", "Examples", 3000, (500, 4000), "It is the number of examples, one a step.", whole=True),
        RUN_SETTINGS["seed"].change(meaning="It selects the examples."),
    ),
    find,
    "True when AdaDelta has at most {as_good} times as much left to learn as the best of the five, false when it is "
    "at least {better} times as much as AdaGrad, else it depends. Everybody has the best of {tried} settings.",
    "Sparse means that most entries of a gradient are zero. At each of those zeros both memories fade, so that after "
    "a long gap AdaDelta meets a slope as if it were the first, and answers with the first step. AdaGrad never "
    "forgets: frequent features get small steps, rare ones large steps.",
    "For sparse inputs such as words, start with AdaGrad or Adam. PyTorch's AdaDelta refuses sparse gradients.",
    "popular articles; Duchi, Hazan and Singer (2011) say it of AdaGrad",
    constants=_LIMITS,
)
