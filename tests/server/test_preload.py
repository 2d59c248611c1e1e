"""The middleware completes pages and leaves everything else as it was."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from starlette.datastructures import Headers
from starlette.types import Message, Receive, Scope, Send

from adadelta_viz.server.preload import PreloadTags

TAGS = '<link rel="stylesheet" href="a.css">'
PAGE = "<!doctype html><html><head><title>ε</title></head><body>the tag </head> ends a head</body></html>".encode()


ASKED: Scope = {"type": "http", "headers": [(b"accept", b"text/html,*/*"), (b"accept-encoding", b"gzip, br")]}


def answer(status: int, kind: str | None, *tiles: bytes, tags: str = TAGS) -> list[Message]:
    """Let an application answer in these chunks behind the middleware, and return what reaches the client."""
    headers = [(b"content-length", str(sum(map(len, tiles))).encode())]
    if kind is not None:
        headers.append((b"content-type", kind.encode()))
    messages: list[Message] = [{"type": "http.response.start", "status": status, "headers": headers}]
    messages += [{"type": "http.response.body", "body": chunk, "more_body": True} for chunk in tiles]
    messages.append({"type": "http.response.body"})
    return through(messages, ASKED, tags)[1]


def through(messages: list[Message], scope: Scope, tags: str = TAGS) -> tuple[Scope, list[Message]]:
    """Send messages from behind the middleware; return what the application was asked and what the client gets."""
    asked: list[Scope] = []
    received: list[Message] = []

    async def app(inner: Scope, _receive: Receive, send: Send) -> None:
        asked.append(inner)
        for message in messages:
            await send(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        received.append(message)

    async def call() -> None:
        await PreloadTags(app, tags)(scope, receive, send)

    with ThreadPoolExecutor(1) as thread:  # a loop of its own: Playwright may have one running in this thread
        thread.submit(asyncio.run, call()).result()
    (inner,) = asked
    return inner, received


def body(messages: list[Message]) -> bytes:
    """Join what arrived."""
    return b"".join(message.get("body", b"") for message in messages)


def test_a_page_gets_the_tags_once_at_the_end_of_its_head() -> None:
    messages = answer(200, "text/html; charset=utf-8", PAGE)
    assert body(messages) == PAGE.replace(b"</title></head>", f"</title>{TAGS}</head>".encode())


def test_the_length_that_is_told_is_the_length_that_comes_in_bytes() -> None:
    start, *rest = answer(200, "text/html", PAGE, tags="<!-- ε -->")
    assert int(Headers(raw=start["headers"])["content-length"]) == len(body(rest))


def test_a_page_in_pieces_is_put_together_even_when_the_place_lies_across_them() -> None:
    whole = body(answer(200, "text/html", PAGE))
    middle = PAGE.index(b"</head>") + 3
    messages = answer(200, "text/html", PAGE[:middle], PAGE[middle:])
    assert body(messages) == whole
    assert [message["type"] for message in messages] == ["http.response.start", "http.response.body"]
    assert not messages[-1].get("more_body")


def test_a_page_without_a_head_arrives_unchanged() -> None:
    assert body(answer(200, "text/html", b"<p>short</p>")) == b"<p>short</p>"


def test_what_is_no_page_passes_message_by_message() -> None:
    for status, kind in ((200, "text/javascript"), (200, None), (404, "text/html"), (304, "text/html")):
        messages = answer(status, kind, b"one </head>", b"two")
        assert body(messages) == b"one </head>two"
        assert len(messages) == 4, (status, kind)


def test_a_websocket_passes_untouched() -> None:
    scope: Scope = {"type": "websocket", "headers": ASKED["headers"]}
    messages: list[Message] = [{"type": "websocket.accept"}, {"type": "websocket.send", "bytes": b"</head>"}]
    assert through(messages, scope) == (scope, messages)


def test_the_application_is_asked_for_a_page_as_plain_text_and_for_all_else_as_the_browser_asked() -> None:
    inner, _ = through([], ASKED)
    assert inner["headers"] == [(b"accept", b"text/html,*/*")]
    script: Scope = {"type": "http", "headers": [(b"accept", b"*/*"), (b"accept-encoding", b"gzip, br")]}
    assert through([], script)[0] == script
