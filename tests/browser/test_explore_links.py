"""The address of Explore is the experiment: for a friend, after a reload, in the history, when it is hostile."""

from playwright.sync_api import expect

from adadelta_viz.experiments import Experiment
from tests.browser.explore_page import controls, shows
from tests.browser.page import choose_surface, comes_to, field, slider
from tests.browser.visits import NARROW, WIDE, Visits, played, settled

FULL = Experiment(
    "himmelblau", numbers={"x0": 1.25, "rho": 0.9, "eps": 3e-7, "lr": 2, "steps": 450, "noise": 0.5, "seed": 42}
)
HOSTILE = {
    "surface": f"<script>alert(1)</script>{'x' * 3000}",
    "x0": "1e308",
    "rho": "9" * 3000,
    "eps": "1e400",
    "lr": "１２",
    "steps": "99999999",
    "noise": "inf",
    "seed": "-1",
}


def test_a_link_survives_a_reload_and_gives_another_visitor_what_is_seen(open_page: Visits) -> None:
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
    slider(page, "ε").press("End")
    shows(page, Experiment("himmelblau", numbers={**FULL.numbers, "eps": 0.1}))
    choose_surface(page, "Beale")
    x, y = Experiment("beale").start
    changed = Experiment("beale", numbers={**FULL.numbers, "eps": 0.1, "x0": x, "y0": y})
    shows(page, changed)
    friend = open_page(query=page.url.partition("?")[2])
    shows(friend, changed)
    assert controls(friend) == controls(page)


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


def test_a_hostile_link_gives_the_default_page_and_one_notice_in_plain_text_that_fits_a_phone(
    open_page: Visits,
) -> None:
    page = open_page(query=HOSTILE, viewport=NARROW)
    shows(page, Experiment())
    notice = page.locator(".st-key-notice")
    expect(notice).to_have_count(1)
    expect(notice).to_be_visible()
    expect(notice).to_contain_text("“<script>alert(1)</script>")
    for name in HOSTILE:
        expect(notice).to_contain_text(f"{name} must be ")
    expect(notice.locator("script")).to_have_count(0)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    comes_to(page, "document.querySelector('.stMain').scrollWidth <= innerWidth", True)
    page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    slider(page, "ρ").press("ArrowLeft")
    shows(page, Experiment(numbers={"rho": 0.949}))
    expect(notice).to_have_count(0)
