from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adadelta_viz.core import OPTIMIZERS, SURFACES
from adadelta_viz.experiments import Experiment
from adadelta_viz.experiments.link import shortest
from adadelta_viz.experiments.parameters import RUN_SETTINGS, experiment_parameters

KEYS = sorted({name for o in OPTIMIZERS.values() for name in experiment_parameters(SURFACES["rosenbrock"], o)})
NASTY = [
    "nan", "inf", "-inf", "1e400", "-1e400", "1_000", "１２", "٣", "", " ", " 1", "1 ", "1\n", "1,5", "0x10", "--1",
    "1e", ".", "e5", "None", "null", "true", "99999999", "-99999999", "9" * 5000, "0." + "0" * 500 + "1", "1e-9999",
    "<script>alert(1)</script>", "'; DROP TABLE runs; --", "\x00", "½", "∞",
]  # fmt: skip


@st.composite
def experiments(draw: st.DrawFn) -> Experiment:
    """Any surface, optimizer and numbers within their limits, arbitrary floats among them."""
    surface, optimizer = draw(st.sampled_from(sorted(SURFACES))), draw(st.sampled_from(sorted(OPTIMIZERS)))
    known = experiment_parameters(SURFACES[surface], OPTIMIZERS[optimizer])
    numbers = {}
    for name in draw(st.sets(st.sampled_from(sorted(known)))):
        low, high = known[name].lower, known[name].upper
        numbers[name] = draw(st.integers(int(low), int(high)) if known[name].whole else st.floats(low, high))
    return Experiment(surface, optimizer, numbers)


def runs(experiment: Experiment) -> bool:
    """Whether it is a valid experiment: every number within its limits, and it can take two steps."""
    assert experiment.numbers.keys() == experiment.parameters.keys()
    assert not [name for name, each in experiment.parameters.items() if each.problem(experiment.numbers[name])]
    short = replace(experiment, numbers={**experiment.numbers, "steps": min(2, experiment.numbers["steps"])})
    return len(short.run().theta) >= 1


@given(experiment=experiments())
def test_a_link_brings_back_exactly_the_experiment(experiment: Experiment) -> None:
    query = experiment.to_query()
    found, problems = Experiment.from_query(query)
    assert (found, problems) == (experiment, ())
    assert found.to_query() == query
    assert hash(found) == hash(experiment)


@given(experiment=experiments())
def test_what_has_its_default_is_left_out_of_the_link(experiment: Experiment) -> None:
    query = experiment.to_query()
    for name, each in experiment.parameters.items():
        assert (name in query) == (experiment.numbers[name] != each.default)
    assert ("surface" in query) == (experiment.surface != "rosenbrock")
    assert ("optimizer" in query) == (experiment.optimizer != "adadelta")


def test_the_usual_experiment_is_the_empty_link() -> None:
    assert Experiment().to_query() == {}
    assert Experiment.from_query({}) == (Experiment(), ())
    assert dict(Experiment().numbers) == {
        "x0": -1.5, "y0": 2.0, "rho": 0.95, "eps": 1e-6, "lr": 1.0, "steps": 900, "noise": 0.0, "seed": 0,
    }  # fmt: skip


@given(query=st.dictionaries(st.one_of(st.text(), st.sampled_from(["surface", "f", "optimizer", *KEYS])), st.text()))
def test_any_link_gives_an_experiment_that_runs(query: dict[str, str]) -> None:
    experiment, problems = Experiment.from_query(query)
    assert runs(experiment)
    known = ["surface", "f", "optimizer", *experiment.parameters]
    named = [problem.split()[0] for problem in problems]
    assert named == [name for name in known if name in named], "at most one sentence each, in the order of the controls"
    assert set(named) <= set(query)


@given(
    query=st.dictionaries(st.sampled_from(["surface", "optimizer", *KEYS, "f", "page"]), st.sampled_from(NASTY)),
    optimizer=st.sampled_from(sorted(OPTIMIZERS)),
)
def test_every_bad_value_falls_back_to_its_default_with_one_sentence(query: dict[str, str], optimizer: str) -> None:
    query = {"optimizer": optimizer} | query
    experiment, problems = Experiment.from_query(query)
    assert runs(experiment)
    bad = [name for name in ("f" if "f" in query else "surface", *experiment.parameters) if name in query]
    if experiment.optimizer != query["optimizer"]:
        bad.append("optimizer")
    assert sorted(problem.split()[0] for problem in problems) == sorted(bad)
    assert dict(experiment.numbers) == dict(Experiment(experiment.surface, experiment.optimizer).numbers)


@pytest.mark.parametrize("name", RUN_SETTINGS)
def test_a_nasty_number_is_replaced(name: str) -> None:
    for text in NASTY:
        experiment, (problem,) = Experiment.from_query({name: text})
        assert experiment == Experiment(), text
        assert problem.startswith(f"{name} must be ")
        assert f"so this page uses {shortest(RUN_SETTINGS[name].default)} instead of" in problem, text


@pytest.mark.parametrize("text", ["900", "900.0", "9e2", "+900", "0900", "9E+2", "900."])
def test_a_number_may_be_written_in_any_plain_way(text: str) -> None:
    assert Experiment.from_query({"steps": text}) == (Experiment(), ())


