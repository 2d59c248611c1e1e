"""Paths on demand: the browser names an experiment as links do, and gets its path as packed arrays.

A pointer that moves over a map asks a dozen times a second; that is no business of a page's script, which would redo
the whole page. Limits hold here as in any link: what ``Experiment.from_query`` does not take is refused.
"""

import asyncio
import json
from functools import lru_cache

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from adadelta_viz.core import OPTIMIZERS
from adadelta_viz.experiments import Experiment
from adadelta_viz.player.parts import packed_path

ADDRESS = "lab/path"
"""Where the browser asks, relative to the server's root."""

_ONE = asyncio.Semaphore(1)
"""One path at a time: a class that drags, or one visitor who asks without pause, waits in a line, and those who click
find the threads that serve files and pages free."""


def route() -> Route:
    """Return the route under which paths are found."""
    return Route(f"/{ADDRESS}", _in_turn)


async def _in_turn(request: Request) -> Response:
    async with _ONE:
        return await run_in_threadpool(answer, request)


def answer(request: Request) -> Response:
    """Run the experiment that the query names; called in a thread, so that the server goes on."""
    experiment, problems = Experiment.from_query(dict(request.query_params))
    if problems:
        return PlainTextResponse("\n".join(problems), 400)
    try:
        return Response(path(tuple(experiment.to_query().items())), media_type="application/json")
    except ValueError as refused:
        return PlainTextResponse(str(refused), 400)


@lru_cache(maxsize=512)
def path(link: tuple[tuple[str, str], ...]) -> bytes:
    """Run what a link names and pack the path; the links of a map's cells are asked for again and again.

    Examples
    --------
    >>> sorted(json.loads(path((("steps", "5"),))))
    ['dash', 'key', 'label', 'role', 'stopped', 'theta', 'value']
    """
    experiment, _ = Experiment.from_query(dict(link))
    title = OPTIMIZERS[experiment.optimizer].title
    packed = packed_path(experiment, experiment.run(), experiment.optimizer, title)
    return json.dumps(packed, ensure_ascii=False, separators=(",", ":")).encode()
