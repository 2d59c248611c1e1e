import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adadelta_viz.core.optimizers.numeric import clip, divide, maximum, sign, sqrt, where

anything = st.floats()


@pytest.mark.parametrize(
    ("ours", "numpys"),
    [
        (lambda x, _: sqrt(x), lambda x, _: np.sqrt(x)),
        (lambda x, _: sign(x), lambda x, _: np.sign(x)),
        (maximum, np.maximum),
        (divide, np.divide),
        (lambda x, _: clip(x, 1e-6, 50.0), lambda x, _: np.clip(x, 1e-6, 50.0)),
        (lambda x, y: where(x > y, x, y), lambda x, y: np.where(x > y, x, y)),
    ],
    ids=["sqrt", "sign", "maximum", "divide", "clip", "where"],
)
@given(x=anything, y=anything)
def test_a_plain_number_gives_what_an_array_gives(
    ours: Callable[..., Any], numpys: Callable[..., Any], x: float, y: float
) -> None:
    with np.errstate(all="ignore"):
        one, many, wanted = ours(x, y), ours(np.array([x]), np.array([y])), numpys(np.array([x]), np.array([y]))
    assert isinstance(one, float)
    np.testing.assert_array_equal([one], wanted)
    np.testing.assert_array_equal(many, wanted)
    if not math.isnan(one) and one != 0:
        assert math.copysign(1, one) == math.copysign(1, wanted[0])


def test_a_condition_on_numbers_chooses_between_arrays() -> None:
    x, y = np.array([1.0, 2.0]), np.array([3.0, 4.0])
    assert where(True, x, y) is x
    assert where(False, x, y) is y
