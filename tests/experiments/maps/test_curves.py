from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adadelta_viz.core import OPTIMIZERS
from adadelta_viz.experiments import Curves, Experiment, share
from adadelta_viz.experiments.maps.curves import TUNED, over_choice
from adadelta_viz.experiments.maps.metrics import METRICS, SIZES
from adadelta_viz.experiments.race import MAX_RUNS, Race
from tests.experiments.maps.test_sensitivity import single

KEYS = sorted(OPTIMIZERS)


def race(*optimizers: str, surface: str = "sphere", **numbers: float) -> Race:
    return Race(tuple(Experiment(surface, optimizer, numbers) for optimizer in optimizers))


@st.composite
def curves(draw: st.DrawFn) -> Curves:
    """Any one to eight optimizers, and whatever at least one of them has."""
    racing = race(
        *draw(st.lists(st.sampled_from(KEYS), min_size=1, max_size=MAX_RUNS)), steps=draw(st.integers(1, 2000))
    )
    over, measure = draw(st.sampled_from(list(over_choice(racing).options))), draw(st.sampled_from(list(METRICS)))
    return Curves(racing, over, measure, draw(st.sampled_from(SIZES)))


def test_every_point_of_a_curve_is_its_single_run() -> None:
    chosen = Curves(race(*KEYS[:MAX_RUNS], surface="booth", steps=120, noise=0.1, seed=2), size=48)
    outcomes = chosen.run()
    assert len(outcomes) == MAX_RUNS
    for i, outcome in enumerate(outcomes):
        for column in (0, 17, 33, 47):
            at = [float(numbers[column]) for numbers in outcome]
            np.testing.assert_array_equal(at, single(chosen.cell(i, column), chosen.race.tolerance))


def test_each_varies_what_one_tunes_first_unless_told_otherwise() -> None:
    racing = race("adadelta", "adam", "sgd")
    assert [along.name for along in Curves(racing).axes()] == ["eps", "lr", "lr"]
    assert [along.name for along in Curves(racing, "lr").axes()] == ["lr"] * 3
    momentum = Curves(racing, "beta1")
    assert [run.optimizer for run in momentum.runs()] == ["adam"]
    assert len(momentum.run()) == len(momentum.axes()) == 1


def test_who_may_be_varied_is_what_somebody_has() -> None:
    assert list(over_choice(race("sgd", "adagrad")).options) == [TUNED, "lr", "eps"]
    assert list(over_choice(race("sgd")).options) == [TUNED, "lr"]


def test_the_good_region_of_adam_is_wider_than_that_of_sgd() -> None:
    """On the ill-conditioned quadratic, over the whole slider: a share of each curve comes within 0.01."""
    chosen = Curves(race("adadelta", "adam", "sgd", surface="quadratic", steps=900), size=48)
    adadelta, adam, sgd = (share(outcome.reached) for outcome in chosen.run())
    assert adam > 2 * sgd
    assert 0.1 < sgd < 0.25
    assert 0.1 < adadelta < 0.35


@given(chosen=curves(), data=st.data())
def test_the_link_of_a_point_is_the_whole_experiment(chosen: Curves, data: st.DataObject) -> None:
    row = data.draw(st.integers(0, len(chosen.runs()) - 1))
    cell = chosen.cell(row, data.draw(st.integers(0, chosen.size - 1)))
    assert Experiment.from_query(cell.to_query()) == (cell, ())


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"over": "beta1"}, "over must be one of tuned, lr: got 'beta1'."),
        ({"measure": "moon"}, "measure must be one of best, reached, last, diverged: got 'moon'."),
        ({"size": 7}, "size must be one of 48, 96, 128, 256: got 7."),
    ],
    ids=str,
)
def test_a_bad_argument_is_refused(given: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        Curves(race("sgd"), **given)
