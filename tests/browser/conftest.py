"""One server and one Chromium for all browser tests; every visit ends with the question whether the browser complained.

Tests ask for ``open_page``. Each page it opens has a browser context of its own, as a new visitor has. What the console
says, what a page throws, what fails to load, and any request to another machine fails the test that caused it.
"""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Dialog,
    Page,
    Request,
    Response,
    WebSocket,
    expect,
    sync_playwright,
)

from adadelta_viz.core import Experiment
from adadelta_viz.core.race import Race
from adadelta_viz.player import payload, race_payload
from tests.browser.chromium import executable
from tests.serving import HOST, Server

HERE = Path(__file__).parent
WIDE, NARROW = (1400, 900), (390, 844)
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 30_000  # milliseconds until a condition that should come true counts as one that does not
expect.set_options(timeout=PATIENCE)


class Visits:
    """Opens pages and keeps what the browser complained about.

    ``complaints`` grows while pages are open. A test that provokes one says so with ``expect_complaint``.
    """

    def __init__(self, browser: Browser, server: Server) -> None:
        self.browser = browser
        self.server = server
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
    ) -> Page:
        """Open a page as a new visitor.

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
        """
        width, height = viewport
        context = self.browser.new_context(
            base_url=self.server.address,
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            reduced_motion="reduce" if reduced_motion else "no-preference",
            has_touch=touch,
        )
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
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
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(f"page error: {error}"))
        page.on("dialog", self._interrupted)
        page.on("request", self._asked)
        page.on("websocket", self._connected)
        page.on("response", self._answered)
        page.on("requestfailed", self._failed)

    def close(self) -> None:
        """Leave all pages."""
        for context in self.browser.contexts:
            context.close()

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
    entrants = shown.entrants()
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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder, so that ``-m 'not browser'`` leaves it out."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once."""
    with browsing() as running:
        yield running


@pytest.fixture
def open_page(browser: Browser, server: Server) -> Iterator[Visits]:
    """A way to open pages as new visitors; afterwards no browser may have complained, and the server not either."""
    said = server.log.stat().st_size
    visits = Visits(browser, server)
    yield visits
    visits.close()
    assert visits.unexpected() == []
    with server.log.open("rb") as log:
        log.seek(said)
        news = log.read().decode(errors="replace")
    assert "Traceback" not in news, news
