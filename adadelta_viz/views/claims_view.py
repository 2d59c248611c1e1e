"""Cards: a claim and what the visitor thinks of it; only then the experiment, its verdict and its reasons.

Before the guess nothing of the result is computed or sent. Afterwards the question makes room for the answer.
"""

from html import escape
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from adadelta_viz.claims import ABOUT, CLAIMS, Card, Chart, Claim, Finding, Table
from adadelta_viz.experiments.link import Choice
from adadelta_viz.figures import chart
from adadelta_viz.figures.theme import SYMBOLIC
from adadelta_viz.server import laboratory
from adadelta_viz.views import math_html, player_view, widgets
from adadelta_viz.views import session_keys as keys
from adadelta_viz.views.claim_state import Asked, Guess
from adadelta_viz.views.glossary_links import linked
from adadelta_viz.views.tables import of_chart, of_table

VERDICTS = {"true": "True", "depends": "It depends", "false": "False"}

_STYLE = Path(__file__).with_name("claims_view.css")
_VERDICT = st.components.v2.component(
    "adadelta_verdict", js=Path(__file__).with_name("verdict.js").read_text(encoding="utf-8"), isolate_styles=False
)


def claim_values(found: Asked) -> dict[str, Any]:
    """Return the values of the controls that show a card, by their keys."""
    key = found.card.claim.key
    values = {keys.claim_value(key, name): value for name, value in found.card.values.items()}
    return {keys.CLAIM: key, keys.guess(key): found.guess} | values


def claim_menu() -> Asked:
    """Show the list of claims and return the chosen one as the visitor left it."""
    key = st.radio(
        "What people say", CLAIMS, format_func=lambda key: CLAIMS[key].title, key=keys.CLAIM, persist_state="session"
    )
    for name, value in claim_values(Asked(Card(CLAIMS[key]))).items():
        st.session_state.setdefault(name, value)
    values = {name: st.session_state[keys.claim_value(key, name)] for name in CLAIMS[key].fields}
    return Asked(Card(CLAIMS[key], values), st.session_state[keys.guess(key)])


def claim_heading(asked: Asked) -> None:
    """Show the claim as people make it."""
    st.html(_STYLE)
    with st.container(key="card"):
        st.title(f"“{asked.card.claim.said}”", anchor=False)


def guess_question(asked: Asked) -> None:
    """Ask what the visitor thinks, or offer to show the result without a guess."""
    key = asked.card.claim.key
    with st.container(key="question"):
        st.segmented_control(
            "What do you think?",
            VERDICTS,
            format_func=lambda verdict: VERDICTS[verdict],
            key=keys.guess_control(key),
            on_change=_commit,
            args=(key,),
        )
        st.button("Show the result without a guess", type="tertiary", on_click=_set, args=(key, "reveal"))


def claim_result(asked: Asked) -> None:
    """Do the experiment and unfold it: verdict, controls, pictures, reasons."""
    claim = asked.card.claim
    verdict = st.container(key="found")
    experiment, reasons = st.columns([3, 2], gap="medium")
    with experiment:
        _controls(claim)
    with verdict:
        finding = found(asked.card)
        committed = st.session_state.pop(keys.GUESS_COMMITTED, None) == claim.key
        if committed:
            st.session_state.setdefault(keys.GUESSES, {})[claim.key] = asked.guess == finding.verdict
        _VERDICT(key=keys.VERDICT, data={"html": _verdict(asked.guess, finding), "focus": committed})
    places = _places(experiment, len(finding.pictures))
    for number, picture in enumerate(finding.pictures):
        with places[number]:
            _picture(f"picture {number + 1}", picture)
    with reasons:
        math_html.show(_words(_reasons(claim)))


def onward_links(claim: Claim) -> None:
    """Lead on: to the next claim, back to the question; and say how the guesses went so far."""
    order = list(CLAIMS)
    follower = order[(order.index(claim.key) + 1) % len(order)]
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="onward"):
        st.button(f"Next: {CLAIMS[follower].title}", on_click=_open, args=(follower,))
        if st.session_state[keys.guess(claim.key)]:
            st.button("Fold the result again", type="tertiary", on_click=_set, args=(claim.key, None))
        if guesses := st.session_state.get(keys.GUESSES):
            st.caption(f"Your guesses so far: {sum(guesses.values())} of {len(guesses)} as measured.")


def found(card: Card) -> Finding:
    """Do a card's experiment, or take it from whoever asked before; one of many pieces shows how far it is.

    Each piece tells the page how far it is, and there a visitor who has moved on ends it.
    """
    findings = laboratory.current().findings
    key = (card.claim.key, tuple(card.values.items()))
    finding = findings.get(key)
    if finding is None:
        bar = st.empty()
        for piece in card.claim.progress(**card.values):
            if piece.total > 1:
                bar.progress(piece.done / piece.total, f"{piece.done} of {piece.total} done")
        bar.empty()
        finding = piece.finding
        findings.put(key, finding)
    return finding


def _controls(claim: Claim) -> None:
    """Show what the visitor can change in an experiment, side by side where there is room."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="settings"):
        for control in claim.controls:
            if isinstance(control, Choice):
                widgets.choice_widget(keys.claim_value(claim.key, control.name), control)
            else:
                widgets.number_widgets({control.name: control}, keys.claim_value(claim.key, ""))


def _commit(key: str) -> None:
    st.session_state[keys.GUESS_COMMITTED] = key
    _set(key, st.session_state[keys.guess_control(key)])


def _set(key: str, guess: Guess | None) -> None:
    st.session_state[keys.guess(key)] = guess


def _open(key: str) -> None:
    st.session_state[keys.CLAIM] = key


def _verdict(guess: Guess | None, finding: Finding) -> str:
    """Say the verdict, how it stands to the guess, and the sentence with the numbers."""
    said = VERDICTS[finding.verdict].lower()
    thought = "" if guess in (None, "reveal") else "As you thought." if guess == finding.verdict else _other(guess)
    about = f"<p class='small'>{escape(ABOUT)}</p>" if finding.approximate else ""
    return f"<h2>Measured: {said}. <small>{thought}</small></h2><p>{escape(finding.sentence)}</p>{about}"


def _other(guess: str) -> str:
    return f"You thought: {VERDICTS[guess].lower()}."


def _reasons(claim: Claim) -> str:
    laws = "".join(f"<p class='law'>{law.mathml}<small>{escape(law.meaning)}</small></p>" for law in claim.laws)
    said = linked(f"<h3>Why</h3><p>{escape(claim.why)}</p>{laws}<h3>In practice</h3><p>{escape(claim.practice)}</p>")
    return f"{said}<p class='small'>{escape(claim.rule)}</p><p class='small'>Source: {escape(claim.source)}</p>"


def _places(experiment: DeltaGenerator, pictures: int) -> list[DeltaGenerator]:
    """One or two pictures stand under each other; where there are more, the first has the others below it in a row."""
    return [experiment] * pictures if pictures <= 2 else [experiment, *st.columns(pictures - 1, gap="medium")]


def _picture(key: str, picture: Chart | Table) -> None:
    if isinstance(picture, Table):
        math_html.show(_words(of_table(picture)))
        return
    st.markdown(f"**{picture.title}**")
    figure = chart(picture.series, picture.x, picture.y, SYMBOLIC)
    player_view.show_chart(key, figure, picture.caption, f"{picture.title}. {picture.caption}")
    math_html.show(_words(of_chart(picture)))


def _words(html: str) -> str:
    return f'<div class="card-words">{html}</div>'
