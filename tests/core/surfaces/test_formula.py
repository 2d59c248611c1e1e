"""What students type is understood as they mean it, or refused with one sentence that helps; it is never run."""

import json
import math
import pickle
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

import mpmath  # type: ignore[import-untyped]  # the arithmetic below SymPy
import numpy as np
import pytest
import sympy as sp
from hypothesis import example, given
from hypothesis import strategies as st

import adadelta_viz as av
from adadelta_viz.core.run.engine.batch import Batch
from adadelta_viz.core.surfaces.formula import read
from adadelta_viz.core.surfaces.formula.alphabet import FUNCTIONS, OF_ONE
from adadelta_viz.core.surfaces.formula.grammar import canonical
from adadelta_viz.core.surfaces.surface import X, Y
from adadelta_viz.core.surfaces.window import FARTHEST
from tests.about import about


def cases(name: str) -> list[dict[str, Any]]:
    """What a file of the test data holds: texts, whether they are formulas, and values at points."""
    lines = (Path(__file__).parents[2] / "data" / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


CASES = cases("formulas.jsonl")
AS_WRITTEN = cases("formulas_as_written.jsonl")
GOOD = [case for case in CASES if case["expect"] == "accept"]
BAD = [case for case in CASES if case["expect"] == "reject"]
PIECES = [*FUNCTIONS, *"xyeXY()|+-*/^,.²³√π·− ", "pi", "2", "0.5", "1e-2", "32", "**", "x^2", "(x+y)", "|x|"]
TEXT = st.text(max_size=300)
SOUP = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@cache
def built(text: str) -> av.Surface | av.FormulaError:
    """The surface that a text gives, or the error; many tests look at the same texts."""
    try:
        return av.Surface.from_formula(text)
    except av.FormulaError as error:
        return error


def surface_of(text: str) -> av.Surface:
    """The surface that a text gives."""
    found = built(text)
    assert isinstance(found, av.Surface), found
    return found


def refused(text: str) -> av.FormulaError:
    """The error that a text gives."""
    found = built(text)
    assert isinstance(found, av.FormulaError), f"“{text}” is a formula"
    return found


def assert_values(surface: av.Surface, case: dict[str, Any]) -> None:
    for x, y, value in case["value_at"]:
        assert float(surface.value(np.array([x, y]))) == pytest.approx(value, rel=1e-12)


def test_the_cases_are_the_whole_collection() -> None:
    assert (len(CASES), len(GOOD), len(BAD), len(AS_WRITTEN)) == (154, 45, 109, 79)


def test_a_formula_has_the_expected_values() -> None:
    for case in GOOD:
        with about(case["text"]):
            assert_values(surface_of(case["text"]), case)


def test_what_is_no_formula_gets_one_sentence_with_a_place_in_the_text() -> None:
    for case in BAD:
        with about(case["text"]):
            error = refused(case["text"])
            said = str(error)
            start, end = error.position
            assert 0 <= start <= end <= len(case["text"])
            assert error.place in said
            assert said.endswith(".")
            assert "\n" not in said
            assert said.isprintable()
            assert len(error.problem) < 200


def test_a_hint_is_a_formula_that_can_be_used() -> None:
    for case in BAD:
        error = refused(case["text"])
        if error.hint is not None:
            assert error.hint in str(error)
            assert surface_of(error.hint).title == error.hint.strip(), case["text"]


@pytest.mark.parametrize(
    ("text", "place", "hint"),
    [
        ("x2 + y2", "2", "x^2 + y^2"),
        ("sinx + y", "1 to 4", "sin(x) + y"),
        ("0,5x + y", "2", "0.5x + y"),
        ("sin²(x) + cos^2(y)", "1 to 3", "sin(x)² + cos(y)^2"),
        ("sin 2x + ln y", "1 to 3", "sin(2x) + ln(y)"),
        ("sen(x) + y", "1 to 3", "sin(x) + y"),
        ("(x + y", "1", "(x + y)"),
        ("|x", "1", "|x|"),
        ("x + y)", "6", "x + y"),
        ("[x + y]^2", "1", "(x + y)^2"),
        ("e(x) + y", "1", "exp(x) + y"),
        ("(x+1)2", "6", "(x+1)^2"),
        ("х^2 + y", "1", "x^2 + y"),
        ("x\u200b+ y", "2", "x + y"),
        ("", "1", "x^2 + 3y^2"),
        ("x^2 + z", "7", None),
        ("x +", "3", None),
        ("xy / 0", "1 to 6", None),
        ("y + log(0)", "5 to 10", None),
        ("1.2.3x", "4 to 5", None),
        ("max(x) + y", "6", None),
        ("eye", "1 to 3", None),
        ("x²³³", "2 to 4", None),
    ],
)
def test_a_mistake_is_found_where_it_is_and_put_right_where_that_is_clear(
    text: str, place: str, hint: str | None
) -> None:
    error = refused(text)
    assert error.place.removeprefix("characters ").removeprefix("character ") == place
    assert error.hint == hint


def hint_of(text: str) -> str | None:
    """The hint that a text gets; None where it has none, or needs none."""
    found = built(text)
    return found.hint if isinstance(found, av.FormulaError) else None


def test_a_hint_means_what_was_written() -> None:
    for case in AS_WRITTEN:
        if case["expect"] == "accept" and (hint := hint_of(case["text"])) is not None:
            with about(case["text"], hint):
                assert_values(surface_of(hint), case)


AMBIGUOUS = (
    "x1^2+x2^2", "x1 + y", "x2^2", "x2²", "x 2", "x2.5", "x10 + y", "1,000x^2", "1,250x", "max(x,0,1)", "x and y",
    "sqr(x)", "sinc(x)", "sing(x)", "tau x", "sin x/2", "sin x^y", "sin x^2.5", "sin x(y)", "sin x|y|", "sin x y",
    "sin^2(x)^2", "sin²(x)³", "tan^-1(x)", "log10x", "log10(x)", "log2 x", "x+1)^2", "2x+1)+y", "|x) + y",
)  # fmt: skip


def test_where_more_than_one_function_can_be_meant_there_is_no_hint() -> None:
    written = [case["text"] for case in AS_WRITTEN if case["expect"] == "reject" and case["text"] != "x2"]
    hints = {text: refused(text).hint for text in (*written, *AMBIGUOUS)}
    assert {text: hint for text, hint in hints.items() if hint is not None} == {}


NAMES = {name for module in (math, np, sp) for name in dir(module) if name.isalpha() and name.islower()}
POINTS = np.array([[0.2, 0.7], [0.0, 0.0]])


def test_the_name_of_another_function_is_never_taken_for_one_that_is_known() -> None:
    for name in NAMES - {*FUNCTIONS, "e"}:
        if (hint := hint_of(f"{name}(x) + y")) is not None:
            found = surface_of(hint).value(POINTS)
            np.testing.assert_allclose(found, getattr(np, name)(POINTS[0]), err_msg=f"{name} is not {hint}")


TERMS = st.tuples(
    st.sampled_from([name for name in OF_ONE if name != "sign"]),
    st.sampled_from(["", "^2", "²", "**3"]),
    st.sampled_from(["", "-", "−"]),
    st.sampled_from(["", "2", "0.5", "12"]),
    st.lists(st.sampled_from(["x", "y", "π", "pi", "x^2", "y²", "x**3"]), min_size=1, max_size=3).map("".join),
)


@given(terms=st.lists(TERMS, min_size=1, max_size=3), joined=st.sampled_from([" + ", "-", " "]))
def test_a_function_without_brackets_gets_them_around_the_product_behind_it(
    terms: list[tuple[str, str, str, str, str]], joined: str
) -> None:
    bare = joined.join(f"{name}{power} {sign}{number}{product}" for name, power, sign, number, product in terms)
    full = joined.join(f"{name}({sign}{number}{product}){power}" for name, power, sign, number, product in terms)
    try:
        meant = read(full, X, Y)
    except av.FormulaError:
        return
    assert read(hint_of(bare) or "", X, Y) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1/2x + y", "(1/2)*x + y"),
        ("xy", "x*y"),
        ("pix + y", "pi*x + y"),
        ("2e^x + y", "2*exp(x) + y"),
        ("xsin(y)", "x*sin(y)"),
        ("x(1-x)(y)", "x*(1-x)*y"),
        ("||x| - y|", "abs(abs(x) - y)"),
        ("|x||y|", "abs(x)*abs(y)"),
        ("2|x|", "2*abs(x)"),
        ("√2x + y", "sqrt(2)*x + y"),
        ("√(x)y", "sqrt(x)*y"),
        ("-x²", "-(x^2)"),
        ("x^y²", "x^(y^2)"),
        ("x^-y", "x^(-y)"),
        ("2x^2y", "2*(x^2)*y"),
        ("x ÷ 2 × y", "x/2*y"),
        ("arctan(x)y", "atan(x)*y"),
        ("z = x + y", "x + y"),
        ("f = x + y", "x + y"),
        ("X Sin(Y)", "x*sin(y)"),
        ("max(x, min(y, 1))", "max(x,min(y,1))"),
        ("--x", "x"),
        ("x*-y", "-(x*y)"),
        ("e + x", "x + e"),
    ],
)
def test_what_is_not_written_out_means_what_it_says(text: str, meant: str) -> None:
    assert read(text, X, Y) == read(meant, X, Y)


