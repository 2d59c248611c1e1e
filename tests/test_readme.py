import doctest
import re

import pytest

from adadelta_viz.claims import ABOUT
from tests.readme import README, TABLES, renewed

TEXT = README.read_text(encoding="utf-8")


def test_the_tables_are_the_catalogues() -> None:
    """Number for number: none of them hangs on how a processor rounds."""
    assert renewed(TEXT) == TEXT, "run: make readme"


def test_the_word_about_is_explained_as_on_the_page() -> None:
    assert ABOUT in " ".join(TEXT.split())


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
