"""What each claim finds: its verdict, and the range in which its numbers lie."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from adadelta_viz import OPTIMIZERS, SURFACES, descend, sweep
from adadelta_viz.claims import CLAIMS, Finding, Table
from adadelta_viz.claims.controls import GOALS
from adadelta_viz.claims.default import DEFAULTS
from adadelta_viz.claims.memory import counted
from adadelta_viz.claims.start import arrival
from adadelta_viz.claims.walk import first, walk
from adadelta_viz.experiments.presets import PRESETS
from tests.readme import unchanged

Values = Mapping[str, Any]

VERDICTS: list[tuple[str, str, Values]] = [
    ("rate", "false", {}),
    ("rate", "true", {"slope": 1e-3, "eps": 1e-4}),
    ("robust", "depends", {}),
    ("robust", "false", {"surface": "rosenbrock"}),
    ("robust", "true", {"surface": "sphere"}),
    ("scale", "depends", {}),
    ("anneal", "false", {}),
    ("anneal", "false", {"slopes": "alternating"}),
    ("anneal", "false", {"slopes": "noise"}),
    ("anneal", "depends", {"slopes": "fading"}),
    ("converge", "false", {}),
    ("converge", "true", {"h": 2}),
    ("converge", "true", {"lr": 0.1}),
    ("converge", "depends", {"noise": 0.01}),
    ("units", "depends", {}),
    ("units", "false", {"eps": 1e-3}),
    ("sparse", "false", {}),
    ("sparse", "true", {"rarity": 0}),
    ("sparse", "depends", {"rarity": 0.5}),
    ("memory", "false", {}),
    ("memory", "depends", {"against": "adam"}),
    ("memory", "true", {"against": "amsgrad"}),
    ("memory", "true", {"against": "window"}),
    ("smooth", "depends", {}),
    ("smooth", "true", {"rates": "set", "noise": 1}),
    ("smooth", "false", {"surface": "ackley", "rates": "library"}),
    ("start", "depends", {}),
    ("start", "depends", {"rates": "library"}),
    ("start", "false", {"surface": "beale"}),
    ("competitive", "depends", {}),
    ("default", "false", {}),
    ("default", "true", {"framework": "torch"}),
    ("default", "false", {"framework": "optax"}),
]


def finding(key: str, values: Values) -> Finding:
    return CLAIMS[key].finding(**values) if values else unchanged(CLAIMS[key])


@pytest.mark.parametrize(("key", "verdict", "values"), VERDICTS)
def test_the_verdict_follows_the_controls(key: str, verdict: str, values: Values) -> None:
    assert finding(key, values).verdict == verdict


def numbers(key: str, **values: Any) -> Mapping[str, float]:
    return finding(key, values).numbers


def test_every_verdict_is_given_by_some_setting_or_the_claim_has_only_two() -> None:
    given = {key: {verdict for each, verdict, _ in VERDICTS if each == key} for key in CLAIMS}
    assert {key for key, verdicts in given.items() if len(verdicts) == 1} == {"scale", "competitive"}


def test_a_hundred_times_the_eps_needs_a_tenth_of_the_steps_or_more_and_none_never_moves() -> None:
    found = numbers("rate")
    assert found["moved_without_eps"] == 0
    assert 185 < found["steps"] < 200
    assert found["steps"] / 10 <= found["steps_hundredfold"] < found["steps"] / 8
    assert found["first_step"] == pytest.approx(4.472e-3, rel=1e-3)


def test_twice_the_distance_takes_less_than_twice_the_steps() -> None:
    run = walk(OPTIMIZERS["adadelta"], lambda *_: np.ones(1), np.zeros(1), 1000, **OPTIMIZERS["adadelta"].resolve())
    once, twice, fourfold = (float(first(run.theta[:, 0] <= -distance)) for distance in (0.5, 1, 2))
    assert twice < 2 * once
    assert fourfold < 2 * twice


def test_on_rosenbrock_few_settings_arrive_and_many_learning_rates_of_adam() -> None:
    found = numbers("robust", surface="rosenbrock")
    assert 0 < found["adadelta"] < 5
    assert found["adam"] > 30


def test_a_larger_loss_takes_the_same_steps_and_rests_only_below_the_border() -> None:
    found = numbers("scale")
    assert found["steps"] == found["steps_largest"]
    assert found["smallest"] < 1
    assert found["resting"] == 1
    assert found["adam_alike"] == found["magnitudes"]
    assert found["sgd_alike"] < 3


@pytest.mark.parametrize("slopes", ["constant", "alternating"])
def test_under_slopes_of_one_size_the_steps_grow_and_those_of_adagrad_shrink(slopes: str) -> None:
    found = numbers("anneal", slopes=slopes)
    assert 2 < found["ratio"] < 3
    assert found["adagrad_ratio"] < 0.5
    assert found["law_off"] < 2


def test_under_noise_the_steps_keep_their_size() -> None:
    found = numbers("anneal", slopes="noise")
    assert found["ratio"] == pytest.approx(1, abs=0.1)
    assert found["late"] == pytest.approx(0.78 * np.sqrt(1e-6 / 0.05), rel=0.1)


def test_under_fading_slopes_a_step_becomes_the_slope() -> None:
    assert numbers("anneal", slopes="fading")["rate"] == pytest.approx(1, abs=0.01)


def test_on_rosenbrock_the_last_value_is_not_the_best() -> None:
    found = finding("converge", {})
    assert 950 <= found.numbers["valley_best_step"] < 1050
    assert found.sentence.endswith("met after about 1000; the last is higher.")


def test_noise_keeps_the_loss_a_thousand_times_lower() -> None:
    assert numbers("converge", noise=0.01)["end"] < numbers("converge")["end"] / 500


def test_the_unit_of_the_loss_changes_nothing_and_that_of_the_parameter_does_unless_eps_knows_it() -> None:
    found = numbers("units")
    assert found["loss_spread"] < 1.05
    assert found["parameter_spread"] > 10
    assert found["mended_spread"] < 1.6


def test_with_rare_features_adagrad_and_adam_have_much_less_left_to_learn() -> None:
    found = numbers("sparse")
    assert max(found["adagrad"], found["adam"]) < 0.7 * found["adadelta"] < found["untrained"]
    assert found["adadelta_gap"] < 1 < found["adagrad_gap"]


@pytest.mark.parametrize(
    ("key", "kept"),
    [("sgd", 0), ("momentum", 1), ("adagrad", 1), ("rmsprop", 1), ("adadelta", 2), ("adam", 2), ("amsgrad", 3)],
)
def test_memory_is_what_the_state_holds(key: str, kept: int) -> None:
    assert counted(key) == kept == len(OPTIMIZERS[key].state)


def test_a_million_parameters_need_eight_megabytes() -> None:
    assert numbers("memory")["ours_megabytes"] == 8
    assert numbers("memory", against="window", window=50)["theirs_megabytes"] == 200


def test_when_tuned_the_loss_goes_up_on_as_few_steps_as_that_of_anybody_but_farther() -> None:
    for seed in (0, 3, 6):
        found = numbers("smooth", seed=seed)
        assert 5 < found["upward"] < 20
        assert found["upward_rank"] <= 2
        assert found["detour"] > 5 * found["detour_least"]


def test_from_most_starts_one_of_the_four_minima_of_himmelblau_is_reached() -> None:
    found = numbers("start")
    assert 85 < found["share"] < found["best_share"] == 100
    assert found["reached"] == found["minima"] == 4


def test_starts_of_a_map_arrive_when_and_where_their_single_runs_do() -> None:
    surface = SURFACES["himmelblau"]
    starts = np.array([[-3.0, 3.0, 0.2], [3.0, 1.0, -3.8]])
    steps, where = np.divmod(sweep(surface, OPTIMIZERS["adadelta"], starts, 600, arrival(surface)), 4)
    for start, step, minimum in zip(starts.T, steps, where, strict=True):
        run = descend(surface, OPTIMIZERS["adadelta"], start, 600)
        reached = np.flatnonzero(run.value <= 0.01)
        if np.isnan(step):
            assert not reached.size
            assert np.isnan(minimum)
        else:
            assert step == reached[0]
            assert np.linalg.norm(run.theta[int(step)] - surface.minima[int(minimum)]) < 0.1


def test_the_power_of_eps_goes_from_a_half_to_a_third_as_the_way_gets_long() -> None:
    short, long = numbers("rate", eps=1e-5)["power"], numbers("rate", eps=1e-10)["power"]
    assert short == pytest.approx(1 / 2, abs=0.05)
    assert long == pytest.approx(1 / 3, abs=0.05)


def test_the_race_is_told_surface_by_surface() -> None:
    *_, before, last = CLAIMS["competitive"].progress(steps=100)
    assert (before.done, last.done, last.total) == (len(GOALS) - 1, len(GOALS), len(GOALS))
    assert before.finding.numbers["surfaces"] == len(GOALS) - 1


def test_in_the_race_adadelta_arrives_on_most_surfaces_and_takes_longer() -> None:
    found = numbers("competitive")
    assert found["surfaces"] == len(GOALS)
    assert len(GOALS) / 2 < found["ours"] < found["most"] < len(GOALS)
    assert found["slower"] > 2 > found["fastest"]


def test_none_of_the_six_is_the_fastest_everywhere() -> None:
    table = unchanged(CLAIMS["competitive"]).pictures[1]
    assert isinstance(table, Table)
    steps = np.array([row[1:] for row in table.rows], dtype=float)
    somebody = steps[np.isfinite(steps).any(axis=1)]
    assert not (somebody == np.nanmin(somebody, axis=1, keepdims=True)).all(axis=0).any()


def test_keras_hardly_moves_torch_arrives_and_optax_climbs() -> None:
    keras, torch, optax = (numbers("default", framework=name) for name in ("keras", "torch", "optax"))
    assert keras["gained"] < 5
    assert keras["length"] < keras["paper_length"] / 1000
    assert torch["gained"] > 99
    assert optax["last"] > optax["start"] == optax["best"]


def test_the_defaults_of_keras_are_those_of_the_preset() -> None:
    preset = next(each for each in PRESETS if each.key == "keras")
    assert DEFAULTS["keras"] == preset.race.runs[2].hyper
