"""The Explore page as a visitor has it: seen, clicked, typed, linked and left again.

Python computes what must be on the screen: the id of the run tells which experiment is shown, and numbers and paths
are compared with a run of the same experiment here.
"""

import math
import re

import numpy as np
import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from adadelta_viz.core import SURFACES
from adadelta_viz.experiments import Experiment
from adadelta_viz.figures import DARK, LIGHT
from adadelta_viz.notation.numbers import written
from adadelta_viz.views.navigation import TITLES
from tests.browser.conftest import NARROW, WIDE, Visits, address, played, settled
from tests.browser.page import (
    ANGLES,
    Scheme,
    at_step,
    button,
    choose_surface,
    draws,
    field,
    pixels,
    player,
    point_at,
    rgb,
    slider,
    step_of,
)
from tests.said import number

HOSTILE = "rho=nan&eps=1e400&steps=99999999&surface=<script>alert(1)</script>&x0=1e308&seed=-1&noise=inf&lr=１２"


def shows(page: Page, experiment: Experiment) -> None:
    """Wait until picture and address are this experiment."""
    played(page, experiment)
    page.wait_for_function("(link) => location.search === link", arg=link(experiment))


def link(experiment: Experiment) -> str:
    """Return the part of the address that names an experiment."""
    query = experiment.to_query()
    return "?" + "&".join(f"{key}={value}" for key, value in query.items()) if query else ""


# ---- What is there -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", ANGLES, ids=["wide", "narrow"])
def test_the_page_is_whole_in_this_theme_and_on_this_screen(
    open_page: Visits, viewport: tuple[int, int], scheme: Scheme
) -> None:
    page = open_page(viewport=viewport, scheme=scheme)
    played(page, Experiment())
    landscape, traces = page.get_by_test_id("landscape"), page.get_by_test_id("traces")
    expect(landscape).to_be_visible()
    expect(traces).to_be_visible()
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    assert page.evaluate("document.querySelector('.stMain').scrollWidth <= innerWidth")
    expect(page.locator("h1")).to_have_count(1)
    nameless = page.get_by_role("button", name=re.compile("^$"))
    assert [each.evaluate("(node) => node.outerHTML") for each in nameless.all()] == []
    theme = DARK if scheme == "dark" else LIGHT
    expect(page.get_by_test_id("stApp")).to_have_css("background-color", f"rgb{rgb(theme.paper)}")
    expect(player(page)).to_have_css("color", f"rgb{rgb(theme.ink)}")
    scale = landscape.locator(".av-ground").evaluate("(graph) => graph._fullData[0].colorscale.map((each) => each[1])")
    assert scale == [theme.low, theme.high]
    draws(page, Experiment().run(), theme.adadelta)


def test_landscape_traces_and_transport_lie_on_the_first_screen(open_page: Visits) -> None:
    page = open_page(viewport=WIDE)
    played(page, Experiment())
    landscape, traces = page.get_by_test_id("landscape"), page.get_by_test_id("traces")
    for part in (landscape, traces, button(page, "Play"), slider(page, "Step$")):
        box = part.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["y"] >= 0
        assert box["x"] + box["width"] <= WIDE[0]
        assert box["y"] + box["height"] <= WIDE[1]


def test_the_theme_follows_the_visitors_system_while_the_page_is_open(open_page: Visits) -> None:
    page = open_page(scheme="light")
    played(page, Experiment())
    draws(page, Experiment().run(), LIGHT.adadelta)
    page.emulate_media(color_scheme="dark")
    expect(player(page)).to_have_css("color", f"rgb{rgb(DARK.ink)}")
    page.wait_for_function(
        "(low) => document.querySelector('.av-ground')._fullData[0].colorscale[0][1] === low", arg=DARK.low
    )
    draws(page, Experiment().run(), DARK.adadelta)


