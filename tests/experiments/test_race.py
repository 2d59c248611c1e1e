from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adadelta_viz import OPTIMIZERS, SURFACES, Experiment, descend
from adadelta_viz.core.run.measures import standing
from adadelta_viz.experiments.race import DEFAULT_RUNS, GRID, MAX_RUNS, Race, library_defaults, shared_numbers, tune

FOUR = Race(tuple(Experiment("quadratic", key, {"steps": 60}) for key in DEFAULT_RUNS))


def entrants() -> st.SearchStrategy[Experiment]:
    """Draw an optimizer and one of its hyperparameters."""

    def with_hyper(key: str) -> st.SearchStrategy[Experiment]:
        name, setting = next(iter(OPTIMIZERS[key].parameters.items()))
        return st.floats(setting.lower, setting.upper).map(lambda value: Experiment("beale", key, {name: value}))

    return st.sampled_from(list(OPTIMIZERS)).flatmap(with_hyper)


races = st.builds(
    Race,
    st.lists(entrants(), min_size=1, max_size=MAX_RUNS).map(tuple),
    rates=st.sampled_from(["set", "library", "tuned"]),
    tolerance=st.floats(1e-6, 100),
    view=st.sampled_from(["overlay", "grid"]),
)


@given(races)
def test_a_link_brings_back_the_same_race(race: Race) -> None:
    assert Race.from_query(race.to_query()) == (race, ())


@given(
    st.dictionaries(
        st.sampled_from(
            ["surface", "x0", "steps", "seed", "run1", "run1.lr", "run2", "run8.rho", "rates", "view", "tolerance"]
        ),
        st.one_of(st.text(max_size=60), st.sampled_from(["nan", "1e400", "-1", "adam", "adadelta", "1_000", "１２"])),
    )
)
def test_any_link_gives_a_race_and_a_sentence_for_each_bad_value(query: Mapping[str, str]) -> None:
    race, problems = Race.from_query(query)
    assert 1 <= len(race.runs) <= MAX_RUNS
    again, none = Race.from_query(race.to_query())
    assert (again, none) == (race, ())
    for problem in problems:
        assert any(problem.startswith(f"{name} must be") for name in query)


def test_a_hyperparameter_out_of_range_falls_back_with_one_sentence() -> None:
    race, problems = Race.from_query({"run1": "adam", "run1.lr": "1e9", "run2": "sgd"})
    assert [run.optimizer for run in race.runs] == ["adam", "sgd"]
    assert race.runs[0].hyper["lr"] == OPTIMIZERS["adam"].resolve()["lr"]
    assert len(problems) == 1
    assert "run1.lr" in problems[0]


@pytest.mark.parametrize("count", [0, MAX_RUNS + 1])
def test_a_race_has_one_to_eight_runs(count: int) -> None:
    with pytest.raises(ValueError, match=f"1 to {MAX_RUNS} experiments: got {count}"):
        Race((Experiment(),) * count)


def test_runs_that_do_not_share_their_conditions_are_no_race() -> None:
    for other in (Experiment(numbers={"steps": 5}), Experiment(numbers={"x0": 0.0}), Experiment("beale")):
        with pytest.raises(ValueError, match="must share surface, start, steps, noise and seed"):
            Race((Experiment(), other))


def test_all_ways_of_setting_rates_keep_the_conditions() -> None:
    for rates in ("set", "library", "tuned"):
        race = Race(FOUR.runs, rates=rates)
        assert [run.optimizer for run in race.resolved_runs()] == list(DEFAULT_RUNS)
        assert {tuple(shared_numbers(run).items()) for run in race.resolved_runs()} == {
            tuple(shared_numbers(FOUR.runs[0]).items())
        }


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_library_defaults_are_hyperparameters_that_a_race_accepts(key: str) -> None:
    race = Race((Experiment(optimizer=key, numbers={"steps": 2}),), rates="library")
    assert race.resolved_runs()[0].hyper == library_defaults(key)


