"""What the browser loads beside Streamlit's own files: Plotly.js from the installed package, the player, its style.

Addresses carry a hash of the content, so that browsers may keep them for good; what is large travels compressed.
"""

import gzip
import hashlib
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import plotly
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import adadelta_viz.player

_PLAYER = Path(adadelta_viz.player.__file__).parent
_FILES = {
    "plotly": Path(plotly.__file__).parent / "package_data" / "plotly.min.js",
    "player": _PLAYER / "player.js",
    "style": _PLAYER / "player.css",
}
_KINDS = {".js": "text/javascript", ".css": "text/css"}


class Asset(NamedTuple):
    """A file as it travels: where it is found, what it is, its bytes as they are and compressed."""

    address: str
    kind: str
    plain: bytes
    compressed: bytes


@lru_cache(maxsize=1)
def assets() -> dict[str, Asset]:
    """Read and compress every file once, when the server starts."""
    return {name: _read(path) for name, path in _FILES.items()}


def addresses() -> dict[str, str]:
    """Return where the browser finds each asset, relative to the page."""
    return {name: asset.address for name, asset in assets().items()}


def tags() -> str:
    """Return HTML for a page's head that fetches and compiles the assets while Streamlit still starts."""
    found = addresses()
    return (
        f'<script async src="{found["plotly"]}"></script>'
        f'<link rel="modulepreload" href="{found["player"]}">'
        f'<link rel="stylesheet" href="{found["style"]}">'
    )


def routes() -> list[Route]:
    """Return one route for each asset."""
    return [Route(f"/{asset.address}", _served(asset)) for asset in assets().values()]


def _read(path: Path) -> Asset:
    plain = path.read_bytes()
    digest = hashlib.blake2b(plain, digest_size=6).hexdigest()
    return Asset(f"lab/{digest}/{path.name}", _KINDS[path.suffix], plain, gzip.compress(plain, 6))


def _served(asset: Asset):  # type: ignore[no-untyped-def]
    async def serve(request: Request) -> Response:
        compress = "gzip" in request.headers.get("accept-encoding", "")
        headers = {"cache-control": "public, max-age=31536000, immutable", "vary": "accept-encoding"}
        if compress:
            headers["content-encoding"] = "gzip"
        return Response(asset.compressed if compress else asset.plain, media_type=asset.kind, headers=headers)

    return serve
