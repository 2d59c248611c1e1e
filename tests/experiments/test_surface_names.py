"""A typed formula is a surface like any other: by name, in an experiment, in a race, in a link."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adadelta_viz.core import OPTIMIZERS, SURFACES, Surface
from adadelta_viz.core.surfaces.window import FARTHEST, NARROWEST, Domain
from adadelta_viz.experiments import Experiment
from adadelta_viz.experiments.race import Race
from adadelta_viz.experiments.surface_names import is_typed, named, parts, surface_named, typed

TEXTS = ("x^2 + 3y^2", "|x| + 2y²", "sin(x)y + e^(-x²)", "f(x,y) = max(x, y)", "log(x) + y^2", "1/x + y")
CORNER = ((-2.0, 2.0), (-1.0, 3.0))


@st.composite
def windows(draw: st.DrawFn) -> Domain:
    low, high = st.floats(-FARTHEST, FARTHEST - 1), st.floats(NARROWEST * 2, 1)
    (left, width), (bottom, height) = ((draw(low), draw(high)) for _ in "xy")
    return (left, left + width), (bottom, bottom + height)


@given(text=st.sampled_from(TEXTS), domain=windows())
def test_a_name_is_made_of_text_and_window_and_gives_both_back(text: str, domain: Domain) -> None:
    assert parts(named(text, domain)) == (text, domain)
    assert is_typed(named(text, domain))


def test_no_surface_of_the_catalogue_has_the_name_of_a_formula() -> None:
    assert not [key for key in SURFACES if is_typed(key)]


@given(domain=windows())
def test_a_link_brings_back_the_formula_and_its_window(domain: Domain) -> None:
    experiment = Experiment(named("x^2 + 3y^2 + xy", domain))
    assert Experiment.from_query(experiment.to_query()) == (experiment, ())
    assert experiment.loss_surface.domain == domain


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_formula_is_run_like_a_surface_of_the_catalogue(optimizer: str) -> None:
    for text in TEXTS:
        experiment = Experiment(named(text, CORNER), optimizer, {"steps": 20})
        run = experiment.run()
        assert tuple(run.theta[0]) == experiment.start == experiment.loss_surface.start, text
        assert Experiment.from_query(experiment.to_query()) == (experiment, ())


def test_the_surface_of_a_formula_is_that_of_the_catalogue_with_the_same_expression() -> None:
    for surface in SURFACES.values():
        text = str(surface.expression).replace("**", "^").replace("E", "e")
        mine = Surface.from_formula(text, surface.domain)
        theta = np.add.outer(surface.start, [0, 0.25])
        np.testing.assert_allclose(mine.value(theta), surface.value(theta), rtol=1e-12)
        np.testing.assert_allclose(mine.hessian(theta), surface.hessian(theta), rtol=1e-9, atol=1e-9)


def test_a_race_on_a_formula_has_a_link() -> None:
    race = Race(tuple(Experiment(named("x^2 + 3y^2", CORNER), key) for key in ("adadelta", "adam")))
    assert race.to_query() == {
        "f": "x^2 + 3y^2", "left": "-2", "right": "2", "bottom": "-1", "run1": "adadelta", "run2": "adam",
    }  # fmt: skip
    assert Race.from_query(race.to_query()) == (race, ())


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ({"f": "x2 + y"}, "A number stands directly behind a letter or bracket (character 2): try “x^2 + y”."),
        ({"f": ""}, "There is no formula yet"),
        ({"f": "x" * 10_000}, "at most 200 characters"),
        ({"f": "<img src=x onerror=alert(1)>"}, "A formula does not compare (character 1)."),
        ({"f": "xy @ -1,1,-1,1"}, "“commercial at” is not known here"),
        ({"f": "xy", "left": "2", "right": "1"}, "must run from a smaller to a larger number"),
        ({"f": "log(x)", "left": "-3", "right": "-1"}, "f has no finite value in the window"),
    ],
    ids=str,
)
def test_a_bad_formula_or_window_in_a_link_gives_the_usual_surface_and_one_sentence(
    query: dict[str, str], says: str
) -> None:
    experiment, (problem,) = Experiment.from_query(query)
    assert experiment == Experiment()
    assert problem.startswith("f must be a formula that can be read, so this page uses rosenbrock.")
    assert says in problem
    assert Race.from_query(query)[1] == (problem,)


@pytest.mark.parametrize("end", ["left", "right", "bottom", "top"])
def test_a_bad_end_of_the_window_is_replaced(end: str) -> None:
    for text in ("nan", "1e400", "1_0", "１", "2000", "-1001"):
        experiment, (problem,) = Experiment.from_query({"f": "xy", end: text})
        assert experiment == Experiment(named("xy")), text
        assert problem.startswith(f"{end} must be a number between -1000 and 1000"), text


def test_a_start_where_f_is_not_finite_is_refused_in_code_and_replaced_in_a_link() -> None:
    name = named("log(x) + y^2")
    with pytest.raises(ValueError, match=r"x0 and y0 must be a point where f is finite: got \(-1.0, 1.0\)"):
        Experiment(name, numbers={"x0": -1.0, "y0": 1.0})
    experiment, (problem,) = Experiment.from_query({"f": "log(x) + y^2", "x0": "-1", "y0": "1", "rho": "0.9"})
    assert experiment == Experiment(name, numbers={"rho": 0.9})
    assert problem == "x0 and y0 must be a point where f is finite, so this page starts at (0.3, 1.5)."


@pytest.mark.parametrize("name", ["xy @", "xy @ 1", "xy @ 1,2,3", "xy @ a,b,c,d", "x2 @ -1,1,-1,1", " @ ", "moon"])
def test_a_name_that_names_nothing_is_a_value_error(name: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        surface_named(name)


def test_the_surfaces_that_are_kept_are_few() -> None:
    for i in range(100):
        typed(named(f"x + {i}"))
    assert typed.cache_info().currsize <= 64
