"""How numbers are written for people: the one formatter behind every caption, label, tick, sentence and table.

Figures, claims, theory, player and views call it; text comes back. The player writes the numbers that change with every
step by the same rules (``formatNumber`` in ``player/js/numbers.js``). Links write numbers in their own way, because
they must be read back exactly (``experiments.link.shortest``).
"""

import math

SMALL, LARGE = 1e-4, 1e5
"""Below and from here on numbers are written with a power of ten."""

WHOLE = 1e4
"""From here on no digit stands behind the point."""

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def written(number: float, digits: int = 4) -> str:
    """Write a number with as many digits as help: a true minus sign, powers of ten as a person writes them.

    Parameters
    ----------
    number
        Any; what is not a number is written as a dash.
    digits
        Significant ones; a whole number below 100,000 keeps all of its own.

    Examples
    --------
    >>> written(-1e-6), written(0.95), written(1234567), written(24026)
    ('−10⁻⁶', '0.95', '1.235·10⁶', '24026')
    """
    if not math.isfinite(number):
        return "–" if math.isnan(number) else "∞" if number > 0 else "−∞"
    if abs(number) < LARGE and (number == int(number) or abs(number) >= WHOLE):
        return f"{round(number)}".replace("-", "−")
    mantissa, _, exponent = f"{number:.{digits - 1}e}".partition("e")
    if SMALL <= abs(float(f"{mantissa}e{exponent}")) < LARGE:
        return f"{float(f'{mantissa}e{exponent}'):.10f}".rstrip("0").rstrip(".").replace("-", "−")
    mantissa = mantissa.rstrip("0").rstrip(".")
    power = f"10{str(int(exponent)).translate(_RAISED)}"
    sign, size = ("−", mantissa[1:]) if mantissa.startswith("-") else ("", mantissa)
    return f"{sign}{power}" if size == "1" else f"{sign}{size}·{power}"


def format_said(number: float) -> str:
    """Write a number as a sentence says it: counts below a million in full, the rest with three digits.

    Examples
    --------
    >>> format_said(199560.0), format_said(0.00447214), format_said(-2e9), format_said(-0.0)
    ('199560', '0.00447', '−2·10⁹', '0')
    >>> format_said(math.inf), format_said(math.nan)
    ('∞', 'none')
    """
    if math.isnan(number):
        return "none"
    return f"{int(number)}".replace("-", "−") if _is_count(number) else written(round_as_said(number), 3)


def round_as_said(number: float) -> float:
    """Return the number that ``format_said`` writes.

    Examples
    --------
    >>> round_as_said(0.00447214), round_as_said(19956.0)
    (0.00447, 19956.0)
    """
    return number if _is_count(number) else float(f"{number:.3g}")


def _is_count(number: float) -> bool:
    return math.isfinite(number) and number == int(number) and abs(number) < 1e6
