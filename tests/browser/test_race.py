"""The Race page as a visitor has it: runs come and go, one landscape becomes several, the ranking follows the playhead.

Python computes what must be on the screen: the id of the race tells what is shown, and the ranking and the numbers of
the update are compared with the same race run here.
"""

import csv
import io
import math
import re
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
from playwright.sync_api import Download, Locator, Page, expect

from adadelta_viz.core import OPTIMIZERS, SURFACES
from adadelta_viz.core.run.measures import Standing, standing
from adadelta_viz.experiments import Experiment
from adadelta_viz.experiments.presets import PRESETS
from adadelta_viz.experiments.race import DEFAULT_RUNS, Race, tune
from adadelta_viz.figures import DARK, LIGHT
from adadelta_viz.notation.mathml import terms
from adadelta_viz.notation.numbers import written
from adadelta_viz.player.race_payload import RATES, labels, roles
from tests.browser.conftest import NARROW, WIDE, Visits, address, played, settled
from tests.browser.page import (
    ANGLES,
    Scheme,
    at_step,
    button,
    choose_surface,
    field,
    player,
    point_at,
    rgb,
    slider,
    step_of,
)
from tests.said import number

HOSTILE = {
    "run1": "adam",
    "run1.lr": "1e400",
    "run2": "<img src=x onerror=alert(1)>",
    "rates": "fast",
    "view": "3d",
    "tolerance": "nan",
    "surface": "../../etc",
}
COLUMNS = ("best so far", "value now", "steps to", "path length", "largest step", "diverged")


def usual(surface: str = "rosenbrock", keys: tuple[str, ...] = DEFAULT_RUNS, **numbers: float) -> Race:
    """Return who races when nobody has chosen, or others with their defaults, under these conditions."""
    return Race(tuple(Experiment(surface, key, numbers) for key in keys))


def link(race: Race) -> str:
    """Return the part of the address that names a race."""
    return "?" + "&".join(f"{key}={value}" for key, value in race.to_query().items())


def shows(page: Page, race: Race) -> None:
    """Wait until the picture, the address and the names of the runs are this race."""
    played(page, race)
    page.wait_for_function("(link) => location.search === link", arg=link(race))
    names = labels(race.resolved_runs())
    expect(chips(page)).to_have_text([re.compile(f"^{re.escape(name)}") for name in names] if len(names) > 1 else [])
    assert sorted(row.name for row in ranking(page)) == sorted(names)


def chips(page: Page) -> Locator:
    return player(page).get_by_title("Show or hide this run")


def chip(page: Page, name: str) -> Locator:
    return chips(page).filter(has_text=re.compile(f"^{re.escape(name)}"))


def landscapes(page: Page) -> Locator:
    return page.get_by_test_id("landscape")


def radio(page: Page, name: str) -> Locator:
    return page.get_by_role("radio", name=name, exact=True)


def open_fold(page: Page, place: int) -> Locator:
    """Open the fold with the controls of a run, counted from 1, unless it is open."""
    fold = page.get_by_test_id("stSidebar").get_by_test_id("stExpander").nth(place)  # the first is "Noise and seed"
    remove = fold.get_by_role("button", name="Remove")
    settled(page)
    if not remove.is_visible():
        fold.locator("summary").click()
    expect(remove).to_be_visible()
    settled(page)
    at_rest(fold)
    return fold


def open_conditions(page: Page) -> None:
    """Open the fold with the noise and its seed."""
    settled(page)
    page.get_by_test_id("stSidebar").get_by_text("Noise and seed").click()
    expect(field(page, "Seed")).to_be_visible()
    settled(page)


def at_rest(fold: Locator) -> None:
    """Wait until a fold has finished opening: what a mouse presses while it still slides is not what it releases."""
    fold.evaluate("(node) => Promise.allSettled(node.getAnimations({subtree: true}).map((each) => each.finished))")


def to_step(page: Page, step: int) -> None:
    slider(page, "Step$").fill(str(step))
    at_step(page, step)


def keep(page: Page) -> None:
    """Remember which element the player is."""
    page.evaluate("window.__root = document.querySelector('[data-testid=player]')")


def kept(page: Page) -> bool:
    """Tell whether the player is still the element that was remembered."""
    same: bool = page.evaluate(
        "window.__root?.isConnected && window.__root === document.querySelector('[data-testid=player]')"
    )
    return same


