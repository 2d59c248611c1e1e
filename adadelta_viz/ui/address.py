"""The address bar is the experiment: links are read into the controls, the controls are written into the address.

One codec serves both ways, ``Experiment.from_query`` and ``to_query``. The address is read when it changed by itself
(first visit, browser history) and written after every run.
"""

import streamlit as st

from adadelta_viz.core import Experiment

_SEEN = "address seen"
_NOTICE = "address notice"


def read() -> None:
    """Set every control from the address, unless the controls themselves wrote it."""
    query = st.query_params.to_dict()
    if query == st.session_state.get(_SEEN):
        return
    experiment, problems = Experiment.from_query(query)
    st.session_state.update(surface=experiment.surface, optimizer=experiment.optimizer, **experiment.numbers)
    st.session_state[_SEEN] = query
    st.session_state[_NOTICE] = "\n".join(problems)


def write(experiment: Experiment) -> None:
    """Make the address name this experiment; parameters that are not ours are dropped."""
    query = experiment.to_query()
    if query != st.query_params.to_dict():
        st.query_params.from_dict(query)
    st.session_state[_SEEN] = query


def notice() -> None:
    """Tell the visitor, once, what had to be replaced in the address; as plain text, because visitors wrote it."""
    if problems := st.session_state.pop(_NOTICE, ""):
        with st.container(border=True, key="notice"):
            st.text(problems)
