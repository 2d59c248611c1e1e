"""The Maps page as a visitor has it: pointed at, dragged over, kept, linked, called away and taken home.

Python computes what must be on the screen: cells are found by the axes of their chart, and the path that is drawn is
compared with the core's run of that cell.
"""

import re
from typing import Any

import pytest
from playwright.sync_api import Download, Locator, Page, Request, expect

from adadelta_viz.experiments import Experiment
from adadelta_viz.experiments.maps.map_request import Maps
from adadelta_viz.experiments.race import Race
from adadelta_viz.figures import DARK, LIGHT
from adadelta_viz.player import parts
from adadelta_viz.server import path_api
from tests.browser.page import ANGLES, Scheme, choose_surface, draws, rgb, slider
from tests.browser.visits import NARROW, WIDE, Visits, address, played, settled
from tests.said import number

ALONE = {"run1": "adadelta", "steps": "400"}
"""One plane of AdaDelta, so that one path is drawn."""


def linked(query: dict[str, str]) -> Maps:
    maps, problems = Maps.from_query(query)
    assert problems == ()
    return maps


def root(page: Page) -> Locator:
    return page.get_by_test_id("maps")


def shows(page: Page, maps: Maps) -> None:
    """Wait until picture and address are these maps."""
    name = parts.frame(maps.runs[0], [maps.to_query()], "")["id"]
    expect(root(page)).to_have_attribute("data-map", name)
    settled(page)
    assert linked(address(page)) == maps


def spot(page: Page, maps: Maps, cell: tuple[int, int], chart: int = 0) -> tuple[float, float]:
    """Return where a cell of a plane is on the page."""
    planes: Any = maps.charts()[chart].axes()
    across, up = (side.places[place] for side, place in zip(planes, reversed(cell), strict=True))
    x, y = page.evaluate(
        """([chart, x, y]) => {
            const ground = document.querySelectorAll('[data-testid=plane] .av-ground')[chart];
            const {xaxis, yaxis} = ground._fullLayout, {left, top} = ground.getBoundingClientRect();
            return [left + xaxis._offset + xaxis.d2p(x), top + yaxis._offset + yaxis.d2p(y)];
        }""",
        [chart, float(across), float(up)],
    )
    return x, y


def points_at(page: Page, run: Experiment, names: tuple[str, str] = ("rho", "eps")) -> None:
    """Wait until the maps look at the cell of a run and show a path of it."""
    page.wait_for_function(
        """([first, second]) => {
            const told = document.querySelector('[data-testid=maps]').dataset.looking;
            return told && JSON.stringify(Object.values(JSON.parse(told))) === JSON.stringify([first, second]);
        }""",
        arg=[run.numbers[name] for name in names],
    )
    page.wait_for_function("() => document.querySelector('[data-testid=maps]').dataset.waiting === '0'")


def paths_asked(page: Page) -> tuple[list[str], list[int]]:
    """Listen to questions for paths: their links as they come, and how many were on their way at each."""
    links: list[str] = []
    under_way: list[int] = []
    open_ = set()

    def asked(request: Request) -> None:
        if path_api.ADDRESS in request.url:
            open_.add(request)
            links.append(request.url)
            under_way.append(len(open_))

    page.on("request", asked)
    page.on("requestfinished", lambda request: open_.discard(request))
    return links, under_way


