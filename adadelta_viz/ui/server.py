"""What stands before Streamlit, from the outside in: headers for every answer, the doors, the head start of pages.

And what is done when the server starts: connections that answer at once, workers for maps.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.middleware import Middleware

from adadelta_viz.ui import assets, atlas, connections
from adadelta_viz.ui.doors import Doors
from adadelta_viz.ui.early import EarlyAssets
from adadelta_viz.ui.headers import TellingHeaders, headers


def middleware() -> list[Middleware]:
    """Return the layers of the server around Streamlit."""
    return [
        Middleware(TellingHeaders, headers=headers(assets.tags())),
        Middleware(Doors),
        Middleware(EarlyAssets, tags=assets.tags()),
    ]


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[None]:
    """Start and end with the server: called by Streamlit once the port is taken, before the first connection."""
    connections.send_at_once()
    async with atlas.lifespan(app):
        yield
