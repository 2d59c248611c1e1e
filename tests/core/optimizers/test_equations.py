"""The printed equations are the rule: evaluated here by themselves, they give what the rule gives."""

import re
from collections.abc import Callable, Mapping
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
import sympy as sp

from adadelta_viz.core import OPTIMIZERS, SURFACES, Optimizer, Trajectory, descend
from adadelta_viz.core.arrays import Array
from adadelta_viz.notation.mathml import formula, notation, numbers, terms
from adadelta_viz.notation.numbers import written
from tests.about import about
from tests.said import number

STEPS = 30
SURFACE_KEYS = ("rosenbrock", "quadratic", "himmelblau")


def named(optimizer: Optimizer) -> str:
    return optimizer.key


every_optimizer = pytest.mark.parametrize("optimizer", OPTIMIZERS.values(), ids=named)


def usual(optimizer: Optimizer) -> dict[str, float]:
    return {each.name: each.default for each in optimizer.hyperparameters}


def unusual(optimizer: Optimizer) -> dict[str, float]:
    """Values that no default hides: no factor of one, no term of zero."""
    return {each.name: 0.9 * each.default or 0.1 for each in optimizer.hyperparameters}


def run_of(optimizer: Optimizer, key: str, hyper: dict[str, Any], noise: float = 0.0) -> Trajectory:
    """A short run, even shorter where the rule runs away: its finite part obeys the equations too."""
    run = descend(SURFACES[key], optimizer, SURFACES[key].start, STEPS, noise=noise, **hyper)
    assert len(run.delta) >= 3
    return run


def parts(symbol: sp.Symbol) -> tuple[str, str]:
    """Split a symbol into the quantity and its offset from the current step."""
    name, _, offset = symbol.name.partition("|")
    return name, offset


def evaluated(optimizer: Optimizer, run: Trajectory, hyper: dict[str, float]) -> dict[str, list[list[float]]]:
    """Evaluate the equations in their order with plain floats, each step from what was recorded before it."""
    compiled = []
    for equation in optimizer.equations:
        symbols = sorted(equation.rhs.free_symbols, key=str)
        compiled.append((parts(equation.lhs)[0], symbols, sp.lambdify(symbols, equation.rhs, modules="math")))
    found: dict[str, list[list[float]]] = {target: [] for target, _, _ in compiled}
    for t in range(1, len(run.theta)):
        row: dict[str, list[float]] = {target: [] for target in found}
        for i in range(2):
            before = {name: float(record[t - 1, i]) for name, record in (run.state | {"theta": run.theta}).items()}
            now = {"gradient": float(run.gradient[t - 1, i])}
            for target, symbols, function in compiled:
                given = []
                for symbol in symbols:
                    name, offset = parts(symbol)
                    given.append(float(t) if name == "t" else {"": hyper, "0": now, "-1": before}[offset][name])
                now[target] = float(function(*given))
                row[target].append(now[target])
        for target, pair in row.items():
            found[target].append(pair)
    return found


@every_optimizer
def test_the_equations_do_what_the_rule_does(optimizer: Optimizer) -> None:
    conditions = [(key, choose(optimizer), 0.0) for key in SURFACE_KEYS for choose in (usual, unusual)]
    for key, hyper, noise in (*conditions, ("himmelblau", unusual(optimizer), 1.0)):
        run = run_of(optimizer, key, hyper, noise)
        found = evaluated(optimizer, run, hyper)
        for name, record in {"theta": run.theta, **run.state}.items():
            said = f"{name} on {key} with {hyper} and noise {noise}"
            np.testing.assert_allclose(found[name], record[1:], rtol=1e-12, atol=1e-13, err_msg=said)


@every_optimizer
def test_the_terms_for_the_screen_are_those_of_the_equations(optimizer: Optimizer) -> None:
    for key in SURFACE_KEYS:
        with about(key):
            assert_terms_are_those_of_the_equations(optimizer, key)


def assert_terms_are_those_of_the_equations(optimizer: Optimizer, key: str) -> None:
    hyper = unusual(optimizer)
    run = run_of(optimizer, key, hyper)
    shown = terms(optimizer, run, hyper)
    for name, rows in evaluated(optimizer, run, hyper).items():
        np.testing.assert_allclose(shown[name][1:], rows, rtol=1e-12, atol=1e-13, err_msg=name)
        assert shown[name].shape == run.theta.shape
    assert np.isnan(shown["gradient"][0]).all(), "no slope led to the start"
    assert (shown["gradient"][1:] == run.gradient[:-1]).all(), "step t uses the slope of iterate t − 1"
    assert (shown["t"] == np.arange(len(run.theta))[:, None]).all()
    for name in optimizer.intermediate:
        assert np.isnan(shown[name][0]).all()


