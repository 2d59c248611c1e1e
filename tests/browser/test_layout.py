"""Nothing is cut off or runs over the edge, on any page, in any section, at any width; the menu covers no page."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from adadelta_viz.claims import CLAIMS
from adadelta_viz.views.navigation import TITLES
from tests.browser.page import comes_to
from tests.browser.views import WALKS, views
from tests.browser.visits import NARROW, WIDE, Visits, settled

CUT = (Path(__file__).parent / "cut.js").read_text(encoding="utf-8")
WIDTHS = (1440, 1100, 1024, 768, 390, 320)
LEFT = "document.querySelector('[data-testid=stSidebar]').getBoundingClientRect().left"


def test_every_page_is_looked_at() -> None:
    assert list(WALKS) == list(TITLES)


@pytest.mark.parametrize("room", WALKS)
def test_nothing_is_cut_off_at_any_width(open_page: Visits, room: str) -> None:
    for view, page in views(open_page, room):
        plain = view in CLAIMS and not CLAIMS[view].laws  # text and charts, which fit everywhere once they fit a phone
        for width in WIDTHS if not plain else (WIDTHS[0], NARROW[0]):
            page.set_viewport_size({"width": width, "height": WIDE[1]})
            comes_to(page, CUT, [], where=f"{view}, {width} pixels wide")


def test_what_is_cut_is_seen(open_page: Visits) -> None:
    page = open_page("theory", {"section": "after"})
    page.add_style_tag(content=".av-newer { overflow: hidden; height: 26px }")
    assert any("D-Adaptation" in each for each in page.evaluate(CUT))


# ---- The menu on a phone -------------------------------------------------------------------------------------------


def open_menu(page: Page) -> None:
    page.get_by_test_id("stExpandSidebarButton").click()
    comes_to(page, f"{LEFT} === 0", True)


def is_closed(page: Page) -> None:
    settled(page)
    comes_to(page, f"{LEFT} < 0", True)
    expect(page.get_by_test_id("stExpandSidebarButton")).to_be_visible()


def test_on_a_phone_the_menu_closes_by_a_choice_a_tap_beside_it_or_escape_and_is_never_open_on_arrival(
    open_page: Visits,
) -> None:
    page = open_page(viewport=NARROW, touch=True)
    is_closed(page)
    open_menu(page)
    page.get_by_role("slider", name="ρ").press("ArrowLeft")
    page.wait_for_url("**rho=*")
    settled(page)
    assert page.evaluate(LEFT) == 0, "a control that moves closed the menu"
    page.keyboard.press("Escape")
    is_closed(page)
    open_menu(page)
    page.touchscreen.tap(NARROW[0] - 20, NARROW[1] // 2)
    is_closed(page)
    open_menu(page)
    page.get_by_test_id("stSidebar").get_by_role("link", name="Claims", exact=True).click()
    page.wait_for_url("**/claims*")
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
