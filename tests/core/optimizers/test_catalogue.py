import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adadelta_viz.core import OPTIMIZERS, Optimizer
from tests.about import about

every_optimizer = pytest.mark.parametrize("optimizer", OPTIMIZERS.values(), ids=lambda optimizer: optimizer.key)


@every_optimizer
def test_an_entry_says_what_it_is(optimizer: Optimizer) -> None:
    assert OPTIMIZERS[optimizer.key] is optimizer
    assert optimizer.key.isidentifier()
    assert optimizer.title
    assert optimizer.source
    assert optimizer.idea.endswith(".")
    assert optimizer.equations
    assert all(quantity.meaning for quantity in optimizer.state.values())
    assert optimizer.tuned in {each.name for each in optimizer.hyperparameters}
    assert not set(optimizer.state) & set(optimizer.intermediate)


def test_the_catalogue_is_read_only_and_tells_adadelta_after_rmsprop() -> None:
    catalogue: Any = OPTIMIZERS
    with pytest.raises(TypeError):
        del catalogue["sgd"]
    keys = list(OPTIMIZERS)
    assert keys[0] == "sgd"
    assert keys.index("adagrad") < keys.index("rmsprop") < keys.index("adadelta") < keys.index("adam")


def test_no_two_optimizers_share_a_title() -> None:
    assert len({optimizer.title for optimizer in OPTIMIZERS.values()}) == len(OPTIMIZERS)


@every_optimizer
def test_the_default_is_offered_and_all_that_is_offered_is_permitted(optimizer: Optimizer) -> None:
    for each in optimizer.hyperparameters:
        assert each.span[0] <= each.default <= each.span[1], each.name
        assert each.span[0] < each.span[1], each.name
        for value in (*each.span, each.default):
            assert each.check(value) == value, each.name
        if each.library is not None:
            assert each.library != each.default, each.name
            assert each.span[0] <= each.library <= each.span[1], each.name


@every_optimizer
def test_a_hyperparameter_explains_itself(optimizer: Optimizer) -> None:
    for each in optimizer.hyperparameters:
        assert each.name.isidentifier()
        assert each.symbol, each.name
        assert each.label, each.name
        assert each.meaning.startswith("It "), each.name
        assert each.meaning.endswith("."), each.name


@every_optimizer
def test_a_value_outside_its_range_is_refused_with_name_range_value_and_meaning(optimizer: Optimizer) -> None:
    for each in optimizer.hyperparameters:
        low, high = each.valid or each.span
        refused = [np.nan, np.inf, -np.inf, low - 1e-9, -1.0]
        refused += [high + 1e-9] if np.isfinite(high) else []
        refused += [high] if each.open_above else []
        for value in refused:
            says = re.escape(f"{each.name} must be in {each.range}: got {value}. {each.meaning}")
            with about(each.name, value), pytest.raises(ValueError, match=f"^{says}$"):
                optimizer.resolve(**{each.name: value})


@every_optimizer
def test_one_bad_value_in_a_batch_is_refused(optimizer: Optimizer) -> None:
    for each in optimizer.hyperparameters:
        says = re.escape(f"{each.name} must be in {each.range}")
        with about(each.name), pytest.raises(ValueError, match=says):
            optimizer.resolve(**{each.name: np.array([[each.default], [np.nan]])})


@every_optimizer
def test_an_unknown_name_is_refused_and_the_known_ones_are_listed(optimizer: Optimizer) -> None:
    known = ", ".join(each.name for each in optimizer.hyperparameters)
    says = re.escape(f"{optimizer.title} has no hyperparameter learning_rate: it has {known}.")
    with pytest.raises(ValueError, match=says):
        optimizer.resolve(learning_rate=0.1)


@every_optimizer
def test_without_a_choice_the_defaults_hold(optimizer: Optimizer) -> None:
    assert optimizer.resolve() == {each.name: each.default for each in optimizer.hyperparameters}


@given(value=st.floats(0, 0.999))
def test_a_permitted_value_is_taken_as_it_is(value: float) -> None:
    assert OPTIMIZERS["adadelta"].resolve(rho=value)["rho"] == value
    assert OPTIMIZERS["adadelta"].resolve(rho=[value, 0.5])["rho"].tolist() == [value, 0.5]


def test_the_range_is_written_as_mathematics_writes_it() -> None:
    ranges = {each.name: each.range for each in OPTIMIZERS["adadelta"].hyperparameters}
    assert ranges == {"rho": "[0, 1)", "eps": "[0, inf)", "lr": "[0, inf)"}


def test_adadelta_has_the_defaults_of_the_paper_and_says_where_torch_differs() -> None:
    assert OPTIMIZERS["adadelta"].resolve() == {"rho": 0.95, "eps": 1e-6, "lr": 1.0}
    library = {each.name: each.library for each in OPTIMIZERS["adadelta"].hyperparameters}
    assert library == {"rho": 0.9, "eps": None, "lr": None}


@every_optimizer
def test_a_rule_is_a_pure_function_that_keeps_shapes(optimizer: Optimizer) -> None:
    for batch in ((), (3,), (3, 4)):
        with about(batch):
            assert_pure_and_of_one_shape(optimizer, batch)


def assert_pure_and_of_one_shape(optimizer: Optimizer, batch: tuple[int, ...]) -> None:
    random = np.random.default_rng(2)
    theta, gradient = random.normal(size=(2, 2, *batch))
    state = optimizer.start_state(theta, **optimizer.resolve())
    inputs = (theta, gradient, *state)
    for array in inputs:
        array.setflags(write=False)
    before = [array.copy() for array in inputs]
    first, memory = optimizer.update(theta, gradient, state, 1, **optimizer.resolve())
    again, _ = optimizer.update(theta, gradient, state, 1, **optimizer.resolve())
    assert first.shape == theta.shape
    assert [each.shape for each in memory] == [theta.shape] * len(optimizer.state)
    assert (first == again).all()
    assert all((old == new).all() for old, new in zip(before, inputs, strict=True))


@every_optimizer
def test_the_first_step_goes_downhill(optimizer: Optimizer) -> None:
    theta, gradient = np.zeros(2), np.array([3.0, -0.2])
    hyper = optimizer.resolve()
    delta, _ = optimizer.update(theta, gradient, optimizer.start_state(theta, **hyper), 1, **hyper)
    assert (np.sign(delta) == -np.sign(gradient)).all()
