"""A recorded rule must be the rule: to the last digit, for every optimizer and surface, however few cells are left."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from adadelta_viz.core import OPTIMIZERS, SURFACES, Optimizer, Surface, descend, sweep
from adadelta_viz.core.arrays import Array
from adadelta_viz.core.run import measures
from adadelta_viz.core.run.engine.batch import Batch, run_batch
from adadelta_viz.core.run.engine.replay import Replay, Settings, power
from adadelta_viz.core.run.engine.trace import TraceError, Tracer
from adadelta_viz.core.run.measures import Measure
from adadelta_viz.core.run.trajectory import Iterate
from adadelta_viz.core.surfaces.surface import X, Y
from tests.about import about

every_optimizer = pytest.mark.parametrize("optimizer", OPTIMIZERS.values(), ids=lambda optimizer: optimizer.key)
NUMBERS = arrays(np.float64, (2, 5), elements=st.floats(-4, 4))
FORMULAS: list[Callable[[Any, Any], list[Any]]] = [
    lambda x, y: [x * x + y, x - 2 * y],
    lambda x, y: [x, y + 1],  # an output that is an input
    lambda x, y: [y + x, y + x],
    lambda x, y: [x**2 + y**0.5, 1 / y],
    lambda x, y: [np.where(x > y, x, np.where(x < 0, -1.0, y)), np.clip(x, -1, 1)],
    lambda x, y: [np.maximum(x, y) - np.minimum(x, 0.0), 3.0],  # a constant output
    lambda x, y: [x * 1 + 1.0 * y, (x + y) * (x + y)],
    lambda x, y: [np.exp(x) - np.cos(y), np.sign(x) * abs(y)],
]


@given(at=NUMBERS)
@pytest.mark.parametrize("formula", FORMULAS, ids=range(len(FORMULAS)))
def test_a_replayed_formula_gives_the_same_digits(formula: Callable[[Any, Any], list[Any]], at: Array) -> None:
    tracer = Tracer()
    x, y = tracer.cell(1), tracer.cell(1)
    tracer.outputs = formula(x, y)
    targets = list(np.empty((2, 5)))
    before = at.copy()
    with np.errstate(all="ignore"):
        replay = Replay(tracer, {x: at[0], y: at[1]}, targets, Settings({}), {})
        for t in range(2):  # buffers are used again
            replay.run(t)
            for got, expected in zip(targets, formula(*at), strict=True):
                np.testing.assert_array_equal(got, np.broadcast_to(expected, 5))
    np.testing.assert_array_equal(at, before)


@given(at=NUMBERS)
def test_a_target_may_be_an_input(at: Array) -> None:
    tracer, expected = Tracer(), [at[0] * at[1] + at[0], at[0] - at[1]]
    x, y = tracer.cell(1), tracer.cell(1)
    tracer.outputs = [x * y + x, x - y]
    Replay(tracer, {x: at[0], y: at[1]}, list(at), Settings({}), {}).run(0)
    np.testing.assert_array_equal(at, expected)


@pytest.mark.parametrize(
    "formula",
    [lambda x: x if x > 0 else -x, lambda x: np.add.reduce(x), lambda x: np.linalg.norm(x), lambda x: np.modf(x)[0]],
    ids=["a branch", "a sum", "a norm", "two results"],
)
def test_what_is_more_than_arithmetic_on_cells_is_refused(formula: Callable[[Any], Any]) -> None:
    with pytest.raises((TraceError, TypeError)):
        formula(Tracer().cell(1))


def test_a_power_has_the_digits_of_plain_numbers() -> None:
    bases = np.random.default_rng(0).uniform(0, 1, 500)
    assert power(bases, 7).tolist() == [base**7 for base in bases.tolist()]
    assert power(0.9, 100) == 0.9**100


def test_settings_are_computed_once_for_each_distinct_value() -> None:
    settings = Settings({"a": np.array([2.0, 1.0, 2.0, 1.0]), "b": np.array([5.0, 5.0, 5.0, 6.0])})
    levels, place = settings.table(frozenset("a"))
    assert (levels["a"].tolist(), place.tolist()) == ([1, 2], [1, 0, 1, 0])
    pairs, where = settings.table(frozenset("ab"))
    assert len(pairs["a"]) == 3
    assert [(pairs["a"][i], pairs["b"][i]) for i in where] == [(2, 5), (1, 5), (2, 5), (1, 6)]
    settings.compact(np.array([3, 0]))
    assert settings.table(frozenset("a"))[1].tolist() == [0, 1]
    assert settings.each["b"].tolist() == [6, 5]


def hyper(optimizer: Optimizer, count: int) -> dict[str, Any]:
    """Every hyperparameter different from cell to cell."""
    random = np.random.default_rng(1)
    return {each.name: each.default * random.uniform(0.3, 1.0, count) for each in optimizer.hyperparameters}


@every_optimizer
def test_every_rule_and_surface_is_recorded_and_replayed_to_the_last_digit(optimizer: Optimizer) -> None:
    for surface in SURFACES.values():
        with about(surface.key):
            assert_recorded_and_replayed(optimizer, surface)


def assert_recorded_and_replayed(optimizer: Optimizer, surface: Surface) -> None:
    settings = hyper(optimizer, 4)
    batch = Batch(surface, optimizer, np.repeat(np.reshape(surface.start, (2, 1)), 4, axis=1), settings)
    assert batch.recorded, "a rule or a surface that is called as it is would be slow"
    seen = np.full((13, 3, 4), np.nan)

    def on_iterate(iterate: Iterate, cells: Any, _: Any) -> None:
        seen[iterate.t][:, cells] = *iterate.theta, iterate.value

    run_batch(batch, 12, None, on_iterate)
    for cell in range(4):
        own: dict[str, Any] = {name: float(values[cell]) for name, values in settings.items()}
        run = descend(surface, optimizer, surface.start, 12, **own)
        np.testing.assert_array_equal(seen[: len(run.theta), :2, cell], run.theta)
        np.testing.assert_array_equal(seen[: len(run.theta), 2, cell], run.value)
        assert np.isnan(seen[len(run.theta) :, :, cell]).all()


@every_optimizer
def test_cells_that_leave_change_nothing_for_those_that_stay(optimizer: Optimizer) -> None:
    surface, settings = SURFACES["himmelblau"], hyper(optimizer, 6)
    start = np.random.default_rng(2).uniform(-3, 3, (2, 6))
    leaving = {2: [0], 5: [3, 5], 6: [1]}
    kept: dict[int, Array] = {}

    def on_iterate(iterate: Iterate, cells: Any, _: Any) -> Any:
        numbers = np.arange(6)[cells]
        kept.update(zip(numbers.tolist(), iterate.theta.T.copy(), strict=True))
        return np.isin(numbers, leaving.get(iterate.t, []))

    run_batch(Batch(surface, optimizer, start, settings), 9, None, on_iterate)
    ends = {cell: t for t, cells in leaving.items() for cell in cells} | {2: 9, 4: 9}
    for cell, end in ends.items():
        own: dict[str, Any] = {name: float(values[cell]) for name, values in settings.items()}
        np.testing.assert_array_equal(kept[cell], descend(surface, optimizer, start[:, cell], 9, **own).theta[end])


def _with_update(update: Any) -> Optimizer:
    sgd = OPTIMIZERS["sgd"]
    return Optimizer("own", "Own", "", "", sgd.hyperparameters, update, sgd.equations)


def _clipped(_: Array, gradient: Array, __: Any, ___: int, *, lr: Any) -> Any:
    """A rule that couples the coordinates: it cannot be recorded."""
    length = np.linalg.norm(gradient, axis=0)
    return -lr * gradient / np.maximum(length, 1.0), ()


def _on_off(_: Array, gradient: Array, __: Any, t: int, *, lr: Any) -> Any:
    """A rule that looks at the clock before it decides."""
    return (-lr * gradient if t % 2 else gradient * 0.0), ()


@pytest.mark.parametrize("update", [_clipped, _on_off])
def test_a_rule_that_cannot_be_recorded_is_called_as_it_is(update: Any) -> None:
    optimizer, rates = _with_update(update), np.array([0.01, 0.1, 5.0])
    swept = sweep(SURFACES["sphere"], optimizer, (-4.0, 3.0), 30, measures.last_value, lr=rates)
    batch = measures.last_value(descend(SURFACES["sphere"], optimizer, (-4.0, 3.0), 30, lr=rates))
    np.testing.assert_array_equal(swept, batch)


def test_a_surface_that_cannot_be_recorded_is_called_as_it_is() -> None:
    stairs = Surface("own", "Own", sp.Piecewise((X**2, X > 0), (2 * X**2, True)) + Y**2, ((-3, 3), (-3, 3)), (1.0, 1.0))
    starts = np.array([[-2.0, 0.0, 2.0], [1.0, 1.0, 1.0]])
    swept = sweep(stairs, OPTIMIZERS["adam"], starts, 30, measures.last_value)
    np.testing.assert_array_equal(swept, measures.last_value(descend(stairs, OPTIMIZERS["adam"], starts, 30)))


@pytest.mark.parametrize("measure", [measures.steps_to(0.5), measures.diverged_at], ids=lambda measure: measure.name)
def test_whose_number_is_final_may_stop_early(measure: Measure) -> None:
    seen: list[int] = []

    def fold(kept: Array, iterate: Iterate) -> Any:
        seen.append(np.size(iterate.value))
        return measure.fold(kept, iterate)

    watched = Measure(measure.name, measure.start, fold, measure.final)
    rates = np.geomspace(1e-3, 10, 40)
    swept = sweep(SURFACES["quadratic"], OPTIMIZERS["sgd"], (-8.0, 1.0), 400, watched, lr=rates)
    np.testing.assert_array_equal(
        swept, sweep(SURFACES["quadratic"], OPTIMIZERS["sgd"], (-8.0, 1.0), 400, measure, lr=rates)
    )
    assert seen[0] == 40
    assert seen[-1] < 40


def test_a_batch_of_no_cells_is_empty() -> None:
    none = sweep(SURFACES["sphere"], OPTIMIZERS["sgd"], (1.0, 1.0), 3, measures.best_value, lr=np.empty(0))
    assert none.shape == (0,)


def test_a_run_that_diverged_is_folded_once_more_and_never_again() -> None:
    """A few of many diverge, at different steps: they stay in the batch for a while, and nobody sees it."""
    rates, counted = np.append(np.full(60, 0.01), [0.5, 1.0, 2.0]), Measure("iterates", 0.0, lambda kept, _: kept + 1)
    surface, sgd = SURFACES["quadratic"], OPTIMIZERS["sgd"]
    swept = sweep(surface, sgd, surface.start, 300, counted, lr=rates)
    for rate in (0.01, 0.5, 1.0, 2.0):
        run = descend(surface, sgd, surface.start, 300, lr=rate)
        assert swept[rates == rate].tolist() == [float(counted(run))] * np.count_nonzero(rates == rate)
    assert len(set(swept.tolist())) == 4
