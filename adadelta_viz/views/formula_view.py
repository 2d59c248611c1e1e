"""A surface of one's own: the field that a formula is typed into, what is said about it, and the window it is seen in.

What visitors type is shown as plain text in a fixed-width font, never as HTML or Markdown; the formula in mathematical
type is printed by SymPy from its own tree.
"""

import unicodedata
from typing import Any

import streamlit as st

from adadelta_viz.core import SURFACES, FormulaError
from adadelta_viz.core.surfaces.formula import bounds
from adadelta_viz.experiments import Experiment
from adadelta_viz.experiments.parameters import start_parameters
from adadelta_viz.experiments.surface_names import ENDS, is_typed, named, parts, surface_named, window
from adadelta_viz.server import laboratory
from adadelta_viz.views import session_keys as keys
from adadelta_viz.views import widgets
from adadelta_viz.views.navigation import PAGES, TITLES

EXAMPLES = (
    ("Two valleys", "x^4 - 2x^2 + y^2", "A saddle stands between two minima."),
    ("A kink", "|x| + 2y²", "Along x = 0 there is no gradient: SymPy gives one on either side."),
    ("Waves", "sin(x)y + e^(-x²)", "Saddles in a row, and no bottom."),
    ("A ring", "(x^2 + y^2 - 1)^2", "Level all along a circle: no point of it is the minimum."),
    ("A ripple", "20 + x^2 - 10cos(2pi x) + y^2 - 10cos(2pi y)", "Rastrigin: a lattice of stationary points."),
    ("A hole", "log(x) + y^2", "Left of x = 0 there is no f: a run that gets there ends."),
)
"""Formulas to begin with: a title, the formula, and what to see."""


def formula_values(found: Experiment) -> dict[str, Any]:
    """Return the values of the controls that show a surface and the point that is looked at, by their keys."""
    surface = found.loss_surface
    ends = dict(zip(ENDS, (end for axis in surface.domain for end in axis), strict=True))
    return {
        keys.SURFACE: found.surface,
        keys.FORMULA: formula_of(found.surface),
        **ends,
        **dict(zip(keys.START, found.start, strict=True)),
    }


def formula_of(name: str) -> str:
    """Return the formula of a surface as one types it.

    Examples
    --------
    >>> formula_of("rosenbrock"), formula_of("x^2 + 3y² @ -3,3,-3,3")
    ('(1 - x)^2 + 100*(-x^2 + y)^2', 'x^2 + 3y²')
    """
    if is_typed(name):
        return parts(name)[0]
    return str(SURFACES[name].expression).replace("**", "^").replace("E", "e")


def window_and_point_fields() -> Experiment:
    """Show the fields of the window and of the point, and return what they say."""
    st.markdown("**Window**")
    for pair in (("left", "right"), ("bottom", "top")):
        for column, end in zip(st.columns(2), pair, strict=True):
            low, high = ENDS[end].lower, ENDS[end].upper
            column.number_input(end.capitalize(), low, high, key=end, step=0.5, format="%.6g", on_change=_take)
    st.markdown("**Point**")
    surface = st.session_state[keys.SURFACE]
    return Experiment(surface, numbers=widgets.start_fields(surface))


def formula_field() -> None:
    """Show the field for the formula, and below it what is wrong with what was typed, if anything is."""
    laboratory.current().formulas.prepare()
    st.text_input("f(x, y) =", key=keys.FORMULA, on_change=_take, help=_HELP, placeholder="x^2 + 3y^2")
    text, error = st.session_state.get(keys.REFUSED_FORMULA, ("", None))
    if error is not None and text == st.session_state[keys.FORMULA]:
        with st.container(border=True, key="formula refused box"):
            _refusal(text, error)


def formula_examples() -> None:
    """List formulas to begin with, each as a link."""
    st.subheader("Formulas to begin with", anchor=False)
    for column, group in zip(
        st.columns(3, gap="medium"), (EXAMPLES[0::3], EXAMPLES[1::3], EXAMPLES[2::3]), strict=True
    ):
        for title, formula, sentence in group:
            column.page_link(PAGES / "surface.py", label=title, query_params={"f": formula})
            column.caption(f"`{formula}`  \n{sentence}")


def links_with_surface(experiment: Experiment) -> None:
    """Link to the pages on which this surface can be used."""
    with st.container(horizontal=True, key="elsewhere"):
        for name in ("explore", "race", "maps"):
            if name in TITLES:
                query = experiment.to_query()
                st.page_link(PAGES / f"{name}.py", label=f"{TITLES[name]} with this surface", query_params=query)


def _refusal(text: str, error: ValueError) -> None:
    """Say in a sentence what is wrong; mark the place, and offer what was probably meant."""
    if isinstance(error, FormulaError) and text:
        start, end = error.position
        shown = "".join("�" if unicodedata.category(sign)[0] in "CZ" and sign != " " else sign for sign in text)
        shown, start = shown[: bounds.CHARACTERS + 8], min(start, bounds.CHARACTERS)
        marks = " " * start + "^" * max(1, min(end, len(shown)) - start)
        st.code(f"{shown}\n{marks}", language=None)
    st.text(str(error))
    if isinstance(error, FormulaError) and error.hint:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button("Use this instead", key="use hint", on_click=_use, args=(error.hint,))
            st.code(error.hint, language=None, width="content")
    st.caption("Below is the surface as it was before.")


def _use(formula: str) -> None:
    st.session_state[keys.FORMULA] = formula
    _take()


def _take() -> None:
    """Make a surface of what the fields say, or remember why that is not possible."""
    text = st.session_state[keys.FORMULA] = st.session_state[keys.FORMULA].strip()
    try:
        name = named(text, window({end: st.session_state[end] for end in ENDS}))
        surface = surface_named(name)
    except ValueError as error:
        st.session_state[keys.REFUSED_FORMULA] = (text, error)
        return
    st.session_state.pop(keys.REFUSED_FORMULA, None)
    st.session_state[keys.SURFACE] = name
    known = start_parameters(surface)
    inside = all(known[axis].problem(st.session_state[axis]) is None for axis in known)
    if not inside or not widgets.has_valid_start(surface):
        widgets.take_start_of(surface)


_HELP = (
    "As on paper: 2x, xy, x², x^2, |x|, √x, sin(x). Known are sin, cos, tan, their inverses, sinh, cosh, tanh, exp, "
    "ln, sqrt, abs, sign, max, min, pi and e. Press Enter to see it."
)
