"""The project's own Python files, for tests that read source: a rule is tested once and names all its offenders."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = sorted(ROOT.glob("adadelta_viz/**/*.py"))
SOURCES = [*PACKAGE, *sorted(ROOT.glob("pages/*.py")), ROOT / "app.py"]
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def place(path: Path) -> str:
    """Return where a file lies, as the project names it."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    """Return a file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


def names(node: ast.AST) -> Iterator[str]:
    """Find every name that code reads, writes or imports; ``re.compile`` compiles no code."""
    for each in ast.walk(node):
        if isinstance(each, ast.Name):
            yield each.id
        elif isinstance(each, ast.Attribute):
            if not (each.attr == "compile" and isinstance(each.value, ast.Name) and each.value.id == "re"):
                yield each.attr
        elif isinstance(each, ast.Import | ast.ImportFrom):
            yield from (alias.name for alias in each.names)


def public(node: ast.Module | ast.ClassDef) -> Iterator[Definition]:
    """Find the public classes, methods and functions."""
    for each in node.body:
        if isinstance(each, Definition) and not each.name.startswith("_"):
            yield each
            if isinstance(each, ast.ClassDef):
                yield from public(each)
