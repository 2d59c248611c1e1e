"""Races worth watching, as plain links with a sentence each."""

import streamlit as st

from adadelta_viz.core.presets import PRESETS
from adadelta_viz.ui.site import PAGES


def links() -> None:
    """List every preset: a link that opens it, and what it shows."""
    st.subheader("Races worth watching", anchor=False)
    for column, group in zip(st.columns(3, gap="medium"), (PRESETS[0::3], PRESETS[1::3], PRESETS[2::3]), strict=True):
        with column:
            for preset in group:
                st.page_link(PAGES / "race.py", label=preset.title, query_params=preset.race.to_query())
                st.caption(preset.sentence)
