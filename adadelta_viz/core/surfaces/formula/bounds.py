"""How large a formula may be. Every limit is checked before the work that it keeps small is begun."""

CHARACTERS = 200
TOKENS = 160
NODES = 160
"""Of the syntax tree."""

DEPTH = 8
"""Brackets and bars inside each other."""

CALLS = 12
EXTREMES = 2
"""Uses of max and min: each doubles the cases that SymPy considers."""

LARGEST, SMALLEST = 1e15, 1e-15
"""Of the numbers that are typed, and the largest that constants may make together."""

EXPONENT = 32
DEGREE = 64
"""Of powers inside each other: SymPy pulls constants out of them and computes their digits."""

VARIABLE_POWERS = 3
"""Powers whose exponent contains x or y."""

OPERATIONS, SLOPE_OPERATIONS, CURVATURE_OPERATIONS = 120, 300, 2000
"""In f, in its gradient, in its second derivatives."""

BITS = 1000
"""Of a whole number in f or a derivative: beyond that it does not fit the float that NumPy makes of it."""