def test_gradient_and_hessian_are_central_differences_away_from_kinks() -> None:
    for case in GOOD:
        with about(case["text"]):
            assert_central_differences(surface_of(case["text"]))


def assert_central_differences(surface: av.Surface) -> None:
    evaluate = sp.lambdify((X, Y), surface.expression, modules="mpmath")
    checked = 0
    for x, y in np.random.default_rng(7).uniform(-2, 2, (12, 2)):
        with mpmath.workdps(60):
            h = mpmath.mpf("1e-15")
            f = {
                (i, j): evaluate(mpmath.mpf(float(x)) + i * h, mpmath.mpf(float(y)) + j * h)
                for i in (-1, 0, 1)
                for j in (-1, 0, 1)
            }
            if any(isinstance(value, mpmath.mpc) or abs(value) > 1e12 for value in f.values()):
                continue  # outside the real numbers, as log(x) is at the left
            slope = [(f[1, 0] - f[-1, 0]) / (2 * h), (f[0, 1] - f[0, -1]) / (2 * h)]
            xx = (f[1, 0] - 2 * f[0, 0] + f[-1, 0]) / h**2
            yy = (f[0, 1] - 2 * f[0, 0] + f[0, -1]) / h**2
            xy = (f[1, 1] - f[1, -1] - f[-1, 1] + f[-1, -1]) / (4 * h**2)
        expected = [float(each) for each in (*slope, xx, xy, xy, yy)]
        theta = np.array([x, y])
        found = [*surface.gradient(theta), *surface.hessian(theta).ravel()]
        np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-9 * max(1, *map(abs, expected)))
        checked += 1
    assert checked >= 3