def ink(page: Page, colour: str, place: int = 0) -> int:
    """Count the pixels of a colour that paths and heads leave on a landscape, counted from 0."""
    count: int = page.evaluate(
        """([colour, place]) => {
            const frame = document.querySelectorAll('[data-testid=landscape]')[place].getBoundingClientRect();
            const layers = [...document.querySelectorAll('.av-landscapes > canvas')];
            const corner = layers[0].getBoundingClientRect();
            const copy = Object.assign(document.createElement('canvas'), {width: frame.width, height: frame.height});
            const pen = copy.getContext('2d', {willReadFrequently: true});
            for (const layer of layers) pen.drawImage(layer, corner.left - frame.left, corner.top - frame.top);
            const {data} = pen.getImageData(0, 0, copy.width, copy.height);
            let count = 0;
            for (let i = 0; i < data.length; i += 4) {
                count += data[i + 3] > 250 && colour.every((value, j) => Math.abs(data[i + j] - value) <= 3);
            }
            return count;
        }""",
        [rgb(colour), place],
    )
    return count


def colours(race: Race) -> list[str]:
    """Return the colour of each run in the light theme."""
    return [LIGHT.roles[role] for role in roles([run.optimizer for run in race.runs])]


def curves(page: Page, *keys: str) -> None:
    """Wait until the traces show the curves of exactly these runs."""
    expect(page.get_by_test_id("traces").locator("canvas")).to_have_attribute("data-runs", ",".join(keys))


class Row(NamedTuple):
    """A row of the ranking as it is read on the screen: the texts of the columns in the order of ``COLUMNS``."""

    key: str
    rank: str
    name: str
    texts: list[str]


def ranking(page: Page) -> list[Row]:
    """Read the ranking from top to bottom."""
    rows: list[list[Any]] = page.get_by_role("table", name="Ranking at the playhead").evaluate(
        """(table) => [...table.tBodies[0].rows].map((row) => {
            const [rank, name, ...texts] = [...row.cells].map((cell) => cell.textContent);
            return [row.dataset.run, rank, name, texts];
        })"""
    )
    return [Row(*row) for row in rows]


def standings(race: Race) -> list[Standing]:
    """Follow every run of a race by the core."""
    minimum = SURFACES[race.surface].minimum
    return [standing(entrant.run(), minimum, race.tolerance) for entrant in race.resolved_runs()]


def numbers_of(place: Standing, step: int) -> list[float]:
    """Return what stands in each column at a step; nan is what has not happened."""
    last = [float(each[min(step, len(each) - 1)]) for each in (place.best, place.now, place.length, place.largest)]
    reached, diverged = (float(each) if 0 <= each <= step else math.nan for each in (place.reached, place.diverged))
    best, now, length, largest = last
    return [best, now, reached, length, largest, diverged]


def order(worths: list[float]) -> list[tuple[str, str]]:
    """Rank runs by a number, the lower the better, equal ones together, those without one last: keys and ranks."""
    places = sorted(range(len(worths)), key=lambda i: (math.isnan(worths[i]), worths[i]))
    ranks = [f"{1 + sum(other < each for other in worths)}{'=' * (worths.count(each) > 1)}" for each in worths]
    return [(f"run{i + 1}", "–" if math.isnan(worths[i]) else ranks[i]) for i in places]


def ranks(page: Page, race: Race, places: list[Standing], column: str = "best so far") -> None:
    """Assert that the ranking is the core's at the step where the playhead is, in the order of a column."""
    step = step_of(page)
    expected = [numbers_of(place, step) for place in places]
    worths = [each[COLUMNS.index(column)] for each in expected]
    if column == "diverged":
        worths = [-math.inf if math.isnan(each) else -each for each in worths]
    rows = ranking(page)
    assert [(row.key, row.rank) for row in rows] == order(worths), f"step {step}, by {column}"
    names = labels(race.resolved_runs())
    for row in rows:
        run = int(row.key.removeprefix("run")) - 1
        assert row.name == names[run]
        *texts, diverged = row.texts
        shown = [math.nan if text == "–" else number(text) for text in texts]
        np.testing.assert_allclose(shown, expected[run][:-1], rtol=6e-4, err_msg=f"{row.name} at step {step}")
        when = expected[run][-1]
        assert diverged == ("–" if math.isnan(when) else f"diverged at step {when:.0f}")


