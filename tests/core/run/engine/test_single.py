"""A single run walks on plain numbers: here it is held against the same run on arrays, digit for digit."""

from typing import Any

import numpy as np
import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from adadelta_viz.core import OPTIMIZERS, SURFACES, Optimizer, Surface, Trajectory, descend
from adadelta_viz.core.parameter import Parameter
from adadelta_viz.core.run.engine import single
from adadelta_viz.core.surfaces.surface import X, Y
from tests.about import about

every_optimizer = pytest.mark.parametrize("optimizer", OPTIMIZERS.values(), ids=lambda optimizer: optimizer.key)


def records(run: Trajectory) -> dict[str, Any]:
    return {"theta": run.theta, "value": run.value, "gradient": run.gradient, "delta": run.delta, **run.state}


def assert_same(one: Trajectory, other: Trajectory) -> None:
    assert one.stopped == other.stopped
    for name, record in records(one).items():
        np.testing.assert_array_equal(record, records(other)[name], err_msg=name)


def on_arrays(*arguments: Any, **keywords: Any) -> Trajectory:
    def refuse(*_: Any) -> None:
        raise ZeroDivisionError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(single, "run_single", refuse)
        return descend(*arguments, **keywords)


def extremes(optimizer: Optimizer) -> list[dict[str, Any]]:
    """The defaults, the wildest settings that a link can ask for, no guard, no memory."""

    def having(names: str, value: Any) -> dict[str, Any]:
        return {each.name: value(each) for each in optimizer.hyperparameters if each.name in names.split()}

    def highest(each: Parameter) -> float:
        return each.span[1]

    forgetful = having("rho momentum beta1 beta2", lambda _: 0.0)
    return [{}, having("lr eps", highest), having("eps", lambda _: 0.0), forgetful | having("lr", highest)]


@every_optimizer
def test_a_run_on_plain_numbers_is_the_run_on_arrays(optimizer: Optimizer) -> None:
    conditions = [(hyper, noise) for noise in (0.0, 0.3) for hyper in extremes(optimizer)]
    first = list(OPTIMIZERS).index(optimizer.key)
    for place, surface in enumerate(SURFACES.values(), first):  # two on each: every rule and surface meets them all
        for hyper, noise in (conditions[place % 8], conditions[(place + 3) % 8]):
            with about(surface.key, hyper, noise):
                walked: list[Any] = [surface, optimizer, surface.start, 60]
                given: dict[str, Any] = {"noise": noise, "seed": 3, **hyper}
                assert_same(descend(*walked, **given), on_arrays(*walked, **given))


@every_optimizer
def test_a_run_that_starts_without_slope_is_the_run_on_arrays(optimizer: Optimizer) -> None:
    surface = SURFACES["rosenbrock"]
    for hyper in extremes(optimizer):
        assert_same(*(run_single(surface, optimizer, (1.0, 1.0), 20, **hyper) for run_single in (descend, on_arrays)))


@every_optimizer
@given(data=st.data())
def test_whatever_is_asked_for_within_the_sliders(optimizer: Optimizer, data: st.DataObject) -> None:
    surface = data.draw(st.sampled_from(list(SURFACES.values())))
    start = [data.draw(st.floats(*ends)) for ends in surface.domain]
    hyper: dict[str, Any] = {each.name: data.draw(st.floats(*each.span)) for each in optimizer.hyperparameters}
    assert_same(*(run_single(surface, optimizer, start, 40, **hyper) for run_single in (descend, on_arrays)))


@every_optimizer
def test_a_run_is_its_cell_of_a_batch(optimizer: Optimizer) -> None:
    """To the last digit where f has only + − · /; NumPy's exp and cos of a number and of an array may differ there."""
    for surface in SURFACES.values():
        starts = np.array(surface.start)[:, None] + np.array([[0.0, 0.25], [0.0, -0.125]])
        batch = descend(surface, optimizer, starts, 25, noise=0.1)
        rtol = 0 if surface.expression.is_rational_function(X, Y) else 1e-9
        for cell in range(2):
            run = descend(surface, optimizer, starts[:, cell], 25, noise=0.1)
            assert run.diverged_at == batch.diverged_at[cell], surface.key
            for name, record in records(run).items():
                rows = records(batch)[name][: len(record), ..., cell]
                np.testing.assert_allclose(record, rows, rtol=rtol, err_msg=f"{name} on {surface.key}")


def test_where_pythons_numbers_refuse_the_run_is_the_one_on_arrays() -> None:
    surface, lion = Surface("own", "Own", 1 / X + Y**2, ((-1, 1), (-1, 1)), (-1.0, 0.0)), OPTIMIZERS["lion"]
    with pytest.raises(ZeroDivisionError):
        single.run_single(surface, lion, np.array(surface.start), 9, None, lion.resolve(lr=1.0))
    assert descend(surface, lion, surface.start, 9, lr=1.0).stopped == "diverged at step 1"


def test_a_high_power_overflows_as_on_arrays() -> None:
    surface, sgd = Surface("own", "Own", X**20 + Y**2, ((-1, 1), (-1, 1)), (-1.0, 0.0)), OPTIMIZERS["sgd"]
    assert descend(surface, sgd, surface.start, 9, lr=10.0).stopped == "diverged at step 2"


def test_a_root_of_a_negative_number_is_nan_and_never_complex() -> None:
    surface = Surface("own", "Own", sp.Abs(sp.cbrt(X)) + Y**2, ((-1, 1), (-1, 1)), (0.5, 0.0))
    assert descend(surface, OPTIMIZERS["lion"], surface.start, 5, lr=1.0).stopped == "diverged at step 1"
