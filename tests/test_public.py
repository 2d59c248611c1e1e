"""The public names, and that each of them explains itself."""

import ast
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import adadelta_viz
from adadelta_viz import claims, core, figures, player

PACKAGE = Path(adadelta_viz.__file__).parent
SOURCES = sorted(PACKAGE.rglob("*.py"))
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def order(name: str) -> tuple[int, str]:
    """Constants, classes, functions."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2, name)


@pytest.mark.parametrize("package", [adadelta_viz, claims, core, figures, player], ids=lambda package: package.__name__)
def test_the_public_names_are_listed_sorted_and_complete(package: ModuleType) -> None:
    listed = list(package.__all__)
    assert listed == sorted(listed, key=order)
    modules = {name for name, value in vars(package).items() if isinstance(value, ModuleType)}
    assert {name for name in vars(package) if not name.startswith("_")} - (modules - set(listed)) == set(listed)


def test_the_front_door_offers_what_the_core_offers() -> None:
    assert set(adadelta_viz.__all__) == {*core.__all__, "core", "figures"}
    assert all(getattr(adadelta_viz, name) is getattr(core, name) for name in core.__all__)


def public(tree: ast.Module | ast.ClassDef) -> Iterator[Definition]:
    for node in tree.body:
        if isinstance(node, Definition) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public(node)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_module_class_and_function_says_its_idea_in_a_sentence(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in (tree, *public(tree)):
        name = getattr(node, "name", path.name)
        first = (ast.get_docstring(node) or "").split("\n\n")[0]
        assert first, f"{name} has no docstring"
        assert first.rstrip().endswith((".", "?", "!")) or "``." in first, f"{name} does not end its sentence"
