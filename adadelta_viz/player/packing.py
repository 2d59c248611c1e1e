"""How arrays travel to the browser: Plotly's typed-array form, which the player reads as well."""

import base64
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from adadelta_viz.core.arrays import Array


def packed(value: Any) -> Any:
    """Replace each array of a nested structure by Plotly's typed-array form: dtype, base64 bytes, shape.

    Single precision where the numbers fit it, which halves what travels; double where they would overflow or vanish.
    Small whole numbers, such as the codes of cells, need two bytes.

    Examples
    --------
    >>> packed({"y": np.array([1.0, 2.0])})
    {'y': {'dtype': 'f4', 'bdata': 'AACAPwAAAEA=', 'shape': '2'}}
    >>> packed(np.array([-1, 258], dtype=np.int16))
    {'dtype': 'i2', 'bdata': '//8CAQ==', 'shape': '2'}
    """
    if isinstance(value, Mapping):
        return {key: packed(each) for key, each in value.items()}
    if isinstance(value, np.ndarray):
        return _typed(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [packed(each) for each in value]
    return value


def _typed(array: Array | NDArray[np.int16]) -> dict[str, str]:
    dtype = "i2" if array.dtype == np.int16 else _float(array)
    data = base64.b64encode(np.ascontiguousarray(array, f"<{dtype}").tobytes()).decode()
    return {"dtype": dtype, "bdata": data, "shape": ", ".join(map(str, array.shape))}


def _float(array: Any) -> str:
    sizes = np.abs(array[np.isfinite(array) & (array != 0)])
    return "f4" if not sizes.size or (sizes.min() > 1e-37 and sizes.max() < 1e37) else "f8"
