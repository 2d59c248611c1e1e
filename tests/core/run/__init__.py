"""Runs: single and swept, what is measured on them, the laws they follow."""