def sorted_by(page: Page) -> list[str]:
    """Return the heads of the columns that the ranking says it is sorted by."""
    return player(page).locator("th[aria-sort]").all_text_contents()


def lies_on_the_first_screen(page: Page) -> None:
    """Assert that nothing has to be scrolled to play a race and to watch it."""
    for part in (landscapes(page), page.get_by_test_id("traces"), page.get_by_role("group", name="Playback")):
        box = part.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["y"] >= 0
        assert box["x"] + box["width"] <= WIDE[0]
        assert box["y"] + box["height"] <= WIDE[1]


# ---- What is there -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", ANGLES, ids=["wide", "narrow"])
def test_the_page_is_whole_in_this_theme_and_on_this_screen(
    open_page: Visits, viewport: tuple[int, int], scheme: Scheme
) -> None:
    race = usual()
    page = open_page("race", viewport=viewport, scheme=scheme)
    shows(page, race)
    theme = DARK if scheme == "dark" else LIGHT
    expect(page.get_by_test_id("stApp")).to_have_css("background-color", f"rgb{rgb(theme.paper)}")
    expect(player(page)).to_have_css("color", f"rgb{rgb(theme.ink)}")
    expect(page.locator("h1")).to_have_count(1)
    for role in ("button", "link", "slider", "combobox", "spinbutton", "radiogroup", "radio"):
        nameless = page.get_by_role(role, name=re.compile("^$"))
        assert [each.evaluate("(node) => node.outerHTML") for each in nameless.all()] == [], role
    for name, count in (("One landscape", 1), ("Side by side", len(DEFAULT_RUNS))):
        radio(page, name).click()
        expect(landscapes(page)).to_have_count(count)
        shows(page, Race(race.runs, view="overlay" if count == 1 else "grid"))
        for part in (
            *landscapes(page).all(),
            page.get_by_test_id("traces"),
            page.get_by_role("group", name="Playback"),
            page.get_by_role("table", name="Ranking at the playhead"),
        ):
            expect(part).to_be_visible()
        for node in ("document.scrollingElement", "document.querySelector('.stMain')"):
            assert page.evaluate(f"{node}.scrollWidth <= innerWidth"), f"{name}: {node}"
        for place, role in enumerate(roles(DEFAULT_RUNS)):
            cell = 0 if count == 1 else place
            assert ink(page, theme.roles[role], cell) > 50, f"{name}: {role}"
        if viewport == WIDE and count == 1:
            lies_on_the_first_screen(page)


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
    page.wait_for_function("() => location.search.includes('x0=')")
    settled(page)
    moved = Race.from_query(address(page))[0]
    assert math.dist(moved.runs[0].start, (1.5, 2.5)) < 0.01 * 4
    shows(page, moved)
    assert page.evaluate("document.querySelector('.stMain').scrollWidth <= innerWidth")


# ---- Who races -----------------------------------------------------------------------------------------------------


def test_runs_come_change_and_go_while_the_player_stays(open_page: Visits) -> None:
    page = open_page("race")
    shows(page, usual())
    keep(page)
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
    assert kept(page)
    ranks(page, race, standings(race))
    button(page, "Last step").click()
    for colour in colours(race)[:3]:  # SGD's path lies below the others
        assert ink(page, colour) > 50


def test_one_landscape_becomes_one_for_each_run_and_a_click_in_any_moves_all(open_page: Visits) -> None:
    race = usual()
    page = open_page("race")
    shows(page, race)
    keep(page)
    to_step(page, 500)
    radio(page, "Side by side").click()
    race = Race(race.runs, view="grid")
    expect(landscapes(page)).to_have_count(4)
    shows(page, race)
    assert address(page)["view"] == "grid"
    for place, colour in enumerate(colours(race)):
        owners = [i for i in range(4) if ink(page, colour, i)]
        assert owners == [place], colour
    for place, x, y in ((0, 1.5, 2.5), (1, -0.5, 0.25), (3, -1.75, 2.75)):
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
    radio(page, "One landscape").click()
    race = Race(race.runs)
    expect(landscapes(page)).to_have_count(1)
    shows(page, race)
    assert "view" not in address(page)
    at_step(page, 500)
    assert kept(page)


