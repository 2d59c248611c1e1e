"""A head start: the page that Streamlit serves is told about the player's files before Streamlit itself has begun.

Plotly.js is large. Asked for by the player it would be fetched and compiled after Streamlit has drawn the page; named
in the page's head it is ready by then.
"""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class PreloadTags:
    """ASGI middleware that puts tags into the head of every HTML page, and leaves all else alone.

    Parameters
    ----------
    app
        The application behind it.
    tags
        HTML for the end of the head.
    """

    def __init__(self, app: ASGIApp, tags: str) -> None:
        self.app = app
        self.tags = tags.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; complete the answer if it is a page."""
        start: Message | None = None
        body = b""

        async def completed(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start" and _is_page(message):
                start = message
            elif start is None:
                await send(message)
            elif message["type"] == "http.response.body":
                body += message.get("body", b"")
                if not message.get("more_body"):
                    page = body.replace(b"</head>", self.tags + b"</head>", 1)
                    MutableHeaders(scope=start)["content-length"] = str(len(page))
                    await send(start)
                    await send({"type": "http.response.body", "body": page})

        await self.app(_asking_for_plain_text(scope), receive, completed)


def _asking_for_plain_text(scope: Scope) -> Scope:
    """Let a browser that asks for a page have it uncompressed: a page is small, and tags cannot be put into gzip."""
    if scope["type"] != "http" or b"text/html" not in dict(scope["headers"]).get(b"accept", b""):
        return scope
    return {**scope, "headers": [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]}


def _is_page(message: Message) -> bool:
    headers = MutableHeaders(scope=message)
    return message["status"] == 200 and headers.get("content-type", "").startswith("text/html")
