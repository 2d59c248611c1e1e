"""What browser tests ask of a page again and again: its controls, its player, and the ink on its landscape."""

import re
import time
from typing import Any, Literal

import numpy as np
from playwright.sync_api import Locator, Page, Position, expect

from adadelta_viz.core import Trajectory
from adadelta_viz.figures import DARK, LIGHT
from adadelta_viz.figures.theme import Theme
from tests.browser.visits import NARROW, PATIENCE, WIDE

Scheme = Literal["light", "dark"]
ANGLES = {"wide": WIDE, "narrow": NARROW}
SCHEMES: dict[str, tuple[tuple[Scheme, Theme], ...]] = {
    "wide": (("light", LIGHT), ("dark", DARK)),
    "narrow": (("dark", DARK), ("light", LIGHT)),
}
"""The themes in which a page is looked at, one after the other, on each screen: it is opened in the first of them."""
ROLES: tuple[Literal["button", "link", "slider", "combobox", "spinbutton", "radiogroup", "radio"], ...] = (
    "button",
    "link",
    "slider",
    "combobox",
    "spinbutton",
    "radiogroup",
    "radio",
)
CORNERS = """() => {
    const {xaxis, yaxis} = document.querySelector('[data-testid=landscape] .av-ground')._fullLayout;
    return [[xaxis.range[0], yaxis.range[1]], [xaxis.range[1], yaxis.range[0]]];
}"""


def comes_to(page: Page, expression: str, wanted: Any, arg: Any = None, where: str = "") -> None:
    """Wait until what the page says is what is wanted; a page's policy lets no browser wait for an expression."""
    end = time.monotonic() + PATIENCE / 1000
    while (found := page.evaluate(expression, arg)) != wanted and time.monotonic() < end:
        page.wait_for_timeout(20)
    assert found == wanted, where or f"{expression[:200]} is {found}, wanted {wanted}"


def is_whole(page: Page, theme: Theme, where: str) -> None:
    """Assert that a page is in its theme, has one headline, nothing that hangs over the edge, no control without name.

    ``where`` says in a failure which state of the page it was.
    """
    expect(page.get_by_test_id("stApp"), where).to_have_css("background-color", f"rgb{rgb(theme.paper)}")
    expect(page.locator("h1"), where).to_have_count(1)
    expect(page.get_by_test_id("stException"), where).to_have_count(0)
    for node in ("document.scrollingElement", "document.querySelector('.stMain')"):
        comes_to(page, f"{node}.scrollWidth <= innerWidth", True)
    for role in ROLES:
        nameless = page.get_by_role(role, name=re.compile("^$"))
        assert [each.evaluate("(node) => node.outerHTML") for each in nameless.all()] == [], f"{where}: {role}"


def lies_in_the_window(page: Page, *parts: Locator) -> None:
    """Assert that nothing has to be scrolled to see these parts whole."""
    size = page.viewport_size
    assert size is not None
    for part in parts:
        box = part.bounding_box()
        assert box is not None, f"{part} is not shown"
        assert box["x"] >= 0 and box["y"] >= 0, f"{part} begins outside the window"  # noqa: PT018  # one corner
        assert box["x"] + box["width"] <= size["width"], f"{part} ends right of the window"
        assert box["y"] + box["height"] <= size["height"], f"{part} ends below the window"


def remember(page: Page, part: str) -> None:
    """Remember which element a part of the page is, by its test id."""
    page.evaluate("(name) => { window.__kept = document.querySelector(`[data-testid=${name}]`); }", part)


def is_the_same(page: Page, part: str) -> bool:
    """Tell whether a part of the page is still the element that was remembered."""
    same: bool = page.evaluate(
        "(name) => window.__kept?.isConnected && window.__kept === document.querySelector(`[data-testid=${name}]`)",
        part,
    )
    return same


def focused(each: Locator) -> bool:
    """Tell whether an element has the focus."""
    has: bool = each.evaluate("(node) => node === document.activeElement")
    return has


def scrolled(page: Page) -> float:
    """Return how far the page is scrolled."""
    top: float = page.evaluate("document.querySelector('.stMain').scrollTop")
    return top