def test_a_run_hidden_in_the_legend_stays_hidden_until_it_is_called_back(open_page: Visits) -> None:
    race = usual()
    page = open_page("race")
    shows(page, race)
    blue = colours(race)[1]
    assert ink(page, blue) > 50
    momentum = chip(page, "Momentum")
    expect(momentum).to_have_attribute("aria-pressed", "true")
    momentum.click()
    slider(page, "Steps").press("ArrowLeft")
    shorter = usual(steps=899)
    shows(page, shorter)  # another payload
    assert ink(page, blue) == 0
    radio(page, "Side by side").click()
    expect(landscapes(page)).to_have_count(4)
    shows(page, Race(shorter.runs, view="grid"))
    assert ink(page, blue, 1) == 0
    assert ranking(page)[0].name == "Momentum", "what is hidden still races"
    expect(momentum).to_have_attribute("aria-pressed", "false")
    curves(page, "run1", "run3", "run4")
    momentum.click()
    expect(momentum).to_have_attribute("aria-pressed", "true")
    curves(page, "run1", "run2", "run3", "run4")
    assert ink(page, blue, 1) > 50
    radio(page, "One landscape").click()
    shows(page, shorter)
    for name in ("Momentum", "RMSprop", "Adam"):
        chip(page, name).click()
        expect(chip(page, name)).to_have_attribute("aria-pressed", "false")
    assert [ink(page, colour) > 0 for colour in colours(shorter)] == [True, False, False, False]
    curves(page, "run1")


# ---- Ranking -------------------------------------------------------------------------------------------------------


def test_the_ranking_follows_the_playhead_and_is_sorted_by_any_column_with_mouse_and_keys(open_page: Visits) -> None:
    race = usual()
    page = open_page("race")
    shows(page, race)
    places = standings(race)
    button(page, "First step").click()
    assert [row.rank for row in ranking(page)] == ["1="] * 4
    ranks(page, race, places)
    for step in (1, 37, 415, 416, 717, 900):
        to_step(page, step)
        ranks(page, race, places)
    player(page).focus()
    for key, step in (("ArrowLeft", 899), ("Shift+ArrowLeft", 889), ("Home", 0), ("ArrowRight", 1)):
        page.keyboard.press(key)
        at_step(page, step)
        ranks(page, race, places)
    page.get_by_test_id("traces").click(position={"x": 300, "y": 100})
    assert 1 < step_of(page) < 900
    ranks(page, race, places)
    to_step(page, 500)
    assert sorted_by(page) == ["best so far"]
    for column in ("path length", "steps to", "diverged"):
        player(page).get_by_role("button", name=column).click()
        (sorting,) = sorted_by(page)
        assert sorting.startswith(column)
        ranks(page, race, places, column)
    for key, column in (("Enter", "largest step"), ("Space", "value now")):
        head = player(page).get_by_role("button", name=column)
        head.focus()
        page.keyboard.press(key)
        assert sorted_by(page) == [column]
        expect(head).to_be_focused()
        ranks(page, race, places, column)
    at_step(page, 500)
    expect(player(page)).to_have_attribute("data-playing", "false")
    player(page).get_by_role("button", name="steps to").click()
    to_step(page, 800)
    ranks(page, race, places, "steps to")
    choose_surface(page, "Saddle")  # nobody can arrive there: the column goes, and with it the order
    flat = usual("saddle")
    shows(page, flat)
    expect(player(page).get_by_role("columnheader", name="steps to")).to_have_count(0)
    expect(player(page)).to_contain_text("No minimum is listed")
    assert sorted_by(page) == ["best so far"]


def test_a_run_that_diverges_stays_in_the_race_and_stretches_no_axis(open_page: Visits) -> None:
    race = Race((Experiment("quadratic", "sgd", {"lr": 5}), Experiment("quadratic", "adadelta")))
    page = open_page("race", race.to_query())
    shows(page, race)
    places = standings(race)
    end = int(places[0].diverged)
    for step in (0, end - 1, end, 900):
        to_step(page, step)
        ranks(page, race, places)
    assert any(f"diverged at step {end}" in row.texts for row in ranking(page))
    player(page).get_by_role("button", name="diverged").click()
    ranks(page, race, places, "diverged")
    surface = SURFACES["quadratic"]
    ranges = (
        landscapes(page).locator(".av-ground").evaluate("({_fullLayout: {xaxis, yaxis}}) => [xaxis.range, yaxis.range]")
    )
    np.testing.assert_allclose(ranges, surface.domain)
    corners = np.array(np.meshgrid(*surface.domain))
    low, high = page.locator(".av-panels").evaluate("(graph) => graph._fullLayout.yaxis.range")
    assert high == math.ceil(math.log10(surface.value(corners).max()))
    assert low < 1
    assert ink(page, LIGHT.adadelta) > 50


