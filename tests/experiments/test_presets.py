"""Each sentence of a preset, computed."""

from functools import cache

import numpy as np
import pytest

from adadelta_viz import SURFACES, Trajectory
from adadelta_viz.core.run.measures import facts, standing
from adadelta_viz.experiments.presets import PRESETS
from adadelta_viz.experiments.race import Race, library_defaults

BY_KEY = {preset.key: preset for preset in PRESETS}


@cache
def runs(key: str) -> dict[str, Trajectory]:
    entrants = BY_KEY[key].race.resolved_runs()
    return {entrant.optimizer: entrant.run() for entrant in entrants}


def arrivals(key: str) -> dict[str, int]:
    """Return the step at which each run came within the tolerance, -1 if it did not."""
    race = BY_KEY[key].race
    minimum = SURFACES[race.surface].minimum
    return {name: int(standing(run, minimum, race.tolerance).reached) for name, run in runs(key).items()}


def left_at(key: str) -> dict[str, int]:
    surface = SURFACES[BY_KEY[key].race.surface]
    return {name: facts(surface, run).left_map_at or 10**9 for name, run in runs(key).items()}


@pytest.mark.parametrize("key", BY_KEY)
def test_a_preset_is_a_link(key: str) -> None:
    race = BY_KEY[key].race
    assert Race.from_query(race.to_query()) == (race, ())


def test_in_the_valley_momentum_is_first_adam_second_and_the_others_need_more() -> None:
    reached = arrivals("valley")
    assert 0 < reached["momentum"] < reached["adam"]
    assert reached["rmsprop"] == reached["adadelta"] == -1


def test_in_the_corner_fixed_steps_throw_off_the_map_and_divided_ones_stay() -> None:
    left = left_at("plateau")
    assert left.pop("sgd") == left.pop("momentum") == 1
    assert set(left.values()) == {10**9}
    assert set(arrivals("plateau").values()) == {-1}


def test_the_saddle_is_left_by_adadelta_then_rmsprop_and_by_sgd_last() -> None:
    order = sorted(left_at("saddle"), key=left_at("saddle").__getitem__)
    assert order[:2] == ["adadelta", "rmsprop"]
    assert order[-1] == "sgd"
    rates = {run.optimizer: run.hyper["lr"] for run in BY_KEY["saddle"].race.runs}
    assert rates["sgd"] == rates["rmsprop"]


def test_of_three_adadeltas_the_one_with_keras_defaults_hardly_moves() -> None:
    paper, torch, keras = (entrant.run() for entrant in BY_KEY["keras"].race.resolved_runs())
    assert max(paper.value[-1], torch.value[-1]) < 0.3
    assert keras.value[-1] > 12
    way = [np.hypot(*run.delta.T).sum() for run in (paper, keras)]
    assert way[1] < way[0] / 1000
    assert BY_KEY["keras"].race.runs[1].hyper == library_defaults("adadelta")


def test_along_the_axes_adagrad_and_adam_arrive_before_momentum() -> None:
    reached = arrivals("ravine")
    assert 0 < max(reached["adagrad"], reached["adam"]) < reached["momentum"]


def test_turned_sgd_and_momentum_take_the_same_steps_and_rates_per_dimension_come_in_behind() -> None:
    for name in ("sgd", "momentum"):
        np.testing.assert_allclose(runs("turned")[name].value, runs("ravine")[name].value, rtol=1e-6, atol=1e-9)
    turned = arrivals("turned")
    assert turned["momentum"] == arrivals("ravine")["momentum"] > 0
    assert min(turned["adagrad"], turned["adam"]) > turned["momentum"]


def test_scaling_the_loss_changes_sgd_only() -> None:
    once, ten, hundred = (arrivals(key) for key in ("scale_1", "scale_10", "scale_100"))
    assert 2.5 * once["adagrad"] < once["sgd"] < 3 * once["adagrad"]
    assert 5 * once["sgd"] <= once["adadelta"] < 6 * once["sgd"]
    for name in ("adagrad", "rmsprop", "adadelta", "adam"):
        assert once[name] == ten[name] == hundred[name] > 0
    assert 10 * ten["sgd"] <= once["sgd"] < 12 * ten["sgd"]
    assert hundred["sgd"] == -1
    positions = runs("scale_100")["sgd"].theta
    np.testing.assert_allclose(positions[1::2], -positions[:-1:2])  # back and forth


def test_from_one_start_three_of_the_four_minima_are_reached() -> None:
    ends = {name: tuple(run.theta[-1].round(2)) for name, run in runs("four_minima").items()}
    assert ends["sgd"] == (3.58, -1.85)
    assert ends["momentum"] == (3.0, 2.0)
    for name in ("rmsprop", "adadelta", "adam"):
        assert np.hypot(*np.subtract(ends[name], (-3.78, -3.28))) < 0.05
