"""Words with mathematics: HTML that the house itself wrote, formulas as MathML, shown and told in place."""

from pathlib import Path

import streamlit as st

_WORDS = st.components.v2.component(
    "adadelta_words", js=Path(__file__).with_name("words.js").read_text(encoding="utf-8"), isolate_styles=False
)


def show(key: str, html: str, *, told: bool = False, focus: bool = False) -> None:
    """Show HTML that carries no visitor's text.

    Parameters
    ----------
    key
        Other words under the same key take the place of these.
    html
        The words; what was typed by a visitor must be escaped or stay out.
    told
        Whether a screen reader tells each change.
    focus
        Whether the keyboard goes on from here, because what had the focus is gone.
    """
    _WORDS(key=key, data={"html": html, "told": told, "focus": focus})
