"""Paths on demand: the browser names an experiment as links do, and gets its path as packed arrays.

A pointer that moves over a map asks a dozen times a second; that is no business of a page's script, which would redo
the whole page. Limits hold here as in any link: what ``Experiment.from_query`` does not take is refused.
"""

import json
import threading
from functools import lru_cache

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from adadelta_viz.core import OPTIMIZERS, Experiment
from adadelta_viz.player.parts import packed_path

ADDRESS = "lab/path"
"""Where the browser asks, relative to the server's root."""

_ONE = threading.Lock()
"""Paths are computed one at a time: a class that drags leaves the server its time for those who click."""


def route() -> Route:
    """Return the route under which paths are found."""
    return Route(f"/{ADDRESS}", answer)


def answer(request: Request) -> Response:
    """Run the experiment that the query names; Starlette calls this in a thread, so that the server goes on."""
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
    with _ONE:
        packed = packed_path(experiment, experiment.run(), experiment.optimizer, title)
    return json.dumps(packed, ensure_ascii=False, separators=(",", ":")).encode()
