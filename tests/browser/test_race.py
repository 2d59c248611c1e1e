"""The Race page as a visitor has it: whole in each theme; runs come and go, one landscape becomes several.

Python computes what must be on the screen: the id of the race tells what is shown, and colours tell who is drawn where.
"""

import math
import re

import pytest
from playwright.sync_api import Page, expect

from adadelta_viz.experiments import Experiment
from adadelta_viz.experiments.race import DEFAULT_RUNS, Race, tune
from adadelta_viz.notation.numbers import written
from adadelta_viz.player.race_payload import RATES, roles
from tests.browser.page import (
    ANGLES,
    SCHEMES,
    at_step,
    button,
    comes_to,
    field,
    is_the_same,
    is_whole,
    lies_in_the_window,
    player,
    point_at,
    remember,
    rgb,
    slider,
)
from tests.browser.race_page import (
    chip,
    colours,
    ink,
    landscapes,
    open_fold,
    radio,
    ranking,
    ranks,
    shows,
    sorted_by,
    standings,
    to_step,
    usual,
)
from tests.browser.visits import NARROW, Visits, address, settled


@pytest.mark.parametrize("screen", ANGLES)
def test_both_views_are_whole_on_this_screen_and_in_each_theme(open_page: Visits, screen: str) -> None:
    race = usual()
    page = open_page("race", viewport=ANGLES[screen], scheme=SCHEMES[screen][0][0])
    shows(page, race)
    for name, count in (("One landscape", 1), ("Side by side", len(DEFAULT_RUNS))):
        radio(page, name).click()
        expect(landscapes(page)).to_have_count(count)
        shows(page, Race(race.runs, view="overlay" if count == 1 else "grid"))
        for scheme, theme in SCHEMES[screen]:
            where = f"{name}, {scheme}"
            page.emulate_media(color_scheme=scheme)
            expect(player(page), where).to_have_css("color", f"rgb{rgb(theme.ink)}")
            is_whole(page, theme, where)
            for place, role in enumerate(roles(DEFAULT_RUNS)):
                comes_to_show(page, theme.roles[role], 0 if count == 1 else place)
        playback = page.get_by_role("group", name="Playback")
        for part in (
            page.get_by_test_id("traces"),
            playback,
            page.get_by_role("table", name="Ranking at the playhead"),
        ):
            expect(part).to_be_visible()
        if screen == "wide" and count == 1:
            lies_in_the_window(page, landscapes(page), page.get_by_test_id("traces"), playback)


def comes_to_show(page: Page, colour: str, place: int) -> None:
    """Wait until a landscape shows a path of this colour."""
    for _ in range(50):
        if ink(page, colour, place) > 50:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"landscape {place} has no path of {colour}")


def test_on_a_phone_runs_are_added_hidden_sorted_and_moved_by_touch(open_page: Visits) -> None:
    page = open_page("race", {"steps": "200"}, viewport=NARROW, touch=True)
    shows(page, usual(steps=200))
    page.get_by_role("button", name="Expand sidebar").tap()
    page.get_by_role("button", name="Add a run").tap()
    five = (*DEFAULT_RUNS, "sgd")
    shows(page, usual(keys=five, steps=200))
    page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").tap()
    chip(page, "Momentum").tap()
    expect(chip(page, "Momentum")).to_have_attribute("aria-pressed", "false")
    player(page).get_by_role("button", name="largest step").tap()
    assert sorted_by(page) == ["largest step"]
    landscapes(page).tap(position=point_at(page, 1.5, 2.5))
    comes_to(page, "location.search.includes('x0=')", True)
    settled(page)
    moved = Race.from_query(address(page))[0]
    assert math.dist(moved.runs[0].start, (1.5, 2.5)) < 0.01 * 4
    shows(page, moved)
    comes_to(page, "document.querySelector('.stMain').scrollWidth <= innerWidth", True)


def test_runs_come_change_and_go_while_the_player_stays(open_page: Visits) -> None:
    page = open_page("race")
    shows(page, usual())
    remember(page, "player")
    to_step(page, 337)
    page.get_by_role("button", name="Add a run").click()
    shows(page, usual(keys=(*DEFAULT_RUNS, "sgd")))
    open_fold(page, 2).get_by_role("button", name="Remove").click()
    keys = ("adadelta", "rmsprop", "adam", "sgd")
    shows(page, usual(keys=keys))
    fold = open_fold(page, 3)
    fold.get_by_role("combobox", name="Optimizer").click()
    page.get_by_role("option", name="Lion", exact=True).click()
    keys = ("adadelta", "rmsprop", "lion", "sgd")
    shows(page, usual(keys=keys))
    settled(page)
    expect(fold.locator("summary")).to_contain_text("3 · Lion")
    expect(fold.get_by_role("slider", name=re.compile("^η"))).to_be_visible()  # what was just chosen can be set at once
    open_fold(page, 4).get_by_role("slider", name=re.compile("^η")).press("ArrowRight")
    runs = usual(keys=keys).runs
    faster = Experiment(optimizer="sgd", numbers={"lr": 2 * runs[3].numbers["lr"]})
    race = Race((*runs[:3], faster))
    shows(page, race)
    at_step(page, 337)
    assert is_the_same(page, "player")
    ranks(page, race, standings(race))
    button(page, "Last step").click()
    for colour in colours(race)[:3]:  # SGD's path lies below the others
        assert ink(page, colour) > 50


