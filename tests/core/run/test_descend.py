from collections.abc import Mapping
from itertools import product
from typing import Any

import numpy as np
import pytest

from adadelta_viz.core import OPTIMIZERS, SURFACES, Optimizer, Surface, descend, sweep
from adadelta_viz.core.arrays import Array
from adadelta_viz.core.run import measures
from adadelta_viz.core.run.measures import Measure
from tests.about import about

ROSENBROCK, QUADRATIC = SURFACES["rosenbrock"], SURFACES["quadratic"]
ADADELTA, SGD = OPTIMIZERS["adadelta"], OPTIMIZERS["sgd"]
MEASURES = [measures.best_value, measures.last_value, measures.diverged_at, measures.steps_to(1.0)]

every_optimizer = pytest.mark.parametrize("optimizer", OPTIMIZERS.values(), ids=lambda optimizer: optimizer.key)
every_measure = pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.name)
CONDITIONS = [(key, noise) for noise in (0.0, 0.3) for key in ("rosenbrock", "himmelblau", "rastrigin", "matyas")]


def assert_batch_is_singles(
    surface: Surface, optimizer: Optimizer, start: Array, steps: int, noise: float, hyper: Mapping[str, Any]
) -> None:
    batch = descend(surface, optimizer, start, steps, noise=noise, seed=3, **hyper)
    for index in np.ndindex(batch.diverged_at.shape):
        shape = batch.diverged_at.shape
        own = {name: float(np.broadcast_to(value, shape)[index]) for name, value in hyper.items()}
        at = np.broadcast_to(start.reshape(2, *(1,) * (1 + len(shape) - start.ndim), *start.shape[1:]), (2, *shape))
        single = descend(surface, optimizer, at[(slice(None), *index)], steps, noise=noise, seed=3, **own)
        both = {"theta": (batch.theta, single.theta), "delta": (batch.delta, single.delta)}
        both |= {"gradient": (batch.gradient, single.gradient)}
        both |= {name: (batch.state[name], single.state[name]) for name in single.state}
        for name, (many, one) in both.items():
            row = many[(slice(None), slice(None), *index)]
            np.testing.assert_allclose(row[: len(one)], one, rtol=1e-12, atol=1e-12, err_msg=name)
            assert np.isnan(row[len(one) :]).all()
        np.testing.assert_allclose(batch.value[(slice(None), *index)][: len(single.value)], single.value, rtol=1e-11)
        assert batch.diverged_at[index] == single.diverged_at


@every_optimizer
def test_a_batch_of_starts_is_its_single_runs(optimizer: Optimizer) -> None:
    for key, noise in CONDITIONS:
        start = np.array(SURFACES[key].start)[:, None] + np.array([[0.0, 0.1, -0.2], [0.0, 0.3, 0.05]])
        with about(key, noise):
            assert_batch_is_singles(SURFACES[key], optimizer, start, 40, noise, {})


@every_optimizer
def test_a_batch_of_hyperparameters_is_its_single_runs(optimizer: Optimizer) -> None:
    first, *others = optimizer.hyperparameters
    hyper: dict[str, Any] = {first.name: first.default * np.array([[0.2], [0.6], [1.0]])}
    hyper |= {each.name: each.default * np.array([0.5, 1.0]) for each in others}
    for key, noise in CONDITIONS:
        with about(key, noise):
            assert_batch_is_singles(SURFACES[key], optimizer, np.array(SURFACES[key].start), 40, noise, hyper)


@every_optimizer
def test_starts_and_hyperparameters_broadcast_together(optimizer: Optimizer) -> None:
    start = np.array([[-1.5, 0.5], [2.0, 0.0]])
    first = optimizer.hyperparameters[0]
    hyper: dict[str, Any] = {first.name: first.default * np.array([[0.5], [1.0], [0.7]])}
    assert descend(ROSENBROCK, optimizer, start, 5, **hyper).theta.shape == (6, 2, 3, 2)
    assert_batch_is_singles(ROSENBROCK, optimizer, start, 20, 0.0, hyper)


@every_optimizer
def test_a_sweep_measures_what_the_trajectories_say(optimizer: Optimizer) -> None:
    first = optimizer.hyperparameters[0]
    hyper: dict[str, Any] = {first.name: first.default * np.array([0.2, 0.7, 1.0])}
    for surface, noise in product((ROSENBROCK, QUADRATIC, SURFACES["saddle"]), (0.0, 0.3)):
        runs = descend(surface, optimizer, surface.start, 40, noise=noise, seed=5, **hyper)
        for measure in MEASURES:
            swept = sweep(surface, optimizer, surface.start, 40, measure, noise=noise, seed=5, **hyper)
            said = f"{measure.name} on {surface.key} with noise {noise}"
            np.testing.assert_array_equal(swept, measure(runs), err_msg=said)


