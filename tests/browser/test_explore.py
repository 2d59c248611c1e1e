"""The Explore page as a visitor has it: whole in each theme on each screen, and every control changes the run alone.

Python computes what must be on the screen: the id of the run tells which experiment is shown, and paths are compared
with a run of the same experiment here.
"""

import math

import pytest
from playwright.sync_api import expect

from adadelta_viz.core import SURFACES
from adadelta_viz.experiments import Experiment
from adadelta_viz.figures import LIGHT
from tests.browser.explore_page import shows
from tests.browser.page import (
    ANGLES,
    SCHEMES,
    at_step,
    button,
    choose_surface,
    comes_to,
    draws,
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
from tests.browser.visits import NARROW, Visits, address, played, settled

COLOURS = "document.querySelector('.av-ground')._fullData[0].colorscale.map((each) => each[1])"


@pytest.mark.parametrize("screen", ANGLES)
def test_the_page_is_whole_on_this_screen_and_follows_the_theme_of_the_visitors_system(
    open_page: Visits, screen: str
) -> None:
    page = open_page(viewport=ANGLES[screen], scheme=SCHEMES[screen][0][0])
    played(page, Experiment())
    landscape, traces = page.get_by_test_id("landscape"), page.get_by_test_id("traces")
    for scheme, theme in SCHEMES[screen]:
        page.emulate_media(color_scheme=scheme)
        expect(player(page), scheme).to_have_css("color", f"rgb{rgb(theme.ink)}")
        comes_to(page, COLOURS, [theme.low, theme.high])
        is_whole(page, theme, scheme)
        expect(landscape, scheme).to_be_visible()
        expect(traces, scheme).to_be_visible()
        draws(page, Experiment().run(), theme.adadelta)
    if screen == "wide":
        lies_in_the_window(page, player(page), landscape, traces, button(page, "Play"), slider(page, "Step$"))


def test_every_surface_opens_from_the_menu(open_page: Visits) -> None:
    page = open_page()
    for surface in [*list(SURFACES)[1:], "rosenbrock"]:
        choose_surface(page, SURFACES[surface].title)
        shows(page, Experiment(surface))
        expect(player(page)).to_contain_text(f"{SURFACES[surface].title} from")
    expect(page.get_by_test_id("stException")).to_have_count(0)


@pytest.mark.firefox
def test_controls_change_the_run_and_nothing_else(open_page: Visits) -> None:
    page = open_page()
    played(page, Experiment())
    remember(page, "player")
    slider(page, "Step$").fill("337")
    at_step(page, 337)
    numbers: dict[str, float] = {}
    for symbol, key, change in (
        ("ρ", "ArrowLeft", {"rho": 0.949}),
        ("ε", "ArrowRight", {"eps": 2e-6}),
        ("Steps", "ArrowRight", {"steps": 901}),
    ):
        slider(page, symbol).press(key)
        numbers |= change
        shows(page, Experiment(numbers=numbers))
        at_step(page, 337)
    button(page, "Last step").click()
    draws(page, Experiment(numbers=numbers).run(), LIGHT.adadelta)

    # a key that is held down loses no step, and the next control loses none of them
    slider(page, "ρ").focus()
    for _ in range(7):
        page.keyboard.press("ArrowLeft", delay=20)
    slider(page, "ε").focus()
    for _ in range(2):
        page.keyboard.press("ArrowRight", delay=20)
    numbers |= {"rho": 0.942, "eps": 1e-5}
    shows(page, Experiment(numbers=numbers))
    settled(page)
    expect(slider(page, "ρ")).to_have_attribute("aria-valuetext", "0.942")
    expect(slider(page, "ε")).to_have_attribute("aria-valuetext", "10⁻⁵")

    field(page, "Start x").fill("0.75")
    field(page, "Start x").press("Enter")
    numbers |= {"x0": 0.75}
    shows(page, Experiment(numbers=numbers))
    draws(page, Experiment(numbers=numbers).run(), LIGHT.adadelta)

    before = page.get_by_test_id("landscape").screenshot()
    slider(page, "ε").press("End")
    numbers |= {"eps": 0.1}
    shows(page, Experiment(numbers=numbers))
    assert page.get_by_test_id("landscape").screenshot() != before, "a larger epsilon draws the same path"

    before = page.get_by_test_id("landscape").screenshot()
    choose_surface(page, "Himmelblau")
    del numbers["x0"]  # another surface brings its own start
    shows(page, Experiment("himmelblau", numbers=numbers))
    for name, place in zip(("Start x", "Start y"), SURFACES["himmelblau"].start, strict=True):
        expect(field(page, name)).to_have_value(f"{place:.3f}")
    assert page.get_by_test_id("landscape").screenshot() != before, "another surface looks the same"
    assert is_the_same(page, "player")


def test_more_digits_than_a_control_shows_are_kept_until_it_moves_on_to_its_next_stop(open_page: Visits) -> None:
    page = open_page(query="x0=0.1234567&rho=0.91234567&eps=3e-07")
    exact = {"x0": 0.1234567, "rho": 0.91234567}
    shows(page, Experiment(numbers=exact | {"eps": 3e-7}))
    expect(slider(page, "ε")).to_have_attribute("aria-valuetext", "3·10⁻⁷")
    slider(page, "Steps").press("ArrowLeft")
    exact |= {"steps": 899}
    shows(page, Experiment(numbers=exact | {"eps": 3e-7}))
    slider(page, "ε").press("ArrowRight")
    shows(page, Experiment(numbers=exact | {"eps": 5e-7}))
    expect(slider(page, "ε")).to_have_attribute("aria-valuetext", "5·10⁻⁷")
    slider(page, "ε").press("ArrowLeft")
    shows(page, Experiment(numbers=exact | {"eps": 2e-7}))


@pytest.mark.parametrize("screen", ANGLES, ids=["click", "touch"])
def test_a_point_chosen_on_the_landscape_becomes_the_start_everywhere(open_page: Visits, screen: str) -> None:
    touch = ANGLES[screen] == NARROW
    page = open_page(query={"eps": "0.0001"}, viewport=ANGLES[screen], touch=touch)
    played(page, Experiment(numbers={"eps": 1e-4}))
    landscape = page.get_by_test_id("landscape")
    for x, y in ((1.5, 2.5), (-1.75, 2.75)):
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
    if touch:
        page.get_by_role("button", name="Expand sidebar").tap()
    for name, place in zip(("Start x", "Start y"), chosen.start, strict=True):
        expect(field(page, name)).to_have_value(f"{place:.3f}")
    if not touch:  # of many quick clicks the last one counts
        for x in (-1.0, -0.5, 0.0, 0.5):
            landscape.click(position=point_at(page, x, 2.0))
        comes_to(page, "Math.abs(new URLSearchParams(location.search).get('x0') - 0.5) < 0.04", True)
        settled(page)
        shows(page, Experiment.from_query(address(page))[0])
