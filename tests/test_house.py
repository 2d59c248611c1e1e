"""The house: an import only ever points downwards."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FLOORS = {
    "adadelta_viz.core": 1,
    "adadelta_viz.claims": 2,
    "adadelta_viz.figures": 2,
    "adadelta_viz.notation.programs": 2,
    "adadelta_viz.theory": 2,
    "adadelta_viz.player": 2,
    "adadelta_viz.ui": 3,
    "pages": 4,
    "app": 5,
}
CORE_MAY_USE = {
    "numpy", "sympy", "adadelta_viz", "ast", "bisect", "collections", "contextlib", "dataclasses", "difflib",
    "functools", "hashlib", "itertools", "math", "operator", "re", "types", "typing", "unicodedata",
}  # fmt: skip
SOURCES = sorted([*ROOT.glob("adadelta_viz/**/*.py"), *ROOT.glob("pages/*.py"), ROOT / "app.py"])
CORE = sorted(ROOT.glob("adadelta_viz/core/**/*.py"))


def module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def floor(name: str) -> int | None:
    """The floor of a module, None for the package's front door and for what others wrote."""
    return next((level for part, level in FLOORS.items() if name == part or name.startswith(f"{part}.")), None)


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def top(name: str) -> str:
    return name.partition(".")[0]


every_source = pytest.mark.parametrize("path", SOURCES, ids=module)


def test_every_module_lives_on_a_floor() -> None:
    assert [module(path) for path in SOURCES if floor(module(path)) is None] == ["adadelta_viz"]


@every_source
def test_imports_point_downwards(path: Path) -> None:
    own = floor(module(path)) or 2  # the front door shows what the core offers
    upward = [name for name in imported(path) if (floor(name) or 0) > own]
    assert upward == []


def test_figures_know_nothing_of_the_player() -> None:
    names = {name for path in ROOT.glob("adadelta_viz/figures/*.py") for name in imported(path)}
    assert not [name for name in names if name.startswith("adadelta_viz.player")]


@pytest.mark.parametrize("path", CORE, ids=module)
def test_the_core_uses_numpy_sympy_and_nothing_that_touches_the_world(path: Path) -> None:
    assert {top(name) for name in imported(path)} <= CORE_MAY_USE
    calls = [node.func for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    assert {call.id for call in calls if isinstance(call, ast.Name)}.isdisjoint({"open", "print", "input", "eval"})


@pytest.mark.parametrize("path", CORE, ids=module)
def test_a_module_of_the_core_is_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 250


@pytest.mark.parametrize(
    ("folder", "banned"),
    [
        ("adadelta_viz/figures", {"streamlit", "plotly"}),
        ("adadelta_viz/player", {"streamlit", "plotly"}),
        ("pages", {"numpy", "sympy", "plotly"}),
    ],
)
def test_a_floor_does_without_what_belongs_elsewhere(folder: str, banned: set[str]) -> None:
    used = {top(name) for path in (ROOT / folder).glob("*.py") for name in imported(path)}
    assert used
    assert used.isdisjoint(banned)


def test_the_core_works_where_streamlit_and_plotly_are_not_installed() -> None:
    program = (
        "import sys\n"
        "sys.modules.update(dict.fromkeys(['streamlit', 'plotly', 'starlette']))\n"
        "import adadelta_viz.core as core\n"
        "run = core.descend(core.SURFACES['rosenbrock'], core.OPTIMIZERS['adadelta'], (-1.5, 2.0), 3)\n"
        "print(run.stopped, len(run.theta), core.Experiment().surface)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("steps 4 rosenbrock\n", "")
