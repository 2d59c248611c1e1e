"""How rules are walked: a ``single`` run on plain numbers, a ``batch`` on arrays.

A batch records its rule once as a ``tape`` and replays it in place. Both take the same steps, digit for digit.
"""
