"""The texts as such: well-formed, in the project's voice, every term explained, every law the computed one."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree

import numpy as np
import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from adadelta_viz.core import OPTIMIZERS, SURFACES
from adadelta_viz.core.optimizers.adadelta import first_step
from adadelta_viz.core.run.laws import dying_rate, half_life, recovering_rate, time_constant
from adadelta_viz.experiments import Experiment
from adadelta_viz.experiments.race import Race
from adadelta_viz.experiments.surface_names import surface_named
from adadelta_viz.notation.mathml import formula
from adadelta_viz.player.packing import packed
from adadelta_viz.theory import GLOSSARY, SECTIONS, Reading, adagrad, algorithm, memory, references, units, window
from adadelta_viz.theory.family import FAMILY, race
from adadelta_viz.theory.markup import TERM, linked
from adadelta_viz.theory.reading import section_parameters
from adadelta_viz.theory.section import Chart, Drawing, Play
from adadelta_viz.theory.tree import drawn, placed


def extremes(section: str) -> Iterator[Reading]:
    """Yield a section with its defaults, and with each control at each of its ends."""
    yield Reading(section)
    for name, setting in section_parameters(section, Experiment.surface).items():
        for value in (setting.lower, setting.upper):
            yield Reading(section, {name: value})


READINGS = [reading for section in SECTIONS for reading in extremes(section)]
every_reading = pytest.mark.parametrize("reading", READINGS, ids=lambda each: "&".join(each.to_query().values()))
every_section = pytest.mark.parametrize("section", SECTIONS)


def plain(html: str) -> str:
    """Return the text of HTML without its tags."""
    return re.sub(r"<[^>]+>", "", html)


def words(reading: Reading) -> str:
    """Return the text of an open section."""
    return " ".join(plain(block) for block in reading.open().text)


@every_reading
def test_a_section_opens_at_every_end_of_its_controls(reading: Reading) -> None:
    opened = reading.open()
    tree = ElementTree.fromstring(f"<article>{''.join(opened.text)}</article>")  # well-formed, MathML included
    anchors = {link.attrib["href"] for link in tree.iter("a")}
    assert anchors <= {f"#{key}" for key in GLOSSARY}
    assert "nan" not in words(reading).lower().split()
    assert not re.search(
        r"[!\[\]{}]|\binf\b|None", words(reading).replace("E[", "").replace("RMS[", "").replace("]", "")
    )
    match opened.figure:
        case Chart(figure, caption, label):
            assert figure["data"]
            assert caption
            assert label.endswith(".")
            packed(figure)
        case Play(payload):
            assert payload["runs"]
            assert payload["caption"]
        case Drawing(svg):
            ElementTree.fromstring(svg)


@every_section
def test_a_section_has_a_formula_or_a_drawing_and_links_each_term_once(section: str) -> None:
    opened = Reading(section).open()
    html = "".join(opened.text)
    assert '<math display="block">' in html or isinstance(opened.figure, Drawing)
    linked_terms = re.findall(r'href="#([a-z-]+)"', re.sub(r"<table.*?</table>", "", html))
    assert linked_terms
    assert len(linked_terms) == len(set(linked_terms))


@every_section
def test_a_sections_own_words_are_sentences_without_cries(section: str) -> None:
    entry = SECTIONS[section]
    for sentence in (entry.title, entry.short, entry.paper, entry.trial):
        assert sentence
        assert "!" not in sentence
    assert entry.trial.endswith((".", "?"))
    for paragraph in re.findall(r"<p>(.*?)</p>", "".join(Reading(section).open().text)):
        assert plain(paragraph).endswith((".", ":")), paragraph


@every_section
def test_the_links_of_a_section_are_pages_with_their_own_queries(section: str) -> None:
    for link in Reading(section).open().links:
        found: Race | Experiment
        if link.page == "race":
            found, problems = Race.from_query(link.query)
        else:
            assert link.page == "explore"
            found, problems = Experiment.from_query(link.query)
        assert problems == ()
        assert found.to_query() == link.query


def test_the_sections_stand_in_the_papers_order() -> None:
    assert list(SECTIONS) == ["dilemma", "momentum", "adagrad", "window", "units", "algorithm", "memory", "after"]


def test_formulas_of_optimizers_are_those_of_the_catalogue() -> None:
    shown = {
        "dilemma": "sgd",
        "momentum": "momentum",
        "adagrad": "adagrad",
        "window": "rmsprop",
        "algorithm": "adadelta",
    }
    for section, key in shown.items():
        html = "".join(Reading(section).open().text).replace(' display="block"', "")
        for equation in OPTIMIZERS[key].equations:
            assert formula(OPTIMIZERS[key], equation) in html


def test_printed_laws_are_the_computed_ones() -> None:
    given_values = {"η": 0.5, "S": 7.0, "t": 9.0, "ρ": 0.9, "ε": 1e-4}

    def value(equation: sp.Eq) -> float:
        return float(equation.rhs.subs({symbol: given_values[symbol.name] for symbol in equation.rhs.free_symbols}))

    assert value(adagrad.DYING) == pytest.approx(dying_rate(9.0, 7.0, 0.5))
    assert value(window.RECOVERING) == pytest.approx(recovering_rate(9.0, 7.0, 0.9, 0.5))
    assert value(memory.HALF) == pytest.approx(half_life(0.9))
    assert value(memory.WORTH) == pytest.approx(time_constant(0.9))
    steep = first_step(np.array([1e6]), rho=0.9, eps=1e-4)
    assert value(algorithm.FIRST) == pytest.approx(abs(float(steep[0])))
    (curvature,) = sp.solve(sp.Eq(units.NEWTON.lhs, units.NEWTON.rhs.doit()), sp.Symbol("curvature"))
    assert sp.simplify(1 / curvature - units.SOLVED.rhs.doit()) == 0


def test_the_glossary_is_sorted_by_anchors_that_can_be_typed_and_explains_in_one_sentence() -> None:
    assert list(GLOSSARY) == sorted(GLOSSARY)
    for key, term in GLOSSARY.items():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", key)
        assert term.meaning.endswith(".")
        assert term.meaning.count(". ") == 0
        assert "!" not in term.meaning
    named = {key: term for key, term in GLOSSARY.items() if key not in ("rms", "hessian")}
    assert all(term.name.replace(" ", "-") == key for key, term in named.items())


def test_the_glossary_has_what_other_pages_link_to() -> None:
    assert GLOSSARY.keys() >= {
        "effective-learning-rate", "half-life", "curvature", "saddle", "basin", "gradient-noise", "rms", "tolerance",
        "sparse-gradient", "state", "iterate", "step", "trajectory", "sweep",
    }  # fmt: skip


def test_a_term_that_nobody_explains_cannot_be_linked() -> None:
    with pytest.raises(KeyError):
        linked("An [[unexplained]] word.")
    assert TERM.search("no marks here") is None


def test_the_family_is_the_catalogue_and_those_without_a_rate() -> None:
    assert set(FAMILY) - set(OPTIMIZERS) == {"d-adaptation", "dog", "prodigy"}
    assert set(OPTIMIZERS) <= set(FAMILY)
    assert [member.year for member in FAMILY.values()] == sorted(member.year for member in FAMILY.values())
    boxes = placed(FAMILY)
    for key, member in FAMILY.items():
        assert str(member.year) in member.source, key
        assert member.sentence.endswith(".")
        for other in (*member.parents, *([member.aim] if member.aim else [])):
            assert FAMILY[other].year <= member.year
            assert boxes[other].row < boxes[key].row


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_every_member_of_the_catalogue_races_against_adadelta_by_its_link(key: str) -> None:
    entrants = [run.optimizer for run in race(key).runs]
    assert entrants[0] == "adadelta"
    assert key in entrants
    assert Race.from_query(race(key).to_query()) == (race(key), ())


def test_the_drawing_has_a_box_for_each_and_a_line_for_each_kinship_and_says_so_in_words() -> None:
    svg = drawn(FAMILY)
    tree = ElementTree.fromstring(svg)
    assert len(tree.findall(".//rect")) == len(FAMILY)
    kinships = sum(len(member.parents) + bool(member.aim) for member in FAMILY.values())
    assert len(tree.findall("path")) == kinships
    assert sum("av-aim" in path.attrib["class"] for path in tree.findall("path")) == 2
    description = tree.findtext("desc") or ""
    assert "Adam (2015), from Momentum and RMSprop." in description
    assert "DoG (2023), with the aim of AdaDelta." in description


def test_no_box_of_the_drawing_lies_on_another_and_no_line_crosses_a_box() -> None:
    tree = ElementTree.fromstring(drawn(FAMILY))
    boxes = []
    for rect in tree.findall(".//rect"):
        x, y, width, height = (float(rect.attrib[name]) for name in ("x", "y", "width", "height"))
        boxes.append((x, y, x + width, y + height))
    for i, (left, top, right, bottom) in enumerate(boxes):
        for other in boxes[i + 1 :]:
            assert right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
    for path in tree.findall("path"):
        vertical = re.search(r" ([\d.]+) ([\d.]+)V([\d.]+)", path.attrib["d"])
        assert vertical is not None
        x, top, bottom = map(float, vertical.groups())
        crossed = [box for box in boxes if box[0] < x < box[2] and box[1] < bottom - 0.5 and box[3] > top + 0.5]
        assert crossed == []


def test_references_stand_once_with_the_number_under_which_they_are_found() -> None:
    found = references()
    assert found[0].text == "Zeiler (2012), arXiv:1212.5701"
    assert len({reference.text for reference in found}) == len(found)
    for reference in found:
        has_number = "arXiv:" in reference.text or "doi:" in reference.text
        assert bool(reference.address) == has_number
        if reference.address:
            assert reference.address.rpartition("/")[2] in reference.text


@every_reading
def test_a_reading_and_its_link_are_the_same_thing(reading: Reading) -> None:
    assert Reading.from_query(reading.to_query()) == (reading, ())


@given(
    query=st.dictionaries(
        st.sampled_from(["section", "lr", "rho", "eps", "momentum", "steep", "surface", "x0", "y0", "run1"]),
        st.one_of(
            st.sampled_from([*SECTIONS, *SURFACES, "nan", "1e400", "", "0.5", "-1", "１２"]), st.text(max_size=20)
        ),
    )
)
def test_any_query_gives_a_reading_with_a_sentence_for_each_value_that_could_not_be_used(query: dict[str, str]) -> None:
    reading, problems = Reading.from_query(query)
    assert Reading.from_query(reading.to_query()) == (reading, ())
    assert len(problems) <= len(query)


def test_the_units_can_be_looked_at_on_a_typed_formula_whose_name_is_text_and_no_markup() -> None:
    reading, problems = Reading.from_query({"section": "units", "f": "x^2 + 30y^2", "x0": "1.5", "y0": "1"})
    assert problems == ()
    assert Reading.from_query(reading.to_query()) == (reading, ())
    opened = reading.open()
    ElementTree.fromstring(f"<article>{''.join(opened.text)}</article>")
    assert surface_named(reading.surface).title in words(reading)


def test_a_start_at_which_a_typed_formula_has_no_value_gives_way_to_its_own() -> None:
    reading, problems = Reading.from_query({"section": "units", "f": "log(x) + y^2", "x0": "-1", "y0": "0"})
    assert len(problems) == 1
    assert reading.numbers["x0"] > 0
    with pytest.raises(ValueError, match="x0 and y0 must be a point where f is finite"):
        Reading("units", {"x0": -1.0, "y0": 0.0}, reading.surface)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"section": "end"}, "section must be one of dilemma, "),
        ({"section": "memory", "numbers": {"rho": 1.0}}, "rho must be a number between 0.5 and 0.999: got 1.0"),
        ({"section": "memory", "numbers": {"eps": 1.0}}, "an experiment has no number eps"),
    ],
)
def test_a_wrong_reading_says_what_is_wrong(wrong: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        Reading(**wrong)  # type: ignore[arg-type]
