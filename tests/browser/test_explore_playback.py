"""Explore is played: by itself on a first visit, by buttons, keys and touches; and its numbers are the core's."""

import math
import re

import numpy as np
import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from adadelta_viz.experiments import Experiment
from adadelta_viz.notation.numbers import written
from adadelta_viz.views.navigation import TITLES
from tests.browser.explore_page import shows
from tests.browser.page import (
    at_step,
    button,
    comes_to,
    field,
    focused,
    pixels,
    player,
    point_at,
    scrolled,
    slider,
    step_of,
)
from tests.browser.visits import WIDE, Visits, played, settled
from tests.said import number


def test_a_first_visit_plays_by_itself_once_and_a_new_run_does_not(open_page: Visits) -> None:
    page = open_page(query={"steps": "60"}, reduced_motion=False)
    played(page, Experiment(numbers={"steps": 60}))
    expect(player(page)).to_have_attribute("data-playing", "true")
    at_step(page, 60)
    expect(player(page)).to_have_attribute("data-playing", "false")
    slider(page, "ρ").press("ArrowLeft")
    shows(page, Experiment(numbers={"steps": 60, "rho": 0.949}))
    expect(player(page)).to_have_attribute("data-playing", "false")
    at_step(page, 60)


@pytest.mark.firefox
def test_with_reduced_motion_a_run_rests_at_its_end_until_it_is_stepped_and_played(open_page: Visits) -> None:
    page = open_page(reduced_motion=True)
    played(page, Experiment())
    at_step(page, 900)
    expect(player(page)).to_have_attribute("data-playing", "false")
    for name, step in (
        ("First step", 0),
        ("Step back", 0),
        ("Step forward", 1),
        ("Step forward", 2),
        ("Step back", 1),
        ("Last step", 900),
        ("Step forward", 900),
        ("Step back", 899),
    ):
        button(page, name).click()
        at_step(page, step)

    scrub, traces = slider(page, "Step$"), page.get_by_test_id("traces")
    for step in (0, 123, 900):
        scrub.fill(str(step))
        at_step(page, step)
        expect(player(page)).to_contain_text(f"step {step} of 900")
    box = scrub.bounding_box()
    assert box is not None
    scrub.click(position={"x": box["width"] / 2, "y": box["height"] / 2})
    assert abs(step_of(page) - 450) <= 5, "a click in the middle of the scrubber"
    left, scale = traces.locator(".av-panels").evaluate(
        "({_fullLayout: {xaxis}}) => [xaxis._offset + xaxis.d2p(0), xaxis.d2p(1) - xaxis.d2p(0)]"
    )
    traces.click(position={"x": left + 200 * scale, "y": 100})
    assert abs(step_of(page) - 200) <= 2, "a click on the traces"

    player(page).focus()
    for key, step in (
        ("Home", 0),
        ("ArrowRight", 1),
        ("Shift+ArrowRight", 11),
        ("ArrowLeft", 10),
        ("Shift+ArrowLeft", 0),
        ("ArrowLeft", 0),
        ("End", 900),
        ("ArrowRight", 900),
    ):
        page.keyboard.press(key)
        at_step(page, step)
    before = scrolled(page)  # the focus may have brought a part of a tall player into view
    page.keyboard.press("Space")
    expect(player(page)).to_have_attribute("data-playing", "true")
    page.keyboard.press("Space")
    expect(player(page)).to_have_attribute("data-playing", "false")
    assert scrolled(page) == before, "Space scrolled the page"

    for speed in ("2×", "4×", "0.25×", "0.5×", "1×", "2×", "4×", "0.25×"):
        player(page).get_by_role("button", name=re.compile("^Speed")).click()
        expect(button(page, f"Speed {speed}")).to_have_text(speed)
    button(page, "First step").click()
    button(page, "Play").click()  # at a quarter of the speed, so that a slow machine pauses before the end
    expect(player(page)).to_have_attribute("data-playing", "true")
    comes_to(page, "document.querySelector('[data-testid=player]').dataset.step > 10", True)
    button(page, "Pause").click()
    expect(player(page)).to_have_attribute("data-playing", "false")
    stopped = step_of(page)
    assert 10 < stopped < 900
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    at_step(page, stopped)


def test_tab_reaches_sliders_and_player_in_order_and_each_shows_its_focus(open_page: Visits) -> None:
    page = open_page()
    played(page, Experiment())
    wanted = [
        page.get_by_role("combobox", name="Surface"),
        field(page, "Start x"),
        field(page, "Start y"),
        slider(page, "ρ"),
        slider(page, "ε"),
        slider(page, "Steps"),
        player(page),
        *[button(page, name) for name in ("First step", "Step back", "Play", "Step forward", "Last step")],
        slider(page, "Step$"),
    ]
    still = [picture(page, each) for each in wanted]
    for each, before in zip(wanted, still, strict=True):
        for _ in range(len(TITLES) + 4):  # the menu of pages stands before the first control
            page.keyboard.press("Tab")
            if focused(each):
                break
        expect(each).to_be_focused()
        assert picture(page, each) != before, each


