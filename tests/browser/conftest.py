"""One server and one Chromium for all browser tests; a test fails with what the browser complained about.

Tests ask for ``open_page``, which opens pages as new visitors.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.visits import Cleared, Visits, browsing
from tests.serving import Server

HERE = Path(__file__).parent


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


@pytest.fixture(scope="session")
def cleared() -> Cleared:
    """Pages that wait for the next test."""
    return {False: [], True: []}


@pytest.fixture
def open_page(browser: Browser, server: Server, cleared: Cleared) -> Iterator[Visits]:
    """A way to open pages as new visitors; afterwards no browser may have complained, and the server not either."""
    said = server.log.stat().st_size
    visits = Visits(browser, server, cleared)
    yield visits
    visits.close()
    assert visits.unexpected() == []
    with server.log.open("rb") as log:
        log.seek(said)
        news = log.read().decode(errors="replace")
    assert "Traceback" not in news, news
