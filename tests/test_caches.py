"""What is kept is bounded: no cache of the package can grow with what visitors ask."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_house import SOURCES, module

BOUNDS = {"lru_cache": "maxsize", "cache_data": "max_entries", "cache_resource": "max_entries"}


def caches(tree: ast.AST) -> Iterator[tuple[str, ast.expr | None]]:
    """Find every mention of a cache: its name, and its bound if it is given one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (name := _name(node.func)) in BOUNDS:
            bound = {each.arg: each.value for each in node.keywords}.get(BOUNDS[name])
            yield name, bound or (node.args[0] if node.args else None)
        elif isinstance(node, ast.FunctionDef):
            yield from ((name, None) for each in node.decorator_list if (name := _name(each)) in {*BOUNDS, "cache"})


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def is_number(bound: ast.expr | None) -> bool:
    """Tell whether a bound is a whole number, or the length of a table."""
    table = isinstance(bound, ast.Call) and _name(bound.func) == "len"
    return table or (isinstance(bound, ast.Constant) and type(bound.value) is int)


@pytest.mark.parametrize("path", SOURCES, ids=module)
def test_every_cache_has_a_bound_that_can_be_read(path: Path) -> None:
    for name, bound in caches(ast.parse(path.read_text(encoding="utf-8"))):
        assert is_number(bound), f"{name} in {path} has no bound"


@pytest.mark.parametrize(
    ("source", "bounds"),
    [
        ("@lru_cache(maxsize=8)\ndef f(): ...", [8]),
        ("@functools.lru_cache(8)\ndef f(): ...", [8]),
        ("@lru_cache\ndef f(): ...", [None]),
        ("@functools.cache\ndef f(): ...", [None]),
        ("@st.cache_data\ndef f(): ...", [None]),
        ("@st.cache_data(ttl=3)\ndef f(): ...", [None]),
        ("kept = lru_cache(maxsize=4)(f)", [4]),
    ],
)
def test_the_search_finds_caches_however_they_are_written(source: str, bounds: list[int | None]) -> None:
    found = [bound for _, bound in caches(ast.parse(source))]
    assert [getattr(bound, "value", None) for bound in found] == bounds
    assert [is_number(bound) for bound in found] == [bound is not None for bound in bounds]