# ---- What is there -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", ANGLES.values(), ids=ANGLES)
def test_maps_are_whole_in_this_theme_and_on_this_screen(
    open_page: Visits, viewport: tuple[int, int], scheme: Scheme
) -> None:
    page = open_page("maps", viewport=viewport, scheme=scheme)
    shows(page, Maps())
    theme = DARK if scheme == "dark" else LIGHT
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    assert page.evaluate("document.querySelector('.stMain').scrollWidth <= innerWidth")
    expect(root(page)).to_have_css("color", f"rgb{rgb(theme.ink)}")
    colours = page.locator(".av-plane .av-ground").first.evaluate(
        "(graph) => graph._fullData[0].colorscale.map((each) => each[1])"
    )
    assert colours == [theme.near, theme.middle, theme.far]
    expect(page.locator("h1")).to_have_count(1)
    expect(root(page).get_by_text("AdaDelta: η 1")).to_be_visible()
    nameless = page.get_by_role("button", name=re.compile("^$"))
    assert [each.evaluate("(node) => node.outerHTML") for each in nameless.all()] == []
    if viewport == WIDE:
        for part in (*page.get_by_test_id("plane").all(), page.get_by_test_id("walk"), page.locator(".av-scale")):
            box = part.bounding_box()
            assert box is not None
            assert box["y"] >= 0
            assert box["x"] + box["width"] <= WIDE[0]
            assert box["y"] + box["height"] <= WIDE[1]


# ---- Live ----------------------------------------------------------------------------------------------------------


def test_the_path_follows_the_pointer_and_a_drag_never_has_two_questions_under_way(open_page: Visits) -> None:
    maps = linked(ALONE)
    page = open_page("maps", ALONE)
    shows(page, maps)
    draws(page, maps.runs[0].run(), LIGHT.adadelta)
    links, under_way = paths_asked(page)
    for cell in ((40, 12), (30, 30)):
        page.mouse.move(*spot(page, maps, cell))
        _, run = maps.cell(0, *cell)
        points_at(page, run)
        draws(page, run.run(), LIGHT.adadelta)
    page.mouse.down()
    for column in range(31, 46):
        page.mouse.move(*spot(page, maps, (30, column)))
    _, last = maps.cell(0, 30, 45)
    points_at(page, last)
    draws(page, last.run(), LIGHT.adadelta)
    assert max(under_way) == 1
    asked = len(links)
    for column in range(44, 40, -1):
        page.mouse.move(*spot(page, maps, (30, column)))
    page.mouse.move(*spot(page, maps, (30, 45)))
    points_at(page, last)
    assert len(links) - asked <= 4, "what was seen before is not asked for again"
    page.mouse.move(5, 5)
    draws(page, maps.runs[0].run(), LIGHT.adadelta)


def test_what_a_cell_says_is_what_the_core_measures(open_page: Visits) -> None:
    maps = linked({"steps": "200"})
    page = open_page("maps", {"steps": "200"})
    shows(page, maps)
    outcome = maps.charts()[1].run()
    assert not isinstance(outcome, tuple) or hasattr(outcome, "best")
    page.mouse.move(*spot(page, maps, (20, 30), chart=1))
    _, run = maps.cell(1, 20, 30)
    points_at(page, run, ("beta1", "lr"))
    told = page.locator(".av-walk > .av-told").inner_text()
    assert told.startswith("β₁ ")
    value = number(told.rpartition(": ")[2])
    assert value == pytest.approx(float(min(run.run().value)), rel=1e-3)


@pytest.mark.parametrize("kind", ["basins", "curves"])
def test_starts_and_curves_show_the_run_that_is_pointed_at(open_page: Visits, kind: str) -> None:
    query = {"map": kind, "surface": "himmelblau", "run1": "adadelta", "steps": "400"}
    maps = linked(query)
    page = open_page("maps", query)
    shows(page, maps)
    if kind == "basins":
        page.mouse.move(*spot(page, maps, (25, 22)))
        _, run = maps.cell(0, 25, 22)
        points_at(page, run, ("x0", "y0"))
    else:
        page.get_by_test_id("plane").focus()
        page.keyboard.press("Home")
        for _ in range(3):
            page.keyboard.press("Shift+ArrowRight")
        _, run = maps.cell(0, 0, 30)
        page.wait_for_function(
            "(eps) => document.querySelector('[data-testid=maps]').dataset.looking === JSON.stringify({eps})",
            arg=run.numbers["eps"],
        )
        page.wait_for_function("() => document.querySelector('[data-testid=maps]').dataset.waiting === '0'")
    draws(page, run.run(), LIGHT.adadelta)


