"""Asking the server without a browser: requests as they are, and streams."""

import asyncio
import http.client
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from email.message import Message
from typing import NamedTuple, TypeVar

from benchmarks.visitors import Visitor, visiting
from tests.serving import HOST, Server

HANDSHAKE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec_WebSocket_Version": "13",
    "Sec_WebSocket_Key": "AAAAAAAAAAAAAAAAAAAAAA==",
}
Result = TypeVar("Result")


class Answer(NamedTuple):
    status: int
    headers: Message
    body: bytes


def ask(server: Server, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
    """Ask the server, with headers written with underscores."""
    with closing(http.client.HTTPConnection(HOST, server.port, timeout=30)) as connection:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, named)
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())


def get(server: Server, path: str, **headers: str) -> Answer:
    """Ask for a page or a file."""
    return ask(server, "GET", path, None, **headers)


def visit(server: Server, what: Callable[[Visitor], Awaitable[Result]], seconds: float = 60) -> Result:
    """Open a session, do something with it, and close it."""

    async def whole() -> Result:
        async with asyncio.timeout(seconds), visiting(server.port) as visitor:
            return await what(visitor)

    with ThreadPoolExecutor(1) as thread:  # a loop of its own: Playwright may have one running in this thread
        return thread.submit(asyncio.run, whole()).result()