def test_a_chosen_row_shows_the_update_of_its_run_and_stays_chosen_in_the_next_race(open_page: Visits) -> None:
    race = usual(noise=0.1, seed=3)
    page = open_page("race", race.to_query())
    shows(page, race)
    results = player(page).locator(".av-update [data-result]")
    for place, title in ((3, "Adam"), (2, "RMSprop"), (1, "Momentum"), (0, "AdaDelta")):
        experiment = race.runs[place]
        run = experiment.run()
        row = player(page).locator(f'.av-ranking tr[data-run="run{place + 1}"]')
        row.get_by_role("cell").nth(1 + place).click()
        expect(player(page).locator(".av-name[aria-pressed=true]")).to_have_text(title)
        expect(player(page).locator(".av-update thead")).to_contain_text(f"{title} the update")
        known = terms(OPTIMIZERS[experiment.optimizer], run, experiment.hyper)
        for step in (1, 250, 900):
            to_step(page, step)
            shown = results.evaluate_all("(nodes) => nodes.map((node) => [node.dataset.term, node.textContent])")
            assert len(shown) == 2 * (1 + len(OPTIMIZERS[experiment.optimizer].equations))
            for i, (name, text) in enumerate(shown):
                np.testing.assert_allclose(number(text), known[name][step, i % 2], rtol=6e-4, err_msg=f"{title} {name}")
        assert {"gradient", "theta", *run.state} <= {name for name, _ in shown}
    remembered = (
        player(page)
        .locator(".av-memory tbody tr")
        .evaluate_all("(rows) => rows.map((row) => [...row.cells].slice(1).map((cell) => cell.textContent))")
    )
    records = [(experiment.optimizer, record) for experiment in race.runs for record in experiment.run().state.items()]
    assert len(remembered) == len(records)
    for (symbol, *texts), (optimizer, (name, record)) in zip(remembered, records, strict=True):
        assert symbol == OPTIMIZERS[optimizer].state[name].symbol
        np.testing.assert_allclose(
            [number(text) for text in texts], record[900], rtol=6e-4, err_msg=f"{optimizer} {name}"
        )
    player(page).get_by_title("Show the update of Adam").click()
    slider(page, "Steps").press("ArrowRight")
    shows(page, usual(noise=0.1, seed=3, steps=901))
    expect(player(page).locator(".av-name[aria-pressed=true]")).to_have_text("Adam")
    expect(player(page).locator(".av-update thead")).to_contain_text("Adam the update")


# ---- Fairness ------------------------------------------------------------------------------------------------------


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


# ---- Links and history ---------------------------------------------------------------------------------------------

SHARED = {"x0": 1.25, "y0": -2, "steps": 300, "noise": 0.2, "seed": 42}
FRIEND = Race(
    (
        Experiment("himmelblau", "adadelta", {**SHARED, "rho": 0.8, "eps": 3e-4}),
        Experiment("himmelblau", "momentum", {**SHARED, "lr": 0.002, "momentum": 0.7}),
        Experiment("himmelblau", "adam", {**SHARED, "lr": 0.03, "beta1": 0.5}),
    ),
    rates="tuned",
    tolerance=0.5,
    view="grid",
)


def controls(page: Page) -> list[tuple[str, str]]:
    """Return what the controls show, each by its name; those of a run only if its fold is open."""
    inputs: list[list[str]] = (
        page.get_by_test_id("stSidebar")
        .locator("input")
        .evaluate_all("(nodes) => nodes.map((node) => [node.ariaLabel, node.ariaValueText ?? node.value])")
    )
    switches = page.get_by_role("radiogroup").filter(has_not=page.locator(".av-root")).all()
    chosen = [(each.get_attribute("aria-label"), each.get_by_role("radio", checked=True)) for each in switches]
    return [(name, text) for name, text in inputs] + [(name or "", node.inner_text()) for name, node in chosen]


