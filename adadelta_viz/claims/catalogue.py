"""The catalogue of claims: one module each, and everything else follows from it."""

from collections.abc import Mapping
from types import MappingProxyType

from adadelta_viz.claims import (
    anneal,
    competitive,
    converge,
    default,
    memory,
    rate,
    robust,
    scale,
    smooth,
    sparse,
    start,
    units,
)
from adadelta_viz.claims.claim import Claim

_MODULES = (
    rate, robust, scale, anneal, converge, units, sparse, memory, smooth, start, competitive, default,
)  # fmt: skip

CLAIMS: Mapping[str, Claim] = MappingProxyType({each.CLAIM.key: each.CLAIM for each in _MODULES})
"""Every claim by its key, in the order in which a page shows them."""