@every_optimizer
def test_each_equation_defines_one_quantity_from_quantities_already_known(optimizer: Optimizer) -> None:
    known = {("gradient", "0"), ("t", ""), ("theta", "-1"), *((name, "-1") for name in optimizer.state)}
    known |= {(each.name, "") for each in optimizer.hyperparameters}
    for equation in optimizer.equations:
        assert {parts(symbol) for symbol in equation.rhs.free_symbols} <= known
        assert parts(equation.lhs) not in known
        assert parts(equation.lhs)[1] == "0"
        known.add(parts(equation.lhs))
    defined = {parts(equation.lhs)[0] for equation in optimizer.equations}
    assert defined == {"theta", *optimizer.state, *optimizer.intermediate}
    assert parts(optimizer.equations[-1].lhs)[0] == "theta", "the iterate comes last"


@every_optimizer
def test_every_hyperparameter_and_every_memory_appears_in_the_equations(optimizer: Optimizer) -> None:
    used = {parts(symbol)[0] for equation in optimizer.equations for symbol in equation.rhs.free_symbols}
    started = set() if optimizer.init is None else {"lr"}  # what the memory starts from need not appear again
    assert {each.name for each in optimizer.hyperparameters} - used <= started
    assert set(optimizer.state) <= used


@every_optimizer
def test_every_quantity_has_its_own_letter(optimizer: Optimizer) -> None:
    letters = notation(optimizer)
    used = {parts(symbol)[0] for equation in optimizer.equations for symbol in equation.free_symbols}
    assert used <= letters.keys()
    assert len(set(letters.values())) == len(letters)
    assert all(letters.values())


def parsed(mathml: str) -> ElementTree.Element:
    return ElementTree.fromstring(mathml.replace(" data-result>", ' data-result="">'))


@every_optimizer
def test_formulas_are_well_formed_and_show_no_code_names(optimizer: Optimizer) -> None:
    letters = set(notation(optimizer).values()) | {"sign", "max", "min"}
    for equation in optimizer.equations:
        shown = parsed(formula(optimizer, equation))
        assert shown.tag == "math"
        assert {each.text for each in shown.iter("mi")} <= letters
        assert "|0" not in formula(optimizer, equation)


@every_optimizer
def test_numbers_leave_holes_only_for_known_terms_and_one_for_the_result(optimizer: Optimizer) -> None:
    run = run_of(optimizer, "quadratic", usual(optimizer))
    recorded = terms(optimizer, run, usual(optimizer))
    for equation in optimizer.equations:
        shown = parsed(numbers(equation, usual(optimizer)))
        holes = [each for each in shown.iter("mn") if "data-term" in each.attrib]
        assert all(hole.attrib["data-term"] in recorded and hole.attrib["data-at"] in ("0", "-1") for hole in holes)
        assert all(each.text for each in shown.iter("mn") if each not in holes)
        results = [hole.attrib for hole in holes if "data-result" in hole.attrib]
        assert results == [{"data-term": parts(equation.lhs)[0], "data-at": "0", "data-result": ""}]
        letters = {each.text for each in shown.iter("mi")}
        assert letters <= {"sign", "max", "min"}, "numbers for letters"


class Reader:
    """Reads MathML as the eye does: only what is visible groups, an ``<mrow>`` by itself does not."""

    def __init__(self, leaf: Callable[[ElementTree.Element], float | None]) -> None:
        self.leaf = leaf
        self.bars = 0

    def value(self, *elements: ElementTree.Element) -> float:
        tools = {"sqrt": np.sqrt, "sign": np.sign, "max": max, "min": min, "abs": abs, "nan": np.nan, "inf": np.inf}
        code = "".join(self.text(each) for each in elements)
        with np.errstate(invalid="ignore"):
            return float(eval(code, {"__builtins__": {}}, tools))

    def text(self, element: ElementTree.Element) -> str:
        number = self.leaf(element)
        if number is not None:
            return f"({number!r})" if number < 0 and element.tag != "mn" else repr(float(number))
        read = getattr(self, element.tag)
        return str(read(*element) if len(element) else read(element.text))

    def mrow(self, *children: ElementTree.Element) -> str:
        if children and children[0].text == "{":
            return self.text(children[1])
        return "".join(self.text(child) for child in children)

    def mo(self, sign: str) -> str:
        if sign == "|":
            self.bars += 1
            return "abs(" if self.bars % 2 else ")"
        return {"·": "*", "−": "-"}.get(sign, sign)

    def mi(self, word: str) -> str:
        return word

    def mn(self, digits: str) -> str:
        return repr(number(digits))

    def mtext(self, word: str) -> str:
        return {"else": "True"}[word]

    def mfrac(self, above: ElementTree.Element, below: ElementTree.Element) -> str:
        return f"(({self.text(above)})/({self.text(below)}))"

    def msqrt(self, *children: ElementTree.Element) -> str:
        return f"sqrt({self.mrow(*children)})"

    def msup(self, base: ElementTree.Element, power: ElementTree.Element) -> str:
        return f"{self.text(base)}**({self.text(power)})"

    def msubsup(self, base: ElementTree.Element, at: ElementTree.Element, power: ElementTree.Element) -> str:
        letter = ElementTree.Element("msub")
        letter.extend([base, at])
        return f"{self.text(letter)}**({self.text(power)})"

    def mtable(self, *rows: ElementTree.Element) -> str:
        cases = " ".join(f"({self.text(row[0][0])}) if ({self.text(row[1][0])}) else" for row in rows)
        return f"({cases} nan)"


