"""Every way to a card ends in one: folded until the guess, then with the verdict that its experiment found."""

import json
from collections.abc import Iterator
from html import escape
from itertools import product
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from adadelta_viz.claims import CLAIMS, Card, Chart, Claim, Table
from adadelta_viz.core.settings import Setting
from adadelta_viz.ui import cards, site
from adadelta_viz.ui.asked import FIRST, Asked, Guess
from adadelta_viz.ui.cards import VERDICTS

PAGE = "../../pages/claims.py"
GARBAGE = {
    "words": {"claim": "flat", "guess": "maybe"},
    "markup": {"claim": "<script>alert(1)</script>", "guess": "**true**"},
    "an empty value": {"claim": "", "guess": ""},
    "very long": {"claim": "x" * 10_000},
    "control characters": {"claim": "\x00", "guess": "true\n"},
}
each_claim = pytest.mark.parametrize("claim", CLAIMS.values(), ids=list(CLAIMS))


def visit(query: dict[str, str] | None = None) -> AppTest:
    """Open the page as a new visitor, with the keys and values of a link."""
    page = AppTest.from_file(site.__file__, default_timeout=60)
    page.switch_page(PAGE)
    page.query_params.update(query or {})
    return page.run()


def words(page: AppTest) -> dict[str, Any]:
    """Return what the page says with mathematics, by the name of its place."""
    sent = [each.proto for each in page.get("bidi_component") if each.proto.component_name == "adadelta_words"]
    return {proto.id.rpartition("-")[2]: json.loads(proto.json) for proto in sent}


def charts(page: AppTest) -> list[Any]:
    """Return the figures that were sent."""
    sent = [each.proto for each in page.get("bidi_component") if each.proto.component_name == "adadelta_chart"]
    return [json.loads(proto.bytes)["payload"] for proto in sent]


def corners(claim: Claim) -> Iterator[Card]:
    """Yield the card with all numbers at their lowest and at their highest, for every combination of words."""
    for options in product(*(choice.options for choice in claim.choices.values())):
        said = dict(zip(claim.choices, options, strict=True))
        for end in ("lower", "upper"):
            yield Card(claim, said | {name: getattr(each, end) for name, each in claim.settings.items()})


def shows(page: AppTest, asked: Asked) -> None:
    """Assert that the page is this card: its address, and either no result at all or the one that was found."""
    assert not page.exception
    assert page.query_params == asked.to_query()
    assert page.title[0].value == f"“{asked.card.claim.said}”"
    if asked.guess is None:
        assert page.get("bidi_component") == []
        assert [each.label for each in page.segmented_control] == ["What do you think?"]
        return
    finding = cards.found(asked.card)
    verdict = words(page)["verdict"]["html"]
    assert f"Measured: {VERDICTS[finding.verdict].lower()}." in verdict
    assert escape(finding.sentence) in verdict
    assert [chart["caption"] for chart in charts(page)] == [
        picture.caption for picture in finding.pictures if isinstance(picture, Chart)
    ]
    tables = "".join(each["html"] for place, each in words(page).items() if place.startswith("picture"))
    assert all(escape(picture.caption) in tables for picture in finding.pictures if isinstance(picture, Table))


@each_claim
def test_a_card_is_folded_until_the_guess_and_nothing_is_computed(claim: Claim, monkeypatch: Any) -> None:
    monkeypatch.setattr(Claim, "progress", lambda *_, **__: pytest.fail("computed before the guess"))
    shows(visit({} if claim.key == FIRST else {"claim": claim.key}), Asked(Card(claim)))
