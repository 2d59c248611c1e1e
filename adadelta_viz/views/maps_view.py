"""The place of maps on a Streamlit page: computed piece by piece beside the server, shown by one component that stays.

Every piece is kept for a while, whoever asked for it: a class that follows one link shares the work, and who comes back
to a map that was called away finds what was done of it.
"""

import json
import os
import time
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import CancelledError, Future
from contextlib import asynccontextmanager, suppress
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from adadelta_viz.experiments import Basins, Curves, Experiment
from adadelta_viz.experiments.maps.basins import classify_endings
from adadelta_viz.experiments.maps.map_request import Chart, Maps, cache_key
from adadelta_viz.experiments.maps.tiles import Tile, run_tile
from adadelta_viz.player.maps_payload import maps_payload
from adadelta_viz.server import assets, path_api, scheduler
from adadelta_viz.server.map_worker import MapWorker
from adadelta_viz.views import downloads
from adadelta_viz.views import session_keys as keys

PROCESSES = os.cpu_count() or 1
QUICK, PATIENT = MapWorker(PROCESSES), MapWorker(nice=15)
"""Compute the pieces of all maps of all visitors: small maps do not stand in line behind large ones."""

LARGE = 4
"""A chart of more pieces than this is computed by the patient worker."""

SOON = 0.3
"""Seconds after which a visitor who waits is told how far it is."""

_HOST = st.components.v2.component(
    "adadelta_maps", js=Path(__file__).with_name("host.js").read_text(encoding="utf-8"), isolate_styles=False
)


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Start a worker with the server, on the view that most visitors see first, and end both with the server."""
    for chart in map(cache_key, Maps().charts()):
        for number in range(len(_pieces(chart))):
            _asked(chart, number)
    yield
    for worker in (QUICK, PATIENT):
        worker.close()


def compute(charts: Sequence[Chart], slot: DeltaGenerator) -> None:
    """Have charts computed, with a progress bar in a slot of the page.

    A page that is called away meanwhile asks for no more pieces: each step of the bar is a place where Streamlit may
    end the script because the visitor has moved on.
    """
    wanted = [(chart, number) for chart in map(cache_key, charts) for number in range(len(_pieces(chart)))]
    runs = sum(chart.size ** (1 if isinstance(chart, Curves) else 2) for chart in charts)
    begun = time.monotonic()
    with scheduler.elsewhere():
        for done, (chart, number) in enumerate(wanted):
            ahead = wanted[done : done + 1 if _is_large(chart) else done + PROCESSES]
            asked = [_asked(*each) for each in ahead]
            if not asked[0].done() and (_is_large(chart) or time.monotonic() - begun > SOON):
                slot.progress(done / len(wanted), f"{100 * done / len(wanted):.0f} % of {runs:,} runs", width=220)
            _part(chart, number)
    slot.empty()


def show(maps: Maps, keep: Callable[[int, Experiment], None], slot: DeltaGenerator) -> None:
    """Compute a view, its progress told in a slot, and show it.

    ``keep`` is called with the place and the experiment of a cell that was chosen.
    """
    compute(maps.charts(), slot)

    def chosen() -> None:
        cell: Any = st.session_state[keys.MAPS].keep
        if isinstance(cell, list) and len(cell) == 3 and all(type(each) is int for each in cell):
            with suppress(LookupError, ValueError):  # no such cell, or no value of f to start from
                keep(*maps.cell(*cell))

    _HOST(key=keys.MAPS, data=_message(maps), on_keep_change=chosen)


def csv(maps: Maps) -> None:
    """Offer everything that was measured of every run."""
    name = f"{maps.race.loss_surface.key}-{maps.kind}.csv"
    write = partial(_csv, maps)
    st.download_button("All runs as CSV", write, name, "text/csv", on_click="ignore", type="tertiary")


def _csv(maps: Maps) -> str:
    return downloads.mapped(maps.charts(), [_result(cache_key(chart)) for chart in maps.charts()])


@lru_cache(maxsize=16)
def _message(maps: Maps) -> bytes:
    """Pack a view; a class that follows one link shares the work."""
    payload = maps_payload(maps, [_result(cache_key(chart)) for chart in maps.charts()])
    message = {"assets": assets.addresses("maps.js"), "live": path_api.ADDRESS, "payload": payload}
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()


@lru_cache(maxsize=16)
def _result(chart: Chart) -> Any:
    return chart.assemble(_part(chart, number) for number in range(len(_pieces(chart))))


def _part(chart: Chart, number: int) -> Any:
    """Wait for a piece; what could not be computed is not remembered."""
    try:
        return _asked(chart, number).result()
    except (CancelledError, EOFError, OSError):
        _asked.cache_clear()
        raise


@lru_cache(maxsize=256)
def _asked(chart: Chart, number: int) -> "Future[Any]":
    task: Any = classify_endings if isinstance(chart, Basins) else run_tile
    worker = PATIENT if _is_large(chart) else QUICK
    return worker.ask(task, _pieces(chart)[number])


def _is_large(chart: Chart) -> bool:
    return len(_pieces(chart)) > LARGE


@lru_cache(maxsize=64)
def _pieces(chart: Chart) -> tuple[Tile, ...]:
    return tuple(chart.tiles())
