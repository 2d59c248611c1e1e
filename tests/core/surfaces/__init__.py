"""Surfaces: values and derivatives, minima, critical points, formulas that visitors type."""