def test_a_link_gives_a_friend_the_same_race_and_history_walks_through_its_changes(open_page: Visits) -> None:
    page = open_page("race", FRIEND.to_query())
    shows(page, FRIEND)
    expect(landscapes(page)).to_have_count(3)
    open_conditions(page)
    seen = controls(page)
    shared = {"Surface": "Himmelblau", "Start x": "1.250", "Start y": "-2.000", "Steps": "300", "Seed": "42"}
    own = {"Tolerance": "0.5", "Gradient noise": "0.2", "View": "Side by side", "Learning rates": "Tuned"}
    assert set((shared | own).items()) <= set(seen)
    page.get_by_role("button", name="Add a run").click()
    sgd = Experiment("himmelblau", "sgd", SHARED)
    four = Race((*FRIEND.runs, sgd), FRIEND.rates, FRIEND.tolerance, FRIEND.view)
    shows(page, four)
    page.go_back()
    shows(page, FRIEND)
    settled(page)
    assert controls(page) == seen
    page.go_forward()
    shows(page, four)
    other = open_page("race", link(FRIEND)[1:])
    shows(other, FRIEND)
    open_conditions(other)
    assert controls(other) == seen
    ranks(other, FRIEND, standings(FRIEND))
    for place, title, texts in (
        (1, "AdaDelta", ["0.800", "0.0003", "1"]),
        (2, "Momentum", ["0.002", "0.700"]),
        (3, "Adam", ["0.03", "0.500", "0.999", "10⁻⁸"]),
    ):
        fold = open_fold(other, place)
        expect(fold.get_by_role("combobox", name="Optimizer")).to_have_value(title)
        sliders = fold.get_by_role("slider").all()
        assert [each.get_attribute("aria-valuetext") for each in sliders] == texts


def test_a_bad_link_gives_a_race_and_one_notice_in_plain_text(open_page: Visits) -> None:
    page = open_page("race", HOSTILE)
    shows(page, usual(keys=("adam", "adadelta")))
    notice = page.locator(".st-key-notice")
    expect(notice).to_have_count(1)
    expect(notice).to_contain_text("“<img src=x onerror=alert(1)>”")
    for name in ("run1.lr", "run2", "rates", "view", "tolerance", "surface"):
        expect(notice).to_contain_text(f"{name} must be ")
    expect(page.locator("img[src=x]")).to_have_count(0)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    radio(page, "Side by side").click()
    expect(landscapes(page)).to_have_count(2)
    expect(notice).to_have_count(0)


def test_a_preset_opens_its_race_in_the_same_tab_and_back_leads_out_again(open_page: Visits) -> None:
    (saddle,) = (preset for preset in PRESETS if preset.key == "saddle")
    page = open_page("race", {"steps": "100"})
    shows(page, usual(steps=100))
    for preset in PRESETS:
        expect(page.get_by_test_id("stMain")).to_contain_text(preset.sentence)
    page.get_by_role("link", name=saddle.title).click()
    shows(page, saddle.race)
    assert len(page.context.pages) == 1
    expect(page.get_by_role("combobox", name="Surface")).to_have_value(SURFACES["saddle"].title)
    expect(page.get_by_text(saddle.sentence)).to_be_visible()
    settled(page)
    page.go_back()
    shows(page, usual(steps=100))
    expect(page.get_by_role("combobox", name="Surface")).to_have_value("Rosenbrock")


def test_surface_and_start_come_along_from_explore_by_the_menu(open_page: Visits) -> None:
    page = open_page(query={"surface": "beale", "x0": "0.5", "steps": "200", "rho": "0.9"})
    played(page, Experiment("beale", numbers={"x0": 0.5, "steps": 200, "rho": 0.9}))
    page.get_by_role("link", name="Race", exact=True).click()
    race = usual("beale", x0=0.5, steps=200)
    shows(page, race)
    page.get_by_role("button", name="Add a run").click()
    shows(page, usual("beale", (*DEFAULT_RUNS, "sgd"), x0=0.5, steps=200))
    page.get_by_role("link", name="Explore", exact=True).click()
    played(page, Experiment("beale", numbers={"x0": 0.5, "steps": 200, "rho": 0.9}))


# ---- To take home --------------------------------------------------------------------------------------------------


def contents(download: Download) -> bytes:
    return Path(download.path()).read_bytes()