def test_all_surfaces_open_from_the_menu(open_page: Visits) -> None:
    page = open_page()
    for surface in [*list(SURFACES)[1:], "rosenbrock"]:
        choose_surface(page, SURFACES[surface].title)
        shows(page, Experiment(surface))
        assert f"{SURFACES[surface].title} from" in player(page).inner_text()
    expect(page.get_by_test_id("stException")).to_have_count(0)


# ---- Controls ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("symbol", "key", "numbers"),
    [("ρ", "ArrowLeft", {"rho": 0.949}), ("ε", "ArrowRight", {"eps": 2e-6}), ("Steps", "ArrowRight", {"steps": 901})],
    ids=["rho", "eps", "steps"],
)
def test_a_slider_moved_by_key_changes_the_path_and_nothing_else(
    open_page: Visits, symbol: str, key: str, numbers: dict[str, float]
) -> None:
    page = open_page()
    played(page, Experiment())
    page.evaluate("window.__root = document.querySelector('[data-testid=player]')")
    slider(page, "Step$").fill("337")
    at_step(page, 337)
    slider(page, symbol).press(key)
    shows(page, Experiment(numbers=numbers))
    at_step(page, 337)
    assert page.evaluate("window.__root === document.querySelector('[data-testid=player]')")
    button(page, "Last step").click()
    draws(page, Experiment(numbers=numbers).run(), LIGHT.adadelta)


def test_a_larger_epsilon_draws_another_path(open_page: Visits) -> None:
    page = open_page()
    played(page, Experiment())
    before = page.get_by_test_id("landscape").screenshot()
    slider(page, "ε").press("End")
    shows(page, Experiment(numbers={"eps": 0.1}))
    assert page.get_by_test_id("landscape").screenshot() != before


def test_a_key_held_down_loses_no_step_and_the_next_control_none_of_them(open_page: Visits) -> None:
    page = open_page()
    played(page, Experiment())
    slider(page, "ρ").focus()
    for _ in range(8):
        page.keyboard.press("ArrowLeft", delay=20)
    slider(page, "ε").focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight", delay=20)
    shows(page, Experiment(numbers={"rho": 0.942, "eps": 1e-5}))
    settled(page)
    expect(slider(page, "ρ")).to_have_attribute("aria-valuetext", "0.942")
    expect(slider(page, "ε")).to_have_attribute("aria-valuetext", "10⁻⁵")


def test_another_surface_brings_its_own_start(open_page: Visits) -> None:
    page = open_page(query={"x0": "0.5", "rho": "0.9"})
    played(page, Experiment(numbers={"x0": 0.5, "rho": 0.9}))
    before = page.get_by_test_id("landscape").screenshot()
    choose_surface(page, "Himmelblau")
    shows(page, Experiment("himmelblau", numbers={"rho": 0.9}))
    x, y = SURFACES["himmelblau"].start
    expect(field(page, "Start x")).to_have_value(f"{x:.3f}")
    expect(field(page, "Start y")).to_have_value(f"{y:.3f}")
    assert page.get_by_test_id("landscape").screenshot() != before


def test_a_typed_start_moves_the_path(open_page: Visits) -> None:
    page = open_page()
    played(page, Experiment())
    field(page, "Start x").fill("0.75")
    field(page, "Start x").press("Enter")
    moved = Experiment(numbers={"x0": 0.75})
    shows(page, moved)
    draws(page, moved.run(), LIGHT.adadelta)


