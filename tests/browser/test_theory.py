"""The Theory page as a visitor has it: sections open beside figures that stay, formulas are read out, links lead on.

Python computes what must be on the screen: the text of a section, and what its figure was given.
"""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from adadelta_viz.core.run.laws import recovering_rate
from adadelta_viz.figures import LIGHT
from adadelta_viz.theory import GLOSSARY, SECTIONS, Reading
from adadelta_viz.theory.family import FAMILY, race
from adadelta_viz.theory.section import Chart, Play
from tests.browser.page import (
    ANGLES,
    SCHEMES,
    choose_surface,
    comes_to,
    is_the_same,
    is_whole,
    player,
    point_at,
    remember,
    rgb,
    slider,
)
from tests.browser.visits import NARROW, Visits, address, played, settled
from tests.said import number


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


def article(page: Page) -> Locator:
    return page.locator("article.av-essay")


def chart(page: Page) -> Locator:
    return page.get_by_test_id("chart")


def contents(page: Page, section: str) -> Locator:
    return page.get_by_role("radio", name=re.compile(re.escape(SECTIONS[section].short)))


def shows(page: Page, reading: Reading) -> None:
    """Wait until text, figure and address are this reading."""
    opened = reading.open()
    for block in opened.text:
        if block.startswith("<p>"):
            expect(article(page)).to_contain_text(plain(block))
    query = "&".join(f"{key}={value}" for key, value in reading.to_query().items())
    comes_to(page, "location.search.slice(1)", query)
    if isinstance(opened.figure, Play):
        played(page, opened.figure.payload["id"])
    elif isinstance(opened.figure, Chart):
        expect(chart(page).locator("figcaption")).to_have_text(opened.figure.caption)
        expect(chart(page).locator(".av-chart-graph")).to_have_attribute("aria-label", opened.figure.label)
    else:
        expect(page.locator("svg.av-tree")).to_be_visible()
    settled(page)


def first_height(page: Page) -> float:
    """Return where the optimizer's curve begins on the chart: it is the last but one, before its law."""
    height: float = page.locator(".av-chart-graph").evaluate("(graph) => graph._fullData.at(-2).y[0]")
    return height


def reads_its_formulas(page: Page) -> None:
    """Assert that the algorithm's formulas are MathML, seen and in the tree that a screen reader reads."""
    formulas = article(page).locator("math")
    expect(formulas).to_have_count(6)
    spaces = formulas.evaluate_all("(nodes) => nodes.map((node) => node.namespaceURI)")
    assert set(spaces) == {"http://www.w3.org/1998/Math/MathML"}
    assert formulas.evaluate_all("(nodes) => nodes.every((node) => node.clientHeight > 10)")
    assert article(page).aria_snapshot().count("- math: ") == 6


@pytest.mark.firefox
def test_every_section_shows_its_text_and_its_figure(open_page: Visits) -> None:
    page = open_page("theory")
    for section in SECTIONS:
        contents(page, section).click()
        shows(page, Reading(section))
        is_whole(page, LIGHT, section)
        expect(page.locator(".st-key-figure_" + section)).to_be_visible()
        if section == "algorithm":
            reads_its_formulas(page)
    expect(page.locator("svg.av-tree .av-member")).to_have_count(len(FAMILY))


@pytest.mark.parametrize("screen", ANGLES)
def test_the_family_tree_and_the_formulas_are_drawn_on_this_screen_in_each_theme(
    open_page: Visits, screen: str
) -> None:
    page = open_page("theory", {"section": "after"}, viewport=ANGLES[screen], scheme=SCHEMES[screen][0][0])
    own = page.locator("svg.av-tree .av-own")
    for scheme, theme in SCHEMES[screen]:
        page.emulate_media(color_scheme=scheme)
        expect(own.locator("rect")).to_have_css("fill", f"rgb{rgb(theme.adadelta)}")
        expect(own.locator("text").first).to_have_css("fill", f"rgb{rgb(theme.paper)}")
        is_whole(page, theme, scheme)
    contents(page, "algorithm").click()
    shows(page, Reading("algorithm"))
    reads_its_formulas(page)


def test_a_chart_stands_beside_a_text_of_comfortable_measure_and_moves_with_its_control(open_page: Visits) -> None:
    page = open_page("theory", {"section": "window", "rho": "0.5"})
    shows(page, Reading("window", {"rho": 0.5}))
    text, figure = article(page).bounding_box(), chart(page).bounding_box()
    assert text is not None
    assert figure is not None
    assert text["x"] + text["width"] < figure["x"]
    assert figure["y"] + figure["height"] <= 900
    characters = text["width"] / article(page).evaluate(
        """(node) => {
            const pen = document.createElement('canvas').getContext('2d');
            pen.font = getComputedStyle(node).font;
            return pen.measureText(node.innerText).width / node.innerText.length;
        }"""
    )
    assert 50 <= characters <= 78
    remember(page, "chart")
    before = first_height(page)
    for _ in range(3):
        slider(page, "ρ").press("ArrowRight")
    shows(page, Reading("window", {"rho": 0.503}))
    assert is_the_same(page, "chart")
    comes_to(page, f"document.querySelector('.av-chart-graph')._fullData.at(-2).y[0] > {before}", True)
    assert first_height(page) == pytest.approx(recovering_rate(1, 100, 0.503), rel=1e-5)


