"""The request filter: what is refused before Streamlit sees it.

Visitors read pages and talk over one stream each. So nothing else is open: no method but GET and HEAD, no body, no
foreign name for this server, nothing of Streamlit's that the laboratory does not use. Only pages of this server open a
stream. It carries small messages, of the kinds that a page sends, no faster than a person acts: who sends faster is
made to wait by the network.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from adadelta_viz.server.streamlit_internals import BackMsg, allowlisted_origins, is_host_allowed

HEALTH = "/_stcore/health"
"""What load balancers ask; answered under any name, because they use the address of the machine."""

OF_STREAMLIT = {HEALTH, "/_stcore/host-config", "/_stcore/stream"}
"""What pages ask of Streamlit itself. Uploads, metrics and the interface for programs are not among it."""

CLOSED = ("/_stcore/", "/auth/", "/oauth2callback", "/component/")
METHODS = ("GET", "HEAD")

LONGEST_ADDRESS = 8_192  # bytes; a race of eight needs less than one thousand
LARGEST_MESSAGE = 65_536  # bytes; all widgets of a page need less than ten thousand
KINDS = {"rerun_script", "stop_script", "app_heartbeat", "backend_operation_request"}
"""What a page sends. Not among it: emptying everybody's caches, asking for the state of the repository, and uploads."""

OPERATIONS = {"deferred_file", "dataframe_chunk"}
"""Which operations: a download. Not among it: the one that writes files on the server."""

PACE, BURST = 10.0, 30
"""Messages a second that a stream carries in the long run, and how many at once."""

MOST_STREAMS = 400
"""How many visitors the server lets in at the same time."""

USUAL_PORTS = {"http": ":80", "https": ":443"}
"""What browsers leave out of an address, by its scheme."""


class RequestFilter:
    """ASGI middleware that refuses what no page of the laboratory asks for.

    Parameters
    ----------
    app
        The application behind it.
    most
        The largest number of streams that may be open at the same time.
    """

    def __init__(self, app: ASGIApp, most: int = MOST_STREAMS) -> None:
        self.app = app
        self.most = most
        self.streams = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what pages ask for, refuse the rest."""
        if scope["type"] == "websocket":
            await self._stream(scope, receive, send)
        elif scope["type"] == "http" and (answer := refusal(scope)):
            await answer(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _stream(self, scope: Scope, receive: Receive, send: Send) -> None:
        if code := self._closed_to(scope):
            await receive()
            await send({"type": "websocket.close", "code": code})  # before it is accepted: status 403
            return
        self.streams += 1
        try:
            await self.app(without_origin(scope), throttled(receive, send), send)
        finally:
            self.streams -= 1

    def _closed_to(self, scope: Scope) -> int | None:
        """Return the code with which a stream is refused, or None if it may be opened."""
        if not comes_from_here(Headers(scope=scope)):
            return 1008
        return 1013 if self.streams >= self.most else None  # try again later


def refusal(scope: Scope) -> Response | None:
    """Say why a request is not answered, or return None if it is."""
    headers, path = Headers(scope=scope), scope["path"]
    if scope["method"] not in METHODS:
        return PlainTextResponse("Method not allowed", 405, {"allow": ", ".join(METHODS)})
    if headers.get("content-length", "0") != "0" or "transfer-encoding" in headers:
        return PlainTextResponse("This server takes no files", 413)
    if len(scope["raw_path"]) + len(scope["query_string"]) > LONGEST_ADDRESS:
        return PlainTextResponse("Address too long", 414)
    if path != HEALTH and not is_host_allowed(headers.get("host")):
        return PlainTextResponse("This server does not go by that name", 421)
    if path.startswith(CLOSED) and path not in OF_STREAMLIT:
        return PlainTextResponse("Not found", 404)
    return None


def comes_from_here(headers: Headers) -> bool:
    """Tell whether a stream is asked for by a page of this server, of a site that was named, or by no page at all.

    Named sites are those of ``server.corsAllowedOrigins``; ``server.enableCORS`` opens nothing.
    """
    host, named = headers.get("host", ""), allowlisted_origins()
    return all(origin in named or is_origin_of(host, origin) for origin in headers.getlist("origin"))


def is_origin_of(host: str, origin: str) -> bool:
    """Tell whether pages under this host are of this origin: the same name and port, whatever their case.

    Examples
    --------
    >>> is_origin_of("lab.school.example", "https://lab.school.example")
    True
    >>> is_origin_of("lab.school.example:443", "https://LAB.school.example")
    True
    >>> is_origin_of("lab.school.example", "https://lab.school.example:8443")
    False
    >>> is_origin_of("lab.school.example", "null")
    False
    """
    scheme, _, place = origin.lower().partition("://")
    usual = USUAL_PORTS.get(scheme)
    return usual is not None and place.removesuffix(usual) == host.lower().removesuffix(usual)


def without_origin(scope: Scope) -> Scope:
    """Leave out an origin that was looked at: Streamlit asks a service on the internet about those it does not know."""
    return {**scope, "headers": [pair for pair in scope["headers"] if pair[0] != b"origin"]}


def throttled(
    receive: Receive,
    send: Send,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> Receive:
    """Return a way to receive that leaves out what no page sends and slows down who sends too fast.

    While it sleeps nothing is read from the network, so that a flood stays with its sender.
    """
    due = clock() - BURST / PACE

    async def receive_permitted() -> Message:
        nonlocal due
        while True:
            message = await receive()
            if message["type"] != "websocket.receive":
                return message
            due = max(due + 1 / PACE, clock() - BURST / PACE)
            if (wait := due - clock()) > 0:
                await sleep(wait)
            if reason := violation(message):
                await send({"type": "websocket.close", "code": reason})
                return {"type": "websocket.disconnect", "code": reason}
            if is_permitted(message):
                return message

    return receive_permitted


def violation(message: Message) -> int | None:
    """Return the code with which a stream ends that carried words or too much, or None if a message is in order."""
    content = message.get("bytes")
    if content is None:
        return 1003
    return 1009 if len(content) > LARGEST_MESSAGE else None


def is_permitted(message: Message) -> bool:
    """Tell whether a message is of a kind that a page sends; what cannot be read is left to Streamlit to refuse.

    Examples
    --------
    >>> is_permitted({"bytes": BackMsg(stop_script=True).SerializeToString()})
    True
    >>> is_permitted({"bytes": BackMsg(load_git_info=True).SerializeToString()})
    False
    """
    try:
        found = BackMsg.FromString(message["bytes"])
    except Exception:  # protobuf's DecodeError, whose module comes without types
        return True
    kind = found.WhichOneof("type")
    if kind == "backend_operation_request":
        return found.backend_operation_request.WhichOneof("payload") in OPERATIONS
    return kind in KINDS
