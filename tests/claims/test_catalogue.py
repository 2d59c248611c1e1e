"""What holds for every claim of the catalogue, at any setting of its controls."""

import re
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adadelta_viz.claims import CLAIMS, Card, Chart, Claim, Finding
from adadelta_viz.experiments.link import Choice, Field
from adadelta_viz.figures import chart
from adadelta_viz.notation.numbers import format_said
from tests.readme import unchanged
from tests.said import NUMBER

every_claim = pytest.mark.parametrize("claim", CLAIMS.values(), ids=CLAIMS)


def control(of: Field) -> st.SearchStrategy[Any]:
    """Draw from all that a control permits, its ends included."""
    if isinstance(of, Choice):
        return st.sampled_from(sorted(of.options))
    ends = st.sampled_from([of.lower, of.upper, of.default])
    if of.whole:
        return ends | st.integers(int(of.lower), int(of.upper)).map(float)
    if of.scale == "linear":
        return ends | st.floats(of.lower, of.upper)
    low = of.lower or of.upper * 1e-5
    return ends | st.floats(np.log(low), np.log(of.upper)).map(lambda x: float(np.clip(np.exp(x), low, of.upper)))


def values(claim: Claim) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({name: control(of) for name, of in claim.fields.items()})


def strange(text: str, known: dict[str, float]) -> set[str]:
    """Return the numbers in a text that are not among the known ones."""
    return set(NUMBER.findall(text)) - {format_said(number) for number in known.values()}


def check(claim: Claim, finding: Finding) -> None:
    assert finding.verdict in ("true", "depends", "false")
    assert not re.search(r"\d", re.sub(r"\{\w+\}", "", finding.told)), "a number stands in the words"
    assert not strange(finding.sentence, dict(finding.numbers))
    assert not re.search(r"[{}!]|nan", finding.sentence)
    assert finding.pictures
    for picture in finding.pictures:
        assert picture.title
        assert picture.caption
        assert not strange(picture.title, {**finding.numbers, **claim.constants})
        if isinstance(picture, Chart):
            assert all(len(each.x) == len(each.y) for each in picture.series)
            assert chart(picture.series, picture.x, picture.y)["data"]
        else:
            assert {len(row) for row in picture.rows} == {len(picture.head)}


def test_the_twelve_claims_stand_in_their_order() -> None:
    assert list(CLAIMS) == [
        "rate", "robust", "scale", "anneal", "converge", "units",
        "sparse", "memory", "smooth", "start", "competitive", "default",
    ]  # fmt: skip
    assert all(key == claim.key for key, claim in CLAIMS.items())


QUICK = {"memory": 20}
"""Of how many settings the finding is looked at where it takes no time; of all others two."""


@every_claim
def test_at_any_setting_the_sentence_says_what_was_measured(claim: Claim) -> None:
    @settings(max_examples=QUICK.get(claim.key, 2), suppress_health_check=[HealthCheck.too_slow])
    @given(drawn=values(claim))
    def says_what_was_measured(drawn: dict[str, Any]) -> None:
        first = next(claim.progress(**drawn))
        check(claim, first.finding)

    says_what_was_measured()


@every_claim
def test_the_first_finding_is_whole(claim: Claim) -> None:
    check(claim, unchanged(claim))


@every_claim
def test_texts_name_no_number_but_the_declared_ones(claim: Claim) -> None:
    for text in (claim.title, claim.said, claim.rule, claim.why, claim.practice):
        assert text.endswith(".") or text == claim.title
        assert "!" not in text
        assert not strange(text, dict(claim.constants))


@every_claim
def test_every_declared_number_is_named(claim: Claim) -> None:
    named = " ".join((claim.rule, claim.why, claim.practice, unchanged(claim).sentence))
    unnamed = [name for name, number in claim.constants.items() if format_said(number) not in NUMBER.findall(named)]
    assert unnamed == []


@every_claim
@given(data=st.data())
def test_a_card_comes_back_from_its_link_exactly(claim: Claim, data: st.DataObject) -> None:
    card = Card(claim, data.draw(values(claim)))
    assert Card.from_query(claim, card.to_query()) == (card, ())


@every_claim
@given(data=st.data())
def test_any_link_gives_a_card(claim: Claim, data: st.DataObject) -> None:
    keys = st.sampled_from([f"{claim.key}.{name}" for name in claim.fields])
    card, problems = Card.from_query(claim, data.draw(st.dictionaries(keys, st.text())))
    assert card.values.keys() == claim.fields.keys()
    assert len(problems) <= len(claim.controls)


@every_claim
def test_every_law_is_a_formula_that_can_be_read_out(claim: Claim) -> None:
    for law in claim.laws:
        assert law.meaning
        assert law.mathml.startswith("<math><m")
        assert "None" not in law.mathml
