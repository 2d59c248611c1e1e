"""Rules that hold in every source file: it is short, runs no text as code, bounds its caches and explains itself."""

import ast
import subprocess
import sys
from collections.abc import Iterator

import pytest

from adadelta_viz.core import FormulaError, Surface
from tests.sources import PACKAGE, ROOT, SOURCES, names, place, public, tree

RUNS_TEXT = {
    "eval", "exec", "compile", "__import__", "sympify", "parse_expr", "parse_latex", "S", "N", "evalf", "literal_eval",
    "loads_pickle", "srepr", "numexpr",
}  # fmt: skip
STORES = {"pickle", "marshal", "shelve"}
BOUNDS = {"lru_cache": "maxsize", "cache_data": "max_entries", "cache_resource": "max_entries"}


def test_every_file_of_the_package_is_read_in_one_sitting() -> None:
    lengths = {place(path): len(path.read_text(encoding="utf-8").splitlines()) for path in PACKAGE}
    assert {name: length for name, length in lengths.items() if length > 250} == {}


def test_the_core_opens_no_file_and_prints_nothing() -> None:
    core = [path for path in PACKAGE if place(path).startswith("adadelta_viz/core/")]
    assert core
    calls = [node.func for path in core for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
    assert {call.id for call in calls if isinstance(call, ast.Name)}.isdisjoint({"open", "print", "input"})


def test_no_module_turns_text_into_code() -> None:
    assert {(place(path), name) for path in SOURCES for name in names(tree(path)) if name in RUNS_TEXT} == set()


def test_only_our_own_processes_exchange_stored_objects() -> None:
    stored = {(place(path), name) for path in SOURCES for name in names(tree(path)) if name in STORES}
    assert stored == {("adadelta_viz/server/map_worker.py", "pickle")}


def test_markdown_holds_html_in_one_place_where_visitors_write_nothing() -> None:
    unsafe = {place(path) for path in SOURCES if "unsafe_allow_html" in path.read_text(encoding="utf-8")}
    assert unsafe == {"adadelta_viz/views/math_html.py"}  # our own MathML; names of formulas are escaped


@pytest.mark.parametrize("letter", "<>&\"'`$\\[]")
def test_no_formula_has_a_letter_that_html_or_markdown_acts_on(letter: str) -> None:
    with pytest.raises(FormulaError):
        Surface.from_formula(f"x + {letter} y")


def test_every_module_class_and_function_says_its_idea_in_a_sentence() -> None:
    assert [name for path in PACKAGE for name in unexplained(tree(path), place(path))] == []


def unexplained(module: ast.Module, path: str) -> Iterator[str]:
    for node in (module, *public(module)):
        first = (ast.get_docstring(node) or "").split("\n\n")[0].rstrip()
        if not first.endswith((".", "?", "!")) and "``." not in first:
            yield f"{path}: {getattr(node, 'name', 'the module')}"


def caches(module: ast.AST) -> Iterator[tuple[str, ast.expr | None]]:
    """Find every mention of a cache: its name, and its bound if it is given one."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and (name := called(node.func)) in BOUNDS:
            bound = {each.arg: each.value for each in node.keywords}.get(BOUNDS[name])
            yield name, bound or (node.args[0] if node.args else None)
        elif isinstance(node, ast.FunctionDef):
            yield from ((name, None) for each in node.decorator_list if (name := called(each)) in {*BOUNDS, "cache"})


def called(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def is_number(bound: ast.expr | None) -> bool:
    """Tell whether a bound is a whole number, or the length of a table."""
    table = isinstance(bound, ast.Call) and called(bound.func) == "len"
    return table or (isinstance(bound, ast.Constant) and type(bound.value) is int)


def test_every_cache_has_a_bound_that_can_be_read() -> None:
    found = [(place(path), name, bound) for path in SOURCES for name, bound in caches(tree(path))]
    assert found
    assert [(path, name) for path, name, bound in found if not is_number(bound)] == []


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


def test_experiments_run_where_streamlit_and_plotly_are_not_installed() -> None:
    program = (
        "import sys\n"
        "sys.modules.update(dict.fromkeys(['streamlit', 'plotly', 'starlette']))\n"
        "import adadelta_viz as av\n"
        "run = av.descend(av.SURFACES['rosenbrock'], av.OPTIMIZERS['adadelta'], (-1.5, 2.0), 3)\n"
        "print(run.stopped, len(run.theta), av.Experiment().surface)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("steps 4 rosenbrock\n", "")
