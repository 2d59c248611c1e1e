"""The theory: from gradient descent to AdaDelta in the paper's own order, each idea a text, a formula and a figure.

>>> Reading("memory", {"rho": 0.9}).open().figure.caption
'ρ 0.9'
"""

from adadelta_viz.theory.glossary import GLOSSARY
from adadelta_viz.theory.reading import Reading
from adadelta_viz.theory.references import references
from adadelta_viz.theory.sections import SECTIONS

__all__ = ["GLOSSARY", "SECTIONS", "Reading", "references"]
