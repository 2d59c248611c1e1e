"""Every page in every view that it has, each reached from the one before as a visitor reaches it, in one page load."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

from playwright.sync_api import Page, expect

from adadelta_viz.claims import CLAIMS
from adadelta_viz.theory import SECTIONS
from tests.browser.visits import WIDE, Visits, settled

FORMULA = "sin(3x)y+e^(-x^2-y^2)+|x|"
EIGHT = ("adadelta", "momentum", "rmsprop", "adam", "sgd", "adagrad", "lion", "nadam")
Way = Callable[[Page], object]


class Walk(NamedTuple):
    """Where a page is opened, and by name the ways from view to view; the first has none."""

    query: Mapping[str, str]
    ways: Mapping[str, Way]


def stay(page: Page) -> None:
    """Look at the page as it was opened."""


def choose(name: str, page: Page) -> None:
    page.get_by_role("radio", name=name, exact=True).click()
    expect(page.get_by_role("radio", name=name, exact=True)).to_be_checked()


def go(link: str, page: Page) -> None:
    page.goto(link)


def type_formula(page: Page) -> None:
    page.get_by_role("textbox", name="f(x, y) =").fill(FORMULA)
    page.keyboard.press("Enter")
    page.wait_for_url("**f=*")


def open_claim(key: str, page: Page) -> None:
    """Go on to a claim, unless it is the first, and unfold it without a guess."""
    if key != next(iter(CLAIMS)):
        page.get_by_role("button", name=f"Next: {CLAIMS[key].title}").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"“{CLAIMS[key].said}”")
    page.get_by_role("button", name="Show the result without a guess").click()
    expect(page.get_by_role("status").filter(has_text="Measured")).to_be_visible()


def open_section(key: str, page: Page) -> None:
    page.get_by_role("radio", name=re.compile(re.escape(SECTIONS[key].short))).click()
    expect(page.locator(f".st-key-figure_{key}")).to_be_visible()


SHORT = {"steps": "50"}
EIGHT_RACE = "/race?steps=50&" + "&".join(f"run{place}={key}" for place, key in enumerate(EIGHT, 1))
WALKS = {
    "explore": Walk({}, {"explore": stay}),
    "race": Walk(
        SHORT,
        {"one landscape": stay, "eight runs": partial(go, EIGHT_RACE), "side by side": partial(choose, "Side by side")},
    ),
    "maps": Walk(
        SHORT, {"sensitivity": stay, "basins": partial(choose, "Basins"), "curves": partial(choose, "Curves")}
    ),
    "surface": Walk({}, {"surface": stay, "typed": type_formula}),
    "claims": Walk({}, {"folded": stay} | {key: partial(open_claim, key) for key in CLAIMS}),
    "theory": Walk({}, {key: partial(open_section, key) for key in SECTIONS}),
}


def views(open_page: Visits, room: str) -> Iterator[tuple[str, Page]]:
    """Open a page wide and light and go through its views; each is settled when it is yielded."""
    walk = WALKS[room]
    page = open_page("" if room == "explore" else room, walk.query)
    for name, way in walk.ways.items():
        page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
        way(page)
        settled(page)
        yield name, page
