"""An optimizer's own equations as the NumPy lines of a program: a new optimizer's program follows from its entry."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import sympy as sp

from adadelta_viz.core import Optimizer
from adadelta_viz.core.arrays import Array
from adadelta_viz.core.optimizers.optimizer import STEP, last
from adadelta_viz.notation.programs.lines import assignments
from adadelta_viz.notation.programs.printing import Python


def counts(optimizer: Optimizer) -> bool:
    """Whether the rule depends on the number of the step."""
    return any(STEP in equation.rhs.free_symbols for equation in optimizer.equations)


def memory(optimizer: Optimizer, hyper: Mapping[str, float]) -> list[str]:
    """Set the memory before the first step; what starts alike stands in one line."""
    alike: dict[str, list[str]] = {}
    used = {symbol.name for equation in optimizer.equations for symbol in equation.rhs.free_symbols}
    elsewhere = {value: name for name, value in hyper.items() if name not in used}
    for name, start in zip(optimizer.state, optimizer.start_state(np.zeros(2), **hyper), strict=True):
        alike.setdefault(_start(start, elsewhere), []).append(name)
    return [" = ".join([*names, value]) for value, names in alike.items()]


def _start(start: Array, named: Mapping[float, str]) -> str:
    value = float(start[0])
    if value in named:
        return f"np.full(2, {named[value]})"
    return {0.0: "np.zeros(2)", 1.0: "np.ones(2)"}.get(value, f"np.full(2, {value!r})")


def update(optimizer: Optimizer) -> list[str]:
    """Print the equations as assignments; what is asked for after it has been replaced is kept under another name."""
    kept: set[str] = set()
    replaced: set[str] = set()
    scalars: set[sp.Symbol] = {STEP, *(sp.Symbol(each.name, real=True) for each in optimizer.hyperparameters)}
    targets: list[tuple[str, sp.Expr]] = []
    for equation in optimizer.equations:
        symbols = equation.rhs.free_symbols
        kept |= {name for name in replaced if last(name) in symbols}
        if symbols <= scalars:
            scalars.add(equation.lhs)
        target = equation.lhs.name.partition("|")[0]
        replaced.add(target)
        targets.append((target, equation.rhs))

    def name(symbol: sp.Symbol) -> str:
        word, _, offset = str(symbol.name).partition("|")
        return f"last_{word}" if offset == "-1" and word in kept else word

    def scalar(condition: Any) -> bool:
        return bool(condition.free_symbols <= scalars)

    printer = Python("np", name, as_written=True, scalar=scalar)
    return [
        *(f"last_{word} = {word}" for word in ("theta", *optimizer.state) if word in kept),
        *assignments(targets, printer),
    ]
