"""What goes wrong is told to the log; visitors learn that it did, and nothing else."""

import time
from collections.abc import Iterator

import pytest

from adadelta_viz.server.request_filter import HEALTH
from benchmarks.visitors import Visitor
from tests.server.asking import get, visit
from tests.serving import ROOT, Server, serving

SECRET = "what only the log may know"
APP = f'''
from pathlib import Path
import streamlit as st
from starlette.routing import Route
from adadelta_viz.server import laboratory

async def broken(request):
    raise RuntimeError("{SECRET}")

app = st.App(
    Path(__file__).with_name("page.py"), routes=[Route("/broken", broken)], middleware=laboratory.middleware()
)
'''
TELLING = ["content-security-policy", "x-content-type-options", "referrer-policy", "permissions-policy"]


@pytest.fixture(autouse=True)
def quiet() -> None:
    """Let the log hold what was provoked: it is the only place that may."""


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The laboratory's own layers around a page and a route that fail."""
    folder = tmp_path_factory.mktemp("broken")
    (folder / "app.py").write_text(APP, encoding="utf-8")
    (folder / "page.py").write_text(f'raise RuntimeError("{SECRET}")\n', encoding="utf-8")
    with serving(folder / "app.py") as running:
        yield running


def is_logged(server: Server) -> bool:
    """Tell whether the log holds the secret, which it may do a moment after the visitor has the answer."""
    patience = time.monotonic() + 10
    while SECRET not in server.log.read_text(encoding="utf-8"):
        if time.monotonic() > patience:
            return False
        time.sleep(0.05)
    return True


def told(said: bytes | str) -> list[str]:
    """Return what of this a visitor should not have read."""
    text = said if isinstance(said, str) else said.decode(errors="replace")
    return [word for word in (SECRET, "RuntimeError", "Traceback", ".py", str(ROOT), "/tmp") if word in text]


def test_an_error_of_the_server_is_three_words_with_all_headers(broken: Server) -> None:
    answer = get(broken, "/broken")
    assert (answer.status, answer.body) == (500, b"Internal Server Error")
    assert [name for name in TELLING if answer.headers[name] is None] == []
    assert is_logged(broken)


def test_an_error_of_a_page_is_one_sentence(broken: Server) -> None:
    async def looks(visitor: Visitor) -> list[str]:
        await visitor.ask("", {})
        said = []
        while not (message := await visitor.heard()).HasField("script_finished"):
            said.append(message)
        return [str(message) for message in said if message.delta.new_element.HasField("exception")]

    (error,) = visit(broken, looks)
    assert "This app has encountered an error" in error
    assert told(error.replace(str(broken.port), "")) == []
    assert is_logged(broken)


@pytest.mark.parametrize(
    "path", ["/", "/race", "/nothing/here", "/lab/nothing", "/_stcore/nothing", HEALTH, "/static/x"]
)
def test_every_answer_has_the_headers_whatever_its_status(server: Server, path: str) -> None:
    answer = get(server, path)
    assert [name for name in TELLING if answer.headers[name] is None] == []
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path", ["/lab/nothing", "/_stcore/nothing", "/static/js/nothing.js", "/media/nothing", "/%00", "//x"]
)
def test_what_is_not_there_says_nothing_about_the_server(server: Server, path: str) -> None:
    answer = get(server, path)
    assert answer.status in {400, 404} or b'<div id="root">' in answer.body
    if answer.status >= 400:
        assert told(answer.body) == []
        assert len(answer.body) < 200
