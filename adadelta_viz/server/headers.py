"""What the server tells browsers about itself: where code may come from, who may embed a page, what is none of theirs.

The policy starts from nothing and opens what Streamlit and the player need, no more. A script in a page's text runs
only if its hash is known; the hashes are computed from Streamlit's own page and from our tags when the server starts.
"""

import base64
import hashlib
import os
import re
from collections.abc import Iterable, Mapping

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from adadelta_viz.server.streamlit_internals import INDEX_PAGE

FRAME_ANCESTORS = "ADADELTA_FRAME_ANCESTORS"
"""The environment variable that names the sites that may show the laboratory in a frame, separated by spaces."""

_INLINE = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_SITE = re.compile(r"https?://(\*\.)?[a-z0-9.-]+(:\d{1,5})?", re.ASCII | re.IGNORECASE)


class HeaderMiddleware:
    """ASGI middleware that puts the same headers on every answer, an error of the server's own included.

    Parameters
    ----------
    app
        The application behind it.
    headers
        Names and values.
    """

    def __init__(self, app: ASGIApp, headers: Mapping[str, str]) -> None:
        self.app = app
        self.headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and complete the head of its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def told(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                MutableHeaders(scope=message).update(self.headers)
            await send(message)

        try:
            await self.app(scope, receive, told)
        except Exception:
            if not begun:  # else Starlette would answer from outside, without these headers
                await PlainTextResponse("Internal Server Error", status_code=500)(scope, receive, told)
            raise  # to the log


def headers(tags: str, environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return the headers of every answer.

    Parameters
    ----------
    tags
        What `EarlyAssets` adds to a page's head.
    environment
        Where the sites that may embed are looked up.

    Raises
    ------
    ValueError
        If one of these sites is none; a header must not be broken by a typing error.
    """
    scripts = inline_scripts(INDEX_PAGE.read_text(encoding="utf-8") + tags)
    return {
        "content-security-policy": policy(scripts, frame_ancestors(environment.get(FRAME_ANCESTORS, ""))),
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",  # an address is an experiment: nobody else's business
        "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "cross-origin-resource-policy": "same-origin",
    }


def policy(scripts: Iterable[str], ancestors: str) -> str:
    """Return the content security policy: what a page may load and run, and in which frames it may stand.

    Examples
    --------
    >>> print(policy(["run()"], "'self'").partition(";")[0])
    default-src 'none'
    """
    hashes = " ".join(f"'sha256-{digest(script)}'" for script in scripts)
    allowed = {
        "default-src": "'none'",
        "script-src": f"'self' blob: {hashes}",  # Streamlit imports the hosts of components from blobs
        "style-src": "'self' 'unsafe-inline'",  # Streamlit and Plotly set styles as they draw
        "img-src": "'self' data: blob:",  # icons; a picture on its way into a PNG
        "font-src": "'self' data:",  # KaTeX brings a font in its style sheet
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": ancestors,
    }
    return "; ".join(f"{name} {sources}" for name, sources in allowed.items())


def frame_ancestors(sites: str) -> str:
    """Return who may show a page in a frame: the laboratory itself, and these sites.

    Examples
    --------
    >>> frame_ancestors("")
    "'self'"
    >>> frame_ancestors("https://moodle.school.example https://*.teacher.example:8443")
    "'self' https://moodle.school.example https://*.teacher.example:8443"
    """
    for site in sites.split():
        if not _SITE.fullmatch(site):
            raise ValueError(
                f"{FRAME_ANCESTORS} must hold addresses such as https://moodle.school.example, separated by spaces: "
                f"got {site!r}. They may show the laboratory in a frame."
            )
    return " ".join(["'self'", *sites.split()])


def inline_scripts(page: str) -> list[str]:
    """Return the scripts that stand in a page's text.

    Examples
    --------
    >>> inline_scripts('<script>a()</script><script async src="b.js"></script>')
    ['a()']
    """
    return _INLINE.findall(page)


def digest(script: str) -> str:
    """Return what a policy calls a script by: the SHA-256 of its text, as base64."""
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
