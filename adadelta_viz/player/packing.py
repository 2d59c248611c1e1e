"""How arrays travel to the browser: Plotly's typed-array form, which the player reads as well."""

import base64
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from adadelta_viz.core.arrays import Array


def packed(value: Any) -> Any:
    """Replace each array of a nested structure by Plotly's typed-array form: dtype, base64 bytes, shape.

    Single precision where the numbers fit it, which halves what travels; double where they would overflow or vanish.

    Examples
    --------
    >>> packed({"y": np.array([1.0, 2.0])})
    {'y': {'dtype': 'f4', 'bdata': 'AACAPwAAAEA=', 'shape': '2'}}
    """
    if isinstance(value, Mapping):
        return {key: packed(each) for key, each in value.items()}
    if isinstance(value, np.ndarray):
        return _typed(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [packed(each) for each in value]
    return value


def _typed(array: Array) -> dict[str, str]:
    sizes = np.abs(array[np.isfinite(array) & (array != 0)])
    fits = not sizes.size or (sizes.min() > 1e-37 and sizes.max() < 1e37)
    dtype = "f4" if fits else "f8"
    data = base64.b64encode(np.ascontiguousarray(array, f"<{dtype}").tobytes()).decode()
    return {"dtype": dtype, "bdata": data, "shape": ", ".join(map(str, array.shape))}