def test_programs_and_numbers_can_be_taken_home(open_page: Visits) -> None:
    race = usual(keys=("adadelta", "lion"), steps=50)
    page = open_page("race", race.to_query())
    shows(page, race)
    takeaway = page.get_by_test_id("stMain").get_by_test_id("stExpander")
    takeaway.get_by_text("Code to take home").click()
    expect(takeaway.get_by_test_id("stCode")).to_contain_text("import numpy as np")
    radio(page, "PyTorch").click()
    expect(takeaway.get_by_test_id("stCode")).to_contain_text("torch.optim.Adadelta([theta], lr=1.0")
    runs = page.get_by_role("radiogroup", name="Run")
    for place, name in ((0, "AdaDelta"), (1, "Lion")):
        runs.get_by_role("radio", name=name).click()
        expect(takeaway.get_by_test_id("stCode")).to_have_count(1 - place)
        settled(page)
        with page.expect_download() as waiting:
            takeaway.get_by_role("button", name="CSV").click()
        assert waiting.value.suggested_filename == f"rosenbrock-{race.runs[place].optimizer}.csv"
        rows = list(csv.DictReader(io.StringIO(contents(waiting.value).decode())))
        assert len(rows) == 51
        run = race.runs[place].run()
        np.testing.assert_array_equal([float(row["theta_x"]) for row in rows], run.theta[:, 0])
    expect(takeaway.get_by_test_id("stText")).to_have_text("PyTorch has no Lion.")
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_pictures_and_the_link_can_be_taken_home(open_page: Visits) -> None:
    race = usual()
    page = open_page("race")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    shows(page, race)
    to_step(page, 400)
    with page.expect_download() as waiting:
        button(page, "PNG").click()
    assert waiting.value.suggested_filename == "adadelta-laboratory-rosenbrock.png"
    picture = contents(waiting.value)
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert len(picture) > 50_000
    radio(page, "Side by side").click()
    expect(landscapes(page)).to_have_count(4)
    shows(page, Race(race.runs, view="grid"))
    for view in ("grid", "overlay"):
        if view == "overlay":
            radio(page, "One landscape").click()
            shows(page, race)
        with page.expect_download() as waiting:
            button(page, "SVG").click()
        assert waiting.value.suggested_filename == "adadelta-laboratory-rosenbrock.svg"
        drawing = contents(waiting.value).decode()
        assert drawing.startswith("<svg")
        for text in (*labels(race.runs), "step 400 of 900", "the same for all"):
            assert text in drawing, f"{view}: {text}"
    button(page, "Copy link").click()
    expect(player(page).get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.url


# ---- Keyboard only -------------------------------------------------------------------------------------------------


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
            if each.evaluate("(node) => node === document.activeElement"):
                break
        expect(each).to_be_focused()
        if each in inside:
            expect(each).to_have_css("outline-style", "solid")
    player(page).focus()
    top = page.evaluate("document.querySelector('.stMain').scrollTop")
    for key, step in (("Home", 0), ("ArrowRight", 1), ("Shift+ArrowRight", 11), ("ArrowLeft", 10), ("End", 300)):
        page.keyboard.press(key)
        at_step(page, step)
    page.keyboard.press("Space")
    expect(player(page)).to_have_attribute("data-playing", "true")
    page.keyboard.press("Space")
    expect(player(page)).to_have_attribute("data-playing", "false")
    assert page.evaluate("document.querySelector('.stMain').scrollTop") == top, "Space scrolled the page"
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


# ---- Playback ------------------------------------------------------------------------------------------------------


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
    page.wait_for_function("() => document.querySelector('[data-testid=player]').dataset.step > 10")
    radio(page, "Side by side").click()
    expect(landscapes(page)).to_have_count(8)
    shows(page, Race(race.runs, view="grid"))
    expect(player(page)).to_have_attribute("data-playing", "true")
    reached = step_of(page)
    assert reached > 10
    page.wait_for_function("(step) => document.querySelector('[data-testid=player]').dataset.step > step", arg=reached)
    button(page, "Pause").click()
    expect(player(page)).to_have_attribute("data-playing", "false")
    stopped = step_of(page)
    assert reached < stopped < 500
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    at_step(page, stopped)
    ranks(page, race, standings(race))
    for place, colour in enumerate(colours(race)):
        assert ink(page, colour, place) > 20, place
