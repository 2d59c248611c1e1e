"""Runs: an optimizer steps down a surface, once or from thousands of starts, and is measured.

Experiments and claims call ``descend`` (one run, a ``Trajectory`` comes back) and ``sweep`` (many runs, one number of
each); ``measures`` says what is measured, ``laws`` what theory predicts.
"""
