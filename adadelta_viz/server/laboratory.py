"""The server as one object: its scheduler, its workers, its routes and what stands before Streamlit.

``app.py`` makes one and serves its application; views ask :func:`current` for its parts; tests make as many as they
like. Making one starts no process and reads no file of the player.
"""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cached_property

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Route

from adadelta_viz.claims import Finding
from adadelta_viz.experiments.maps.map_request import Maps
from adadelta_viz.server import assets, connections
from adadelta_viz.server.formula_check import FormulaCheck
from adadelta_viz.server.formula_worker import FormulaWorker
from adadelta_viz.server.headers import HeaderMiddleware, headers
from adadelta_viz.server.map_queue import MapQueue
from adadelta_viz.server.path_api import PathApi
from adadelta_viz.server.preload import PreloadTags
from adadelta_viz.server.recent import Recent
from adadelta_viz.server.request_filter import RequestFilter
from adadelta_viz.server.scheduler import SWITCH_INTERVAL, Scheduler

FINDINGS = 256
"""Findings of claims that are kept."""

PREFIX = "server.baseUrlPath"
NO_PREFIX = (
    f"The laboratory does not run with {PREFIX}: behind a prefix the server would answer what it refuses elsewhere. "
    "Leave the setting out and give the laboratory a host name or a port of its own."
)


class Laboratory:
    """All that one server has beside its pages.

    Parameters
    ----------
    scheduler
        Decides which page computes.
    """

    def __init__(self, scheduler: Scheduler | None = None) -> None:
        self.scheduler = scheduler or Scheduler()
        self.formulas = FormulaCheck(FormulaWorker(self.scheduler))
        self.findings: Recent[tuple[str, tuple[tuple[str, float | str], ...]], Finding] = Recent(FINDINGS)
        """What experiments of claims found, by claim and values of its controls."""

    @cached_property
    def maps(self) -> MapQueue:
        """The computing of maps, made when the first is asked for."""
        return MapQueue()

    def routes(self) -> list[Route]:
        """Return what is served beside Streamlit's own: paths on demand, and the files of the player."""
        return [PathApi(self.formulas).route(), *assets.routes()]

    def install(self) -> None:
        """Make this the laboratory of the process: its scheduler and its check of formulas hold from now on."""
        global _current  # the one server of a process, said in one place
        _current = self
        self.formulas.install()
        sys.setswitchinterval(SWITCH_INTERVAL)

    @asynccontextmanager
    async def lifespan(self, _: st.App) -> AsyncIterator[None]:
        """Start and end with the server: entered once the port is taken, before the first connection."""
        connections.send_at_once()
        self.maps.start(Maps().charts())
        yield
        self.maps.close()
        self.formulas.close()


_current: Laboratory | None = None


def current() -> Laboratory:
    """Return the laboratory of this process; where none was installed, as in a test of a page, one is made."""
    global _current  # as above
    if _current is None:
        _current = Laboratory()
    return _current


def middleware() -> list[Middleware]:
    """Return the layers around Streamlit from the outside in, or end the start with a sentence: they know no prefix."""
    if str(st.get_option(PREFIX)).strip("/"):
        sys.exit(NO_PREFIX)
    tags = assets.tags()
    return [
        Middleware(HeaderMiddleware, headers=headers(tags)),
        Middleware(RequestFilter),
        Middleware(PreloadTags, tags=tags),
    ]
