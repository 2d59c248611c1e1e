"""What the server asks of other machines: nothing, whatever it is asked, so that no stranger can make it wait."""

import http.client
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from adadelta_viz.server.request_filter import HEALTH
from adadelta_viz.views.navigation import TITLES
from benchmarks.visitors import Visitor
from tests.server.asking import HANDSHAKE, get, visit
from tests.serving import HOST, ROOT, Server, serving

WATCH = """
import pathlib
import sys
import time

PLACE = {"socket.connect": 1, "socket.sendto": 1, "socket.sendmsg": 1}
NAME = {"socket.getaddrinfo": 0, "socket.gethostbyname": 0, "socket.gethostbyaddr": 0}
FOLDER = pathlib.Path(__file__).parent

def watch(event, args):
    if event in NAME:
        host = args[NAME[event]]
    elif event in PLACE and isinstance(args[PLACE[event]], tuple):
        host = args[PLACE[event]][0]
    else:
        return
    if host not in ("127.0.0.1", "::1", "localhost", "", None):
        with (FOLDER / "asked").open("a") as asked:
            asked.write(f"{event} {host}\\n")
        until = time.monotonic() + 60
        while (FOLDER / "swallow").exists() and time.monotonic() < until:
            time.sleep(0.05)
        raise OSError("this machine has no way out")

sys.addaudithook(watch)
"""
"""Python's own account of every connection and look-up, in the server and its workers. Those to other machines are
written down and refused; while the network swallows packets they hang, as they do behind many a firewall."""

REFUSED = ("/nothing", "/_stcore/stream", "/_stcore/metrics", "/auth/login", "/lab/path?steps=no", "/media/x")
BANNER = """
from streamlit.web import bootstrap
bootstrap.load_config_options({"server_address": "0.0.0.0", "server_headless": True})
bootstrap._print_url(False)
"""
"""What Streamlit says when it starts for all names."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where processes find the watch and leave what they asked for."""
    folder = tmp_path_factory.mktemp("watch")
    (folder / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    (folder / "asked").touch()
    return folder


def watched(folder: Path) -> dict[str, str]:
    """Return the environment in which a Python is watched."""
    return {"PYTHONPATH": os.pathsep.join([str(folder), str(ROOT)])}


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    """The app, watched."""
    with serving(environment=watched(folder)) as running:
        yield running


@pytest.fixture(autouse=True)
def stays_at_home(folder: Path) -> Iterator[None]:
    """Fail a test during which anything was asked of another machine."""
    yield
    asked = (folder / "asked").read_text(encoding="utf-8")
    (folder / "asked").write_text("", encoding="utf-8")
    assert asked == ""


def test_the_watch_sees_what_leaves_and_lets_it_not(folder: Path) -> None:
    for way in ("socket.create_connection(('192.0.2.1', 9))", "socket.getaddrinfo('lab.example', 9)"):
        program = [sys.executable, "-c", f"import socket; {way}"]
        done = subprocess.run(program, env=os.environ | watched(folder), capture_output=True, text=True, check=False)
        assert "this machine has no way out" in done.stderr
    asked = (folder / "asked").read_text(encoding="utf-8").split()
    assert {"192.0.2.1", "lab.example"} <= set(asked)
    (folder / "asked").write_text("", encoding="utf-8")


def test_pages_of_other_sites_hold_up_nobody(server: Server, folder: Path) -> None:
    asked = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in HANDSHAKE.items())
    handshake = (
        f"GET /_stcore/stream HTTP/1.1\r\nHost: {HOST}:{server.port}\r\nOrigin: https://evil.example\r\n{asked}\r\n"
    )
    (folder / "swallow").touch()
    try:
        with ExitStack() as open_:
            foreign = [open_.enter_context(socket.create_connection((HOST, server.port), 30)) for _ in range(5)]
            for connection in foreign:
                connection.sendall(handshake.encode())
            health = open_.enter_context(closing(http.client.HTTPConnection(HOST, server.port, timeout=30)))
            health.request("GET", HEALTH)
            assert health.getresponse().status == 200
            assert [connection.recv(12) for connection in foreign] == [b"HTTP/1.1 403"] * 5
    finally:
        (folder / "swallow").unlink()


@pytest.mark.parametrize("page", TITLES)
def test_a_visit_asks_nothing_of_the_world(server: Server, page: str) -> None:
    async def looks(visitor: Visitor) -> int:
        await visitor.show("" if page == "explore" else page, {})
        return len(visitor.widgets)

    assert visit(server, looks) > 0


def test_neither_does_what_is_refused(server: Server) -> None:
    for path in REFUSED:
        for origin in ("https://evil.example", f"http://{HOST}:{server.port}"):
            for host in ("evil.example", HOST):
                assert get(server, path, Host=host, Origin=origin).status < 500
                assert get(server, path, Host=host, Origin=origin, **HANDSHAKE).status == 403


def test_a_server_for_all_names_starts_without_asking_who_it_is(folder: Path) -> None:
    environment = os.environ | watched(folder)
    said = subprocess.run([sys.executable, "-c", BANNER], cwd=ROOT, env=environment, capture_output=True, check=True)
    assert b"http://" in said.stdout
