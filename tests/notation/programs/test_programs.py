import ast
import re
import subprocess
import sys
from collections.abc import Mapping
from itertools import product
from pathlib import Path

import numpy as np
import pytest
import sympy as sp

from adadelta_viz.core import OPTIMIZERS, SURFACES, Optimizer
from adadelta_viz.core.optimizers.optimizer import Peer, hyper, last, now
from adadelta_viz.core.parameter import Parameter
from adadelta_viz.core.surfaces.surface import X, Y
from adadelta_viz.experiments import Experiment
from adadelta_viz.experiments.surface_names import named
from adadelta_viz.notation.programs import PROGRAMS, Unavailable
from adadelta_viz.notation.programs.printing import Python
from adadelta_viz.notation.programs.rule import memory, update
from tests.about import about
from tests.notation.programs.running import TYPED, experiment, printed

STEPS = {"rosenbrock": 100, "quadratic": 100, "himmelblau": 100, "ackley": 100, "goldstein_price": 10}
KERAS: Mapping[str, tuple[str, ...]] = {  # as documented at keras.io/api/optimizers
    "SGD": ("learning_rate", "momentum", "nesterov", "weight_decay"),
    "Adadelta": ("learning_rate", "rho", "epsilon", "weight_decay"),
    "Lion": ("learning_rate", "beta_1", "beta_2", "weight_decay"),
}


def every_program() -> dict[str, str]:
    """Each optimizer on one surface and each surface with one optimizer, with noise and without, in each library."""
    pairs = {("rosenbrock", key) for key in OPTIMIZERS} | {(key, "adadelta") for key in SURFACES}
    return {
        f"{library} {optimizer} {surface} {noise}": program
        for surface, optimizer in sorted(pairs)
        for noise in (0, 0.5)
        for library, write in PROGRAMS.items()
        if isinstance(program := write(experiment(surface, optimizer, 100, noise=noise)), str)
    }


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.filterwarnings("ignore:overflow:RuntimeWarning")  # some of them run away, in the program too
def test_the_numpy_program_ends_where_the_experiment_ends(optimizer: str) -> None:
    for surface, noise in product(STEPS, (0, 0.3)):
        done = experiment(surface, optimizer, STEPS[surface], noise=noise, seed=3)
        run = done.run()
        if run.stopped != "steps":
            done = experiment(surface, optimizer, int(run.diverged_at) - 1, noise=noise, seed=3)
        with about(surface, noise):
            np.testing.assert_allclose(printed("NumPy", done), run.theta[-1], rtol=1e-9, atol=0)


@pytest.mark.parametrize("surface", SURFACES)
def test_the_numpy_program_knows_the_slope_of_every_surface(surface: str) -> None:
    done = experiment(surface, "adadelta", 100)
    np.testing.assert_allclose(printed("NumPy", done), done.run().theta[-1], rtol=1e-9, atol=0)


@pytest.mark.parametrize("text", TYPED)
def test_the_numpy_program_knows_the_slope_of_a_typed_formula(text: str) -> None:
    done = experiment(named(text), "adadelta", 20)
    np.testing.assert_allclose(printed("NumPy", done), done.run().theta[-1], rtol=1e-9, atol=0)
    for library, write in PROGRAMS.items():
        program = write(done)
        assert isinstance(program, str), library
        ast.parse(program)
        assert max(map(len, program.splitlines())) <= 88, library


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_hyperparameters_reach_the_program_exactly(optimizer: str) -> None:
    odd = {
        each.name: each.default * (1.01234567 if each.scale == "log" else 0.987654321)
        for each in OPTIMIZERS[optimizer].hyperparameters
    }
    done = experiment("himmelblau", optimizer, 50, **odd)
    np.testing.assert_allclose(printed("NumPy", done), done.run().theta[-1], rtol=1e-9, atol=0)
    for write in PROGRAMS.values():
        program = write(done)
        assert isinstance(program, Unavailable) or all(repr(number) in program for number in odd.values())


def test_every_program_is_complete_and_short() -> None:
    for title, program in every_program().items():
        ast.parse(program, title)
        assert program.startswith(("import ", "from ")), title
        assert program.count("print(*") == 1, title
        assert program.count("\n") <= 36, title
        assert program.count("\n") <= 25 or not title.endswith(("adadelta rosenbrock 0", "sgd rosenbrock 0.5")), title
        assert max(map(len, program.splitlines())) <= 88, title


def test_ruff_finds_nothing_to_mend_in_any_program(tmp_path: Path) -> None:
    for title, program in every_program().items():
        (tmp_path / f"{title.replace(' ', '_')}.py").write_text(program, encoding="utf-8")
    check = [sys.executable, "-m", "ruff", "check", "--isolated", "--select=E,W,F,I,N,UP,B,C4,SIM,RET,PIE,NPY,PERF"]
    assert subprocess.run([*check, tmp_path], capture_output=True, text=True).stdout == "All checks passed!\n"
    layout = [sys.executable, "-m", "ruff", "format", "--isolated", "--check"]
    told = subprocess.run([*layout, tmp_path], capture_output=True, text=True).stdout
    changed = re.findall(r"Would reformat: \S*/(\S+)", told)
    broken_better = {f"NumPy_nadam_rosenbrock_{noise}.py" for noise in (0, 0.5)}  # ruff would break inside a fraction
    assert set(changed) <= broken_better


