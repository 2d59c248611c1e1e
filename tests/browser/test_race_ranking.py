"""The ranking of a race follows the playhead and any column; a chosen row shows its update; runs are played and typed.

Python computes what must be on the screen: ranking and numbers are compared with the same race run here.
"""

import math

import numpy as np
from playwright.sync_api import expect

from adadelta_viz.core import OPTIMIZERS, SURFACES
from adadelta_viz.experiments import Experiment
from adadelta_viz.experiments.race import Race
from adadelta_viz.figures import LIGHT
from adadelta_viz.notation.mathml import terms
from tests.browser.page import at_step, button, choose_surface, player, slider, step_of
from tests.browser.race_page import (
    ink,
    landscapes,
    ranking,
    ranks,
    shows,
    sorted_by,
    standings,
    to_step,
    usual,
)
from tests.browser.visits import Visits
from tests.said import number


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
