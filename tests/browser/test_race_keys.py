"""A race is played and raced by keys alone: Tab reaches everything in order, and keys do what a mouse does."""

import re

from playwright.sync_api import expect

from adadelta_viz.experiments.race import DEFAULT_RUNS, Race
from tests.browser.page import at_step, button, comes_to, field, focused, player, scrolled, slider, step_of
from tests.browser.race_page import (
    COLUMNS,
    chip,
    chips,
    colours,
    ink,
    landscapes,
    radio,
    ranks,
    shows,
    standings,
    usual,
)
from tests.browser.visits import Visits


def test_tab_reaches_everything_in_order_and_keys_do_what_a_mouse_does(open_page: Visits) -> None:
    page = open_page("race", {"steps": "300"})
    race = usual(steps=300)
    shows(page, race)
    inside = [
        player(page),
        *chips(page).all(),
        *[button(page, name) for name in ("First step", "Step back", "Play", "Step forward", "Last step")],
        slider(page, "Step$"),
        *[button(page, name) for name in ("Speed 1×", "Copy link", "PNG", "SVG")],
        *[player(page).get_by_role("button", name=column) for column in COLUMNS],
        *player(page).get_by_title(re.compile("^Show the update of")).all(),
    ]
    outside = [
        page.get_by_role("combobox", name="Surface"),
        field(page, "Start x"),
        field(page, "Start y"),
        slider(page, "Steps"),
        radio(page, "As set"),
        page.get_by_role("button", name="Add a run"),
        slider(page, "Tolerance"),
        radio(page, "One landscape"),
    ]
    for each in (*outside, *inside):
        for _ in range(8):
            page.keyboard.press("Tab")
            if focused(each):
                break
        expect(each).to_be_focused()
        if each in inside:
            expect(each).to_have_css("outline-style", "solid")
    player(page).focus()
    top = scrolled(page)
    for key, step in (("Home", 0), ("ArrowRight", 1), ("Shift+ArrowRight", 11), ("ArrowLeft", 10), ("End", 300)):
        page.keyboard.press(key)
        at_step(page, step)
    page.keyboard.press("Space")
    expect(player(page)).to_have_attribute("data-playing", "true")
    page.keyboard.press("Space")
    expect(player(page)).to_have_attribute("data-playing", "false")
    assert scrolled(page) == top, "Space scrolled the page"
    chip(page, "Momentum").focus()
    page.keyboard.press("Space")
    expect(chip(page, "Momentum")).to_have_attribute("aria-pressed", "false")
    expect(player(page)).to_have_attribute("data-playing", "false")
    expect(chip(page, "Momentum")).to_be_focused()
    name = player(page).get_by_title("Show the update of RMSprop")
    name.focus()
    page.keyboard.press("Enter")
    expect(name).to_have_attribute("aria-pressed", "true")
    expect(name).to_be_focused()
    radio(page, "One landscape").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    expect(landscapes(page)).to_have_count(4)
    shows(page, Race(race.runs, view="grid"))
    page.get_by_role("button", name="Add a run").focus()
    page.keyboard.press("Enter")
    shows(page, Race(usual(keys=(*DEFAULT_RUNS, "sgd"), steps=300).runs, view="grid"))


def test_eight_runs_play_until_pause_and_a_new_view_does_not_stop_them(open_page: Visits) -> None:
    race = usual(keys=("adadelta", "momentum", "rmsprop", "adam", "sgd", "adagrad", "lion", "nadam"), steps=500)
    page = open_page("race", race.to_query())
    shows(page, race)
    expect(page.get_by_role("button", name="Add a run")).to_be_disabled()
    page.emulate_media(reduced_motion="no-preference")
    player(page).get_by_role("button", name="Speed 1×").click(click_count=3)  # round to a quarter
    button(page, "First step").click()
    button(page, "Play").click()
    expect(player(page)).to_have_attribute("data-playing", "true")
    comes_to(page, "document.querySelector('[data-testid=player]').dataset.step > 10", True)
    radio(page, "Side by side").click()
    expect(landscapes(page)).to_have_count(8)
    shows(page, Race(race.runs, view="grid"))
    expect(player(page)).to_have_attribute("data-playing", "true")
    reached = step_of(page)
    assert reached > 10
    comes_to(page, f"document.querySelector('[data-testid=player]').dataset.step > {reached}", True)
    button(page, "Pause").click()
    expect(player(page)).to_have_attribute("data-playing", "false")
    stopped = step_of(page)
    assert reached < stopped < 500
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    at_step(page, stopped)
    ranks(page, race, standings(race))
    for place, colour in enumerate(colours(race)):
        assert ink(page, colour, place) > 20, place
