"""The page of claims as a visitor has it: a guess, then a verdict that is read out, and figures that stay in place."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from adadelta_viz.claims import CLAIMS, Card, Chart, Finding
from adadelta_viz.figures import DARK
from adadelta_viz.views.claim_state import Asked, Guess
from adadelta_viz.views.claims_view import VERDICTS
from tests.browser.page import comes_to, focused, rgb, slider
from tests.browser.visits import Visits, address, settled

DRAWN = "[...document.querySelector('.av-chart-graph').data].map(({y}) => [...(y._inputArray ?? y)])"
"""The heights that the first figure draws."""


def asked(key: str, guess: Guess | None = None, **values: Any) -> Asked:
    return Asked(Card(CLAIMS[key], values), guess)


def result(card: Asked) -> Finding:
    return card.card.claim.finding(**card.card.values)


def verdict(page: Page) -> Locator:
    return page.get_by_role("status").filter(has_text="Measured")


def chart(page: Page) -> Locator:
    return page.get_by_test_id("chart").first


def shows(page: Page, card: Asked) -> Finding:
    """Wait until the address, the verdict and the first figure are this card, and return what was found."""
    finding = result(card)
    said = verdict(page)
    expect(said.get_by_role("heading")).to_contain_text(f"Measured: {VERDICTS[finding.verdict].lower()}.")
    expect(said).to_contain_text(finding.sentence)
    comes_to(page, "location.search", link(card))
    if isinstance(finding.pictures[0], Chart):
        expect(chart(page).locator("figcaption")).to_have_text(finding.pictures[0].caption)
        expect(chart(page)).to_have_attribute("data-drawn", re.compile("."))
    return finding


def link(card: Asked) -> str:
    return "?" + "&".join(f"{name}={text}" for name, text in card.to_query().items())


def drawn(page: Page) -> list[list[float]]:
    """Return the heights that the first figure draws."""
    heights: list[list[float]] = page.evaluate(DRAWN)
    return heights


@pytest.mark.firefox
def test_a_guess_by_keyboard_unfolds_the_card_the_focus_goes_on_from_the_verdict_and_back_folds_it_again(
    open_page: Visits,
) -> None:
    page = open_page("claims")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"“{CLAIMS['rate'].said}”")
    question = page.get_by_role("radiogroup", name="What do you think?")
    question.get_by_role("radio", name="True").focus()
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    settled(page)
    expect(question.get_by_role("radio", checked=True)).to_have_count(0)  # looking through the answers is not a guess
    expect(page.get_by_test_id("chart")).to_have_count(0)
    page.keyboard.press("Space")
    finding = shows(page, asked("rate", "false"))
    said = "As you thought." if finding.verdict == "false" else "You thought: false."
    expect(verdict(page)).to_contain_text(said)
    expect(verdict(page)).to_be_focused()
    for _ in range(3):  # past the explanation of the control
        page.keyboard.press("Tab")
        if focused(slider(page, "ε")):
            break
    expect(slider(page, "ε")).to_be_focused()
    page.go_back()
    expect(question).to_be_visible()
    expect(page.get_by_test_id("chart")).to_have_count(0)
    page.go_forward()
    shows(page, asked("rate", "false"))


def test_a_control_changes_the_figure_in_place_and_a_fold_stays_open(open_page: Visits) -> None:
    page = open_page("claims", asked("anneal", "reveal").to_query())
    shows(page, asked("anneal", "reveal"))
    page.evaluate("window.kept = [...document.querySelectorAll('[data-testid=chart], [role=status]')]")
    page.get_by_text("These numbers as a table").click()
    expect(page.get_by_role("table")).to_be_visible()
    before = drawn(page)
    page.get_by_role("radio", name="fading away").click()
    shows(page, asked("anneal", "reveal", slopes="fading"))
    comes_to(page, f"(before) => JSON.stringify({DRAWN}) !== JSON.stringify(before)", True, before)
    assert page.evaluate("kept.length > 1 && kept.every((node) => node.isConnected)")
    expect(page.get_by_role("table")).to_be_visible()


def test_a_link_shows_a_friend_the_same_card(open_page: Visits) -> None:
    page = open_page("claims", asked("scale").to_query())
    page.get_by_role("radio", name="It depends").click()
    shows(page, asked("scale", "depends"))
    slider(page, "ε").press("ArrowRight")
    comes_to(page, "location.search.includes('scale.eps')", True)
    mine = asked("scale", "depends", eps=float(address(page)["scale.eps"]))
    shows(page, mine)
    friend = open_page("claims", page.url.partition("?")[2])
    shows(friend, mine)
    expect(friend.get_by_text("Your guesses so far")).to_have_count(0)
    assert drawn(friend) == drawn(page)
    page.get_by_role("button", name="Fold the result again").click()
    expect(page.get_by_role("radiogroup", name="What do you think?")).to_be_visible()
    comes_to(page, "location.search.includes('guess')", False)
    pupil = open_page("claims", page.url.partition("?")[2])
    expect(pupil.get_by_role("radiogroup", name="What do you think?")).to_be_visible()
    expect(pupil.get_by_test_id("chart")).to_have_count(0)
    pupil.get_by_role("button", name="Show the result without a guess").click()
    shows(pupil, asked("scale", "reveal", **mine.card.values))


def test_the_race_shows_how_far_it_is_and_ends_when_the_visitor_moves_on(open_page: Visits) -> None:
    page = open_page("claims", asked("competitive", noise=0.05).to_query())
    page.get_by_role("button", name="Show the result without a guess").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    expect(page.get_by_role("button", name="Show the result without a guess")).to_be_hidden()
    page.get_by_text(CLAIMS["memory"].title, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"“{CLAIMS['memory'].said}”")
    expect(page.get_by_role("progressbar")).to_have_count(0)
    settled(page)


def test_formulas_are_mathematics_and_in_the_dark_the_figure_has_dark_colours(open_page: Visits) -> None:
    page = open_page("claims", asked("rate", "reveal").to_query(), scheme="dark")
    shows(page, asked("rate", "reveal"))
    formulas = page.get_by_role("math")
    expect(formulas).to_have_count(len(CLAIMS["rate"].laws))
    assert all(formula.bounding_box() for formula in formulas.all())
    expect(page.locator(".av-chart-graph .points path").first).to_have_css("fill", f"rgb{rgb(DARK.adadelta)}")
    expect(page.get_by_role("img", name="Steps")).to_be_visible()
