"""Visits to the app in a real browser, each of which ends with the question whether the browser complained.

Each page that is opened is that of a new visitor: without storage, cookies or permissions. What the console says, what
a page throws, what fails to load, and any request to another machine is kept as a complaint. A browser compiles
Streamlit and Plotly for two seconds when it meets them first, so a page is first looked for among those that were
cleared of all that an earlier visit left.
"""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Literal, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Dialog,
    Error,
    Page,
    Request,
    Response,
    WebSocket,
    expect,
    sync_playwright,
)

from adadelta_viz.experiments import Experiment
from adadelta_viz.experiments.race import Race
from adadelta_viz.player import payload, race_payload
from tests.browser.chromium import executable
from tests.serving import HOST, Server

WIDE, NARROW = (1400, 900), (390, 844)
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--process-per-site",  # tabs of one visitor share what one of them compiled
)
PATIENCE = 30_000  # milliseconds until a condition that should come true counts as one that does not
expect.set_options(timeout=PATIENCE)
MOST_VISITS = 15
"""After so many visits a page is left for good: a browser keeps a part of the memory of each."""


class Used(NamedTuple):
    """A page without what visits left, and how many it had."""

    page: Page
    visits: int


Cleared = dict[bool, list[Used]]


class Visits:
    """Opens pages and keeps what the browser complained about.

    ``complaints`` grows while pages are open. A test that provokes one says so with ``expect_complaint``.

    Parameters
    ----------
    browser, server
        Where pages open, and what they show.
    cleared
        Pages of earlier visits without what these left, by whether they are touched; those of this one join them.
    """

    def __init__(self, browser: Browser, server: Server, cleared: Cleared | None = None) -> None:
        self.browser = browser
        self.server = server
        self.cleared = cleared
        self.opened: list[tuple[bool, Used]] = []
        self._others = list(browser.contexts)
        self.complaints: list[str] = []
        self._expected: list[re.Pattern[str]] = []

    def __call__(
        self,
        path: str = "",
        query: Mapping[str, str] | str | None = None,
        *,
        viewport: tuple[int, int] = WIDE,
        scheme: Literal["light", "dark"] = "light",
        reduced_motion: bool = True,
        touch: bool = False,
        settle: bool = True,
        beside: Page | None = None,
    ) -> Page:
        """Open a page as a new visitor, or as one who has a page open already.

        Parameters
        ----------
        path
            What follows the host's slash: ``""`` is the first page.
        query
            Keys and values of the link, or its text after the question mark.
        viewport, scheme, reduced_motion, touch
            What the visitor's device is and wishes. Without motion a run is shown at its end, which is also the
            quickest way to a still picture.
        settle
            Whether to wait until Python has finished the page.
        beside
            A page of the visitor who opens this one in another tab.
        """
        width, height = viewport
        page = beside.context.new_page() if beside else self._page_of_a_new_visitor(touch)
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce" if reduced_motion else "no-preference")
        self.watch(page)
        link = query if isinstance(query, str) else urlencode(query or {})
        page.goto(f"/{path}?{link}" if link else f"/{path}")
        if settle:
            settled(page)
        return page

    def expect_complaint(self, pattern: str) -> None:
        """Declare that complaints in which this regular expression is found belong to the test."""
        self._expected.append(re.compile(pattern))

    def unexpected(self) -> list[str]:
        """Return the complaints that nobody declared."""
        return [each for each in self.complaints if not any(pattern.search(each) for pattern in self._expected)]

    def watch(self, page: Page) -> None:
        """Listen to everything that goes wrong on a page."""
        for event, heard in self._listeners().items():
            page.on(event, heard)  # type: ignore[call-overload]  # one overload for each event

    def close(self) -> None:
        """Leave all pages; the first two of each kind are cleared for whoever comes next."""
        kept = self._others
        for touch, used in self.opened:
            if self.cleared and len(self.cleared[touch]) < 2 and used.visits < MOST_VISITS:
                self._clear(used.page)
                self.cleared[touch].append(used)
                kept.append(used.page.context)
            elif used.page.context in kept:
                kept.remove(used.page.context)
        for context in self.browser.contexts:
            if context not in kept:
                context.close()

    def _page_of_a_new_visitor(self, touch: bool) -> Page:
        if self.cleared and self.cleared[touch]:
            page, visits = self.cleared[touch].pop()
        else:
            context = self.browser.new_context(base_url=self.server.address, has_touch=touch)
            context.set_default_timeout(PATIENCE)
            page, visits = context.new_page(), 0
        self.opened.append((touch, Used(page, visits + 1)))
        return page

    def _clear(self, page: Page) -> None:
        """Take from a page what a visit left in the browser."""
        for event, heard in self._listeners().items():
            page.remove_listener(event, heard)
        for other in page.context.pages:
            if other is not page:
                other.close()
        page.unroute_all()
        page.context.clear_permissions()
        page.context.clear_cookies()
        page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        page.goto("about:blank")

    def _listeners(self) -> dict[str, Callable[..., None]]:
        """What is called on each event of a page; the same each time, so that it can be taken off again."""
        return {
            "console": self._heard,
            "pageerror": self._thrown,
            "dialog": self._interrupted,
            "request": self._asked,
            "websocket": self._connected,
            "response": self._answered,
            "requestfailed": self._failed,
        }

    def _thrown(self, error: Error) -> None:
        self.complaints.append(f"page error: {error}")

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"console {message.type}: {message.text} ({message.location['url']})")

    def _interrupted(self, dialog: Dialog) -> None:
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _asked(self, request: Request) -> None:
        self._is_local(request.url)

    def _connected(self, socket_: WebSocket) -> None:
        self._is_local(socket_.url)

    def _is_local(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"data", "blob"} and parts.hostname != HOST:
            self.complaints.append(f"request to another machine: {url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self.complaints.append(f"status {response.status}: {response.url}")

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # whoever leaves a page while it loads breaks off its requests
            self.complaints.append(f"failed request: {request.url} ({request.failure})")


def settled(page: Page) -> None:
    """Wait until Python has run the page to its end and the browser shows it."""
    expect(page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]')).to_be_visible()


def played(page: Page, run: Experiment | Race | str) -> None:
    """Wait until the player shows exactly this experiment or race, or the run with this id."""
    name = run if isinstance(run, str) else run_id(run)
    expect(page.get_by_test_id("player")).to_have_attribute("data-run", name)


def run_id(shown: Experiment | Race) -> str:
    """Return the name under which the player knows the run of an experiment, or a race."""
    if isinstance(shown, Experiment):
        return str(payload(shown, shown.run())["id"])
    entrants = shown.resolved_runs()
    return str(race_payload(shown, entrants, [entrant.run() for entrant in entrants])["id"])


def address(page: Page) -> dict[str, str]:
    """Return the keys and values of the address bar."""
    return dict(parse_qsl(urlsplit(page.url).query, keep_blank_values=True))


@contextmanager
def browsing() -> Iterator[Browser]:
    """Start a Chromium without a window and without a wish to talk to anybody."""
    as_root = hasattr(os, "getuid") and os.getuid() == 0
    flags = ["--no-sandbox", *FLAGS] if as_root else list(FLAGS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=flags)
        yield browser
        browser.close()
