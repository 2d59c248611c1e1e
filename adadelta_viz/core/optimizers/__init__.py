"""The update rules: one entry an optimizer, made of a pure function of arrays and the same rule as equations.

``catalogue.OPTIMIZERS`` lists them by key. Runs call their rules; formulas, sliders, programs and tests follow from
the entries.
"""
