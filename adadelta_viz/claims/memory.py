"""Claim 8, "Needs less memory": the numbers that each optimizer keeps for each parameter, counted in its state."""

import numpy as np

from adadelta_viz.claims.claim import Claim, Finding, Numbers, Verdict, found
from adadelta_viz.claims.picture import Table
from adadelta_viz.core import OPTIMIZERS
from adadelta_viz.core.parameter import Parameter
from adadelta_viz.experiments.link import Choice
from adadelta_viz.notation.numbers import written

BYTES = 4
_WINDOW = "window"


def find(against: str, parameters: float, window: float) -> Finding:
    """Count what AdaDelta keeps, what another method keeps, and what a window of squared gradients would be."""
    kept = {key: counted(key) for key in OPTIMIZERS} | {_WINDOW: float(window)}
    ours, theirs = kept["adadelta"], kept[against]
    numbers = {
        "ours": ours,
        "theirs": theirs,
        "window": window,
        "parameters": parameters,
        "bytes": BYTES,
        "ours_megabytes": _megabytes(ours, parameters),
        "theirs_megabytes": _megabytes(theirs, parameters),
    }
    rows = [(each.title, _named(key), kept[key], _megabytes(kept[key], parameters)) for key, each in OPTIMIZERS.items()]
    rows.append(("a window", f"the last {written(window)} squared gradients", window, _megabytes(window, parameters)))
    table = Table(
        "What is kept",
        ("optimizer", "remembers", "numbers for each parameter", "megabytes"),
        tuple(rows),
        f"{written(parameters)} parameters, {BYTES} bytes a number",
    )
    return found(_verdict, _told(against), numbers, table)


def counted(key: str) -> float:
    """Count the numbers for each parameter in the state of an optimizer.

    Examples
    --------
    >>> counted("sgd"), counted("adadelta"), counted("amsgrad")
    (0.0, 2.0, 3.0)
    """
    optimizer, parameters = OPTIMIZERS[key], np.zeros(10)
    state = optimizer.start_state(parameters, **optimizer.resolve())
    return sum(memory.size for memory in state) / parameters.size


def _named(key: str) -> str:
    return ", ".join(each.meaning for each in OPTIMIZERS[key].state.values()) or "nothing"


def _megabytes(each: float, parameters: float) -> float:
    return each * parameters * BYTES / 1e6


def _verdict(n: Numbers) -> Verdict:
    return "true" if n["ours"] < n["theirs"] else "depends" if n["ours"] == n["theirs"] else "false"


def _told(against: str) -> str:
    other = "a window of squared gradients" if against == _WINDOW else OPTIMIZERS[against].title
    return (
        f"For each parameter AdaDelta keeps {{ours}} numbers, {other} {{theirs}}. With {{parameters}} parameters of "
        "{bytes} bytes that is {ours_megabytes} against {theirs_megabytes} megabytes."
    )


CLAIM = Claim(
    "memory",
    "Memory",
    "It needs less memory.",
    (
        Choice(
            "against",
            {key: each.title for key, each in OPTIMIZERS.items() if key != "adadelta"}
            | {_WINDOW: "a window of squared gradients"},
            "adagrad",
            "Compared with",
            "It is what AdaDelta is compared with.",
        ),
        Parameter(
            "parameters", "Parameters", 1e6, (1e3, 1e11), "It is the number of weights of the model.", scale="log"
        ),
        Parameter("window", "Window", 20, (1, 1000), "It is how many gradients a window would keep.", whole=True),
    ),
    find,
    "True when AdaDelta keeps fewer numbers than what it is compared with, false when it keeps more; it depends when "
    "they keep as many.",
    "The paper replaces a window of squared gradients by a running average: one number instead of the whole window. A "
    "second average, of squared updates, comes on top. AdaGrad and RMSprop keep one, Adam two.",
    "Memory is no reason to choose AdaDelta. Where it is short, SGD with or without momentum keeps less.",
    "popular articles; Zeiler (2012), section 3.1, says it of a window only",
)
