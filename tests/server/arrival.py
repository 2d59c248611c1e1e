"""A class arrives: many first visits at once, behind one address, through a proxy with TLS."""

import asyncio
import gzip
import re
import ssl
from collections import Counter, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http.client import parse_headers
from io import BytesIO
from typing import NamedTuple

from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus
from websockets.typing import Origin

from tests.serving import HOST

ASKED_BY_STREAMLIT = ["/_stcore/health", "/_stcore/host-config"]
CONNECTIONS = 6
"""How many a browser keeps to one server."""

NAMED = re.compile(r'(?:src|href)="(?:\./)?((?:static|lab)/[^"]+|favicon\.png)"')
TRUSTING = ssl._create_unverified_context()
"""The certificate of a test is signed by nobody."""


class Response(NamedTuple):
    """What came: status, headers by their names in lower case, and the body, no longer compressed."""

    status: int
    headers: dict[str, str]
    body: bytes


class Connection:
    """One kept connection.

    Parameters
    ----------
    reader, writer
        Its two directions.
    host
        The name and port under which the server is asked.
    """

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str) -> None:
        self.reader, self.writer, self.host = reader, writer, host

    async def get(self, path: str, accept: str = "*/*") -> Response:
        """Ask for a page or a file and read all of it."""
        head = f"GET {path} HTTP/1.1\r\nHost: {self.host}\r\nAccept: {accept}\r\nAccept-Encoding: gzip\r\n\r\n"
        self.writer.write(head.encode())
        status = int((await self.reader.readline()).split()[1])
        fields = parse_headers(BytesIO(await self.reader.readuntil(b"\r\n\r\n")))
        headers = {name.lower(): value for name, value in fields.items()}
        body = await self._body(headers)
        return Response(status, headers, gzip.decompress(body) if "content-encoding" in headers else body)

    async def _body(self, headers: dict[str, str]) -> bytes:
        if "content-length" in headers:
            return await self.reader.readexactly(int(headers["content-length"]))
        body = b""
        while size := int(await self.reader.readline(), 16):
            body += (await self.reader.readexactly(size + 2))[:-2]
        await self.reader.readline()
        return body


@asynccontextmanager
async def connected(port: int, name: str) -> AsyncIterator[Connection]:
    """Open a connection to the proxy of this machine and ask under its public name."""
    reader, writer = await asyncio.open_connection(HOST, port, ssl=TRUSTING)
    try:
        yield Connection(reader, writer, f"{name}:{port}")
    finally:
        writer.close()
        await writer.wait_closed()


def named(page: bytes) -> list[str]:
    """Return the addresses of the files that a page's head names.

    Examples
    --------
    >>> named(b'<script src="./static/js/a.js"></script><link href="./_stcore/agent/openapi.json">')
    ['/static/js/a.js']
    """
    return [f"/{path}" for path in NAMED.findall(page.decode())]


async def shake_hands(port: int, name: str) -> int:
    """Open the stream as a page does, close it, and return the status of the answer."""
    place = f"{name}:{port}"
    address, origin = f"wss://{place}/_stcore/stream", Origin(f"https://{place}")
    try:
        async with connect(address, host=HOST, port=port, ssl=TRUSTING, origin=origin, open_timeout=60) as stream:
            assert stream.response is not None
            return stream.response.status_code
    except InvalidStatus as refused:
        return refused.response.status_code


async def first_visit(port: int, name: str) -> list[int]:
    """Ask for the page, then over six connections for all that it names, then for the stream; return the statuses."""
    async with connected(port, name) as connection:
        page = await connection.get("/", accept="text/html")
    waiting = deque([*named(page.body), *ASKED_BY_STREAMLIT])
    statuses = [page.status]

    async def lane() -> None:
        async with connected(port, name) as connection:
            while waiting:
                statuses.append((await connection.get(waiting.popleft())).status)

    await asyncio.gather(*(lane() for _ in range(CONNECTIONS)))
    return [*statuses, await shake_hands(port, name)]


async def arrival(port: int, name: str, visitors: int, within: float) -> Counter[int]:
    """Let visitors come evenly over some seconds, and count all answers by their status."""

    async def come(delay: float) -> list[int]:
        await asyncio.sleep(delay)
        return await first_visit(port, name)

    visits = await asyncio.gather(*(come(within * number / visitors) for number in range(visitors)))
    return Counter(status for statuses in visits for status in statuses)
