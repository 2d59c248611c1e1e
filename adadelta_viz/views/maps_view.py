"""Maps on a Streamlit page: computed tile by tile beside the server, shown by one component that stays mounted."""

import json
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from adadelta_viz.experiments import Curves, Experiment
from adadelta_viz.experiments.maps.map_request import Chart, Maps, cache_key
from adadelta_viz.player.maps_payload import maps_payload
from adadelta_viz.server import assets, laboratory, path_api
from adadelta_viz.server.map_queue import PROCESSES, is_large, tiles_of_chart
from adadelta_viz.views import downloads
from adadelta_viz.views import session_keys as keys

SOON = 0.3
"""Seconds after which a visitor who waits is told how far it is."""

_HOST = st.components.v2.component(
    "adadelta_maps", js=Path(__file__).with_name("host.js").read_text(encoding="utf-8"), isolate_styles=False
)


def compute(charts: Sequence[Chart], slot: DeltaGenerator) -> None:
    """Have charts computed, with a progress bar in a slot of the page.

    A page whose visitor moves on meanwhile asks for no more tiles: each step of the bar is a place where Streamlit may
    end the script because the visitor has moved on.
    """
    lab = laboratory.current()
    wanted = [(chart, number) for chart in map(cache_key, charts) for number in range(len(tiles_of_chart(chart)))]
    runs = sum(chart.size ** (1 if isinstance(chart, Curves) else 2) for chart in charts)
    begun = time.monotonic()
    with lab.scheduler.waiting_elsewhere():
        for done, (chart, _) in enumerate(wanted):
            ahead = wanted[done : done + 1 if is_large(chart) else done + PROCESSES]
            asked = [lab.maps.submit(*each) for each in ahead]
            if not asked[0].done() and (is_large(chart) or time.monotonic() - begun > SOON):
                slot.progress(done / len(wanted), f"{100 * done / len(wanted):.0f} % of {runs:,} runs", width=220)
            asked[0].result()
    slot.empty()


def show_maps(maps: Maps, keep: Callable[[int, Experiment], None], slot: DeltaGenerator) -> None:
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


def csv_button(maps: Maps) -> None:
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
    maps = laboratory.current().maps
    return chart.assemble(maps.submit(chart, number).result() for number in range(len(tiles_of_chart(chart))))
