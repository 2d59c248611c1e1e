"""Every way to a card ends in one: folded until the guess, then with the verdict that its experiment found."""

import json
import re
from html import escape
from typing import Any, Literal

import pytest
from streamlit.testing.v1 import AppTest

from adadelta_viz.claims import ABOUT, CLAIMS, Card, Chart, Claim
from adadelta_viz.experiments.link import Choice, Field
from adadelta_viz.views import claims_view, navigation
from adadelta_viz.views.claim_state import CLAIM, Asked
from adadelta_viz.views.claims_view import VERDICTS
from adadelta_viz.views.widgets import IN_A_SWITCH, TYPED

PAGE = "../../pages/claims.py"
GARBAGE = {
    "markup": {"claim": "<script>alert(1)</script>", "guess": "**true**"},
    "long and with control characters": {"claim": "x\x00" * 5_000, "guess": "true\n"},
}
each_claim = pytest.mark.parametrize("claim", CLAIMS.values(), ids=list(CLAIMS))


def visit(query: dict[str, str] | None = None) -> AppTest:
    """Open the page as a new visitor, with the keys and values of a link."""
    page = AppTest.from_file(navigation.__file__, default_timeout=60)
    page.switch_page(PAGE)
    page.query_params.update(query or {})
    return page.run()


def verdict(page: AppTest) -> Any:
    """Return what is read out."""
    (sent,) = [each.proto for each in page.get("bidi_component") if each.proto.component_name == "adadelta_verdict"]
    return json.loads(sent.json)


def charts(page: AppTest) -> list[Any]:
    """Return the figures that were sent."""
    sent = [each.proto for each in page.get("bidi_component") if each.proto.component_name == "adadelta_chart"]
    return [json.loads(proto.bytes)["payload"] for proto in sent]


def words(page: AppTest) -> str:
    """Return everything else that the card says."""
    return "".join(text.value for text in page.markdown)


def corner(claim: Claim, end: Literal["lower", "upper"]) -> Card:
    """Return the card with every number at one end of its control, and with the first or last of every few words.

    The steps are always as few as can be: what more of them take is no matter of the page.
    """
    place = 0 if end == "lower" else -1
    return Card(
        claim,
        {
            name: list(each.options)[place]
            if isinstance(each, Choice)
            else getattr(each, "lower" if name == "steps" else end)
            for name, each in claim.fields.items()
        },
    )


def shows(page: AppTest, asked: Asked) -> None:
    """Assert that the page is this card: its address, and either no result at all or the one that was found."""
    assert not page.exception
    assert page.query_params == asked.to_query()
    assert page.title[0].value == f"“{asked.card.claim.said}”"
    if asked.guess is None:
        assert page.get("bidi_component") == []
        assert [each.key for each in page.button_group] == [f"{asked.card.claim.key}.think"]
        return
    finding = claims_view.found(asked.card)
    said = verdict(page)["html"]
    assert f"Measured: {VERDICTS[finding.verdict].lower()}." in said
    assert escape(finding.sentence) in said
    assert (escape(ABOUT) in said) == finding.approximate
    assert [chart["caption"] for chart in charts(page)] == [
        picture.caption for picture in finding.pictures if isinstance(picture, Chart)
    ]
    assert all(escape(picture.title) in words(page) for picture in finding.pictures)


@each_claim
def test_a_card_is_folded_until_the_guess_and_nothing_is_computed(claim: Claim, monkeypatch: Any) -> None:
    monkeypatch.setattr(Claim, "progress", lambda *_, **__: pytest.fail("computed before the guess"))
    shows(visit({} if claim.key == CLAIM.default else {"claim": claim.key}), Asked(Card(claim)))


@each_claim
def test_a_guess_unfolds_the_card_and_says_how_it_stands_to_the_verdict(claim: Claim) -> None:
    card = corner(claim, "lower")
    measured = claims_view.found(card).verdict
    page = visit(Asked(card).to_query())
    for guess in (measured, next(each for each in VERDICTS if each != measured)):
        shows(page, Asked(card))
        page.button_group(key=f"{claim.key}.think").set_value(guess).run()
        shows(page, Asked(card, guess))  # type: ignore[arg-type]
        said = verdict(page)
        assert ("As you thought." in said["html"]) == (guess == measured)
        assert (f"You thought: {VERDICTS[guess].lower()}." in said["html"]) == (guess != measured)
        assert said["focus"]
        press(page, "Fold the result again")


@each_claim
def test_an_unfolded_card_has_its_reasons_and_a_control_moves_experiment_and_address(claim: Claim) -> None:
    low = corner(claim, "lower")
    page = visit(Asked(low, "false").to_query())
    shows(page, Asked(low, "false"))
    said = re.sub(r"</?a\b[^>]*>", "", words(page))  # terms are links
    assert all(escape(part) in said for part in (claim.why, claim.practice, claim.rule, claim.source))
    assert said.count("<math") == len(claim.laws)
    name, control = next(iter(claim.fields.items()))
    turned = corner(claim, "upper").values[name]
    widget(page, f"{claim.key}.{name}", control).set_value(turned).run()
    shows(page, Asked(Card(claim, {**low.values, name: turned}), "false"))