# ---- Kept ----------------------------------------------------------------------------------------------------------


def test_a_click_keeps_a_cell_a_link_shows_it_to_a_friend_and_explore_and_race_open_it(open_page: Visits) -> None:
    maps = linked({"steps": "400", "noise": "0.1", "seed": "3"})
    page = open_page("maps", maps.to_query())
    shows(page, maps)
    page.evaluate("window.__root = document.querySelector('[data-testid=maps]')")
    _, first = maps.cell(0, 40, 12)
    _, second = maps.cell(1, 33, 25)
    page.mouse.click(*spot(page, maps, (40, 12)))
    kept = Maps(Race((first, maps.runs[1])))
    shows(page, kept)
    page.mouse.click(*spot(page, maps, (33, 25), chart=1))
    kept = Maps(Race((first, second)))
    shows(page, kept)
    assert page.evaluate("window.__root === document.querySelector('[data-testid=maps]')")
    friend = open_page("maps", address(page))
    shows(friend, kept)
    for mark, cell in zip(friend.locator(".av-mark").all(), ((40, 12), (33, 25)), strict=True):
        box = mark.bounding_box()
        assert box is not None
        chart = int(cell != (40, 12))
        x, y = spot(friend, kept, cell, chart)
        assert abs(box["x"] + box["width"] / 2 - x) < 1.5
        assert abs(box["y"] + box["height"] / 2 - y) < 1.5
    friend.get_by_role("link", name="Open AdaDelta in Explore").click()
    played(friend, first)
    assert Experiment.from_query(address(friend)) == (first, ())
    page.get_by_role("link", name="Open them in Race").click()
    played(page, Race((first, second)))
    assert Race.from_query(address(page)) == (Race((first, second)), ())


def test_cells_are_reached_by_keys_told_to_screen_readers_and_kept_by_enter(open_page: Visits) -> None:
    maps = linked(ALONE)
    page = open_page("maps", ALONE)
    shows(page, maps)
    plane = page.get_by_role("application", name=re.compile("^AdaDelta, 48 times 48 cells"))
    plane.focus()
    page.keyboard.press("PageDown")
    page.keyboard.press("Home")
    for key in ("ArrowUp", "ArrowUp", "ArrowRight", "Shift+ArrowUp", "ArrowDown"):
        page.keyboard.press(key)
    _, run = maps.cell(0, 11, 1)
    points_at(page, run)
    draws(page, run.run(), LIGHT.adadelta)
    expect(page.locator(".av-root > .av-live")).to_have_text(re.compile(r"^AdaDelta, ρ 0\.1367 · ε .*: .*\d$"))
    page.keyboard.press("Enter")
    shows(page, Maps(Race((run,))))
    expect(plane).to_be_focused()
    page.keyboard.press("ArrowRight")
    points_at(page, maps.cell(0, 11, 2)[1])
    page.keyboard.press("Escape")
    expect(root(page)).to_have_attribute("data-looking", "")


def test_a_tap_keeps_a_cell_on_a_narrow_screen(open_page: Visits) -> None:
    maps = linked({"map": "basins", "surface": "himmelblau", "steps": "300"})
    page = open_page("maps", maps.to_query(), viewport=NARROW, touch=True)
    shows(page, maps)
    page.get_by_test_id("plane").first.scroll_into_view_if_needed()
    page.touchscreen.tap(*spot(page, maps, (10, 40)))
    kept = tuple(maps.cell(i, 10, 40)[1] for i in range(2))
    shows(page, Maps(Race(kept), "basins"))


# ---- Large maps ----------------------------------------------------------------------------------------------------


