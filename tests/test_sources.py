"""No text ever becomes code, and nothing that visitors type becomes HTML or Markdown."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from adadelta_viz.core import FormulaError, Surface

ROOT = Path(__file__).parents[1]
SOURCES = sorted([*ROOT.glob("adadelta_viz/**/*.py"), *ROOT.glob("pages/*.py"), ROOT / "app.py"])
RUNS_TEXT = {
    "eval", "exec", "compile", "__import__", "sympify", "parse_expr", "parse_latex", "S", "N", "evalf", "literal_eval",
    "loads_pickle", "srepr", "numexpr",
}  # fmt: skip

every_source = pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))


def names(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            if not (node.attr == "compile" and isinstance(node.value, ast.Name) and node.value.id == "re"):
                yield node.attr
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield from (alias.name for alias in node.names)


@every_source
def test_no_module_turns_text_into_code(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert RUNS_TEXT.isdisjoint(names(tree))
    stored = {name for name in names(tree) if name in ("pickle", "marshal", "shelve")}
    between_own_processes = {"pickle"} if path.name == "map_worker.py" else set()
    assert stored == between_own_processes


@every_source
def test_markdown_holds_html_in_one_place_where_visitors_write_nothing(path: Path) -> None:
    allowed = path == ROOT / "adadelta_viz/views/math_html.py"  # our own MathML; names of formulas are escaped
    assert allowed or "unsafe_allow_html" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("letter", "<>&\"'`$\\[]")
def test_no_formula_has_a_letter_that_html_or_markdown_acts_on(letter: str) -> None:
    with pytest.raises(FormulaError):
        Surface.from_formula(f"x + {letter} y")
