"""A browser that outlives its server: what its controls say when it meets a new process is not lost.

The new process knows the visitor from the address alone, which is that before the last change. So the first run of a
session shows what the address says, as always, and the message that began it is run once more after it: what differs
is then a change like any other, with the same checks and callbacks.
"""

from typing import Any

import streamlit as st

from adadelta_viz.server.streamlit_internals import RerunData, WidgetStates, get_script_run_ctx
from adadelta_viz.views import session_keys as keys


def remember() -> None:
    """Set aside what the browser says of its controls: called in the first run of a session, before any is shown.

    Until then a control begins as on a first visit: one that begins with what was brought would not change by it.
    """
    context = get_script_run_ctx()
    if context and (states := context.session_state.get_widget_states()):
        st.session_state[keys.BROWSER_VALUES] = WidgetStates(widgets=states)
        context.session_state.on_script_finished(frozenset())  # a run that showed no control: all values are dropped


def apply() -> None:
    """Run the page once more with what was brought, if anything was: called at the end of a run."""
    context = get_script_run_ctx()
    states: Any = st.session_state.get(keys.BROWSER_VALUES)
    if context and context.script_requests and isinstance(states, WidgetStates):
        st.session_state[keys.BROWSER_VALUES] = "applied"
        again = RerunData(
            query_string=context.query_string,
            page_script_hash=context.page_script_hash,
            cached_message_hashes=context.cached_message_hashes,
            context_info=context.context_info,
            widget_states=states,
        )
        context.script_requests.request_rerun(again)


def is_applied() -> bool:
    """Tell, once, whether this run is the one with what was brought; the browser has yet to be told its outcome."""
    return st.session_state.get(keys.BROWSER_VALUES) == "applied" and bool(st.session_state.pop(keys.BROWSER_VALUES))
