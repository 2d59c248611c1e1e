"""Array arithmetic, recorded once to be replayed: a rule stays a pure function, and a map allocates nothing.

A pure function of arrays, called with stand-ins, tells its operations in their order. ``replay`` repeats them in
buffers that are used again and again, which gives the same numbers, bit for bit, in two thirds of the time.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin
from numpy.typing import NDArray

Buffer = NDArray[Any]
CELL, TIME = "cell", "t"
"""What a stand-in may depend on, beside the names of hyperparameters: the cell of the map, and the step."""

_POWERS = {2: np.square, 0.5: np.sqrt, -1: np.reciprocal}  # as NumPy's own ** does


class TraceError(TypeError):
    """A function does more than arithmetic on arrays, such as asking whether a number is positive."""


class Node(NDArrayOperatorsMixin):
    """A stand-in for an array: what it depends on, and a sample that tells its dtype and its lanes."""

    def __init__(self, tracer: "Tracer", sample: Any, needs: Iterable[str]) -> None:
        self.tracer, self.sample, self.needs = tracer, np.asarray(sample), frozenset(needs)

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **kwargs: Any) -> "Node":
        if method != "__call__" or kwargs or ufunc.nout != 1:
            raise TraceError(f"{ufunc.__name__} is used in a way that cannot be replayed.")
        return self.tracer.record(ufunc, inputs)

    def __array_function__(self, function: Any, _: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> "Node":
        known: dict[Any, Callable[..., Any]] = {np.where: where, np.clip: np.clip}
        if function not in known or kwargs or len(args) != 3:
            raise TraceError(f"{function.__name__} cannot be replayed.")
        return self.tracer.record(known[function], args)

    def __pow__(self, exponent: Any) -> "Node":
        if isinstance(exponent, int | float) and exponent in _POWERS:
            return self.tracer.record(_POWERS[exponent], (self,))
        return self.tracer.record(np.power, (self, exponent))

    def __bool__(self) -> bool:
        raise TraceError("The way that a function takes depends on its arrays.")

    __hash__ = object.__hash__


def where(condition: Any, yes: Any, no: Any, out: Buffer | None = None) -> Any:
    """Choose as ``np.where`` does, but into a buffer.

    Examples
    --------
    >>> where(np.array([True, False]), 1.0, 2.0, np.empty(2))
    array([1., 2.])
    """
    if out is None:
        return np.where(condition, yes, no)
    np.copyto(out, no)
    np.copyto(out, yes, where=condition)
    return out


class Operation(NamedTuple):
    """One recorded operation: stand-ins and plain numbers in, a stand-in out."""

    function: Callable[..., Any]
    inputs: tuple[Any, ...]
    output: Node

    @property
    def nodes(self) -> list[Node]:
        """The stand-ins among the inputs."""
        return [each for each in self.inputs if isinstance(each, Node)]


class Tracer:
    """The operations of a function in their order, and what it returned.

    Examples
    --------
    >>> tracer = Tracer()
    >>> x = tracer.cell(1)
    >>> tracer.outputs = [x * x + 1.0]
    >>> [operation.function.__name__ for operation in tracer.operations]
    ['multiply', 'add']
    """

    def __init__(self) -> None:
        self.operations: list[Operation] = []
        self.outputs: list[Any] = []
        self.settings: dict[str, Node] = {}
        self.clock = Node(self, 1, [TIME])

    def cell(self, lanes: int) -> Node:
        """Make a stand-in for an array with one number (or one for x and one for y) for each cell."""
        return Node(self, np.ones((2, 1) if lanes == 2 else 1), [CELL])

    def setting(self, name: str) -> Node:
        """Make a stand-in for a hyperparameter that differs from cell to cell."""
        return self.settings.setdefault(name, Node(self, np.full(1, 0.5), [name]))

    def record(self, function: Callable[..., Any], inputs: tuple[Any, ...]) -> Node:
        """Note an operation, and return the stand-in of its result; a factor of 1 changes no digit and is left out."""
        if function is np.multiply:
            for one, other in (inputs, inputs[::-1]):
                if isinstance(one, int | float) and one == 1 and isinstance(other, Node) and CELL in other.needs:
                    return other
        samples = [each.sample if isinstance(each, Node) else each for each in inputs]
        needs: frozenset[str] = frozenset().union(*(each.needs for each in inputs if isinstance(each, Node)))
        with np.errstate(all="ignore"):
            output = Node(self, function(*samples), needs)
        self.operations.append(Operation(function, inputs, output))
        return output