def sides(math: ElementTree.Element) -> tuple[list[ElementTree.Element], list[ElementTree.Element]]:
    equals = [child.text == "=" for child in math].index(True)
    return list(math[:equals]), list(math[equals + 1 :])


@every_optimizer
def test_the_numbers_on_the_screen_add_up(optimizer: Optimizer) -> None:
    """Read as printed, with the holes filled, each line gives the result that stands behind its equals sign."""
    hyper = usual(optimizer)
    for key in SURFACE_KEYS:
        shown = terms(optimizer, run_of(optimizer, key, hyper), hyper)
        for t in (1, 7, len(shown["theta"]) - 1):
            with about(key, f"step {t}"):
                assert_numbers_add_up(optimizer, hyper, shown, t)


def assert_numbers_add_up(optimizer: Optimizer, hyper: dict[str, float], shown: Mapping[str, Array], t: int) -> None:
    t = min(t, len(shown["theta"]) - 1)
    for equation in optimizer.equations:
        line, result = sides(parsed(numbers(equation, hyper)))
        for i in range(2):

            def filled(element: ElementTree.Element, i: int = i) -> float | None:
                term = element.attrib.get("data-term")
                return None if term is None else float(shown[term][t + int(element.attrib["data-at"]), i])

            assert Reader(filled).value(*line) == pytest.approx(Reader(filled).value(*result), rel=1e-9, abs=1e-12)


@every_optimizer
def test_the_formula_on_the_screen_says_what_the_rule_does(optimizer: Optimizer) -> None:
    """Read as printed, with the letters' values, each formula holds: no parenthesis and no sign is missing."""
    for key in SURFACE_KEYS:
        with about(key):
            assert_formulas_hold(optimizer, key)


def assert_formulas_hold(optimizer: Optimizer, key: str) -> None:
    hyper = unusual(optimizer)
    shown = terms(optimizer, run_of(optimizer, key, hyper), hyper)
    t = min(7, len(shown["theta"]) - 1)
    names = {letter: name for name, letter in notation(optimizer).items()}
    for equation in optimizer.equations:
        left, right = sides(parsed(formula(optimizer, equation)))
        for i in range(2):

            def valued(element: ElementTree.Element, i: int = i) -> float | None:
                if element.tag == "msub":
                    at = t if element[1].tag == "mi" else t - 1
                    return float(shown[names[str(element[0].text)]][at, i])
                if element.tag != "mi" or element.text not in names:
                    return None
                return float(t) if element.text == "t" else hyper[names[element.text]]

            assert Reader(valued).value(*right) == pytest.approx(Reader(valued).value(*left), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (-0.95, "−0.95"),
        (1e-6, "10⁻⁶"),
        (12345.678, "12346"),
        (1e300, "10³⁰⁰"),
        (0.1 + 0.2, "0.3"),
        (float("nan"), "–"),
        (float("-inf"), "−∞"),
    ],
)
def test_a_number_is_written_with_the_digits_that_help(number: float, text: str) -> None:
    assert written(number) == text


def test_nothing_on_the_screen_has_a_typewriter_minus() -> None:
    shown: list[Any] = [
        formula(optimizer, equation) + numbers(equation, usual(optimizer))
        for optimizer in OPTIMIZERS.values()
        for equation in optimizer.equations
    ]
    assert not [text for text in shown if "-" in re.sub(r"<[^>]*>", "", text)]