@pytest.mark.firefox
def test_one_landscape_becomes_one_for_each_run_a_click_moves_all_and_who_is_hidden_stays_hidden(
    open_page: Visits,
) -> None:
    race = usual()
    page = open_page("race")
    shows(page, race)
    remember(page, "player")
    to_step(page, 500)
    radio(page, "Side by side").click()
    race = Race(race.runs, view="grid")
    expect(landscapes(page)).to_have_count(4)
    shows(page, race)
    assert address(page)["view"] == "grid"
    for place, colour in enumerate(colours(race)):
        owners = [i for i in range(4) if ink(page, colour, i)]
        assert owners == [place], colour
    for place, x, y in ((0, 1.5, 2.5), (3, -1.75, 2.75)):
        before = player(page).get_attribute("data-run") or ""
        landscapes(page).nth(place).click(position=point_at(page, x, y))
        expect(player(page)).not_to_have_attribute("data-run", before)
        settled(page)
        race, problems = Race.from_query(address(page))
        assert problems == ()
        assert math.dist(race.runs[0].start, (x, y)) < 0.01 * 4
        assert set(address(page)) == {"x0", "y0", "view", "run1", "run2", "run3", "run4"}
        shows(page, race)
        for name, value in zip(("Start x", "Start y"), race.runs[0].start, strict=True):
            expect(field(page, name)).to_have_value(f"{value:.3f}")
    at_step(page, 500)

    blue, momentum = colours(race)[1], chip(page, "Momentum")
    expect(momentum).to_have_attribute("aria-pressed", "true")
    momentum.click()
    slider(page, "Steps").press("ArrowLeft")
    x, y = race.runs[0].start
    shorter = usual(steps=899, x0=x, y0=y)
    shows(page, Race(shorter.runs, view="grid"))  # another payload
    assert ink(page, blue, 1) == 0
    radio(page, "One landscape").click()
    expect(landscapes(page)).to_have_count(1)
    shows(page, shorter)
    assert "view" not in address(page)
    assert ink(page, blue) == 0
    assert "Momentum" in {row.name for row in ranking(page)}, "what is hidden still races"
    expect(momentum).to_have_attribute("aria-pressed", "false")
    curves(page, "run1", "run3", "run4")
    momentum.click()
    expect(momentum).to_have_attribute("aria-pressed", "true")
    curves(page, "run1", "run2", "run3", "run4")
    assert ink(page, blue) > 50
    for name in ("Momentum", "RMSprop", "Adam"):
        chip(page, name).click()
        expect(chip(page, name)).to_have_attribute("aria-pressed", "false")
    assert [ink(page, colour) > 0 for colour in colours(shorter)] == [True, False, False, False]
    curves(page, "run1")
    assert is_the_same(page, "player")


def curves(page: Page, *keys: str) -> None:
    """Wait until the traces show the curves of exactly these runs."""
    expect(page.get_by_test_id("traces").locator("canvas")).to_have_attribute("data-runs", ",".join(keys))


def test_the_switch_of_learning_rates_changes_the_race_and_says_so(open_page: Visits) -> None:
    runs = usual(steps=150).runs
    page = open_page("race", {"steps": "150"})
    shows(page, Race(runs))
    fold = open_fold(page, 1)
    seen = set()
    for name, rates in (("Default", "library"), ("Tuned", "tuned"), ("As set", "set")):
        radio(page, name).click()
        race = Race(runs, rates=rates)  # type: ignore[arg-type]  # one of its words
        shows(page, race)
        seen.add(player(page).get_attribute("data-run"))
        expect(player(page).locator(".av-caption")).to_contain_text(RATES[rates])
        said = {
            "library": "library's defaults: rho 0.9",
            "tuned": f"eps {written(tune(runs[0]).chosen)}, which ends lowest of 16 values",
            "set": "Remove",
        }
        expect(fold).to_contain_text(said[rates])
    assert len(seen) == 3
    expect(fold).not_to_contain_text("Races with")
