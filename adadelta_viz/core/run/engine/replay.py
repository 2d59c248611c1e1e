"""A tape replayed for the cells of a map: every operation in place, nothing twice.

What depends on hyperparameters alone is computed once; what depends on them and on the step, such as β**t, once for
each distinct value and then dealt out to the cells. Everything else is one pass over all cells, into a buffer that
nobody needs any more.
"""

import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from adadelta_viz.core.arrays import Array
from adadelta_viz.core.run.engine.trace import CELL, TIME, Buffer, Node, Operation, Tracer, where

Call = tuple[Callable[..., Any], tuple[Any, ...]]


class Settings:
    """The hyperparameters that differ from cell to cell: by name one value for each cell, and their distinct values."""

    def __init__(self, each: Mapping[str, Array]) -> None:
        self.each = dict(each)
        self._tables: dict[frozenset[str], tuple[dict[str, Array], NDArray[np.intp]]] = {}

    def table(self, names: frozenset[str]) -> tuple[dict[str, Array], NDArray[np.intp]]:
        """Return the distinct combinations of some hyperparameters, and which of them each cell has.

        Examples
        --------
        >>> Settings({"rho": np.array([0.9, 0.5, 0.9])}).table(frozenset({"rho"}))
        ({'rho': array([0.5, 0.9])}, array([1, 0, 1]))
        """
        if names not in self._tables:
            order = sorted(names)
            columns = np.array([self.each[name] for name in order])
            levels, index = np.unique(columns, axis=1, return_inverse=True)
            self._tables[names] = dict(zip(order, levels, strict=True)), index.ravel()
        return self._tables[names]

    def compact(self, cells: NDArray[np.intp]) -> None:
        """Forget all cells but these."""
        self.each = {name: values[cells] for name, values in self.each.items()}
        self._tables = {names: (levels, index[cells]) for names, (levels, index) in self._tables.items()}


def power(base: Any, exponent: Any) -> Any:
    """Raise to a power with the digits that plain Python numbers have; NumPy's arrays may differ in the last one.

    Examples
    --------
    >>> power(np.array([0.5, 2.0]), 3), power(0.5, 2)
    (array([0.125, 8.   ]), 0.25)
    """
    if isinstance(base, np.ndarray) and base.ndim and not np.ndim(exponent):
        return np.array([each**exponent for each in base.tolist()])
    return base**exponent


_PLAIN: Mapping[Any, Callable[..., Any]] = {
    np.add: operator.add, np.subtract: operator.sub, np.multiply: operator.mul, np.negative: operator.neg,
    np.power: power,
}  # fmt: skip


_INTO: Mapping[Any, Callable[..., Any]] = {
    np.maximum: lambda x, y, out: np.maximum(x, y, out=out),
    np.minimum: lambda x, y, out: np.minimum(x, y, out=out),
}
"""Functions that want their buffer by name."""


def _evaluated(operations: Sequence[Operation], known: dict[Node, Any]) -> dict[Node, Any]:
    """Compute operations outside of the buffers, on few numbers."""
    for function, inputs, output in operations:
        values = [known[each] if isinstance(each, Node) else each for each in inputs]
        known[output] = _PLAIN.get(function, function)(*values)
    return known


class TimeDependent(NamedTuple):
    """What depends on the step but not on the cell's place: computed for the distinct settings, dealt out to cells."""

    clock: Node
    known: dict[Node, Any]
    operations: list[Operation]
    place: NDArray[np.intp] | None
    buffers: list[tuple[Node, Buffer]]

    def run(self, t: int) -> None:
        """Renew the buffers for step t."""
        found = _evaluated(self.operations, {**self.known, self.clock: t})
        for node, buffer in self.buffers:
            if self.place is None:
                buffer[...] = found[node]
            else:
                np.take(found[node], self.place, out=buffer, mode="clip")


