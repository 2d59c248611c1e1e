"""What the browser loads beside Streamlit's own files: Plotly.js from the installed package, the player, its style.

Addresses carry a hash of the content, so that browsers may keep them for good; what travels is compressed. The
player's modules share one hash and one folder, so that they find each other by their names.
"""

import gzip
import hashlib
from collections.abc import Awaitable, Callable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import plotly
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import adadelta_viz.player

_PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
_PLAYER = Path(adadelta_viz.player.__file__).parent / "js"
_KINDS = {".js": "text/javascript", ".css": "text/css"}


# Streamlit first looks for its server below the address of each page, which leaves errors in the console.
_ROOT = "<script>window.__streamlit = {BACKEND_BASE_URL: `${location.origin}/`}</script>"
_MENU = f"<script>{Path(__file__).with_name('menu.js').read_text(encoding='utf-8')}</script>"


class Asset(NamedTuple):
    """A file as it travels: where it is found, what it is, its bytes as they are and compressed."""

    address: str
    kind: str
    plain: bytes
    compressed: bytes


@lru_cache(maxsize=1)
def assets() -> dict[str, Asset]:
    """Read and compress every file once, when the server starts; by file name."""
    modules = sorted(path for path in _PLAYER.iterdir() if path.suffix in _KINDS)
    return _read([_PLOTLY]) | _read(modules)


def addresses(module: str) -> dict[str, str]:
    """Return where a host finds Plotly.js and the module that it mounts, relative to the page."""
    return {"plotly": assets()[_PLOTLY.name].address, "module": assets()[module].address}


def tags() -> str:
    """Return HTML for a page's head: the menu's script, and what fetches the assets while Streamlit still starts."""
    forms = {
        "plotly.min.js": '<script async src="{}"></script>',
        ".js": '<link rel="modulepreload" href="{}">',
        ".css": '<link rel="stylesheet" href="{}">',
    }
    return (
        _ROOT
        + _MENU
        + "".join(forms.get(name, forms[Path(name).suffix]).format(asset.address) for name, asset in assets().items())
    )


def routes() -> list[Route]:
    """Return one route for each asset, and one that refuses any other address beside them."""
    known = [Route(f"/{asset.address}", _served(asset)) for asset in assets().values()]
    return [*known, Route("/lab/{rest:path}", _refused)]


def _read(paths: list[Path]) -> dict[str, Asset]:
    """Read files that belong together under one hash."""
    contents = {path.name: path.read_bytes() for path in paths}
    digest = hashlib.blake2b(b"".join(contents.values()), digest_size=6).hexdigest()
    return {
        name: Asset(f"lab/{digest}/{name}", _KINDS[Path(name).suffix], plain, gzip.compress(plain, 6))
        for name, plain in contents.items()
    }


async def _refused(request: Request) -> Response:  # noqa: ARG001  # an endpoint takes its request
    return Response(status_code=404)


def _served(asset: Asset) -> Callable[[Request], Awaitable[Response]]:
    async def serve(request: Request) -> Response:
        compress = "gzip" in request.headers.get("accept-encoding", "")
        headers = {"cache-control": "public, max-age=31536000, immutable", "vary": "accept-encoding"}
        if compress:
            headers["content-encoding"] = "gzip"
        return Response(asset.compressed if compress else asset.plain, media_type=asset.kind, headers=headers)

    return serve
