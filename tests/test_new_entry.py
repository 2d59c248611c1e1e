"""A newcomer adds an optimizer and a surface to a copy of the project: one entry and its line in the catalogue each.

Everything else must follow from the entry. In the copy run the tests that the catalogues drive, for the new entries
alone, and a walk through menus, links, runs, races, maps, programs and the family tree.
"""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
COPIED = ("adadelta_viz", "pages", "tests", "app.py", "README.md", "pyproject.toml")
DRIVEN = ("core/optimizers", "core/surfaces", "core/run", "experiments", "figures", "player", "notation", "theory")
OPTIMIZER = '''"""A rule that nobody needs."""

import sympy as sp

from adadelta_viz.core.arrays import Array, Number
from adadelta_viz.core.optimizers.hyperparameters import BETA1, rate
from adadelta_viz.core.optimizers.moments import BETA_1, LR, MEAN_GRAD, MOMENTS, THETA, G
from adadelta_viz.core.optimizers.optimizer import Optimizer, State, last, now


def _update(theta: Array, gradient: Array, state: State, t: int, *, lr: Number, beta1: Number) -> tuple[Array, State]:
    mean_grad = beta1 * state[0] + (1 - beta1) * gradient
    return -lr * mean_grad, (mean_grad,)


with sp.evaluate(False):
    THROWAWAY = Optimizer(
        "throwaway",
        "Throwaway",
        "Follows the running mean of the gradient.",
        "Nobody (2024), a rule for one test",
        (rate(0.01, library=0.01), BETA1),
        _update,
        (
            sp.Eq(MEAN_GRAD, BETA_1 * last("mean_grad") + (1 - BETA_1) * G),
            sp.Eq(now("theta"), THETA - LR * MEAN_GRAD),
        ),
        state={"mean_grad": MOMENTS["mean_grad"]},
        year=2024,
        parents=("momentum", "adamw"),
    )
'''
SURFACE = """
    Surface(
        "throwaway_bowl",
        "Throwaway bowl",
        (X - 1) ** 2 + 3 * (Y + sp.Rational(1, 2)) ** 2,
        domain=_square(3.0),
        start=(-2.0, 2.0),
        minima=((1.0, -0.5),),
        teaches="What one entry in the catalogue brings along.",
        source="textbook: a quadratic form",
    ),
)

SURFACES"""


def add(root: Path) -> None:
    """Do what the README's table says to whoever adds an optimizer or a surface."""
    core = root / "adadelta_viz" / "core"
    (core / "optimizers" / "throwaway.py").write_text(OPTIMIZER, encoding="utf-8")
    edits = {
        core / "optimizers" / "catalogue.py": {
            "\n_BEFORE =": "\nfrom adadelta_viz.core.optimizers.throwaway import THROWAWAY\n_BEFORE =",
            "RPROP, LION)": "RPROP, LION, THROWAWAY)",
        },
        core / "surfaces" / "catalogue.py": {"\n)\n\nSURFACES": SURFACE},
    }
    for path, replaced in edits.items():
        text = path.read_text(encoding="utf-8")
        for old, new in replaced.items():
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")


def test_an_optimizer_and_a_surface_are_one_entry_each(tmp_path: Path) -> None:
    for name in COPIED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    add(tmp_path)
    paths = ["tests/new_entries.py", *(f"tests/{each}" for each in DRIVEN)]
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-k", "throwaway", "-p", "no:cacheprovider", *paths]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
