"""Every way into the page of one's own surface ends in a page; what is typed is used, or refused with a sentence."""

import json
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from adadelta_viz.core import OPTIMIZERS, SURFACES, Surface
from adadelta_viz.experiments import Experiment
from adadelta_viz.experiments.surface_names import named
from adadelta_viz.views import formula_view, navigation, prose
from tests.about import about
from tests.pages.test_explore import sent, turn

CORNER = ((-2.0, 2.0), (-1.0, 3.0))
HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "**bold** $x$ :red[x]",
    "[x](javascript:alert(1))",
    "x" * 5000,
    "\u202ex+y",
    "x\u200b\u0000+ y",
    "__import__('os').system('true')",
    "'; DROP TABLE surfaces; --",
    "9**9**9**9",
    "((((((((((x))))))))))",
]


def visit(query: dict[str, str] | None = None, page: str = "surface") -> AppTest:
    """Open a page as a new visitor, with the keys and values of a link."""
    test = AppTest.from_file(navigation.__file__, default_timeout=60)
    test.switch_page(str(navigation.PAGES / f"{page}.py"))
    test.query_params.update(query or {})
    return test.run()


def shows(page: AppTest, experiment: Experiment) -> None:
    """Assert that the page is whole, and that its fields, its address and its map are of this surface and point."""
    assert not page.exception
    assert page.query_params == experiment.to_query()
    surface = experiment.loss_surface
    fields = {name: page.session_state[name] for name in ("surface", "left", "right", "bottom", "top", "x0", "y0")}
    assert fields == {
        "surface": experiment.surface,
        **dict(zip(("left", "right", "bottom", "top"), (end for axis in surface.domain for end in axis), strict=True)),
        "x0": experiment.start[0],
        "y0": experiment.start[1],
    }
    assert sent(page)["caption"].startswith(surface.title)
    assert sent(page)["pick"]
    assert any(surface.latex in text.value for text in page.markdown)


def type_in(page: AppTest, text: str) -> AppTest:
    page.text_input(key="f").set_value(text)
    return page.run()


def refusal(page: AppTest) -> str:
    """The sentence under the field."""
    (sentence,) = (text.value for text in page.text)
    return str(sentence)


def test_a_first_visit_shows_a_surface_whose_formula_can_be_changed() -> None:
    page = visit()
    shows(page, Experiment())
    assert page.text_input(key="f").value == "(1 - x)^2 + 100*(-x^2 + y)^2"


@pytest.mark.parametrize("key", SURFACES)
def test_the_formula_of_every_surface_is_one_that_can_be_typed(key: str) -> None:
    typed = Surface.from_formula(formula_view.formula_of(key), SURFACES[key].domain)
    theta = np.array(typed.start)
    assert float(typed.value(theta)) == pytest.approx(float(SURFACES[key].value(theta)), rel=1e-12)


@pytest.mark.parametrize("example", formula_view.EXAMPLES, ids=lambda example: example[0])
def test_every_example_opens_by_its_link(example: tuple[str, str, str]) -> None:
    page = visit({"f": example[1]})
    shows(page, Experiment(named(example[1])))
    assert not page.text


def test_what_is_typed_is_shown_and_stands_in_the_address() -> None:
    page = type_in(visit(), "  x^2 + 3y^2 ")
    shows(page, Experiment(named("x^2 + 3y^2", CORNER), numbers={"x0": -1.5, "y0": 2.0}))
    assert page.text_input(key="f").value == "x^2 + 3y^2"
    assert page.query_params["f"] == "x^2 + 3y^2"


def test_a_mistake_is_marked_explained_and_put_right_with_a_click() -> None:
    page = type_in(visit(), "x2 + y2")
    shown, hint = (code.value for code in page.code)
    assert shown == "x2 + y2\n ^"
    assert hint == "x^2 + y^2"
    assert refusal(page) == "A number stands directly behind a letter or bracket (character 2): try “x^2 + y^2”."
    assert page.query_params == {}
    page.button(key="use hint").click()
    shows(page.run(), Experiment(named("x^2 + y^2", CORNER), numbers={"x0": -1.5, "y0": 2.0}))
    assert not page.text
    assert not page.code


def test_whatever_is_typed_comes_back_as_plain_text_and_the_surface_stays() -> None:
    page = visit({"f": "xy"})
    for text in HOSTILE:
        with about(text[:20]):
            type_in(page, text)
            assert not page.exception
            assert page.query_params["f"] == "xy"
            assert refusal(page)
            kinds = (page.markdown, page.caption, page.title, page.subheader)
            elsewhere = [each.value for kind in kinds for each in kind]
            assert not [said for said in elsewhere if text[:12].strip() in said]
            assert {code.language for code in page.code} <= {"plaintext"}
            assert all(sign.isprintable() or sign == "\n" for code in page.code for sign in code.value)


NOTICE = "f must be a formula that can be read, so this page uses rosenbrock."


def test_whatever_a_link_brings_is_read_as_the_usual_surface_and_told_in_one_sentence() -> None:
    for text in HOSTILE:
        experiment, (problem,) = Experiment.from_query({"f": text})
        assert experiment == Experiment(), text[:20]
        assert problem.startswith(NOTICE), text[:20]
        assert problem.isprintable(), text[:20]