@pytest.mark.parametrize("key", OPTIMIZERS)
@pytest.mark.parametrize("noise", [0.0, 0.1])
def test_tuning_finds_the_best_single_run_of_its_grid(key: str, noise: float) -> None:
    experiment = Experiment("himmelblau", key, {"steps": 40, "noise": noise, "seed": 3})
    found = tune(experiment)
    assert found.name == OPTIMIZERS[key].tuned
    assert len(found.grid) == len(found.final) == GRID
    runs = [Experiment("himmelblau", key, {**experiment.numbers, found.name: value}).run() for value in found.grid]
    singles = [run.value[-1] if run.stopped == "steps" else np.inf for run in runs]
    np.testing.assert_allclose(found.final, singles, rtol=1e-9)
    assert found.final[list(found.grid).index(found.chosen)] == found.final.min()


@pytest.mark.parametrize(("key", "ends_at_most"), [("rmsprop", 0.1), ("adadelta", 0.3)])
def test_a_tuned_run_is_not_chosen_for_a_value_that_it_only_met_on_its_way(key: str, ends_at_most: float) -> None:
    run, *_ = Race((Experiment(optimizer=key),), rates="tuned").resolved_runs()
    assert run.run().value[-1] < ends_at_most


def test_tuning_never_chooses_a_run_that_diverges_where_f_has_no_bottom() -> None:
    found = tune(Experiment("saddle", "sgd", {"steps": 2000}))
    assert np.isinf(found.final).any()
    assert Experiment("saddle", "sgd", {"steps": 2000, "lr": found.chosen}).run().stopped == "steps"


@pytest.mark.parametrize("surface", ["sphere", "saddle"])
def test_a_standing_never_rises_in_its_best_and_never_falls_in_its_length(surface: str) -> None:
    run = descend(SURFACES[surface], OPTIMIZERS["momentum"], SURFACES[surface].start, 80, noise=0.5, lr=0.05)
    place = standing(run, SURFACES[surface].minimum, tolerance=0.5)
    assert (np.diff(place.best) <= 0).all()
    assert (np.diff(place.length) >= 0).all()
    assert (np.diff(place.largest) >= 0).all()
    np.testing.assert_array_equal(place.now, run.value)
    np.testing.assert_allclose(place.length[-1], np.hypot(*run.delta.T).sum())
    assert place.largest[-1] == pytest.approx(np.hypot(*run.delta.T).max())
    assert len(place.best) == len(place.length) == len(place.largest) == 81


def test_arrival_is_the_first_step_within_the_tolerance_and_none_without_a_minimum() -> None:
    run = descend(SURFACES["sphere"], OPTIMIZERS["sgd"], (-4.0, 3.0), 50, lr=0.1)
    reached = int(standing(run, 0.0, 0.01).reached)
    assert run.value[reached] <= 0.01 < run.value[reached - 1]
    assert int(standing(run, None, 0.01).reached) == -1
    assert int(standing(run, 0.0, 1e-30).reached) == -1
    assert int(standing(run, 0.0, 100.0).reached) == 0


def test_the_standings_of_a_batch_are_those_of_its_runs() -> None:
    starts = np.array([[-4.0, 1.0, 0.5], [3.0, 1.0, -2.0]])
    batch = standing(descend(SURFACES["sphere"], OPTIMIZERS["adam"], starts, 30), 0.0, 0.5)
    for i, start in enumerate(starts.T):
        alone = standing(descend(SURFACES["sphere"], OPTIMIZERS["adam"], start, 30), 0.0, 0.5)
        for of_batch, single in zip(batch, alone, strict=True):
            np.testing.assert_allclose(of_batch[..., i], single, rtol=1e-12)


def test_a_run_that_diverges_keeps_its_standing_up_to_there() -> None:
    run = descend(SURFACES["quadratic"], OPTIMIZERS["sgd"], (-8.0, 1.0), 500, lr=5.0)
    place = standing(run, 0.0, 0.01)
    assert int(place.diverged) == len(run.theta) > 1
    assert np.isfinite(place.best).all()
    assert len(place.best) == len(run.theta)