@pytest.mark.parametrize("length", [40, 41, 100_000])
def test_a_replaced_value_is_quoted_up_to_forty_characters(length: int) -> None:
    (problem,) = Experiment.from_query({"rho": "z" * length})[1]
    assert problem.endswith(f"instead of “{'z' * 40}{'' if length == 40 else '…'}”.")


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ({"steps": "99999999"}, "steps must be a whole number between 1 and 2000, so this page uses 900 instead of"),
        ({"steps": "10.5"}, "steps must be a whole number between 1 and 2000, so this page uses 900 instead of"),
        ({"x0": "2.0001"}, "x0 must be a number between -2 and 2, so this page uses -1.5 instead of “2.0001”."),
        ({"surface": "moon"}, "surface must be one of the"),
        ({"optimizer": "Adam"}, "optimizer must be one of the"),
    ],
    ids=str,
)
def test_the_sentence_says_what_is_expected(query: dict[str, str], says: str) -> None:
    experiment, (problem,) = Experiment.from_query(query)
    assert experiment == Experiment()
    assert problem.startswith(says)


def test_keys_of_others_are_left_alone() -> None:
    assert Experiment.from_query({"utm_source": "mail", "momentum": "0.5", "": "x"}) == (Experiment(), ())


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"surface": "moon"}, "surface must be one of rosenbrock, .*: got 'moon'"),
        ({"optimizer": "moon"}, "optimizer must be one of sgd, .*: got 'moon'"),
        ({"numbers": {"speed": 3}}, "an experiment has no number speed: it has x0, y0, rho, eps, lr, steps"),
        ({"numbers": {"steps": 0}}, "steps must be a whole number between 1 and 2000: got 0. It is the number of"),
        ({"numbers": {"steps": 2001}}, "steps must be a whole number between 1 and 2000: got 2001"),
        ({"numbers": {"steps": 1.5}}, "steps must be a whole number"),
        ({"numbers": {"steps": np.inf}}, "steps must be a whole number"),
        ({"numbers": {"rho": 1.0}}, "rho must be a number between 0 and 0.999: got 1.0. It is the fraction"),
        ({"numbers": {"rho": np.nan}}, "rho must be a number between 0 and 0.999: got nan"),
        ({"numbers": {"eps": 1.0}}, "eps must be a number between 1e-10 and 0.1: got 1.0"),
        ({"numbers": {"x0": 2.1}}, "x0 must be a number between -2 and 2: got 2.1. It is where the run starts."),
        ({"numbers": {"noise": -1}}, "noise must be a number between 0 and 10: got -1"),
        ({"numbers": {"seed": 10_000}}, "seed must be a whole number between 0 and 9999: got 10000"),
    ],
    ids=str,
)
def test_a_bad_argument_is_refused_in_code(given: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        Experiment(**given)


@given(experiment=experiments())
def test_equal_experiments_are_one_key(experiment: Experiment) -> None:
    twin = Experiment(experiment.surface, experiment.optimizer, dict(list(experiment.numbers.items())[::-1]))
    assert experiment == twin
    assert {experiment: 1}[twin] == 1


@pytest.mark.parametrize("name", ["x0", "y0", "rho", "eps", "lr", "steps", "noise", "seed"])
def test_experiments_differ_when_a_number_does(name: str) -> None:
    usual = Experiment()
    other = replace(usual, numbers={**usual.numbers, name: usual.parameters[name].upper})
    assert other != usual
    assert other.to_query() == {name: shortest(usual.parameters[name].upper)}


def test_an_experiment_cannot_be_changed_after_the_fact() -> None:
    mine = {"steps": 5}
    experiment: Any = Experiment(numbers=mine)
    mine["steps"] = 6
    assert experiment.numbers["steps"] == 5
    with pytest.raises(TypeError):
        experiment.numbers["steps"] = 7
    with pytest.raises(AttributeError):
        experiment.surface = "saddle"


@pytest.mark.parametrize("surface", SURFACES)
def test_a_run_is_that_of_the_stated_conditions(surface: str) -> None:
    for optimizer in OPTIMIZERS:
        experiment = Experiment(surface, optimizer, {"steps": 3, "noise": 0.5, "seed": 7})
        run = experiment.run()
        assert tuple(run.theta[0]) == experiment.start == SURFACES[surface].start, optimizer
        added = run.gradient[0] - SURFACES[surface].gradient(run.theta[0])
        drawn = 0.5 * np.random.default_rng(7).standard_normal(2)
        np.testing.assert_allclose(added, drawn, atol=1e-6, err_msg=optimizer)
        assert experiment.hyper == {each.name: each.default for each in OPTIMIZERS[optimizer].hyperparameters}


@given(number=st.one_of(st.integers(-(10**14), 10**14).map(float), st.floats(-1e14, 1e14)))
def test_the_shortest_text_reads_back_as_the_same_number(number: float) -> None:
    assert float(shortest(number)) == number
    assert "_" not in shortest(number)
    assert not shortest(number).endswith(".0")
