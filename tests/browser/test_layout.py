"""Nothing is cut off or runs over the edge, on any page, in any section, at any width; the menu covers no page."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from adadelta_viz.claims import CLAIMS
from adadelta_viz.experiments import Experiment
from adadelta_viz.theory import SECTIONS
from adadelta_viz.views.navigation import TITLES
from tests.browser.page import comes_to, player
from tests.browser.visits import NARROW, WIDE, Visits, played, settled

CUT = (Path(__file__).parent / "cut.js").read_text(encoding="utf-8")
WIDTHS = (1440, 1100, 1024, 768, 390, 320)
ADDRESSES = {
    "explore": ["?"],
    "race": ["race", "race?view=grid&steps=50"],
    "maps": ["maps?steps=50", "maps?kind=basins&steps=50", "maps?kind=curves&steps=50"],
    "surface": ["surface", "surface?f=sin(3x)y%2Be^(-x^2-y^2)%2B|x|"],
    "claims": ["claims", *(f"claims?claim={key}&guess=reveal" for key in CLAIMS if CLAIMS[key].laws)],
    "theory": [f"theory?section={key}" for key in SECTIONS],
}
LEFT = "document.querySelector('[data-testid=stSidebar]').getBoundingClientRect().left"


def test_every_page_is_looked_at() -> None:
    assert list(ADDRESSES) == list(TITLES)


@pytest.mark.parametrize("room", ADDRESSES)
def test_nothing_is_cut_off_at_any_width(open_page: Visits, room: str) -> None:
    page = open_page(ADDRESSES[room][0])
    for address in ADDRESSES[room]:
        page.goto(f"/{address}")
        settled(page)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": WIDE[1]})
            comes_to(page, CUT, [])


def test_what_is_cut_is_seen(open_page: Visits) -> None:
    page = open_page("theory", {"section": "after"})
    page.add_style_tag(content=".av-newer { overflow: hidden; height: 26px }")
    assert any("D-Adaptation" in each for each in page.evaluate(CUT))


def test_the_player_fits_into_a_window_of_usual_height(open_page: Visits) -> None:
    page = open_page()
    played(page, Experiment())
    assert player(page).evaluate("node => node.getBoundingClientRect().bottom") <= WIDE[1]


# ---- The menu on a phone -------------------------------------------------------------------------------------------


def open_menu(page: Page) -> None:
    page.get_by_test_id("stExpandSidebarButton").click()
    comes_to(page, f"{LEFT} === 0", True)


def is_closed(page: Page) -> None:
    settled(page)
    comes_to(page, f"{LEFT} < 0", True)
    expect(page.get_by_test_id("stExpandSidebarButton")).to_be_visible()


def test_on_a_phone_the_menu_closes_after_a_choice_and_is_never_open_on_arrival(open_page: Visits) -> None:
    page = open_page(viewport=NARROW, touch=True)
    is_closed(page)
    for title in ("Race", "Claims"):
        open_menu(page)
        page.get_by_test_id("stSidebar").get_by_role("link", name=title, exact=True).click()
        page.wait_for_url(f"**/{title.lower()}*")
        is_closed(page)
    for path in ("/maps?steps=50", "/?rho=0.9"):
        open_menu(page)
        page.goto(path)
        is_closed(page)
    open_menu(page)
    page.reload()
    is_closed(page)
    open_menu(page)
    page.go_back()
    is_closed(page)


def test_on_a_phone_the_menu_stays_while_controls_move_and_closes_by_a_tap_beside_it_or_escape(
    open_page: Visits,
) -> None:
    page = open_page(viewport=NARROW, touch=True)
    open_menu(page)
    page.get_by_role("slider", name="ρ").press("ArrowLeft")
    page.wait_for_url("**rho=*")
    settled(page)
    assert page.evaluate(LEFT) == 0
    page.keyboard.press("Escape")
    is_closed(page)
    open_menu(page)
    page.touchscreen.tap(NARROW[0] - 20, NARROW[1] // 2)
    is_closed(page)


def test_on_a_wide_screen_the_menu_stays_as_the_visitor_left_it(open_page: Visits) -> None:
    page = open_page()
    page.get_by_test_id("stSidebar").get_by_role("link", name="Race", exact=True).click()
    page.wait_for_url("**/race*")
    settled(page)
    page.keyboard.press("Escape")
    assert page.evaluate(LEFT) == 0
    page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click(force=True)
    comes_to(page, f"{LEFT} < 0", True)
    page.reload()
    is_closed(page)
    assert urlsplit(page.url).path == "/race"
