"""Every way into the Theory page ends in one open section, whose controls, address, text and figure agree."""

import json
import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from adadelta_viz.core import SURFACES
from adadelta_viz.theory import GLOSSARY, SECTIONS, Reading, references
from adadelta_viz.theory.section import Chart, Play
from adadelta_viz.views import navigation

PAGE, EXPLORE = "../../pages/theory.py", "../../pages/explore.py"

LINKS: dict[str, dict[str, str]] = {
    "a rate past the border": {"lr": "0.021"},
    "no momentum": {"section": "momentum", "momentum": "0"},
    "between the stops": {"section": "adagrad", "steep": "33.3"},
    "a long memory": {"section": "window", "rho": "0.999"},
    "another surface and start": {"section": "units", "surface": "beale", "x0": "0.5", "y0": "1"},
    "a large epsilon": {"section": "algorithm", "rho": "0.9", "eps": "0.0001"},
    "the half-life": {"section": "memory", "rho": "0.99"},
}
GARBAGE: dict[str, dict[str, str]] = {
    "no section": {"section": "../../etc/passwd"},
    "words": {"section": "memory", "rho": "long"},
    "not a number": {"lr": "nan"},
    "below the least": {"section": "memory", "rho": "0.1"},
    "markup": {"section": "units", "surface": "<script>alert(1)</script>"},
    "a start outside": {"section": "units", "surface": "saddle", "x0": "5"},
    "digits of another script": {"section": "adagrad", "steep": "１２"},
}
every_section = pytest.mark.parametrize("section", SECTIONS)


def visit(query: dict[str, str] | None = None) -> AppTest:
    """Open the page as a new visitor, with the keys and values of a link."""
    page = AppTest.from_file(navigation.__file__, default_timeout=60)
    page.switch_page(PAGE)
    page.query_params.update(query or {})
    return page.run()


def sent(page: AppTest) -> list[Any]:
    """Return what the figures of the page got; the other component only scrolls."""
    components = [
        json.loads(component.proto.bytes) for component in page.get("bidi_component") if component.proto.bytes
    ]
    return [each["payload"] for each in components if "payload" in each]


def text(page: AppTest) -> str:
    (article,) = [each.value for each in page.markdown if each.value.startswith("<article")]
    return str(article)


def shows(page: AppTest, reading: Reading) -> None:
    """Assert that the page is whole, and that its address, its text and its figure are this reading."""
    assert not page.exception
    assert page.query_params == reading.to_query()
    assert page.session_state["section"] == reading.section
    opened = reading.open()
    assert "".join(opened.text) in text(page)
    if isinstance(opened.figure, Play):
        (payload,) = sent(page)
        assert payload["id"] == opened.figure.payload["id"]
    elif isinstance(opened.figure, Chart):
        (payload,) = sent(page)
        assert (payload["caption"], payload["label"]) == opened.figure[1:]
    else:
        assert sent(page) == []
        assert any(each.value == opened.figure.svg for each in page.markdown)


def turn(page: AppTest, kind: str, key: str, value: Any) -> AppTest:
    getattr(page, kind)(key=key).set_value(value)
    return page.run()


def test_a_first_visit_opens_the_first_section_under_the_bare_address() -> None:
    page = visit()
    shows(page, Reading())
    assert page.query_params == {}
    assert list(page.text) == []


@every_section
def test_a_section_opens_by_its_link(section: str) -> None:
    shows(visit({"section": section}), Reading(section))


@every_section
def test_a_section_opens_from_the_list_of_contents(section: str) -> None:
    shows(turn(visit({"section": "memory"}), "button_group", "section", section), Reading(section))


@pytest.mark.parametrize("query", LINKS.values(), ids=LINKS)
def test_a_link_opens_the_section_with_its_controls(query: dict[str, str]) -> None:
    page = visit(query)
    reading, problems = Reading.from_query(query)
    assert problems == ()
    shows(page, reading)
    assert list(page.text) == []


@pytest.mark.parametrize("query", GARBAGE.values(), ids=GARBAGE)
def test_a_bad_value_falls_back_with_one_notice(query: dict[str, str]) -> None:
    page = visit(query)
    reading, problems = Reading.from_query(query)
    shows(page, reading)
    (notice,) = page.text
    assert notice.value == "\n".join(problems)
    assert list(page.run().text) == []


@pytest.mark.parametrize(
    ("section", "kind", "name", "value"),
    [
        ("dilemma", "slider", "lr", 0.021),
        ("momentum", "slider", "momentum", 0.0),
        ("adagrad", "select_slider", "steep", 1000.0),
        ("window", "slider", "rho", 0.5),
        ("algorithm", "slider", "rho", 0.9),
        ("algorithm", "select_slider", "eps", 1e-4),
        ("memory", "slider", "rho", 0.5),
    ],
)
def test_a_control_changes_text_figure_and_address(section: str, kind: str, name: str, value: float) -> None:
    page = visit({"section": section})
    before = text(page)
    shows(turn(page, kind, f"{section}.{name}", value), Reading(section, {name: value}))
    assert text(page) != before


@pytest.mark.parametrize("surface", SURFACES)
def test_the_units_can_be_looked_at_on_every_surface(surface: str) -> None:
    page = turn(visit({"section": "units"}), "selectbox", "surface", surface)
    shows(page, Reading("units", surface=surface))


def test_a_section_is_found_again_as_it_was_left() -> None:
    page = turn(visit({"section": "memory"}), "slider", "memory.rho", 0.9)
    page = turn(page, "button_group", "section", "units")
    page = turn(page, "selectbox", "surface", "beale")
    page = turn(page, "button_group", "section", "memory")
    shows(page, Reading("memory", {"rho": 0.9}))
    shows(turn(page, "button_group", "section", "units"), Reading("units", surface="beale"))


def test_the_buttons_turn_from_section_to_section_and_end_at_the_ends() -> None:
    page = visit()
    assert [button.key for button in page.button] == ["on"]
    for section in list(SECTIONS)[1:]:
        page.button(key="on").click()
        shows(page.run(), Reading(section))
    assert [button.key for button in page.button] == ["back"]
    page.button(key="back").click()
    shows(page.run(), Reading("memory"))


def test_surface_and_start_come_along_and_are_not_lost_on_the_way_through_a_section_without_them() -> None:
    page = AppTest.from_file(navigation.__file__, default_timeout=60)
    page.query_params.update({"surface": "beale", "x0": "0.5", "rho": "0.9"})
    page.run()
    page.query_params.clear()
    page.switch_page(PAGE).run()
    shows(page, Reading())
    page.query_params.clear()
    page.switch_page(EXPLORE).run()
    assert page.query_params == {"surface": "beale", "x0": "0.5", "rho": "0.9"}
    page.query_params.clear()
    page.switch_page(PAGE).run()
    shows(turn(page, "button_group", "section", "units"), Reading("units", {"x0": 0.5}, "beale"))
    page.number_input(key="x0").set_value(2.0).run()
    page.query_params.clear()
    page.switch_page(EXPLORE).run()
    assert page.query_params == {"surface": "beale", "x0": "2", "rho": "0.9"}


def test_glossary_and_references_are_always_there() -> None:
    page = visit()
    (appendix,) = [each.value for each in page.markdown if "av-appendix" in each.value]
    assert re.findall(r'<div id="([^"]+)"', appendix) == list(GLOSSARY)
    assert appendix.count("<li>") == len(references())
    assert 'href="https://arxiv.org/abs/1212.5701"' in appendix
