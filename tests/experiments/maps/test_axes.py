from itertools import pairwise, product

import numpy as np
import pytest

from adadelta_viz.core import OPTIMIZERS
from adadelta_viz.experiments.maps.axes import axis, plane, scale_of
from adadelta_viz.experiments.maps.metrics import SIZES
from tests.about import about

every_optimizer = pytest.mark.parametrize("key", OPTIMIZERS)


@every_optimizer
def test_the_values_of_an_axis_ascend_and_are_all_different(key: str) -> None:
    for each, size in product(OPTIMIZERS[key].hyperparameters, SIZES):
        values = axis(each, size).values
        assert len(values) == size, each.name
        assert (np.diff(values) > 0).all(), (each.name, size)


@every_optimizer
def test_an_axis_spans_what_the_slider_offers_and_a_link_carries(key: str) -> None:
    for each in OPTIMIZERS[key].hyperparameters:
        known = OPTIMIZERS[key].parameters[each.name]
        values = axis(each, 96).values
        assert [value for value in values.tolist() if known.problem(value)] == [], each.name
        assert values[-1] == each.span[1], each.name
        assert values[0] == each.span[0] or each.span[0] == 0 < values[0] <= 1e-5, each.name


@every_optimizer
def test_cells_lie_side_by_side_evenly(key: str) -> None:
    for each, size in product(OPTIMIZERS[key].hyperparameters, SIZES):
        with about(each.name, size):
            steps = np.diff(axis(each, size).places)
            np.testing.assert_allclose(steps, steps.mean(), rtol=0.25)  # four digits of a value move it by less
            assert np.ptp(axis(each, size).places) == pytest.approx(steps.mean() * (size - 1))


@every_optimizer
def test_a_memory_is_spread_by_its_length_and_what_is_left_by_differences_or_factors(key: str) -> None:
    for each in OPTIMIZERS[key].hyperparameters:
        expected = "memory" if each.range == "[0, 1)" else each.scale
        assert scale_of(each) == expected, each.name
        if expected == "memory":
            lengths = 1 / (1 - axis(each, 48).values)
            assert all(1.1 < later / earlier < 1.2 for earlier, later in pairwise(lengths)), each.name


@every_optimizer
def test_the_plane_of_an_optimizer_has_the_length_of_its_steps_upwards(key: str) -> None:
    across, up = plane(OPTIMIZERS[key])
    names = [each.name for each in OPTIMIZERS[key].hyperparameters]
    assert up == OPTIMIZERS[key].tuned
    assert (across is None) == (len(names) == 1)
    assert across is None or across == next(name for name in names if name != up)