def test_a_player_moves_with_its_control_and_the_units_are_looked_at_from_a_point_that_the_visitor_chooses(
    open_page: Visits,
) -> None:
    page = open_page("theory", {"lr": "0.02"})
    shows(page, Reading("dilemma", {"lr": 0.02}))
    expect(article(page)).to_contain_text("jumps from wall to wall")
    remember(page, "player")
    slider(page, "η").press("ArrowRight")
    shows(page, Reading("dilemma", {"lr": 0.021}))
    expect(article(page)).to_contain_text("each step is longer than the one before")
    assert is_the_same(page, "player")
    player(page).get_by_test_id("landscape").click(position={"x": 200, "y": 100})  # here a click is no new start
    settled(page)
    shows(page, Reading("dilemma", {"lr": 0.021}))

    contents(page, "units").click()
    shows(page, Reading("units"))
    remember(page, "player")
    choose_surface(page, "Sphere × 10")
    shows(page, Reading("units", surface="bowl_10"))
    at_end = player(page).locator(".av-update tbody tr").nth(2).locator(".av-numbers [data-result]")
    assert [number(text) for text in at_end.all_text_contents()] == [0.05, 0.05]  # the true inverse curvature
    ratio = player(page).locator(".av-update tbody tr").nth(1).locator(".av-numbers [data-result]")
    assert [round(number(text), 3) for text in ratio.all_text_contents()] == [0.1, 0.1]  # twice as much
    page.get_by_test_id("landscape").click(position=point_at(page, 2.0, 1.0))
    comes_to(page, "new URLSearchParams(location.search).has('x0')", True)
    x0, y0 = (float(page.evaluate(f"new URLSearchParams(location.search).get('{name}')")) for name in ("x0", "y0"))
    assert (round(x0, 1), round(y0, 1)) == (2.0, 1.0)
    shows(page, Reading("units", {"x0": x0, "y0": y0}, "bowl_10"))
    assert is_the_same(page, "player")


def test_a_term_leads_to_its_sentence_in_the_glossary_and_turning_the_page_to_the_beginning_of_the_next_section(
    open_page: Visits,
) -> None:
    page = open_page("theory", {"section": "memory", "rho": "0.9"}, viewport=NARROW)
    shows(page, Reading("memory", {"rho": 0.9}))
    article(page).get_by_role("link", name="half-life").first.click()
    expect(page).to_have_url(re.compile(r"#half-life$"))
    entry = page.locator("#half-life")
    expect(entry).to_be_in_viewport()
    expect(entry).to_contain_text(GLOSSARY["half-life"].meaning)
    assert entry.evaluate("(node) => node.matches(':target')")
    shows(page, Reading("memory", {"rho": 0.9}))
    assert page.locator(".av-appendix dl > div").evaluate_all("(nodes) => nodes.map(({id}) => id)") == list(GLOSSARY)
    after = list(SECTIONS)[list(SECTIONS).index("memory") + 1]
    page.goto("/theory?section=memory")
    shows(page, Reading("memory"))
    button = page.get_by_role("button", name=f"{SECTIONS[after].short} →")
    button.scroll_into_view_if_needed()
    button.click()
    shows(page, Reading(after))
    expect(contents(page, after)).to_be_in_viewport()
    expect(page.get_by_role("button", name=f"← {SECTIONS['memory'].short}")).to_be_attached()


def test_links_open_the_right_race_in_the_same_tab_and_back_leads_out_again(open_page: Visits) -> None:
    page = open_page("theory", {"section": "after"})
    shows(page, Reading("after"))
    page.get_by_role("link", name="AMSGrad · 2018").click()
    played(page, race("amsgrad"))
    assert address(page) == race("amsgrad").to_query()
    assert len(page.context.pages) == 1
    settled(page)
    page.go_back()
    shows(page, Reading("after"))


def test_a_hostile_link_gives_the_page_and_one_notice_in_plain_text(open_page: Visits) -> None:
    page = open_page("theory", "section=<img src=x onerror=alert(1)>&lr=1e400")
    shows(page, Reading())
    notice = page.locator(".st-key-notice")
    expect(notice).to_have_count(1)
    expect(notice).to_contain_text("section must be one of the 8 in the list of contents")
    expect(notice).to_contain_text("lr must be a number between 0.001 and 0.022")
    expect(page.locator("img[src=x]")).to_have_count(0)


def test_the_keyboard_alone_opens_a_section_moves_its_control_and_turns_the_page(open_page: Visits) -> None:
    page = open_page("theory", {"section": "adagrad"})
    shows(page, Reading("adagrad"))
    contents(page, "adagrad").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    shows(page, Reading("window"))
    expect(contents(page, "window")).to_be_focused()
    reached = []
    for _ in range(25):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent || document.activeElement.ariaLabel || ''"))
        if reached[-1].startswith("The units"):
            break
    assert any(text.startswith("step") for text in reached)  # a term
    assert any("in Race" in text for text in reached)
    page.keyboard.press("Enter")
    shows(page, Reading("units"))
