"""The stops of sliders over factors: round numbers, both ends, and never without the present value."""

import pytest

from adadelta_viz.core import OPTIMIZERS, SURFACES
from adadelta_viz.core.parameter import Parameter
from adadelta_viz.experiments.parameters import experiment_parameters
from adadelta_viz.views.widgets import stops

EPS = Parameter("eps", "ε", 1e-6, (1e-10, 0.1), "", scale="log")


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_stops_rise_from_limit_to_limit_and_hold_the_default(optimizer: str) -> None:
    known = experiment_parameters(SURFACES["rosenbrock"], OPTIMIZERS[optimizer])
    for name, parameter in known.items():
        if parameter.scale == "log":
            found = stops(parameter, parameter.default)
            assert found == sorted(set(found)), name
            assert (found[0], found[-1]) == (parameter.lower, parameter.upper), name
            assert parameter.default in found, name
            assert all(parameter.problem(stop) is None for stop in found), name


def test_stops_are_round_numbers_printed_without_a_tail() -> None:
    assert [stop for stop in stops(EPS, 1e-6) if 1e-8 <= stop <= 1e-6] == [1e-8, 2e-8, 5e-8, 1e-7, 2e-7, 5e-7, 1e-6]


def test_a_value_between_the_stops_becomes_one_and_is_gone_when_it_is_left() -> None:
    assert 3e-7 in stops(EPS, 3e-7)
    assert set(stops(EPS, 3e-7)) - set(stops(EPS, 1e-6)) == {3e-7}


def test_a_stop_on_which_the_value_already_stands_is_not_doubled() -> None:
    assert stops(EPS, 1e-6) == stops(EPS, 0.1) == stops(EPS, 1e-10)


def test_a_scale_that_begins_at_zero_has_zero_and_then_four_decades() -> None:
    found = stops(Parameter("noise", "noise", 0, (0, 10), "", scale="log"), 0)
    assert found[:3] == [0, 1e-3, 2e-3]
    assert found[-1] == 10
