"""Formulas that visitors type: from text to a SymPy expression, with bounds before work and an error that helps."""

from adadelta_viz.core.surfaces.formula.error import FormulaError
from adadelta_viz.core.surfaces.formula.reading import check, parse, read, understood, whole

__all__ = ["FormulaError", "check", "parse", "read", "understood", "whole"]
