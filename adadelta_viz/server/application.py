"""What stands before Streamlit, from the outside in: headers for every answer, the doors, the head start of pages.

And what is done when the server starts: connections that answer at once, workers for maps.
"""

import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import streamlit as st
from starlette.middleware import Middleware
from streamlit import config

from adadelta_viz.server import assets, connections
from adadelta_viz.server.headers import HeaderMiddleware, headers
from adadelta_viz.server.preload import PreloadTags
from adadelta_viz.server.request_filter import RequestFilter

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
        Middleware(HeaderMiddleware, headers=headers(assets.tags())),
        Middleware(RequestFilter),
        Middleware(PreloadTags, tags=assets.tags()),
    ]


Lifespan = Callable[[st.App], AbstractAsyncContextManager[None]]
"""What surrounds the life of a server: entered when it starts, left when it ends."""


def lifespan(workers: Lifespan) -> Lifespan:
    """Return what ``st.App`` enters once the port is taken, before the first connection, and leaves at its end.

    ``workers`` starts and ends what the pages need beside the server: the processes that compute maps.
    """

    @asynccontextmanager
    async def whole(app: st.App) -> AsyncIterator[None]:
        connections.send_at_once()
        async with workers(app):
            yield

    return whole
