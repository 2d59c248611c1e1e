"""What a browser makes of the server's headers: foreign code does not run, and only named sites may embed a page."""

import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from adadelta_viz.claims import CLAIMS
from adadelta_viz.core import Experiment
from adadelta_viz.core.race import Race
from adadelta_viz.ui.headers import FRAME_ANCESTORS
from tests.browser.conftest import PATIENCE, Visits, address, played, run_id, settled
from tests.browser.page import choose_surface, player, slider
from tests.serving import HOST, Server, serving

INJECTED = """() => {
    const script = document.createElement('script');
    script.textContent = 'window.ran = true';
    document.body.append(script);
    document.body.insertAdjacentHTML('beforeend', '<img src="data:," onerror="window.ran = true">');
    return new Promise((done) => setTimeout(() => done(window.ran ?? false), 300));
}"""
COMPILED = """() => new Promise((done) => setTimeout(() => {
    try { done(new Function('return true')()); } catch (error) { done(error.name); }
}))"""
CALLED = "() => fetch('https://evil.example/').then(() => 'reached', (error) => error.name)"


def test_code_that_somebody_slipped_in_does_not_run(open_page: Visits) -> None:
    page = open_page()
    open_page.expect_complaint("Content Security Policy|evil.example")
    assert page.evaluate(INJECTED) is False
    assert page.evaluate(COMPILED) == "EvalError"
    assert page.evaluate(CALLED) == "TypeError"
    blocked = [each for each in open_page.complaints if "script-src" in each or "connect-src" in each]
    assert len(blocked) >= 3


@pytest.mark.parametrize("path", ["", "race"])
def test_a_link_and_a_reload_work_under_the_policy(open_page: Visits, path: str) -> None:
    page = open_page(path, {"steps": "50"})
    for _ in range(2):
        expect(page.get_by_test_id("player")).to_have_attribute("data-step", "50")
        page.reload()
        settled(page)


@contextmanager
def other_site() -> Iterator[str]:
    """Serve a page with an empty frame from another origin."""

    class Teacher(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # so it is called by the library
            body = b'<!doctype html><link rel="icon" href="data:,"><iframe width=1300 height=850></iframe>'
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the library's name
            """Keep quiet."""

    site = ThreadingHTTPServer((HOST, 0), Teacher)
    thread = threading.Thread(target=site.serve_forever)
    thread.start()
    try:
        yield f"http://{HOST}:{site.server_address[1]}"
    finally:
        site.shutdown()
        thread.join()
        site.server_close()


def visit(visits: Visits, site: str) -> Page:
    """Open the page of the other site."""
    page = visits.browser.new_context(reduced_motion="reduce").new_page()
    visits.watch(page)
    page.goto(site)
    return page


def embed(page: Page, address: str) -> None:
    """Let the other site's page show this address in its frame."""
    page.evaluate("(address) => { document.querySelector('iframe').src = address; }", address)


def test_a_site_that_nobody_named_cannot_embed_a_page(open_page: Visits, server: Server) -> None:
    open_page.expect_complaint("frame-ancestors|ERR_BLOCKED_BY_RESPONSE")
    with other_site() as site:
        page = visit(open_page, site)
        with page.expect_event("requestfailed", timeout=PATIENCE) as failed:
            embed(page, server.address)
        assert failed.value.failure == "net::ERR_BLOCKED_BY_RESPONSE"


def test_a_site_that_was_named_can_embed_a_page_which_then_works(browser: Browser) -> None:
    with other_site() as site, serving(environment={FRAME_ANCESTORS: f"https://moodle.example {site}"}) as server:
        visits = Visits(browser, server)
        page = visit(visits, site)
        embed(page, f"{server.address}?steps=50")
        framed = page.frame_locator("iframe").get_by_test_id("player")
        expect(framed).to_have_attribute("data-run", run_id(Experiment(numbers={"steps": 50})), timeout=PATIENCE)
        visits.close()
        assert visits.unexpected() == []


# ---- A browser that outlives its server ----------------------------------------------------------------------------


def reconnected(page: Page) -> None:
    """Wait until the page talks to a server again."""
    expect(page.locator('[data-testid="stApp"][data-test-connection-state="CONNECTED"]')).to_be_visible()


Control = Callable[[Page], Locator]


@contextmanager
def outlived(browser: Browser, path: str, query: Mapping[str, str], control: Control) -> Iterator[Page]:
    """Open a page until it is whole, end its server, start another in its place, and wait until that is noticed.

    A browser fetches the code of a control or a player when it first shows one: then the server must still be there.
    """
    with serving() as server:
        visits = Visits(browser, server)
        page = visits(path, query)
        expect(control(page)).to_be_visible()
        if path != "claims":
            expect(player(page)).to_have_attribute("data-run", re.compile("."))
        settled(page)
    expect(page.locator('[data-testid="stApp"][data-test-connection-state="CONNECTED"]')).to_have_count(0)
    with serving(port=server.port):
        reconnected(page)
        yield page
        visits.close()


def rho(page: Page) -> Locator:
    return slider(page, "ρ")


def test_the_first_change_after_a_restart_of_the_server_counts(browser: Browser) -> None:
    with outlived(browser, "", {"steps": "50"}, rho) as page:
        rho(page).press("ArrowLeft")
        expect(page).to_have_url(re.compile("rho="))
        settled(page)
        found, problems = Experiment.from_query(address(page))
        assert not problems
        assert found.numbers["rho"] < 0.95
        played(page, found)
        rho(page).press("ArrowLeft")
        played(page, Experiment(numbers={"steps": 50, "rho": round(found.numbers["rho"] - 0.001, 6)}))


def test_a_surface_that_is_chosen_after_a_restart_comes_with_its_own_start(browser: Browser) -> None:
    def surfaces(page: Page) -> Locator:
        return page.get_by_role("combobox", name="Surface")

    with outlived(browser, "", {"steps": "50", "x0": "0.5"}, surfaces) as page:
        choose_surface(page, "Beale")
        played(page, Experiment("beale", numbers={"steps": 50}))
        assert address(page) == {"surface": "beale", "steps": "50"}


def test_a_run_that_is_added_after_a_restart_is_there(browser: Browser) -> None:
    def adding(page: Page) -> Locator:
        return page.get_by_role("button", name="Add a run")

    with outlived(browser, "race", {"steps": "50", "run1": "adadelta", "run2": "adam"}, adding) as page:
        adding(page).click()
        expect(page).to_have_url(re.compile("run3="))
        settled(page)
        assert len(Race.from_query(address(page))[0].runs) == 3


def test_a_claim_that_is_chosen_after_a_restart_is_shown(browser: Browser) -> None:
    def sparse(page: Page) -> Locator:
        return page.get_by_text(CLAIMS["sparse"].title, exact=True)

    with outlived(browser, "claims", {}, sparse) as page:
        sparse(page).click()
        expect(page).to_have_url(re.compile("claim=sparse"))
        expect(page.get_by_role("heading", level=1)).to_contain_text(CLAIMS["sparse"].said)
