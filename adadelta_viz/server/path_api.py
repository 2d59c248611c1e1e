"""Paths on demand: the browser names an experiment as links do, and gets its path as packed arrays.

A pointer that moves over a map asks a dozen times a second; that is no business of a page's script, which would redo
the whole page. Limits hold here as in any link: what ``Experiment.from_query`` does not take is refused. A formula is
answered only after a page has had it checked, on its visitor's account: nobody can keep the check busy from here.
"""

import asyncio
import json
from collections.abc import Mapping
from functools import lru_cache

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from adadelta_viz.core import OPTIMIZERS
from adadelta_viz.experiments import Experiment
from adadelta_viz.experiments.experiment import formula_of_link
from adadelta_viz.player.parts import packed_path
from adadelta_viz.server.formula_check import FormulaCheck

ADDRESS = "lab/path"
"""Where the browser asks, relative to the server's root."""

UNKNOWN = "No page of this server has opened this formula yet."


class PathApi:
    """The route under which paths are found.

    Parameters
    ----------
    formulas
        The check whose verdicts say which formulas pages have opened.
    """

    def __init__(self, formulas: FormulaCheck) -> None:
        self._formulas = formulas
        self._one = asyncio.Semaphore(1)  # one path at a time: those who click find the other threads free

    def route(self) -> Route:
        """Return the route for the application."""
        return Route(f"/{ADDRESS}", self.respond)

    async def respond(self, request: Request) -> Response:
        """Answer a request, after those before it."""
        query = dict(request.query_params)
        if self._is_unknown(query):
            return PlainTextResponse(UNKNOWN, 409)
        async with self._one:
            return await run_in_threadpool(answer, query)

    def _is_unknown(self, query: Mapping[str, str]) -> bool:
        formula = formula_of_link(query)
        return formula is not None and self._formulas.is_installed and not self._formulas.is_known(*formula)


def answer(query: Mapping[str, str]) -> Response:
    """Run the experiment that a query names; called in a thread, so that the server goes on."""
    experiment, problems = Experiment.from_query(query)
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
