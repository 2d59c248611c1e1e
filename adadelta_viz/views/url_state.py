"""The address bar is the experiment: links are read into the controls, the controls are written into the address.

One codec serves both ways, ``from_query`` and ``to_query`` of experiments and races. The address is read when it
changed by itself (first visit, browser history, a link inside the house) and written after every run. Who comes to a
page by the menu finds it as it was left, on the surface and with the start that were chosen last.
"""

from collections.abc import Callable, Mapping
from typing import Any, Protocol, Self, TypeVar

import streamlit as st

from adadelta_viz.experiments.parameters import RUN_SETTINGS
from adadelta_viz.experiments.surface_names import ENDS
from adadelta_viz.views import reconnect
from adadelta_viz.views import session_keys as keys

SHARED = (keys.SURFACE, keys.FORMULA, *ENDS, *keys.START, *RUN_SETTINGS)
"""What a visitor takes along from page to page."""


class Linked(Protocol):
    """What can be printed as a link and read from one."""

    def to_query(self) -> dict[str, str]:
        """Print as the keys and values of a link."""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> tuple[Self, tuple[str, ...]]:
        """Read from a link, with a sentence for each value that could not be used."""


Kind = TypeVar("Kind", bound=Linked)
Reader = Callable[[Mapping[str, str]], tuple[Kind, tuple[str, ...]]]


def read(page: str, reader: Reader[Kind], fill: Callable[[Kind], dict[str, Any]]) -> None:
    """Set every control of a page from the address, unless the controls themselves wrote it.

    Parameters
    ----------
    page
        The page's name.
    reader
        From a query to what it says and what had to be replaced, such as ``Race.from_query``.
    fill
        From what the link says to the values of the controls by their keys.
    """
    query = st.query_params.to_dict()
    seen = st.session_state.get(keys.URL_SHOWN)
    if seen is None:
        reconnect.remember()
    if seen and reconnect.is_applied():
        _send(fill(reader(seen[1])[0]))
    if seen == (page, query):
        return
    if seen and seen[0] == page and _moved(fill(reader(seen[1])[0])):
        return
    if seen and seen[0] != page and query in ({}, seen[1]):  # none, or still that of the page before
        query = _as_left(page)
    found, problems = reader(query)
    st.session_state.update(fill(found))
    st.session_state[keys.NOTICE] = "\n".join(problems)


def _send(shown: Mapping[str, Any]) -> None:
    """Have the browser set its controls to what they are here: it was told the values of the address before."""
    for key in shown:
        if key in st.session_state:
            st.session_state[key] = st.session_state[key]


def _moved(shown: Mapping[str, Any]) -> bool:
    """Tell whether a control differs from what was shown last: then the visitor was quicker than the address bar."""
    return any(st.session_state.get(key) != value for key, value in shown.items())


def write(page: str, what: Linked, *, shares: bool = True) -> None:
    """Make the address name what the page shows; parameters that are not ours are dropped.

    ``shares`` tells whether the page has a surface and a start of the visitor's choice, to be taken along to others.
    """
    query = what.to_query()
    if query != st.query_params.to_dict() or (page, query) != st.session_state.get(keys.URL_SHOWN):
        st.query_params.from_dict(
            query
        )  # also when only the server knows: a link to the same page leaves the bar as it was
    st.session_state[keys.URL_SHOWN] = (page, query)
    st.session_state.setdefault(keys.LAST_QUERIES, {})[page] = query
    if shares:
        st.session_state[keys.SHARED_QUERY] = {name: query[name] for name in SHARED if name in query}


def shared_query() -> dict[str, str]:
    """Return what the visitor takes along: surface, start and conditions of the last page that had them."""
    return dict(st.session_state.get(keys.SHARED_QUERY, {}))


def add_notice(sentence: str) -> None:
    """Have the next notice say something, once."""
    st.session_state[keys.NOTICE] = sentence


def show_notice() -> None:
    """Tell the visitor, once, what had to be replaced in the address; as plain text, because visitors wrote it."""
    if problems := st.session_state.pop(keys.NOTICE, ""):
        with st.container(border=True, key="notice"):
            st.text(problems)


def _as_left(page: str) -> dict[str, str]:
    """Return the page's own last link, with what the visitor takes along from another page."""
    own = st.session_state.get(keys.LAST_QUERIES, {}).get(page, {})
    kept = {name: text for name, text in own.items() if name not in SHARED}
    return kept | shared_query()
