"""The sections, in the paper's own order."""

from collections.abc import Mapping
from types import MappingProxyType

from adadelta_viz.theory import adagrad, after, algorithm, dilemma, memory, momentum, units, window
from adadelta_viz.theory.section import Section

_ENTRIES = tuple(module.SECTION for module in (dilemma, momentum, adagrad, window, units, algorithm, memory, after))

SECTIONS: Mapping[str, Section] = MappingProxyType({section.key: section for section in _ENTRIES})
"""Every section by its key, as the page lists them."""