def test_derivatives_exist_where_sympy_alone_would_leave_the_real_numbers() -> None:
    surface = av.Surface.from_formula("|ln(x)| + sign(xy) + max(√x, y)")
    np.testing.assert_allclose(surface.gradient(np.array([0.25, 0.1])), [-4 + 1, 0])
    np.testing.assert_allclose(surface.hessian(np.array([0.25, 0.9])), [[16, 0], [0, 0]])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("x" * 201, "at most 200 characters"),
        ("+" * 161, "at most 160 signs"),
        ("(" * 9 + "x" + ")" * 9, "at most 8 deep"),
        ("|" * 9 + "x" + "|" * 9, "at most 8 deep"),
        ("x^33", "between −32 and 32"),
        ("x^-33", "between −32 and 32"),
        ("((x^8)^8)^2", "degree 64"),
        ("((2x)^32)^32", "degree 64"),
        ("√(x^32)^5", "degree 64"),
        ("2e15x", "between 1e-15 and 1e+15"),
        ("1e-16x", "between 1e-15 and 1e+15"),
        ("1e8 * 1e8 x", "larger than 1e+15"),
        ("x^y + y^x + x^x + y^y", "at most 3 powers"),
        ("+".join(["sin(x)"] * 13), "at most 12 functions"),
        ("max(x,y) + max(x,1) + min(y,1)", "at most 2 uses"),
        ("(-2)^x", "must be positive"),
        ("x / (1 - 1)", "divides by zero"),
        ("tan(pi/2) x", "larger than 1e+15"),
        ("asin(2) + x", "not a real number"),
        ("x^0", "must depend on x or y"),
        ("x - x", "must depend on x or y"),
        ("(x+1)(x+2)(x+3)(x+4)(x+5)(x+6)(x+7)(x+8)(x+9)(x+10)(x+11)(x+12)(y+1)(y+2)(y+3)", "operations, more than 300"),
        ("log(-1-x^2)", "no finite value in the window"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_would_be_too_much_is_refused_before_it_is_done(text: str, says: str) -> None:
    assert says in str(refused(text))


def test_a_number_of_hundreds_of_digits_is_refused() -> None:
    assert "hundreds of digits" in str(refused("(1e15x)^31 (1e15y)^31"))


@pytest.mark.parametrize("domain", [((1, 1), (0, 1)), ((2, 1), (0, 1)), ((0, 1), (0, math.nan)), ((-1e9, 0), (0, 1))])
def test_an_impossible_window_is_refused(domain: Any) -> None:
    with pytest.raises(ValueError, match=r"the window in [xy] must run from a smaller to a larger number within ±1000"):
        av.Surface.from_formula("x + y", domain)


def test_a_run_starts_in_the_window_on_a_slope() -> None:
    far = ((0.5, 2.5), (-FARTHEST, FARTHEST))
    for case in GOOD:
        for surface in (surface_of(case["text"]), av.Surface.from_formula(case["text"], far)):
            ends = zip(surface.start, surface.domain, strict=True)
            assert all(low < at < high for at, (low, high) in ends), case["text"]
            run = av.descend(surface, av.OPTIMIZERS["adadelta"], surface.start, 3)
            assert (run.theta[-1] != run.theta[0]).any(), case["text"]


def test_an_error_travels_between_processes_whole() -> None:
    error = refused("x2 + y")
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.position, again.hint) == (str(error), error.position, error.hint)