def player(page: Page) -> Locator:
    return page.get_by_test_id("player")


def slider(page: Page, symbol: str) -> Locator:
    """Return the slider of a setting by the beginning of its label."""
    return page.get_by_role("slider", name=re.compile(f"^{symbol}"))


def field(page: Page, label: str) -> Locator:
    return page.get_by_role("spinbutton", name=label)


def button(page: Page, name: str) -> Locator:
    return player(page).get_by_role("button", name=name, exact=True)


def at_step(page: Page, step: int) -> None:
    expect(player(page)).to_have_attribute("data-step", str(step))


def step_of(page: Page) -> int:
    return int(player(page).get_attribute("data-step") or "-1")


def pixels(page: Page, theta: Any) -> list[list[float]]:
    """Return where the landscape's own axes put points, in its pixels."""
    found: list[list[float]] = page.evaluate(
        """(theta) => {
            const {xaxis, yaxis} = document.querySelector('[data-testid=landscape] .av-ground')._fullLayout;
            return theta.map(([x, y]) => [xaxis._offset + xaxis.d2p(x), yaxis._offset + yaxis.d2p(y)]);
        }""",
        np.asarray(theta).tolist(),
    )
    return found


def ink_at(page: Page, points: list[list[float]]) -> list[list[list[int]]]:
    """Return the colours (red, green, blue, opacity) that the paths leave on the nine pixels around each point."""
    found: list[list[list[int]]] = page.evaluate(
        """(points) => {
            const layers = [...document.querySelectorAll('.av-landscapes > canvas')];
            const [corner, frame] = [layers[0], document.querySelector('[data-testid=landscape]')]
                .map((node) => node.getBoundingClientRect());
            const {width, height} = frame;
            const copy = Object.assign(document.createElement('canvas'), {width, height});
            const pen = copy.getContext('2d', {willReadFrequently: true});
            for (const layer of layers) pen.drawImage(layer, corner.left - frame.left, corner.top - frame.top);
            return points.map(([x, y]) => {
                const {data} = pen.getImageData(Math.floor(x) - 1, Math.floor(y) - 1, 3, 3);
                return Array.from({length: 9}, (_, i) => [...data.slice(4 * i, 4 * i + 4)]);
            });
        }""",
        points,
    )
    return found


def rgb(colour: str) -> tuple[int, ...]:
    """Read ``#rrggbb``."""
    return tuple(bytes.fromhex(colour.removeprefix("#")))


def draws(page: Page, run: Trajectory, colour: str) -> None:
    """Assert that the drawn path goes through the iterates of a run, in this colour.

    Looked at are steps on the map whose points are not covered by the start's ring, its label, or the head.
    """
    points = np.array(pixels(page, run.theta))
    (left, right), (top, bottom) = np.array(pixels(page, page.evaluate(CORNERS))).T
    x, y = points.T
    on_map = (x > left + 4) & (x < right - 4) & (y > top + 4) & (y < bottom - 4)
    beside_head = np.hypot(*(points - points[-1]).T) > 12
    under_label = (np.abs(x - x[0]) < 55) & (y > y[0] - 24) & (y < y[0] + 6)
    beside_start = ~under_label & (np.hypot(x - x[0], y - y[0]) > 12)
    steps = np.flatnonzero(on_map & beside_head & beside_start)
    assert len(steps) > 5, "this run does not move far enough to be looked at"
    inks = np.array(ink_at(page, points[steps[:: len(steps) // 6]].tolist()))
    off = np.abs(inks[..., :3] - rgb(colour)).max(axis=-1).min(axis=-1)
    assert off.max() <= 16, off


def choose_surface(page: Page, title: str) -> None:
    page.get_by_role("combobox", name="Surface").click()
    page.get_by_role("option", name=title, exact=True).click()


def point_at(page: Page, x: float, y: float) -> Position:
    """Return the place on the landscape, from its corner, at which this point is drawn."""
    ((left, top),) = pixels(page, [[x, y]])
    return {"x": left, "y": top}