@pytest.mark.parametrize("viewport", ANGLES, ids=["click", "touch"])
def test_a_point_chosen_on_the_landscape_becomes_the_start_everywhere(
    open_page: Visits, viewport: tuple[int, int]
) -> None:
    touch = viewport == NARROW
    page = open_page(query={"eps": "0.0001"}, viewport=viewport, touch=touch)
    played(page, Experiment(numbers={"eps": 1e-4}))
    landscape = page.get_by_test_id("landscape")
    for x, y in ((1.5, 2.5), (-0.5, 0.25), (-1.75, 2.75)):
        before = player(page).get_attribute("data-run") or ""
        (landscape.tap if touch else landscape.click)(position=point_at(page, x, y))
        expect(player(page)).not_to_have_attribute("data-run", before)
        settled(page)
        chosen, problems = Experiment.from_query(address(page))
        assert problems == ()
        assert math.dist(chosen.start, (x, y)) < 0.01 * 4
        shows(page, chosen)
        assert set(address(page)) == {"x0", "y0", "eps"}
        draws(page, chosen.run(), LIGHT.adadelta)
        if not touch:
            expect(field(page, "Start x")).to_have_value(f"{chosen.start[0]:.3f}")
            expect(field(page, "Start y")).to_have_value(f"{chosen.start[1]:.3f}")
    if touch:
        page.get_by_role("button", name="Expand sidebar").tap()
        expect(field(page, "Start x")).to_have_value(f"{chosen.start[0]:.3f}")
        expect(field(page, "Start y")).to_have_value(f"{chosen.start[1]:.3f}")


def test_the_last_of_many_quick_clicks_is_the_start(open_page: Visits) -> None:
    page = open_page()
    played(page, Experiment())
    landscape = page.get_by_test_id("landscape")
    for x in (-1.0, -0.5, 0.0, 0.5):
        landscape.click(position=point_at(page, x, 2.0))
    page.wait_for_function("() => Math.abs(new URLSearchParams(location.search).get('x0') - 0.5) < 0.04")
    settled(page)
    shows(page, Experiment.from_query(address(page))[0])


# ---- Playback ------------------------------------------------------------------------------------------------------


def test_play_moves_the_steps_until_pause_stops_them(open_page: Visits) -> None:
    page = open_page()
    played(page, Experiment())
    page.emulate_media(reduced_motion="no-preference")
    button(page, "First step").click()
    button(page, "Play").click()
    expect(player(page)).to_have_attribute("data-playing", "true")
    page.wait_for_function("() => document.querySelector('[data-testid=player]').dataset.step > 20")
    button(page, "Pause").click()
    expect(player(page)).to_have_attribute("data-playing", "false")
    stopped = step_of(page)
    assert 20 < stopped < 900
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    at_step(page, stopped)


def test_buttons_step_by_one_and_jump_to_the_ends(open_page: Visits) -> None:
    page = open_page()
    played(page, Experiment())
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


def test_the_scrubber_and_the_traces_take_the_step_to_where_they_are_touched(open_page: Visits) -> None:
    page = open_page()
    played(page, Experiment())
    scrub, traces = slider(page, "Step$"), page.get_by_test_id("traces")
    for step in (0, 123, 900):
        scrub.fill(str(step))
        at_step(page, step)
        expect(player(page)).to_contain_text(f"step {step} of 900")
    box = scrub.bounding_box()
    assert box is not None
    scrub.click(position={"x": box["width"] / 2, "y": box["height"] / 2})
    assert abs(step_of(page) - 450) <= 5
    left, scale = traces.locator(".av-panels").evaluate(
        "({_fullLayout: {xaxis}}) => [xaxis._offset + xaxis.d2p(0), xaxis.d2p(1) - xaxis.d2p(0)]"
    )
    traces.click(position={"x": left + 200 * scale, "y": 100})
    assert abs(step_of(page) - 200) <= 2


def test_keys_play_and_step_when_the_player_has_the_focus(open_page: Visits) -> None:
    page = open_page()
    played(page, Experiment())
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
    scrolled = "document.querySelector('.stMain').scrollTop"
    before = page.evaluate(scrolled)  # the focus may have brought a part of a tall player into view
    page.keyboard.press("Space")
    expect(player(page)).to_have_attribute("data-playing", "true")
    page.keyboard.press("Space")
    expect(player(page)).to_have_attribute("data-playing", "false")
    assert page.evaluate(scrolled) == before, "Space scrolled the page"


def test_the_speed_goes_round_and_is_told(open_page: Visits) -> None:
    page = open_page()
    played(page, Experiment())
    for speed in ("2×", "4×", "0.25×", "0.5×", "1×"):
        player(page).get_by_role("button", name=re.compile("^Speed")).click()
        expect(button(page, f"Speed {speed}")).to_have_text(speed)


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


