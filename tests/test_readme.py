import doctest
import re

import pytest

from adadelta_viz import OPTIMIZERS, SURFACES
from adadelta_viz.claims import CLAIMS
from tests.readme import README, TABLES, renewed

TEXT = README.read_text(encoding="utf-8")


NUMBER = re.compile(r"−?\d+(?:\.\d+)?(?:e−?\d+)?")


def numbers(text: str) -> list[float]:
    return [float(number.replace("−", "-")) for number in NUMBER.findall(text)]


def test_the_tables_are_the_catalogues() -> None:
    """Word for word; measured numbers may differ a little, since processors round differently."""
    fresh = renewed(TEXT)
    assert NUMBER.sub("#", fresh) == NUMBER.sub("#", TEXT), "run: make readme"
    assert numbers(fresh) == pytest.approx(numbers(TEXT), rel=0.1), "run: make readme"


@pytest.mark.parametrize("name", TABLES)
def test_each_table_stands_in_the_readme_once(name: str) -> None:
    assert TEXT.count(f"<!-- {name}: generated -->") == 1


def test_the_library_session_prints_what_it_says() -> None:
    session = doctest.DocTestParser().get_doctest(TEXT, {}, "README.md", str(README), 0)
    assert len(session.examples) >= 5
    assert doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(session).failed == 0


def test_every_file_that_the_readme_names_exists() -> None:
    named = re.findall(r"\]\((?!https?:|#)([^)]+)\)|`((?:adadelta_viz|pages|tests|benchmarks)/[\w./]*)`", TEXT)
    assert named
    for link, path in named:
        assert (README.parent / (link or path)).exists(), link or path


def test_the_counts_in_the_text_are_those_of_the_catalogues() -> None:
    assert f"{len(SURFACES)} surfaces" in TEXT
    assert f"{len(OPTIMIZERS)} optimizers" in TEXT
    assert f"{len(CLAIMS)} claims" in TEXT
