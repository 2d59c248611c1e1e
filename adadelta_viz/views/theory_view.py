"""The theory on the screen: a list of contents, one open section with its controls and figure, and the glossary."""

from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

import streamlit as st

from adadelta_viz.experiments.experiment import Experiment
from adadelta_viz.theory import GLOSSARY, SECTIONS, Reading, references
from adadelta_viz.theory.section import Chart, Drawing, Figure, Link, Opened, Section
from adadelta_viz.views import math_html, player_view, url_state, widgets
from adadelta_viz.views import session_keys as keys
from adadelta_viz.views.navigation import PAGES

_STYLE = Path(__file__).with_name("theory_view.css")
_TURN = st.components.v2.component(
    "adadelta_turn", js=Path(__file__).with_name("turn.js").read_text(encoding="utf-8"), isolate_styles=False
)


def reading_values(found: Reading) -> dict[str, Any]:
    """Return the values of the controls that show a reading."""
    values: dict[str, Any] = {keys.SECTION: found.section, keys.SECTION_SET: found.section}
    if found.entry.anywhere:
        values[keys.SURFACE] = found.surface
    return values | {keys.section_value(found.section, name): number for name, number in found.numbers.items()}


def contents_switch() -> str:
    """Show the list of contents and return the section that is open."""
    st.html(_STYLE)
    section = st.segmented_control(
        "Contents",
        list(SECTIONS),
        format_func=lambda key: f"{list(SECTIONS).index(key) + 1} {SECTIONS[key].short}",
        required=True,
        key=keys.SECTION,
        label_visibility="collapsed",
        width="stretch",
    )
    _TURN(key=keys.SECTION_CHANGE, data={"section": section})
    return str(section)


def section_controls(section: str) -> Reading:
    """Show the controls of the open section and return what they say; a section is found again as it was left."""
    readings = st.session_state.setdefault(keys.READINGS, {})
    if st.session_state[keys.SECTION_SET] != section:
        fresh, _ = Reading.from_query(url_state.shared_query() | {"section": section})
        values = reading_values(readings.get(section, fresh))
        del values[keys.SECTION]  # the list of contents shows it already
        st.session_state.update(values)
    surface, numbers = widgets.surface_and_start() if SECTIONS[section].anywhere else (Experiment.surface, {})
    for each in SECTIONS[section].controls:
        numbers |= widgets.number_widgets({each.name: each}, keys.section_value(section, ""))
    found = readings[section] = Reading(section, numbers, surface)
    return found


@lru_cache(maxsize=64)
def opened_section(reading: Reading) -> tuple[Opened, bytes | None]:
    """Open a section and pack its figure for the player; a class that follows one link shares the work."""
    found = reading.open()
    if isinstance(found.figure, Chart | Drawing):
        return found, None
    return found, player_view.player_message(found.figure.payload, clicks=reading.entry.anywhere)


def section_text(section: Section, found: Opened) -> None:
    """Show the text of a section, and where it can be tried."""
    number = list(SECTIONS.values()).index(section) + 1
    math_html.show(
        f'<article class="av-essay"><h2>{number}. {section.title}</h2>'
        f'<p class="av-aside">{section.paper}</p>{"".join(found.text)}'
        f'<p class="av-trial">{section.trial}</p></article>'
    )
    if len(found.links) == 1:
        with st.container(key="ways_on"):
            _link(found.links[0])


def section_figure(reading: Reading, shown: Figure, message: bytes | None) -> None:
    """Show the figure of a section; with other values of the controls it is drawn anew in its place."""
    with st.container(key=f"figure_{reading.section}"):
        if isinstance(shown, Chart):
            player_view.show_chart(f"{reading.section} chart", shown.figure, shown.caption, shown.label, height=380)
        elif isinstance(shown, Drawing):
            math_html.show(shown.svg)
        elif message:
            player_view.show_player(message, widgets.move_start, key=f"{reading.section} player")


def section_links(links: tuple[Link, ...]) -> None:
    """Show many links, each with what to expect, in columns."""
    if len(links) < 2:
        return
    with st.container(key="ways"):
        for column, group in zip(st.columns(3, gap="medium"), (links[0::3], links[1::3], links[2::3]), strict=True):
            with column:
                for link in group:
                    _link(link)
                    st.caption(link.remark)


def neighbour_links(section: str) -> None:
    """Show the buttons to the section before and the one after."""
    keys = list(SECTIONS)
    place = keys.index(section)
    with st.container(horizontal=True, key="turning"):
        if place > 0:
            back = keys[place - 1]
            st.button(f"← {SECTIONS[back].short}", key="back", on_click=_turn, args=(back,), type="tertiary")
        if place + 1 < len(keys):
            on = keys[place + 1]
            st.button(f"{SECTIONS[on].short} →", key="on", on_click=_turn, args=(on,), type="tertiary")


def glossary_and_references() -> None:
    """Show the glossary, under anchors, and the references."""
    terms = "".join(
        f'<div id="{key}"><dt>{escape(term.name)}</dt><dd>{escape(term.meaning)}</dd></div>'
        for key, term in GLOSSARY.items()
    )
    cited = "".join(f"<li>{_cited(reference.text, reference.address)}</li>" for reference in references())
    math_html.show(
        f'<section class="av-appendix"><h2>Glossary</h2><dl>{terms}</dl><h2>References</h2><ul>{cited}</ul></section>'
    )


def _cited(text: str, at: str) -> str:
    return f'<a href="{escape(at)}">{escape(text)}</a>' if at else escape(text)


def _link(link: Link) -> None:
    st.page_link(PAGES / f"{link.page}.py", label=link.label, query_params=link.query)


def _turn(section: str) -> None:
    st.session_state[keys.SECTION] = section