def test_with_reduced_motion_a_visit_begins_at_the_end_and_at_rest(open_page: Visits) -> None:
    page = open_page(reduced_motion=True)
    played(page, Experiment())
    at_step(page, 900)
    expect(player(page)).to_have_attribute("data-playing", "false")


# ---- Numbers -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "experiment",
    [
        Experiment(),
        Experiment("beale", numbers={"rho": 0.8, "eps": 1e-4, "lr": 0.5, "steps": 200, "noise": 0.1, "seed": 3}),
    ],
    ids=["default", "noisy"],
)
def test_the_table_shows_the_numbers_of_the_core(open_page: Visits, experiment: Experiment) -> None:
    page = open_page(query=experiment.to_query())
    played(page, experiment)
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
    assert set(results.all_text_contents()) == {"–"}


def test_a_point_of_the_path_tells_its_step_when_the_pointer_is_on_it(open_page: Visits) -> None:
    page = open_page()
    played(page, Experiment())
    run = Experiment().run()
    step = 400
    landscape = page.get_by_test_id("landscape")
    landscape.hover(position=point_at(page, *run.theta[step]))
    tooltip = page.locator(".av-tooltip")
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


def test_the_facts_below_are_those_of_the_run(open_page: Visits) -> None:
    page = open_page()
    played(page, Experiment())
    run = Experiment().run()
    main = page.get_by_test_id("stMain")
    expect(main).to_contain_text(f"{written(float(run.value.min()))} at step {int(run.value.argmin())}")
    expect(main).to_contain_text("all 900 steps done")


def test_a_run_that_leaves_the_map_says_at_which_step(open_page: Visits) -> None:
    experiment = Experiment("saddle", numbers={"steps": 2000, "eps": 0.1})
    page = open_page(query=experiment.to_query())
    played(page, experiment)
    step = int(np.argmax((np.abs(experiment.run().theta) > 2).any(axis=1)))
    expect(page.get_by_test_id("stMain")).to_contain_text(f"left the map at step {step}")


def test_the_slow_start_is_explained_with_the_number_of_the_law(open_page: Visits) -> None:
    page = open_page(query={"eps": "0.0001"})
    explanation = page.get_by_test_id("stMain").get_by_test_id("stExpander")
    law = written(math.sqrt(1e-4 / 0.05))
    expect(explanation.locator("table")).to_be_hidden()
    explanation.locator("summary").click()
    expect(explanation.locator("table")).to_be_visible()
    expect(explanation).to_contain_text(law)
    first = Experiment(numbers={"eps": 1e-4}).run().delta[0]
    assert f"{abs(first[0]):.4g}" == law
    for each in first:
        expect(explanation.locator("table")).to_contain_text(written(float(each)))


# ---- Links and history ---------------------------------------------------------------------------------------------

FULL = Experiment(
    "himmelblau", numbers={"x0": 1.25, "rho": 0.9, "eps": 3e-7, "lr": 2, "steps": 450, "noise": 0.5, "seed": 42}
)


def controls(page: Page) -> dict[str, str | None]:
    """Return what the controls show."""
    sliders = {name: slider(page, name).get_attribute("aria-valuetext") for name in ("ρ", "ε", "Steps")}
    fields = {name: field(page, name).input_value() for name in ("Start x", "Start y")}
    return sliders | fields | {"Surface": page.get_by_role("combobox", name="Surface").input_value()}


def test_a_link_survives_a_reload_and_gives_another_visitor_the_same(open_page: Visits) -> None:
    page = open_page(query=FULL.to_query())
    shows(page, FULL)
    seen = controls(page)
    assert seen == {
        "ρ": "0.900",
        "ε": "3·10⁻⁷",
        "Steps": "450",
        "Start x": "1.250",
        "Start y": "0.500",
        "Surface": "Himmelblau",
    }
    page.reload()
    settled(page)
    shows(page, FULL)
    assert controls(page) == seen
    other = open_page(query=page.url.partition("?")[2])
    shows(other, FULL)
    assert controls(other) == seen


