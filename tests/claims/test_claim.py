"""What a claim is made of: sentences with numbers put in, controls, links."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adadelta_viz.claims import Card, Claim, Finding
from adadelta_viz.claims.claim import Numbers, Verdict, found
from adadelta_viz.core.parameter import Parameter
from adadelta_viz.experiments.link import Choice
from adadelta_viz.notation.numbers import format_said, round_as_said
from tests.said import number as read


def judge(n: Numbers) -> Verdict:
    return "true" if n["measured"] >= n["limit"] else "false"


def find(amount: float, kind: str) -> Finding:
    return found(judge, f"With {kind} it is {{measured}}.", {"measured": amount, "limit": 0.5})


CLAIM = Claim(
    "example",
    "An example",
    "It is so.",
    (
        Parameter("amount", "Amount", 0.25, (0, 1), "It is how much."),
        Choice("kind", {"red": "Red", "green": "Green"}, "red", "Kind", "It is a colour."),
    ),
    find,
    "True from {limit} on.",
    "It is {limit} because of a reason.",
    "Do it.",
    "nobody",
    constants={"limit": 0.5},
)


def test_texts_carry_the_constants_of_the_claim() -> None:
    assert (CLAIM.rule, CLAIM.why, CLAIM.practice) == ("True from 0.5 on.", "It is 0.5 because of a reason.", "Do it.")


def test_a_number_that_was_not_measured_cannot_be_said() -> None:
    with pytest.raises(KeyError, match="guessed"):
        _ = Finding("true", "It is {guessed}.", {"measured": 1.0}, ()).sentence


def told(measured: Any, **digits: int) -> Finding:
    """What is said of a measured number."""
    return found(
        lambda numbers: "true" if numbers["it"] >= 1 else "false", "It is {it}.", {"it": measured}, digits=digits
    )


@pytest.mark.parametrize(
    ("measured", "digits", "sentence"),
    [
        (1.2345, {}, "It is 1.23."),
        (np.array([1.2345, 1.2346]), {}, "It is 1.23."),
        (np.array([1.234, 1.236]), {}, "It is about 1."),
        (np.array([966.0, 968.0]), {"it": 2}, "It is about 970."),
        (np.array([968.0, 968.0]), {"it": 1}, "It is about 1000."),
        (np.array([1.0, np.inf]), {}, "It is about ∞."),
    ],
)
def test_a_number_that_rounding_decides_is_said_with_about_and_fewer_digits(
    measured: Any, digits: dict[str, int], sentence: str
) -> None:
    finding = told(measured, **digits)
    assert finding.sentence == sentence
    assert finding.approximate == ("about" in sentence)


def test_the_verdict_is_on_a_number_about_which_is_said() -> None:
    assert told(np.array([0.95, 0.97])).verdict == "true"


@given(st.floats(0, 1))
def test_the_verdict_is_on_the_numbers_as_they_are_said(amount: float) -> None:
    finding = CLAIM.finding(amount=amount)
    measured = read(finding.sentence.split()[-1].rstrip("."))
    assert finding.verdict == ("true" if measured >= 0.5 else "false")


@given(st.floats(-1e300, 1e300))
def test_what_is_said_is_what_is_rounded(number: float) -> None:
    assert read(format_said(number)) == round_as_said(number)


@pytest.mark.parametrize(("number", "words"), [(math.nan, "none"), (math.inf, "∞"), (20000.0, "20000"), (-1.0, "−1")])
def test_numbers_are_said_plainly(number: float, words: str) -> None:
    assert format_said(number) == words


def test_controls_that_are_left_out_take_their_defaults() -> None:
    assert Card(CLAIM).values == {"amount": 0.25, "kind": "red"}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"amount": 2.0}, r"amount must be a number between 0 and 1: got 2.0\. It is how much\."),
        ({"kind": "blue"}, r"kind must be one of red, green: got 'blue'\. It is a colour\."),
        ({"size": 1.0}, "no number size: it has amount"),
    ],
)
def test_a_value_that_is_not_permitted_is_named_with_what_is(given: dict[str, float | str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        CLAIM.finding(**given)


@given(st.floats(0, 1), st.sampled_from(["red", "green"]))
def test_a_card_comes_back_from_its_link_exactly(amount: float, kind: str) -> None:
    card = Card(CLAIM, {"amount": amount, "kind": kind})
    assert Card.from_query(CLAIM, card.to_query()) == (card, ())


def test_a_link_carries_only_what_is_not_default_behind_the_name_of_the_claim() -> None:
    assert Card(CLAIM).to_query() == {}
    assert Card(CLAIM, {"amount": 1, "kind": "green"}).to_query() == {"example.amount": "1", "example.kind": "green"}


@given(st.dictionaries(st.sampled_from(["example.amount", "example.kind", "amount", "surface"]), st.text()))
def test_any_link_can_be_read(query: dict[str, str]) -> None:
    card, problems = Card.from_query(CLAIM, query)
    assert 0 <= card.values["amount"] <= 1
    assert len(problems) <= 2


def test_what_cannot_be_used_is_reported_with_what_can() -> None:
    _, problems = Card.from_query(CLAIM, {"example.kind": "blue", "example.amount": "7"})
    assert problems == (
        "example.amount must be a number between 0 and 1, so this page uses 0.25 instead of “7”.",
        "example.kind must be one of red, green, so this page uses red instead of “blue”.",
    )
