"""What stands before Streamlit, from the outside in: headers for every answer, the doors, the head start of pages.

And what is done when the server starts: connections that answer at once, workers for maps.
"""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.middleware import Middleware
from streamlit import config

from adadelta_viz.ui import assets, atlas, connections
from adadelta_viz.ui.doors import Doors
from adadelta_viz.ui.early import EarlyAssets
from adadelta_viz.ui.headers import TellingHeaders, headers

PREFIX = "server.baseUrlPath"
NO_PREFIX = (
    f"The laboratory does not run with {PREFIX}: behind a prefix the server would answer what it refuses elsewhere. "
    "Leave the setting out and give the laboratory a host name or a port of its own."
)


def middleware() -> list[Middleware]:
    """Return the layers of the server around Streamlit, or end the start with a sentence: they know no prefix."""
    if config.get_option(PREFIX).strip("/"):
        sys.exit(NO_PREFIX)
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
