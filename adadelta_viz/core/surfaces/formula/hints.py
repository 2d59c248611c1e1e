"""What a refused formula probably meant: the whole text put right, or None wherever it could mean something else.

The reader of formulas asks here when it refuses a text. A hint is only text; who offers it reads it again first.
"""

import re
from collections.abc import Iterable, Mapping

OTHER_NAMES: Mapping[str, str] = {
    "sen": "sin", "tg": "tan", "arcsen": "asin", "arctg": "atan", "atn": "atan", "sh": "sinh", "ch": "cosh",
    "th": "tanh", "sgn": "sign", "signum": "sign", "fabs": "abs", "maximum": "max", "minimum": "min",
}  # fmt: skip
"""Names that other languages, human and of programming, have for functions known here.

Nothing is guessed from how similar two words are: cot is not cos, and asinh is not asin.
"""

_SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_RAISED = rf"(?:\s*(?:\^|\*\*)\s*[0-9]+|[{_SUPERSCRIPT}]+)"
_NUMBER = r"[0-9]+(?:\.[0-9]+)?"
_FACTORS = rf"(?:(?:pi|π|[xy]){_RAISED}?)+"
_DECIMAL_COMMA = re.compile(r"(?<![0-9.,])(0|[0-9]+(?=,(?![0-9]{3}(?![0-9])))),([0-9]+)(?![0-9.,])")


def bracketed(text: str, functions: Iterable[str]) -> str | None:
    """Write sin 2x as sin(2x), and sin²x as sin(x)²: the power of a variable belongs to what the function is of.

    Only where the argument is a plain product and clearly ends: at + or −, a closing bracket or the next function.

    Parameters
    ----------
    text
        The formula.
    functions
        Names of the functions of one argument.

    Examples
    --------
    >>> bracketed("sin²x + cos 2πx", ["sin", "cos"]), bracketed("sin x/2", ["sin"])
    ('sin(x)² + cos(2πx)', None)
    """
    names = "|".join(sorted(functions, key=len, reverse=True))
    end = rf"(?=\s*(?:$|[-+−–),])|\s+(?:{names}))"
    product = rf"(?:\s+[-−]?{_NUMBER}(?:{_FACTORS})?|\s*[-−]?{_FACTORS})"
    power_first = (
        rf"(?P<power>{_RAISED})\s*(?:(?P<inside>\([^()]*\))(?!\s*(?:\^|\*\*|[{_SUPERSCRIPT}]))|(?P<of>{product}){end})"
    )
    bare = rf"(?P<argument>{product}){end}"
    found = re.compile(rf"(?P<name>{names})(?:{power_first}|{bare})", re.IGNORECASE)
    mended = found.sub(_call, text)
    return mended if mended != text else None


def _call(match: re.Match[str]) -> str:
    inside = match["inside"] or f"({(match['of'] or match['argument']).strip()})"
    return f"{match['name']}{inside}{match['power'] or ''}"


def power(text: str, end: int, start: int) -> str | None:
    """Write a digit behind a letter or bracket as its exponent: x2 is x^2, as a copied ² arrives.

    None where it may be an index (x1), a factor (x 2) or part of a longer number, or is itself raised.

    Parameters
    ----------
    text
        The formula.
    end, start
        Where the letter or bracket ends, and where the digit begins.

    Examples
    --------
    >>> power("x2 + y", 1, 1), power("x1 + x2", 4, 4), power("x 2", 1, 2)
    ('x^2 + y', None, None)
    """
    alone = re.match(rf"[2-9](?![0-9.eE{_SUPERSCRIPT}]|\s*(?:\^|\*\*))", text[start:])
    indexed = re.search(r"[xyXY]_?1(?![0-9])", text)
    return f"{text[:end]}^{text[start:]}" if end == start and alone and not indexed else None


def decimal(text: str) -> str | None:
    """Write decimal commas as points; 1,000 may be a thousand and is left alone.

    Examples
    --------
    >>> decimal("0,5x + 1,25"), decimal("1,000x")
    ('0.5x + 1.25', None)
    """
    mended = _DECIMAL_COMMA.sub(r"\1.\2", text)
    return mended if mended != text else None