@every_measure
@pytest.mark.parametrize("rates", [(1e-3, 1.0, 0.5), (1.0,)], ids=str)
def test_a_sweep_and_a_batch_agree_on_runs_that_diverge(measure: Measure, rates: tuple[float, ...]) -> None:
    hyper: dict[str, Any] = {"lr": np.array(rates)}
    swept = sweep(QUADRATIC, SGD, QUADRATIC.start, 200, measure, **hyper)
    kept = measure(descend(QUADRATIC, SGD, QUADRATIC.start, 200, **hyper))
    np.testing.assert_array_equal(swept, kept)


@every_measure
def test_a_sweep_and_a_single_run_agree_on_a_run_that_diverges(measure: Measure) -> None:
    swept = sweep(QUADRATIC, SGD, QUADRATIC.start, 200, measure, lr=1.0)
    np.testing.assert_array_equal(swept, measure(descend(QUADRATIC, SGD, QUADRATIC.start, 200, lr=1.0)))


def test_a_sweep_over_a_grid_has_the_shape_of_the_grid() -> None:
    rho, eps = np.linspace(0.5, 0.99, 4), np.geomspace(1e-8, 1e-2, 3)
    best = sweep(ROSENBROCK, ADADELTA, (-1.5, 2.0), 50, measures.best_value, rho=rho[:, None], eps=eps[None, :])
    assert best.shape == (4, 3)
    single = descend(ROSENBROCK, ADADELTA, (-1.5, 2.0), 50, rho=rho[2], eps=eps[1])
    assert best[2, 1] == pytest.approx(float(measures.best_value(single)), rel=1e-12)
    assert sweep(ROSENBROCK, ADADELTA, (-1.5, 2.0), 50, measures.best_value).shape == ()


@every_optimizer
def test_each_iterate_is_the_one_before_plus_the_update(optimizer: Optimizer) -> None:
    run = descend(ROSENBROCK, optimizer, (-1.5, 2.0), 60, noise=0.1)
    assert (run.theta[1:] == run.theta[:-1] + run.delta).all()
    np.testing.assert_array_equal(run.value, ROSENBROCK.value(run.theta.T))
    assert run.theta[0].tolist() == [-1.5, 2.0]


@every_optimizer
def test_a_run_has_one_row_for_the_start_and_one_for_each_step(optimizer: Optimizer) -> None:
    run = descend(SURFACES["sphere"], optimizer, (-4.0, 3.0), 12)
    assert run.theta.shape == run.gradient.shape == (13, 2)
    assert run.value.shape == (13,)
    assert run.delta.shape == (12, 2)
    assert {name: record.shape for name, record in run.state.items()} == dict.fromkeys(optimizer.state, (13, 2))
    assert all(record.dtype == np.float64 for record in (run.theta, run.value, run.delta, *run.state.values()))
    assert run.stopped == "steps"


@every_optimizer
def test_a_replayed_run_is_the_run(optimizer: Optimizer) -> None:
    run = descend(SURFACES["sphere"], optimizer, (-4.0, 3.0), 12)
    for t, iterate in enumerate(run.iterates()):
        assert iterate.t == t
        assert (iterate.theta == run.theta[t]).all()
        assert (iterate.delta == (run.delta[t - 1] if t else 0)).all()
        assert len(iterate.state) == len(optimizer.state)


@every_optimizer
def test_the_same_seed_gives_the_same_run_and_another_seed_another(optimizer: Optimizer) -> None:
    runs = [descend(SURFACES["sphere"], optimizer, (-4.0, 3.0), 30, noise=3.0, seed=seed) for seed in (1, 1, 2)]
    assert (runs[0].theta == runs[1].theta).all()
    assert (runs[0].gradient[0] != runs[2].gradient[0]).all()


def test_without_noise_the_seed_does_not_matter() -> None:
    runs = [descend(ROSENBROCK, ADADELTA, (-1.5, 2.0), 30, seed=seed) for seed in (1, 2)]
    assert (runs[0].theta == runs[1].theta).all()


@every_optimizer
def test_a_longer_run_starts_with_the_shorter_one(optimizer: Optimizer) -> None:
    short, long = (descend(SURFACES["booth"], optimizer, (-7.0, 6.0), steps, noise=0.5) for steps in (20, 50))
    assert (long.theta[:21] == short.theta).all()
    assert (long.gradient[:21] == short.gradient).all()


@every_optimizer
def test_a_run_cut_short_is_the_run_with_that_budget(optimizer: Optimizer) -> None:
    for lr in (1e-3, 5.0):
        long = descend(QUADRATIC, optimizer, QUADRATIC.start, 200, noise=0.1, lr=lr)
        for steps in (1, len(long.theta) - 2, len(long.theta) - 1, min(len(long.theta), 199)):
            cut, short = long.until(steps), descend(QUADRATIC, optimizer, QUADRATIC.start, steps, noise=0.1, lr=lr)
            with about(f"lr={lr}", f"{steps} steps"):
                assert cut.stopped == short.stopped
                for name in ("theta", "value", "gradient", "delta"):
                    np.testing.assert_array_equal(getattr(cut, name), getattr(short, name))
                for name, record in short.state.items():
                    np.testing.assert_array_equal(cut.state[name], record)