def picture(page: Page, element: Locator) -> bytes:
    """Photograph an element with the room around it in which its focus is drawn."""
    box = element.evaluate(
        """(node) => {
            const shown = node.closest('[data-testid=stSlider], [data-testid=stNumberInput]') ?? node;
            return shown.getBoundingClientRect().toJSON();
        }"""
    )
    left, top = max(0, box["x"] - 12), max(0, box["y"] - 12)
    across, down = min(WIDE[0], box["right"] + 12) - left, min(WIDE[1], box["bottom"] + 12) - top
    clip: FloatRect = {"x": left, "y": top, "width": across, "height": down}
    return page.screenshot(clip=clip, animations="disabled")


# ---- Numbers -------------------------------------------------------------------------------------------------------

NOISY = Experiment("beale", numbers={"rho": 0.8, "eps": 1e-4, "lr": 0.5, "steps": 200, "noise": 0.1, "seed": 3})


def shows_the_numbers_of_the_core(page: Page, experiment: Experiment) -> None:
    """Assert that the table at several steps holds what a run of the experiment has there."""
    run = experiment.run()
    results = player(page).locator("table [data-result]")
    for step in (1, 2, 137, int(experiment.numbers["steps"])):
        slider(page, "Step$").fill(str(step))
        at_step(page, step)
        shown = results.evaluate_all("(nodes) => nodes.map((node) => [node.dataset.term, node.textContent])")
        expected = {
            "gradient": run.gradient[step - 1],
            "mean_sq_grad": run.state["mean_sq_grad"][step],
            "update": run.delta[step - 1] / experiment.numbers["lr"],
            "mean_sq_delta": run.state["mean_sq_delta"][step],
            "theta": run.theta[step],
        }
        assert len(shown) == 2 * len(expected)
        for place, (name, text) in enumerate(shown):
            row = list(expected)[place // 2]
            assert name == row or row == "update"
            np.testing.assert_allclose(number(text), expected[row][place % 2], rtol=6e-4, err_msg=f"{row} {step}")
        loss = re.search(r"loss (\S+)", player(page).inner_text())
        assert loss is not None
        np.testing.assert_allclose(number(loss[1]), run.value[step], rtol=6e-4)
    button(page, "First step").click()
    at_step(page, 0)
    assert set(results.all_text_contents()) == {"–"}


@pytest.mark.parametrize("experiment", [Experiment(), NOISY], ids=["default", "noisy"])
def test_table_tooltip_and_facts_are_the_numbers_of_the_core(open_page: Visits, experiment: Experiment) -> None:
    page = open_page(query=experiment.to_query())
    played(page, experiment)
    shows_the_numbers_of_the_core(page, experiment)
    if experiment == NOISY:
        return
    run, step = experiment.run(), 400
    button(page, "Last step").click()
    landscape, tooltip = page.get_by_test_id("landscape"), page.locator(".av-tooltip")
    landscape.hover(position=point_at(page, *run.theta[step]))
    expect(tooltip).to_be_visible()
    told = tooltip.locator("span").all_text_contents()
    facts = dict(zip(told[::2], told[1::2], strict=True))
    found = int(facts["step"])
    (there, hovered) = pixels(page, run.theta[[found, step]])
    assert math.dist(there, hovered) <= 2
    np.testing.assert_allclose([number(each) for each in facts["x, y"].split(", ")], run.theta[found], rtol=6e-4)
    np.testing.assert_allclose(number(facts["loss"]), run.value[found], rtol=6e-4)
    landscape.hover(position=point_at(page, 0, 2.5))
    expect(tooltip).to_be_hidden()

    main = page.get_by_test_id("stMain")
    expect(main).to_contain_text(f"{written(float(run.value.min()))} at step {int(run.value.argmin())}")
    expect(main).to_contain_text("all 900 steps done")
    explanation = main.get_by_test_id("stExpander")
    expect(explanation.locator("table")).to_be_hidden()
    explanation.locator("summary").click()
    expect(explanation.locator("table")).to_be_visible()
    expect(explanation).to_contain_text(written(math.sqrt(1e-6 / 0.05)))  # the law of the slow start
    for each in run.delta[0]:
        expect(explanation.locator("table")).to_contain_text(written(float(each)))
    settled(page)