def test_a_large_map_tells_its_progress_and_gives_way_to_what_is_chosen_meanwhile(open_page: Visits) -> None:
    query = {"surface": "ackley", "steps": "300"}
    page = open_page("maps", query)
    shows(page, linked(query))
    page.evaluate("window.__root = document.querySelector('[data-testid=maps]')")
    page.get_by_role("radio", name="256").click()
    bar = page.get_by_role("progressbar")
    expect(bar).to_be_visible()
    slider(page, "Steps").press("ArrowRight")
    page.get_by_role("radio", name="48").click()
    shows(page, linked({"surface": "ackley", "steps": "301"}))
    expect(bar).to_have_count(0)
    assert page.evaluate("window.__root === document.querySelector('[data-testid=maps]')")


def test_views_surfaces_and_measures_change_in_place(open_page: Visits) -> None:
    page = open_page("maps", {"steps": "150"})
    shows(page, linked({"steps": "150"}))
    page.evaluate("window.__root = document.querySelector('[data-testid=maps]')")
    for view, kind in (("Basins", "basins"), ("Curves", "curves"), ("Sensitivity", "sensitivity")):
        page.get_by_role("radio", name=view).click()
        shows(page, linked({"map": kind, "steps": "150"}))
        expect(page.get_by_test_id("plane")).to_have_count(1 if kind == "curves" else 2)
    choose_surface(page, "Himmelblau")
    shows(page, linked({"surface": "himmelblau", "steps": "150"}))
    page.get_by_role("combobox", name="Measure").click()
    page.get_by_role("option", name="steps to the tolerance").click()
    shows(page, linked({"surface": "himmelblau", "steps": "150", "measure": "reached"}))
    assert page.evaluate("window.__root === document.querySelector('[data-testid=maps]')")


# ---- Taken home ----------------------------------------------------------------------------------------------------


def test_maps_are_tables_too_and_leave_as_png_svg_and_csv(open_page: Visits) -> None:
    maps = linked({"steps": "100"})
    page = open_page("maps", maps.to_query())
    shows(page, maps)
    page.get_by_text("AdaDelta as a table").click()
    table = page.get_by_role("table")
    expect(table.get_by_role("row")).to_have_count(14)
    cell = table.get_by_role("row").nth(13).get_by_role("cell").first
    assert float(cell.inner_text()) == pytest.approx(float(min(maps.cell(0, 0, 0)[1].run().value)), rel=1e-3)
    for name, begin in (("PNG", b"\x89PNG"), ("SVG", b"<svg")):
        saved = taken(page, page.get_by_role("button", name=name, exact=True))
        assert saved.suggested_filename == f"adadelta-laboratory-rosenbrock.{name.lower()}"
        content = saved.path().read_bytes()
        assert content.startswith(begin)
        if name == "SVG":
            assert "Rosenbrock from (−1.5, 2)" in content.decode()
    saved = taken(page, page.get_by_role("button", name="All runs as CSV"))
    assert len(saved.path().read_text(encoding="utf-8").splitlines()) == 2 * 48 * 48 + 1


def taken(page: Page, button: Locator) -> Download:
    with page.expect_download() as download:
        button.click()
    return download.value


def test_a_path_that_cannot_be_fetched_is_told_and_the_next_one_is_asked_for(open_page: Visits) -> None:
    maps = linked(ALONE)
    page = open_page("maps", ALONE)
    shows(page, maps)
    open_page.expect_complaint(path_api.ADDRESS)
    page.route(f"**/{path_api.ADDRESS}**", lambda route: route.abort())
    page.mouse.move(*spot(page, maps, (20, 20)))
    expect(page.locator(".av-walk > .av-told")).to_have_text("The path could not be fetched.")
    page.unroute(f"**/{path_api.ADDRESS}**")
    page.mouse.move(*spot(page, maps, (21, 21)))
    _, run = maps.cell(0, 21, 21)
    points_at(page, run)
    expect(page.locator(".av-walk > .av-told")).to_have_text(re.compile("^ρ "))