def test_the_noise_is_added_to_the_slope_and_has_the_given_deviation() -> None:
    run = descend(ROSENBROCK, ADADELTA, (-1.5, 2.0), 2000, noise=0.5, seed=1)
    added = run.gradient - ROSENBROCK.gradient(run.theta.T).T
    np.testing.assert_allclose(added.std(axis=0), 0.5, rtol=0.05)
    np.testing.assert_allclose(added.mean(axis=0), 0, atol=0.05)
    assert abs(np.mean(added[:, 0] * added[:, 1])) < 0.1 * 0.5**2


def test_every_run_of_a_batch_sees_the_same_noise_scaled_to_its_own_deviation() -> None:
    run = descend(SURFACES["sphere"], SGD, (-4.0, 3.0), 10, noise=[0.0, 1.0, 2.0])
    added = run.gradient - 2 * run.theta
    np.testing.assert_allclose(added[..., 0], 0, atol=1e-14)
    np.testing.assert_allclose(added[..., 2], 2 * added[..., 1], rtol=1e-10)


def test_a_run_that_diverges_ends_with_its_last_finite_iterate() -> None:
    run = descend(QUADRATIC, SGD, QUADRATIC.start, 500, lr=1.0)
    assert run.stopped == f"diverged at step {len(run.theta)}"
    assert 50 < len(run.theta) < 200
    assert len(run.theta) == len(run.value) == len(run.gradient) == len(run.delta) + 1
    for record in (run.theta, run.value, run.gradient, run.delta):
        assert np.isfinite(record).all()


def test_in_a_batch_only_the_run_that_diverged_is_blank_from_there_on() -> None:
    run = descend(QUADRATIC, OPTIMIZERS["momentum"], QUADRATIC.start, 300, lr=np.array([1e-3, 1.0]))
    step = run.diverged_at[1]
    assert run.diverged_at.tolist() == [-1, step]
    assert run.stopped == "1 of 2 diverged"
    for record in (run.theta, run.value, run.gradient, *run.state.values()):
        assert np.isfinite(record[..., 0]).all()
        assert np.isfinite(record[:step, ..., 1]).all()
        assert np.isnan(record[step:, ..., 1]).all()
    assert np.isfinite(run.delta[: step - 1, :, 1]).all()
    assert np.isnan(run.delta[step - 1 :, :, 1]).all()


@every_optimizer
def test_every_kept_number_is_finite_however_wild_the_run(optimizer: Optimizer) -> None:
    """The wildest settings that a link can ask for."""
    wild: dict[str, Any] = {each.name: each.span[1] for each in optimizer.hyperparameters if each.name in ("lr", "eps")}
    for key, surface in SURFACES.items():
        run = descend(surface, optimizer, surface.start, 1000, **wild)
        kept = {"theta": run.theta, "value": run.value, "gradient": run.gradient, "delta": run.delta, **run.state}
        assert [name for name, record in kept.items() if not np.isfinite(record).all()] == [], key


def test_a_start_where_the_height_overflows_is_refused() -> None:
    with pytest.raises(ValueError, match=r"start must be a point where f is finite: got .*, where f is inf"):
        descend(ROSENBROCK, SGD, (1e200, 0.0), 5)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"start": (1.0, 2.0, 3.0)}, r"start must have two coordinates, \(x, y\): got shape \(3,\)"),
        ({"start": (np.nan, 2.0)}, r"start must be finite: got \(nan, 2.0\)"),
        ({"start": (0.0, -np.inf)}, "start must be finite: got"),
        ({"steps": 0}, "steps must be a whole number, at least 1: got 0. It is the number of updates."),
        ({"steps": -5}, "steps must be a whole number, at least 1: got -5"),
        ({"steps": 2.5}, "steps must be a whole number, at least 1: got 2.5"),
        ({"noise": -0.1}, r"noise must be in \[0, inf\): got -0.1"),
        ({"noise": np.nan}, r"noise must be in \[0, inf\): got nan"),
        ({"noise": np.inf}, r"noise must be in \[0, inf\): got inf"),
        ({"noise": [0.0, -1.0]}, r"noise must be in \[0, inf\): got"),
        ({"rho": 1.0}, r"rho must be in \[0, 1\): got 1.0"),
        ({"lr": -1.0}, r"lr must be in \[0, inf\): got -1.0"),
        ({"momentum": 0.9}, "AdaDelta has no hyperparameter momentum: it has rho, eps, lr."),
    ],
    ids=str,
)
def test_an_argument_out_of_its_range_is_named(changed: dict[str, Any], says: str) -> None:
    arguments: dict[str, Any] = {"start": (-1.5, 2.0), "steps": 5} | changed
    with pytest.raises(ValueError, match=says):
        descend(ROSENBROCK, ADADELTA, **arguments)
    with pytest.raises(ValueError, match=says):
        sweep(ROSENBROCK, ADADELTA, measure=measures.best_value, **arguments)


def test_the_start_is_copied_and_not_moved() -> None:
    start = np.array([[-1.5, 0.0], [2.0, 0.0]])
    run = descend(ROSENBROCK, SGD, start, 5)
    assert start.tolist() == [[-1.5, 0.0], [2.0, 0.0]]
    assert not np.shares_memory(run.theta, start)
