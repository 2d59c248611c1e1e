"""What an optimizer is: a start state, a pure update rule, its hyperparameters, and the same rule as equations.

The rule computes, the equations explain. Both stand in one entry, and a test evaluates the equations on runs of the
rule, so that the formula on the screen cannot drift from the code.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

import sympy as sp

from adadelta_viz.core.arrays import Array, Scalars
from adadelta_viz.core.parameter import Parameter, by_name

State = tuple[Array, ...]


class Update(Protocol):
    """One step of an optimizer, as a pure function that treats each coordinate by itself.

    The arrays have shape ``(2, *batch)``. A single run comes one coordinate after the other, each as a plain number: a
    rule made of + − · / and of what ``elementwise`` offers does not notice.
    """

    def __call__(
        self, theta: Array, gradient: Array, state: State, t: int, *_: Any, **hyper: Any
    ) -> tuple[Array, State]:
        """From the iterate, its gradient, the memory and the step number t ≥ 1 to (update, new memory)."""


class Init(Protocol):
    """The memory before the first step."""

    def __call__(self, zeros: Array, *_: Any, **hyper: Any) -> State:
        """From zero, of the shape of ``theta``, and the hyperparameters to the state."""


class Quantity(NamedTuple):
    """How formulas write a quantity, and in a few words what it is."""

    symbol: str
    meaning: str = ""


class Peer(NamedTuple):
    """The call that makes the same rule in another library.

    ``call`` has ``{name}`` where a hyperparameter goes; ``remark`` is what a reader should know of it; ``positive``
    names a hyperparameter that the library refuses at 0.
    """

    call: str
    remark: str = ""
    positive: str = ""


class Unavailable(NamedTuple):
    """Why a library cannot reproduce a rule: one sentence."""

    reason: str


@dataclass(frozen=True, eq=False)
class Optimizer:
    """An update rule with everything that menus, formulas, tests and tables need to know about it.

    Parameters
    ----------
    key
        Name in the catalogue and in links.
    title
        Name on the screen.
    idea
        One sentence: what this method adds to the ones before it.
    source
        Paper and the library whose conventions are followed.
    hyperparameters
        In the order in which sliders show them, the most important first.
    update
        The rule.
    equations
        The rule as SymPy equations in the order of computation, over the symbols made by ``now``, ``last`` and
        ``hyper``. Each defines one quantity from quantities already known.
    state
        The memory: each accumulator by its code name.
    intermediate
        The quantities between memory and step that only the equations name.
    init
        The memory before the first step; zeros unless the method says otherwise.
    tuned
        The hyperparameter that sets the length of the steps: what one tunes first.
    libraries
        By library (PyTorch, Keras, optax): the call that makes this rule there, digit for digit, or why its rule of
        that name is another one. A library that is left out has no rule of that name.
    year, parents, doi
        Place in the family tree: when it was published, the keys of those whose rule it builds on, and the DOI of the
        publication where the source does not name an arXiv number.
    """

    key: str
    title: str
    idea: str
    source: str
    hyperparameters: tuple[Parameter, ...]
    update: Update
    equations: tuple[sp.Eq, ...]
    state: Mapping[str, Quantity] = field(default_factory=dict)
    intermediate: Mapping[str, Quantity] = field(default_factory=dict)
    init: Init | None = None
    tuned: str = "lr"
    libraries: Mapping[str, Peer | Unavailable] = field(default_factory=dict)
    year: int = 0
    parents: tuple[str, ...] = ()
    doi: str = ""

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """The hyperparameters by name."""
        return by_name(self.hyperparameters)

    def start_state(self, theta: Array, **hyper: Any) -> State:
        """Return the memory before the first step, of the shape that updates will have."""
        zeros = theta - theta
        return self.init(zeros, **hyper) if self.init else (zeros,) * len(self.state)

    def resolve(self, **given: Scalars) -> dict[str, Any]:
        """Complete the given hyperparameters with the defaults and check them.

        Raises
        ------
        ValueError
            If a name is unknown (the message lists the known ones) or a value lies outside its range (the message
            names it, its range, the value and what it means).

        Examples
        --------
        >>> from adadelta_viz.core.optimizers.catalogue import OPTIMIZERS
        >>> OPTIMIZERS["adadelta"].resolve(rho=0.9)
        {'rho': 0.9, 'eps': 1e-06, 'lr': 1.0}
        >>> OPTIMIZERS["adadelta"].resolve(rho=1.2)
        Traceback (most recent call last):
        ...
        ValueError: rho must be in [0, 1): got 1.2. It is the fraction of memory kept per step.
        """
        if unknown := sorted(set(given) - set(self.parameters)):
            raise ValueError(f"{self.title} has no hyperparameter {unknown[0]}: it has {', '.join(self.parameters)}.")
        return {each.name: each.check(given.get(each.name, each.default)) for each in self.hyperparameters}


def now(name: str) -> sp.Symbol:
    """Return the symbol of a quantity after step t, such as E[g²]ₜ.

    Examples
    --------
    >>> now("mean_sq_grad") == now("mean_sq_grad") != last("mean_sq_grad")
    True
    """
    return sp.Symbol(f"{name}|0", real=True)


def last(name: str) -> sp.Symbol:
    """Return the symbol of a quantity before step t, such as E[g²]ₜ₋₁.

    Examples
    --------
    >>> last("theta") in (last("theta") + hyper("lr")).free_symbols
    True
    """
    return sp.Symbol(f"{name}|-1", real=True)


def hyper(name: str) -> sp.Symbol:
    """Return the symbol of a hyperparameter.

    Examples
    --------
    >>> hyper("rho")
    rho
    """
    return sp.Symbol(name, real=True)


STEP = sp.Symbol("t", positive=True)
"""The number of the step, t = 1, 2, ..."""
