"""Races worth watching, as plain links with a sentence each: one element, however many there are."""

from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from adadelta_viz.experiments.presets import PRESETS, Preset
from adadelta_viz.views import race_controls
from adadelta_viz.views import session_keys as keys


def listed(presets: Iterable[Preset]) -> str:
    """Return HTML that lists presets: a link that opens each, and what it shows.

    Examples
    --------
    >>> listed(PRESETS[:1])[:92]
    '<li><a href="race?run1=adadelta&amp;run2=momentum&amp;run3=rmsprop&amp;run4=adam" data-key="'
    """
    return "".join(
        f'<li><a href="race?{escape(urlencode(preset.race.to_query()))}" data-key="{preset.key}">'
        f"{escape(preset.title)}</a><p>{escape(preset.sentence)}</p></li>"
        for preset in presets
    )


_LIST = st.components.v2.component(
    "adadelta_presets",
    html=f'<h2 id="lab-presets">Races worth watching</h2>'
    f'<ul class="lab-presets" aria-labelledby="lab-presets">{listed(PRESETS)}</ul>',
    js=Path(__file__).with_name("preset-list.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def links() -> None:
    """Show every preset."""
    _LIST(key=keys.PRESETS, on_chosen_change=_open)


def _open() -> None:
    """Set the controls as the chosen preset says."""
    chosen: Any = st.session_state[keys.PRESETS].chosen
    for preset in PRESETS:
        if preset.key == chosen:
            st.session_state.update(race_controls.race_values(preset.race))
