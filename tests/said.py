"""Numbers read back from the screen, for tests that compare what is written with what was computed."""

import re

NUMBER = re.compile(r"−?(?:(?:\d+(?:\.\d+)?·)?10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+|\d+(?:\.\d+)?)")
"""A number as ``notation.numbers`` writes it."""

_PLAIN = str.maketrans("−⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "--0123456789")


def number(text: str) -> float:
    """Read a number of the screen.

    Examples
    --------
    >>> number("−2·10⁹"), number("10⁻⁶"), number("0.00447"), number("−10")
    (-2000000000.0, 1e-06, 0.00447, -10.0)
    """
    parts = re.fullmatch(r"(−?)(?:([\d.]+)·)?10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)", text)
    if parts is None:
        return float(text.replace("−", "-"))
    sign, mantissa, power = parts.groups()
    return float(f"{sign}{mantissa or 1}e{power}".translate(_PLAIN))
