"""What a browser makes of the server's headers: foreign code does not run, and only named sites may embed a page."""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal, NamedTuple
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from adadelta_viz.claims import CLAIMS
from adadelta_viz.experiments import Experiment
from adadelta_viz.server.headers import FRAME_ANCESTORS
from adadelta_viz.theory import SECTIONS
from tests.browser.page import choose_surface, player, slider
from tests.browser.visits import PATIENCE, Visits, address, played, run_id, settled
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


# ---- Browsers that outlive their server ----------------------------------------------------------------------------

Control = Callable[[Page], Locator]


def rho(page: Page) -> Locator:
    return slider(page, "ρ")


class Change(NamedTuple):
    """What a visitor changes first: on which page, with which control, how, and what the address says only then."""

    path: str
    query: dict[str, str]
    control: Control
    act: Callable[[Page], object]
    said: dict[str, str]


def saying(wanted: dict[str, str]) -> Callable[[str], bool]:
    """Return what tells whether an address says all that is wanted."""
    return lambda url: wanted.items() <= dict(parse_qsl(urlsplit(url).query)).items()


def named(role: Literal["button", "combobox", "radio", "textbox"], name: str) -> Control:
    """Return how a page is asked for its control with this name."""
    return lambda page: page.get_by_role(role, name=name, exact=True)


def pressed(path: str, query: dict[str, str], control: Control, said: dict[str, str]) -> Change:
    """Make the change that is one click."""
    return Change(path, query, control, lambda page: control(page).click(), said)


def enter_formula(page: Page) -> None:
    page.get_by_role("textbox", name="f(x, y) =").fill("x^2 + 3y^2")
    page.keyboard.press("Enter")


SECOND = list(SECTIONS)[1]
STEPS = {"steps": "50"}
CHANGES = {
    "a slider": Change("", STEPS, rho, lambda page: rho(page).press("Home"), STEPS | {"rho": "0"}),
    "a surface with its own start": Change(
        "",
        STEPS | {"x0": "0.5"},
        named("combobox", "Surface"),
        lambda page: choose_surface(page, "Beale"),
        STEPS | {"surface": "beale"},
    ),
    "a run": pressed(
        "race",
        STEPS | {"run1": "adadelta", "run2": "adam"},
        named("button", "Add a run"),
        STEPS | {"run1": "adadelta", "run2": "adam", "run3": "sgd"},
    ),
    "a view": pressed("race", STEPS, named("radio", "Side by side"), STEPS | {"view": "grid"}),
    "a map": pressed("maps", STEPS, named("radio", "Curves"), STEPS | {"map": "curves"}),
    "a formula": Change("surface", {}, named("textbox", "f(x, y) ="), enter_formula, {"f": "x^2 + 3y^2"}),
    "a claim": pressed(
        "claims", {}, lambda page: page.get_by_text(CLAIMS["sparse"].title, exact=True), {"claim": "sparse"}
    ),
    "a guess": pressed("claims", {}, named("radio", "It depends"), {"guess": "depends"}),
    "a result": pressed("claims", {}, named("button", "Show the result without a guess"), {"guess": "reveal"}),
    "a section": pressed("theory", {}, named("button", f"{SECTIONS[SECOND].short} →"), {"section": SECOND}),
}


def landscape(page: Page) -> Locator:
    return page.get_by_test_id("landscape")


def connected(page: Page) -> Locator:
    return page.locator('[data-testid="stApp"][data-test-connection-state="CONNECTED"]')


def whole(page: Page, change: Change) -> None:
    """Wait until a page has fetched all it needs: a browser gets the code of a player when it first shows one."""
    expect(change.control(page)).to_be_visible()
    if change.path in ("", "race"):
        expect(player(page)).to_have_attribute("data-run", re.compile("."))
    settled(page)


def test_the_first_change_after_a_restart_of_the_server_counts_in_every_open_tab(browser: Browser) -> None:
    with serving() as server:
        visits = Visits(browser, server)
        clicked = visits("", STEPS)
        pages = {name: visits(each.path, each.query, settle=False, beside=clicked) for name, each in CHANGES.items()}
        for name, page in pages.items():
            whole(page, CHANGES[name])
        played(clicked, Experiment(numbers={"steps": 50}))
    for page in (*pages.values(), clicked):
        expect(connected(page)).to_have_count(0)
    with serving(port=server.port):
        for name, page in pages.items():
            page.bring_to_front()  # a tab behind others is drawn once a second
            expect(connected(page), name).to_be_visible()
            CHANGES[name].act(page)
        for name, page in pages.items():
            page.wait_for_url(saying(CHANGES[name].said))
            settled(page)
            assert saying(CHANGES[name].said)(page.url), name
        clicked.bring_to_front()
        expect(connected(clicked)).to_be_visible()
        landscape(clicked).click(position={"x": 200, "y": 150})
        clicked.wait_for_url(re.compile("x0="))
        assert "x0" not in address(pages["a surface with its own start"])
        pages["a slider"].bring_to_front()
        played(pages["a slider"], Experiment(numbers={"steps": 50, "rho": 0.0}))
        rho(pages["a slider"]).press("ArrowRight")
        played(pages["a slider"], Experiment(numbers={"steps": 50, "rho": 0.001}))
        expect(pages["a guess"].get_by_role("status")).to_contain_text("Measured")
        visits.close()
