"""How answers travel: what is written on a connection is sent at once, none waits for an acknowledgement."""

import http.client
import json
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import closing

import pytest

from adadelta_viz.server import connections
from tests.serving import HOST, Server, serving

WATCHED = """
import os
import socket
import stat

from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route

from app import app as laboratory


def options(request):
    found = {}
    for descriptor in map(int, os.listdir("/dev/fd")):
        try:
            if stat.S_ISSOCK(os.fstat(descriptor).st_mode):
                with socket.socket(fileno=os.dup(descriptor)) as each:
                    found[each.getpeername()[1]] = each.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        except OSError:
            pass
    return JSONResponse(found)


app = Starlette(routes=[Route("/options", options), Mount("/", laboratory)], lifespan=laboratory.lifespan())
"""
"""The laboratory as it is, and beside it what the process knows of its connections, by the port of the other side."""

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no /dev/fd")


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that tells the options of its sockets."""
    script = tmp_path_factory.mktemp("watched") / "watched.py"
    script.write_text(WATCHED, encoding="utf-8")
    with serving(script) as running:
        yield running


@posix
def test_every_connection_sends_at_once(watched: Server) -> None:
    asking = [http.client.HTTPConnection(HOST, watched.port, timeout=30) for _ in range(3)]
    for connection in asking:
        with closing(connection):
            for path in ("/_stcore/health", "/options"):
                connection.request("GET", path)
                answer = connection.getresponse()
                said = answer.read()
            port = connection.sock.getsockname()[1]
            assert json.loads(said)[str(port)] != 0


@posix
def test_listening_sockets_are_found_among_all_that_is_open_and_nothing_stays_open() -> None:
    before = os.listdir("/dev/fd")
    with socket.create_server((HOST, 0)) as listener, socket.socket() as idle, socket.socket(type=socket.SOCK_DGRAM):
        places = [found.getsockname() for found in connections.listeners()]
        assert listener.getsockname() in places
        connections.send_at_once()
        assert listener.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0
        assert idle.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 0
    assert os.listdir("/dev/fd") == before
