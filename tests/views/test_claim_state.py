from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adadelta_viz.claims import CLAIMS, Card
from adadelta_viz.experiments.link import Choice
from adadelta_viz.views.claim_state import Asked, Guess

GUESSES = st.sampled_from([None, *get_args(Guess)])
TEXTS = st.text(max_size=30)


@st.composite
def cards(draw: st.DrawFn) -> Card:
    claim = draw(st.sampled_from(list(CLAIMS.values())))
    values: dict[str, Any] = {}
    for name, each in claim.fields.items():
        if isinstance(each, Choice):
            values[name] = draw(st.sampled_from(list(each.options)))
        else:
            values[name] = draw(st.integers(*map(int, each.span)) if each.whole else st.floats(*each.span))
    return Card(claim, values)


@given(cards(), GUESSES)
def test_a_link_carries_a_card_and_the_guess_exactly(card: Card, guess: Any) -> None:
    asked = Asked(card, guess)
    assert Asked.from_query(asked.to_query()) == (asked, ())


@given(st.dictionaries(st.sampled_from(["claim", "guess", "rate.eps", "robust.surface", "x"]), TEXTS))
def test_any_query_gives_a_card_and_one_sentence_for_each_value_that_was_replaced(query: dict[str, str]) -> None:
    asked, problems = Asked.from_query(query)
    assert asked.card.claim.key in CLAIMS
    assert all("must be" in each for each in problems)
    assert Asked.from_query(asked.to_query()) == (asked, ())


@pytest.mark.parametrize("key", CLAIMS)
def test_a_link_without_a_guess_is_a_folded_card(key: str) -> None:
    assert Asked.from_query({"claim": key}) == (Asked(Card(CLAIMS[key])), ())