WATCHING: list[str] = []
ALLOWED: set[str] = set()
IMPORTS = re.compile(r"from (functools|numpy) import [a-z_]+(, [a-z_]+)*")  # what lambdify asks for by itself
BEYOND = ("socket.", "subprocess.", "os.", "shutil.", "ctypes.", "pty.", "webbrowser.")


WORDS = {
    "return", "pi", "e", "reduce", "power", "maximum", "minimum", "abs", "sign", "sqrt", "exp", "log", "sin", "cos",
    "tan", "arcsin", "arccos", "arctan", "sinh", "cosh",
    "tanh",
}  # fmt: skip


def generated(source: str) -> bool:
    """Whether this is what lambdify writes for one of our expressions: one function of x and y, in a few words."""
    head, body = source.split("\n", 1)
    words = {word for word in re.findall(r"(?<![0-9.])[^\W\d]\w*", body) if not re.fullmatch(r"[xy]\d*", word)}
    plain = not re.search(r"['\"]|[A-Za-z_]\.", body)
    return head == "def _lambdifygenerated(x, y):" and plain and words <= WORDS


def watch(event: str, arguments: tuple[Any, ...]) -> None:
    """Note everything that reading a formula must not do."""
    if not WATCHING:
        return
    if event == "compile":
        source = arguments[0].decode() if isinstance(arguments[0], bytes) else str(arguments[0])
        known = IMPORTS.fullmatch(source) or (str(arguments[1]).startswith("<lambdify") and generated(source))
        harmless = source in ALLOWED or known
    elif event == "exec":
        code = arguments[0]  # of "from numpy import ..." it holds no call
        harmless = code.co_filename.startswith("<lambdify") or {*code.co_names} <= {
            "functools",
            "reduce",
            "numpy",
            *dir(np),
        }
    elif event == "open":
        harmless = not set(str(arguments[1])) & set("wax+")
    else:
        harmless = not event.startswith(BEYOND)
    if not harmless:
        WATCHING.append(f"{event} {arguments}"[:300])


sys.addaudithook(watch)


@contextmanager
def nothing_else(text: str) -> Iterator[None]:
    """Fail if anything but the canonical text is compiled, or anything runs, is written or connects."""
    ALLOWED.clear()
    candidate: str | None = text
    for _ in range(9):  # the text, and the hints that are tried
        try:
            ALLOWED.add(canonical(candidate or "").text)
            break
        except av.FormulaError as error:
            candidate = error.hint
    WATCHING.append("watching")
    try:
        yield
        seen = WATCHING[1:]
    finally:
        WATCHING.clear()
    assert seen == []