@pytest.mark.parametrize(
    ("where", "text"), list(zip(["surface", "explore", "race", "maps"], HOSTILE, strict=False)), ids=lambda of: of[:20]
)
def test_what_a_link_brings_is_told_on_the_page_in_one_notice_of_plain_text(where: str, text: str) -> None:
    page = visit({"f": text}, where)
    assert not page.exception
    assert "f" not in page.query_params
    (notice,) = (each.value for each in page.text)
    assert notice.startswith(NOTICE)


def test_the_window_is_seen_moved_and_refused_when_it_is_none() -> None:
    page = turn(visit({"f": "x^2 + y^2"}), "number_input", "left", -1.0)
    shows(page, Experiment(named("x^2 + y^2", ((-1.0, 3.0), (-3.0, 3.0)))))
    page = turn(page, "number_input", "right", -2.0)
    assert refusal(page).startswith("the window in x must run from a smaller to a larger number")
    assert not page.exception
    page = turn(page, "number_input", "right", 1.0)
    shows(page, Experiment(named("x^2 + y^2", ((-1.0, 1.0), (-3.0, 3.0))), numbers={"x0": -0.4}))
    assert not page.text


def test_the_window_of_a_surface_of_the_catalogue_makes_it_ones_own() -> None:
    page = turn(visit({"surface": "sphere"}), "number_input", "left", -2.0)
    own_one = named("x^2 + y^2", ((-2.0, 5.0), (-5.0, 5.0)))
    shows(
        page, Experiment(own_one, numbers=dict(zip(("x0", "y0"), Experiment(own_one).loss_surface.start, strict=True)))
    )


def test_the_curvature_at_the_point_is_told_with_what_it_means() -> None:
    assert 2 / OPTIMIZERS["adadelta"].resolve()["lr"] == prose.BORDER  # where the core's tests measure the border
    page = visit({"f": "x^2 + 3y^2"})
    said = "\n".join(text.value for text in page.markdown)
    assert "**2** and **6**" in said
    assert "does not settle" in said
    said = "\n".join(text.value for text in visit({"f": "x^2/4 + y^2/2"}).markdown)
    assert "**0.5** and **1**" in said
    assert "(η = 1) settles" in said
    said = "\n".join(text.value for text in visit({"f": "x^2 - 3y^2"}).markdown)
    assert "**−6** and **2**" in said
    assert "In a minimum both would be positive" in said


def test_a_point_is_chosen_in_the_fields_and_stays_where_f_is_finite() -> None:
    page = turn(visit({"f": "log(x) + y^2"}), "number_input", "x0", 2.0)
    shows(page, Experiment(named("log(x) + y^2"), numbers={"x0": 2.0}))
    page = turn(page, "number_input", "x0", -2.0)
    shows(page, Experiment(named("log(x) + y^2")))
    assert refusal(page).startswith("f has no finite value at (−2, 1.5)")


def test_stationary_points_are_listed_lowest_first() -> None:
    page = visit({"f": "x^4 - 2x^2 + y^2"})
    (table,) = (text.value for text in page.markdown if text.value.startswith("| kind"))
    assert [row.split("|")[1].strip().replace("\u00a0", " ") for row in table.split("\n")[2:]] == [
        "★ minimum",
        "★ minimum",
        "✕ saddle",
    ]
    many = next(text.value for text in visit({"surface": "rastrigin"}).markdown if text.value.startswith("| kind"))
    assert "and 433 more" in many


@pytest.mark.parametrize("where", ["explore", "race", "surface"])
def test_a_formula_goes_along_from_page_to_page(where: str) -> None:
    page = type_in(visit(), "x^2 + 3y^2")
    page.switch_page(str(navigation.PAGES / f"{where}.py")).run()
    assert not page.exception
    assert page.query_params["f"] == "x^2 + 3y^2"
    assert page.session_state["surface"] == named("x^2 + 3y^2", CORNER)
    if where != "surface":
        assert page.selectbox(key="surface").options[-1] == "Your formula: x^2 + 3y^2"
        assert json.dumps(sent_of_player(page)).count("x^2 + 3y^2 from (")


def sent_of_player(page: AppTest) -> Any:
    return next(json.loads(each.proto.bytes)["payload"] for each in page.get("bidi_component") if each.proto.bytes)


def test_ones_formula_stays_in_the_menu_when_another_surface_is_chosen() -> None:
    page = visit({"f": "x^2 + 3y^2"}, "explore")
    page = turn(page, "selectbox", "surface", "beale")
    assert page.query_params == {"surface": "beale"}
    page = turn(page, "selectbox", "surface", named("x^2 + 3y^2"))
    assert not page.exception
    assert page.query_params == {"f": "x^2 + 3y^2"}


def test_long_derivatives_are_told_by_their_size() -> None:
    page = visit({"f": "sin(sin(sin(xy)+x)+y)sin(sin(sin(x)+y)+xy)sin(x)"})
    assert any("operations would fill pages" in text.value for text in page.markdown)