class Replay:
    """A tape bound to buffers.

    Parameters
    ----------
    tape
        What to replay.
    arguments
        The buffers of its stand-ins for cells.
    targets
        Where its outputs go; a target may be the buffer of an argument.
    settings
        The hyperparameters that differ from cell to cell.
    pool
        Buffers for what lies between, shared by tapes that are replayed one after the other.

    Examples
    --------
    >>> tracer, here = Tracer(), np.array([8.0, 16.0])
    >>> x = tracer.cell(1)
    >>> tracer.outputs = [x * 0.5**tracer.clock]
    >>> Replay(tracer, {x: here}, [here], Settings({}), {}).run(3)
    >>> here
    array([1., 2.])
    """

    def __init__(
        self,
        tracer: Tracer,
        arguments: Mapping[Node, Buffer],
        targets: Sequence[Buffer],
        settings: Settings,
        pool: dict[Any, list[Buffer]],
    ) -> None:
        self.calls: list[Call] = []
        self.time_dependent: list[TimeDependent] = []
        self._cells = targets[0].shape[-1]
        self._pool = pool
        by_cell = [each for each in tracer.operations if CELL in each.output.needs]
        self._buffers = self._fixed(tracer, settings.each) | dict(arguments)
        self._allocate_time_dependent(tracer, by_cell, settings)
        self._allocate(by_cell, tracer.outputs, dict(zip(tracer.outputs, targets, strict=True)), set(arguments))
        for output, target in zip(tracer.outputs, targets, strict=True):
            value = self._buffers[output] if isinstance(output, Node) else output
            if value is not target:
                self.calls.append((np.copyto, (target, value)))

    def run(self, t: int) -> None:
        """Repeat the tape, for step t."""
        for time_dependent in self.time_dependent:
            time_dependent.run(t)
        for function, arguments in self.calls:
            function(*arguments)

    @staticmethod
    def _fixed(tracer: Tracer, given: Mapping[str, Any]) -> dict[Node, Any]:
        """Compute what depends on hyperparameters alone."""
        operations = [each for each in tracer.operations if not each.output.needs & {CELL, TIME}]
        known = {node: given[name] for name, node in tracer.settings.items() if name in given}
        return _evaluated([each for each in operations if each.output.needs <= set(given)], known)

    def _allocate_time_dependent(self, tracer: Tracer, by_cell: Sequence[Operation], settings: Settings) -> None:
        """Find what depends on the step alone or on it and hyperparameters, and give it buffers."""
        wanted = [node for each in by_cell for node in each.nodes]
        wanted += [each for each in tracer.outputs if isinstance(each, Node)]
        timed = dict.fromkeys(node for node in wanted if TIME in node.needs and CELL not in node.needs)
        for names in dict.fromkeys(node.needs - {TIME} for node in timed):
            buffers = []
            for node in (each for each in timed if each.needs - {TIME} == names):
                self._buffers[node] = np.empty(self._cells if names else (), node.sample.dtype)
                buffers.append((node, self._buffers[node]))
            levels, index = settings.table(names) if names else ({}, None)
            needs = names | {TIME}
            steps = [each for each in tracer.operations if TIME in each.output.needs and each.output.needs <= needs]
            self.time_dependent.append(TimeDependent(tracer.clock, self._fixed(tracer, levels), steps, index, buffers))

    def _allocate(
        self, by_cell: Sequence[Operation], outputs: Sequence[Any], targets: Mapping[Any, Buffer], arguments: set[Node]
    ) -> None:
        """Give each operation a buffer for its result: its target, or one that nobody needs any more."""
        last = {node: i for i, each in enumerate(by_cell) for node in each.nodes}
        last |= dict.fromkeys((each for each in outputs if isinstance(each, Node)), len(by_cell))
        owners = {self._buffers[node].ctypes.data: node for node in arguments}
        mine: set[Node] = set()
        for i, (function, inputs, output) in enumerate(by_cell):
            values = [self._buffers[each] if isinstance(each, Node) else _plain(each) for each in inputs]
            free = i if function is not where else i - 1  # where writes twice, so its inputs must last
            target = targets.get(output)
            owner = None if target is None else owners.get(target.ctypes.data)
            if target is None or (owner is not None and last.get(owner, -1) > free):
                for node in [each for each in mine if last.get(each, i) <= free]:
                    mine.remove(node)
                    self._pool.setdefault(_kind(node), []).append(self._buffers[node])
                spare = self._pool.setdefault(_kind(output), [])
                target = (
                    spare.pop() if spare else np.empty((*output.sample.shape[:-1], self._cells), output.sample.dtype)
                )
                mine.add(output)
            self._buffers[output] = target
            self.calls += _calls(function, [*values, target])
        for node in mine:
            self._pool.setdefault(_kind(node), []).append(self._buffers[node])


def _kind(node: Node) -> Any:
    return node.sample.shape, node.sample.dtype


def _plain(number: Any) -> Buffer:
    """Make a plain number an array without axes, which NumPy takes without looking at it twice."""
    return np.asarray(number if isinstance(number, bool) else float(number))


def _calls(function: Callable[..., Any], buffers: list[Buffer]) -> list[Call]:
    """Take x and y one after the other where only some of the buffers have both: NumPy is quick where shapes agree."""
    function = _INTO.get(function, function)
    lanes = {buffer.ndim for buffer in buffers if buffer.ndim}
    if len(lanes) == 1:
        return [(function, tuple(buffers))]
    rows = ([buffer[lane] if buffer.ndim == 2 else buffer for buffer in buffers] for lane in (0, 1))
    return [(function, tuple(row)) for row in rows]
