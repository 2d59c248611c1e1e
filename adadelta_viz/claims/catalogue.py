"""The catalogue of claims: one module each, and everything else follows from it."""

from collections.abc import Mapping
from types import MappingProxyType

from adadelta_viz.claims import anneal, converge, rate, scale, units
from adadelta_viz.claims.claim import Claim

_MODULES = (rate, scale, anneal, converge, units)

CLAIMS: Mapping[str, Claim] = MappingProxyType({each.CLAIM.key: each.CLAIM for each in _MODULES})
"""Every claim by its key, in the order in which a page shows them."""