def test_the_address_after_a_change_is_a_link_to_what_is_seen(open_page: Visits) -> None:
    page = open_page()
    played(page, Experiment())
    slider(page, "ε").press("End")
    shows(page, Experiment(numbers={"eps": 0.1}))
    choose_surface(page, "Beale")
    changed = Experiment("beale", numbers={"eps": 0.1})
    shows(page, changed)
    other = open_page(query=page.url.partition("?")[2])
    shows(other, changed)
    assert controls(other) == controls(page)


def test_an_epsilon_between_the_stops_is_kept_until_the_slider_moves_on(open_page: Visits) -> None:
    page = open_page(query="eps=3e-07")
    shows(page, Experiment(numbers={"eps": 3e-7}))
    expect(slider(page, "ε")).to_have_attribute("aria-valuetext", "3·10⁻⁷")
    slider(page, "ρ").press("ArrowLeft")
    shows(page, Experiment(numbers={"eps": 3e-7, "rho": 0.949}))
    slider(page, "ε").press("ArrowRight")
    shows(page, Experiment(numbers={"eps": 5e-7, "rho": 0.949}))
    expect(slider(page, "ε")).to_have_attribute("aria-valuetext", "5·10⁻⁷")
    slider(page, "ε").press("ArrowLeft")
    shows(page, Experiment(numbers={"eps": 2e-7, "rho": 0.949}))


def test_more_digits_than_a_control_shows_are_kept(open_page: Visits) -> None:
    page = open_page(query="x0=0.1234567&rho=0.91234567")
    shows(page, Experiment(numbers={"x0": 0.1234567, "rho": 0.91234567}))
    slider(page, "ε").press("End")
    shows(page, Experiment(numbers={"x0": 0.1234567, "rho": 0.91234567, "eps": 0.1}))


def test_back_and_forward_walk_through_the_experiments(open_page: Visits) -> None:
    page = open_page()
    played(page, Experiment())
    slider(page, "ρ").press("ArrowLeft")
    second = Experiment(numbers={"rho": 0.949})
    shows(page, second)
    choose_surface(page, "Beale")
    third = Experiment("beale", numbers={"rho": 0.949})
    shows(page, third)
    for move, there in ((page.go_back, second), (page.go_back, Experiment()), (page.go_forward, second)):
        move()
        shows(page, there)
        settled(page)
    page.go_forward()
    shows(page, third)
    expect(slider(page, "ρ")).to_have_attribute("aria-valuetext", "0.949")
    expect(page.get_by_role("combobox", name="Surface")).to_have_value("Beale")
    expect(field(page, "Start x")).to_have_value("1.000")


def test_a_hostile_link_gives_the_default_page_and_one_notice_in_plain_text(open_page: Visits) -> None:
    page = open_page(query=HOSTILE)
    shows(page, Experiment())
    notice = page.locator(".st-key-notice")
    expect(notice).to_have_count(1)
    expect(notice).to_contain_text("“<script>alert(1)</script>”")
    for name in ("surface", "x0", "rho", "eps", "lr", "steps", "noise", "seed"):
        expect(notice).to_contain_text(f"{name} must be ")
    expect(notice.locator("script")).to_have_count(0)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    slider(page, "ρ").press("ArrowLeft")
    shows(page, Experiment(numbers={"rho": 0.949}))
    expect(notice).to_have_count(0)


def test_a_hostile_link_leaves_a_narrow_page_without_overflow(open_page: Visits) -> None:
    page = open_page(query=f"surface={'x' * 3000}&rho={'9' * 3000}", viewport=NARROW)
    shows(page, Experiment())
    assert page.evaluate("document.querySelector('.stMain').scrollWidth <= innerWidth")
    expect(page.locator(".st-key-notice")).to_be_visible()


# ---- Keyboard only -------------------------------------------------------------------------------------------------


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
            if each.evaluate("(node) => node === document.activeElement"):
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