def used(text: str) -> None:
    """Use a text as the pages do: it gives values of the right shape, or a formula error and nothing else."""
    with nothing_else(text):
        try:
            surface = av.Surface.from_formula(text)
        except av.FormulaError:
            return
        theta = np.random.default_rng(1).uniform(-3, 3, (2, 4, 5))
        shapes = surface.value(theta).shape, surface.gradient(theta).shape, surface.hessian(theta).shape
        with np.errstate(all="ignore"):
            Batch(surface, av.OPTIMIZERS["sgd"], theta.reshape(2, -1), {"lr": 0.1}).evaluate(0)
            with suppress(ArithmeticError):
                assert len(surface.at(0.3, 0.7)) == 3
        assert surface.latex
    assert shapes == ((4, 5), (2, 4, 5), (2, 2, 4, 5))


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    """Let SymPy load what it loads late, before anything is watched."""
    for text in ("max(|x|, sign(y)) + √(log(x)^2)", "tan(x)^y + min(x, y)", "sinh(x)tanh(y) + asin(x)acos(y)atan(x)"):
        surface = av.Surface.from_formula(text)
        surface.value(np.ones(2))
        surface.hessian(np.ones(2))


def test_no_known_text_runs_writes_or_connects() -> None:
    for case in CASES:
        with about(case["text"]):
            used(case["text"])


@given(text=TEXT)
@example("\x00")
@example("\ud800")
def test_arbitrary_text_runs_nothing(text: str) -> None:
    used(text)


@given(text=SOUP)
def test_any_soup_of_the_alphabet_runs_nothing(text: str) -> None:
    used(text)


def extremes() -> st.SearchStrategy[str]:
    """Max and min of what SymPy might rebuild: powers, roots and quotients."""
    part = st.sampled_from(
        [
            "x",
            "0",
            "1",
            "1-x^2",
            "x^3-y",
            "(x+y)^4",
            "x^-2",
            "1/x",
            "√(x²+y²)",
            "e^(-x^2)",
            "ln(x^2+y^2)",
            "|x|",
            "sin(y)²",
        ]
    )
    around = st.sampled_from(["{}", "|{}|+y^2", "({})^2", "({})^-3 + x", "x^2+{}", "√({})+y", "e^({})", "max(x^2, {})"])
    call = st.tuples(st.sampled_from(["max", "min"]), part, part).map("{0[0]}({0[1]},{0[2]})".format)
    return st.tuples(around, call).map(lambda drawn: drawn[0].format(drawn[1]))


@given(text=extremes())
@example("max(0,1-x^2)")
@example("max(0,cos(y/x))")
def test_max_and_min_beside_powers_are_used_or_refused_with_a_sentence(text: str) -> None:
    used(text)


def test_max_and_min_have_the_expected_values() -> None:
    for case in AS_WRITTEN:
        if case["class"] == "max-min" and case["text"].count(",") == 1:  # three arguments are not read yet
            with about(case["text"]):
                assert_values(surface_of(case["text"]), case)


def formulas() -> st.SearchStrategy[str]:
    """Formulas that are written correctly, small or large."""
    leaf = st.sampled_from(["x", "y", "2", "0.5", "1e-3", "pi", "e", "7"])
    return st.recursive(
        leaf,
        lambda inner: st.one_of(
            st.tuples(inner, st.sampled_from("+-*/^"), inner).map("".join),
            st.tuples(st.sampled_from([name for name in FUNCTIONS if FUNCTIONS[name] == 1]), inner).map(
                "{0[0]}({0[1]})".format
            ),
            st.tuples(st.sampled_from(["max", "min"]), inner, inner).map("{0[0]}({0[1]},{0[2]})".format),
            inner.map("({})".format),
            inner.map("|{}|".format),
        ),
        max_leaves=8,
    )


@given(text=formulas())
def test_whatever_is_written_correctly_is_used_or_refused_with_a_sentence(text: str) -> None:
    used(text)
    written = canonical(text)  # the grammar knows nothing against it
    assert written.place(0, len(written.text)) == (0, len(text))


def test_the_watch_sees_what_it_is_there_for(tmp_path: Path) -> None:
    for forbidden in ("1 + 1", "import os"):
        with pytest.raises(AssertionError, match="compile"), nothing_else("x"):
            exec(forbidden)
    with pytest.raises(AssertionError, match="open"), nothing_else("x"):
        (tmp_path / "x").write_text("")