@each_claim
def test_a_link_shows_the_experiment_at_the_other_corner_too(claim: Claim) -> None:
    asked = Asked(corner(claim, "upper"), "reveal")
    shows(visit(asked.to_query()), asked)


@pytest.mark.parametrize("query", GARBAGE.values(), ids=GARBAGE)
def test_a_bad_link_gives_the_first_card_folded_and_one_notice(query: dict[str, str]) -> None:
    page = visit(query)
    shows(page, Asked(Card(CLAIMS[CLAIM.default])))
    (notice,) = [text.value for text in page.text]
    assert [line.split()[0] for line in notice.split("\n") if "must be" in line] == list(query)
    assert list(page.run().text) == []


@each_claim
def test_bad_settings_fall_back_and_the_rest_of_the_link_stays(claim: Claim) -> None:
    settings = [f"{claim.key}.{name}" for name in claim.fields]
    page = visit({"claim": claim.key, "utm_source": "mail", **dict.fromkeys(settings, "1e400")})
    shows(page, Asked(Card(claim)))
    (notice,) = [text.value for text in page.text]
    assert [line.split()[0] for line in notice.split("\n") if " must be " in line] == settings


def test_a_teacher_sends_a_folded_card_with_its_settings_made() -> None:
    claim = CLAIMS["rate"]
    folded = Asked(Card(claim, {"eps": 1e-4}))
    page = visit(folded.to_query())
    shows(page, folded)
    page.button_group(key="rate.think").set_value("depends").run()
    shows(page, Asked(folded.card, "depends"))


def test_cards_keep_their_settings_and_guesses_while_others_are_read() -> None:
    page = visit({"guess": "true", "rate.eps": "0.0001"})
    page.radio(key="claim").set_value("anneal").run()
    shows(page, Asked(Card(CLAIMS["anneal"])))
    press(page, "Show the result without a guess")
    shows(page, Asked(Card(CLAIMS["anneal"]), "reveal"))
    page.radio(key="claim").set_value("rate").run()
    shows(page, Asked(Card(CLAIMS["rate"], {"eps": 1e-4}), "true"))


def test_next_goes_round_all_claims() -> None:
    page = visit()
    for key in [*list(CLAIMS)[1:], CLAIM.default]:
        press(page, f"Next: {CLAIMS[key].title}")
        shows(page, Asked(Card(CLAIMS[key])))


def test_a_folded_card_asks_again() -> None:
    page = visit()
    page.button_group(key="rate.think").set_value("true").run()
    press(page, "Fold the result again")
    shows(page, Asked(Card(CLAIMS["rate"])))
    assert page.button_group(key="rate.think").value is None


def test_guesses_are_counted_once_made_and_not_those_of_a_link() -> None:
    page = visit({"guess": "false"})
    assert score(page) == []
    page.radio(key="claim").set_value("anneal").run()
    verdicts = {key: claims_view.found(Card(CLAIMS[key])).verdict for key in ("anneal", "rate")}
    page.button_group(key="anneal.think").set_value(verdicts["anneal"]).run()
    assert score(page) == ["Your guesses so far: 1 of 1 as measured."]
    page.radio(key="claim").set_value("rate").run()
    press(page, "Fold the result again")
    wrong = next(each for each in VERDICTS if each != verdicts["rate"])
    page.button_group(key="rate.think").set_value(wrong).run()
    assert score(page) == ["Your guesses so far: 1 of 2 as measured."]


def test_browser_history_folds_a_card_again() -> None:
    page = visit()
    page.button_group(key="rate.think").set_value("true").run()
    page.query_params.clear()
    shows(page.run(), Asked(Card(CLAIMS["rate"])))


def test_the_surface_that_was_chosen_before_is_still_there_afterwards() -> None:
    page = AppTest.from_file(navigation.__file__, default_timeout=60)
    page.query_params.update({"surface": "beale"})
    page.run()
    for path in (PAGE, "../../pages/race.py"):
        page.query_params.clear()
        page.switch_page(path).run()
        assert not page.exception
    assert page.session_state["surface"] == "beale"


def press(page: AppTest, label: str) -> None:
    next(button for button in page.button if button.label == label).click().run()


def score(page: AppTest) -> list[str]:
    return [caption.value for caption in page.caption]


def widget(page: AppTest, key: str, control: Field) -> Any:
    """Return the widget of a control, whichever suits it."""
    if isinstance(control, Choice):
        return page.selectbox(key=key) if len(control.options) > IN_A_SWITCH else page.button_group(key=key)
    if key.rpartition(".")[2] in TYPED:
        return page.number_input(key=key)
    return page.select_slider(key=key) if control.scale == "log" else page.slider(key=key)