@pytest.mark.parametrize("library", PROGRAMS)
def test_where_there_is_no_program_one_sentence_says_why(library: str) -> None:
    for optimizer in OPTIMIZERS:
        program = PROGRAMS[library](Experiment(optimizer=optimizer))
        if isinstance(program, Unavailable):
            assert re.fullmatch(r"\S.{10,110}\.", program.reason), optimizer
            assert library.lower() in program.reason.lower(), optimizer


def test_every_optimizer_names_its_calls_in_known_libraries_with_known_hyperparameters() -> None:
    for optimizer in OPTIMIZERS.values():
        assert set(optimizer.libraries) <= set(PROGRAMS) - {"NumPy"}
        names = {each.name for each in optimizer.hyperparameters}
        for peer in optimizer.libraries.values():
            assert isinstance(peer, Unavailable) or set(re.findall(r"{(\w+)}", peer.call)) == names


@pytest.mark.parametrize("library", ["PyTorch", "Keras", "optax"])
def test_adadelta_states_its_learning_rate_and_one_comment_says_why(library: str) -> None:
    program = PROGRAMS[library](Experiment())
    assert isinstance(program, str)
    (comment,) = (line for line in program.splitlines() if "#" in line)
    assert re.search("lr=1.0|learning rate", comment)
    assert re.search(r"(lr|learning_rate)=1\.0, rho=0\.95, ", program)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_keras_is_called_with_arguments_that_it_documents(optimizer: str) -> None:
    peer = OPTIMIZERS[optimizer].libraries.get("Keras")
    if isinstance(peer, Peer):
        kind, arguments = re.fullmatch(r"keras\.optimizers\.(\w+)\((.*)\)", peer.call).groups()  # type: ignore[union-attr]
        assert set(re.findall(r"(\w+)=", arguments)) <= set(KERAS[kind])


def test_what_a_library_refuses_at_zero_is_said_before_it_refuses() -> None:
    program = PROGRAMS["PyTorch"](Experiment(optimizer="nesterov", numbers={"momentum": 0}))
    assert program == Unavailable("PyTorch takes momentum only above 0.")


def test_a_new_optimizer_has_a_numpy_program_from_its_equations_alone() -> None:
    theta, trail, gain = now("theta"), now("trail"), hyper("gain")
    with sp.evaluate(False):
        equations = (
            sp.Eq(trail, now("gradient") + gain * last("trail")),
            sp.Eq(theta, last("theta") - (trail + last("trail")) / 2),
        )
    new = Optimizer(
        "new",
        "New",
        "",
        "",
        (Parameter("gain", "gain", 0.5, (0, 1), "", symbol="γ"),),
        OPTIMIZERS["momentum"].update,  # programs read the equations only
        equations,
        state={"trail": OPTIMIZERS["momentum"].state["velocity"]},
    )
    assert memory(new, {"gain": 0.5}) == ["trail = np.zeros(2)"]
    assert update(new) == [
        "last_trail = trail",
        "trail = gradient + gain * last_trail",
        "theta = theta - (trail + last_trail) / 2",
    ]


@pytest.mark.parametrize(
    ("expression", "printed"),
    [
        (Y - X**2, "y - x**2"),
        (-(X**2) * Y, "-(x**2) * y"),
        (sp.Rational(13, 25) * X, "0.52 * x"),
        (X**4 / 3, "x**4 / 3"),
        ((X + Y) ** 2 / sp.sqrt(X), "(x + y) ** 2 / np.sqrt(x)"),
        (sp.sqrt(2) * X, "2**0.5 * x"),
        (sp.sin(1) * X, "x * 0.8414709848078965"),
        (X**Y, "x**y"),
        (X ** (-Y), "x ** (-y)"),
        (sp.exp(X) ** 3, "np.exp(3 * x)"),
        (sp.Abs(X) * sp.atan(Y), "np.abs(x) * np.arctan(y)"),
        (1 / X, "1 / x"),
        (sp.E**X + sp.pi, "np.exp(x) + np.pi"),
        (X ** sp.Rational(1, 3), "x ** (1 / 3)"),
        (sp.Max(X, Y, 1), "np.maximum(np.maximum(x, y), 1)"),
        (sp.Min(X, Y), "np.minimum(x, y)"),
    ],
)
def test_expressions_are_printed_as_a_person_writes_them(expression: sp.Expr, printed: str) -> None:
    assert Python("np").doprint(expression) == printed


def test_torch_cuts_off_at_a_plain_number() -> None:
    assert Python("torch").doprint(sp.Max(X, 1)) == "torch.clamp(x, min=1)"
    assert Python("torch").doprint(sp.Min(sp.Max(X, Y), 1)) == "torch.clamp(torch.maximum(x, y), max=1)"


def test_what_no_program_can_say_is_refused() -> None:
    with pytest.raises(NotImplementedError, match="no program can say gamma"):
        Python("np").doprint(sp.gamma(X))
