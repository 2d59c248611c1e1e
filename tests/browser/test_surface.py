"""Typed in a browser: a formula is understood or put right, used on every page, and comes back by its link."""

import re

import pytest
from playwright.sync_api import Locator, Page, Position, expect

from adadelta_viz.experiments import Experiment
from adadelta_viz.experiments.race import DEFAULT_RUNS, Race
from adadelta_viz.experiments.surface_names import named
from adadelta_viz.figures import DARK, LIGHT
from tests.browser.page import Scheme, field, rgb
from tests.browser.visits import NARROW, WIDE, Visits, address, played, settled

VALLEYS = "x^4 - 2x^2 + y^2"
MARKUP = "<img src=x onerror=alert(1)>"


def formula(page: Page) -> Locator:
    return page.get_by_role("textbox", name="f(x, y) =")


def type_in(page: Page, text: str) -> None:
    formula(page).fill(text)
    formula(page).press("Enter")
    settled(page)


def chart(page: Page) -> Locator:
    return page.get_by_test_id("chart")


def drawn(page: Page, title: str) -> None:
    """Wait until the map shows this surface."""
    expect(chart(page).locator("figcaption")).to_have_text(re.compile(f"^{re.escape(title)} ·"))
    expect(chart(page)).to_have_attribute("data-drawn", re.compile(r"\d"))


def place(page: Page, x: float, y: float) -> Position:
    """Return where on the map this point is drawn."""
    left, top = page.evaluate(
        """([x, y]) => {
            const {xaxis, yaxis} = document.querySelector('.av-chart-graph')._fullLayout;
            return [xaxis._offset + xaxis.d2p(x), yaxis._offset + yaxis.d2p(y)];
        }""",
        [x, y],
    )
    return {"x": left, "y": top}


def marked(page: Page, name: str) -> list[list[float]]:
    """Return the points that the map marks with this name."""
    found: list[list[float]] = page.evaluate(
        """(name) => {
            const trace = document.querySelector('.av-chart-graph')._fullData.find((each) => each.name === name);
            return Array.from(trace.x, (x, i) => [x, trace.y[i]]);
        }""",
        name,
    )
    return found


def test_a_mistake_is_marked_and_put_right_and_the_formula_is_used_on_every_page(open_page: Visits) -> None:
    page = open_page("surface")
    drawn(page, "Rosenbrock")
    type_in(page, "x4 - 2x^2 + y^2")
    expect(page.get_by_text("A number stands directly behind a letter or bracket (character 2)")).to_be_visible()
    expect(page.get_by_test_id("stCode").first).to_have_text(re.compile(r"x4 - 2x\^2 \+ y\^2\s+\^"))
    drawn(page, "Rosenbrock")
    page.get_by_role("button", name="Use this instead").click()
    drawn(page, VALLEYS)
    expect(formula(page)).to_have_value(VALLEYS)
    expect(page.get_by_test_id("stCode")).to_have_count(0)
    expect(page.locator(".katex-mathml annotation").first).to_have_text("f(x, y) = x^{4} - 2 x^{2} + y^{2}")
    assert marked(page, "minimum") == [[-1, 0], [1, 0]]
    assert marked(page, "saddle") == [[0, 0]]
    experiment, problems = Experiment.from_query(address(page))
    assert problems == ()
    assert experiment.loss_surface.title == VALLEYS
    page.get_by_role("link", name="Explore with this surface").click()
    played(page, experiment)
    assert address(page) == experiment.to_query()
    page.get_by_role("link", name="Race", exact=True).click()
    played(
        page, race := Race(tuple(Experiment(experiment.surface, key, {"x0": -1.5, "y0": 2.0}) for key in DEFAULT_RUNS))
    )
    assert address(page) == race.to_query()
    page.reload()
    played(page, race)
    page.get_by_role("link", name="Your surface").click()
    drawn(page, VALLEYS)
    page.reload()
    drawn(page, VALLEYS)
    expect(formula(page)).to_have_value(VALLEYS)
    assert address(page) == experiment.to_query()
    page.get_by_role("link", name="Maps with this surface").click()
    expect(page.locator("h1")).to_contain_text("every cell is a run")
    settled(page)
    assert address(page)["f"] == VALLEYS


def test_a_click_on_the_map_chooses_the_point(open_page: Visits) -> None:
    page = open_page("surface", {"f": VALLEYS})
    drawn(page, VALLEYS)
    expect(page.locator("strong", has_text="48.92")).to_be_visible()
    page.locator(".av-chart-graph").click(position=place(page, 0.5, 1.0))
    expect(field(page, "Start x")).to_have_value(re.compile(r"^0\.[45]\d\d$"))
    settled(page)
    x, y = float(field(page, "Start x").input_value()), float(field(page, "Start y").input_value())
    assert (x, y) == pytest.approx((0.5, 1.0), abs=0.03)
    assert address(page) == {"f": VALLEYS, "x0": f"{x:g}", "y0": f"{y:g}"}
    page.wait_for_function(
        "(y) => Math.abs(document.querySelector('.av-chart-graph')._fullData.at(-1).y[0] - y) < 1e-6", arg=y
    )  # single precision
    expect(page.locator("strong", has_text="48.92")).to_have_count(0)
    page.go_back()
    expect(field(page, "Start x")).to_have_value("-2.100")


def test_markup_is_text_wherever_it_goes(open_page: Visits) -> None:
    page = open_page("surface")
    drawn(page, "Rosenbrock")
    type_in(page, MARKUP)
    expect(page.get_by_test_id("stCode").first).to_contain_text(MARKUP)
    expect(page.get_by_text("A formula does not compare (character 1).")).to_be_visible()
    for path in ("surface", "", "race"):
        page = open_page(path, {"f": MARKUP})
        expect(page.locator(".st-key-notice")).to_contain_text("f must be a formula that can be read")
        assert "f" not in address(page)
        assert page.locator("img[onerror], img[src=x]").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_field_and_map_lie_on_the_first_screen_and_nothing_hangs_over(
    open_page: Visits, viewport: tuple[int, int], scheme: Scheme
) -> None:
    page = open_page("surface", {"f": VALLEYS}, viewport=viewport, scheme=scheme)
    drawn(page, VALLEYS)
    theme = DARK if scheme == "dark" else LIGHT
    expect(page.get_by_test_id("stApp")).to_have_css("background-color", f"rgb{rgb(theme.paper)}")
    expect(formula(page)).to_be_in_viewport()
    graph = page.locator(".av-chart-graph")
    expect(graph).to_be_in_viewport(ratio=0.9)
    assert graph.evaluate("(graph) => graph._fullData[0].colorscale.map((each) => each[1])") == [theme.low, theme.high]
    type_in(page, "sin(x)cos(y)sin(2x)cos(2y)+exp(-x^2-y^2)+log(1+x^2+y^2)+sqrt(1+x^2y^2)+sin(x)cos(y)sin(3x)cos(4y")
    expect(page.get_by_text("This bracket is never closed")).to_be_visible()
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    assert page.evaluate("document.querySelector('.stMain').scrollWidth <= innerWidth")


def test_the_menu_of_explore_offers_ones_own_formula(open_page: Visits) -> None:
    page = open_page("", {"f": "x^2 + 3y²"})
    played(page, Experiment(named("x^2 + 3y²")))
    page.get_by_role("combobox", name="Surface").click()
    expect(page.get_by_role("option", name="Your formula: x^2 + 3y²", exact=True)).to_be_visible()
    page.get_by_role("option", name="Beale", exact=True).click()
    played(page, Experiment("beale"))
