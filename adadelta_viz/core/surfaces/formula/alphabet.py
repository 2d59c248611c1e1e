"""A closed alphabet: text becomes tokens, and what is not on the list is refused by name.

No character is folded into another by Unicode's rules; the few signs of mathematics that are understood stand here.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from adadelta_viz.core.surfaces.formula import hints
from adadelta_viz.core.surfaces.formula.error import FormulaError

FUNCTIONS = {
    "sin": 1, "cos": 1, "tan": 1, "asin": 1, "acos": 1, "atan": 1, "arcsin": 1, "arccos": 1, "arctan": 1,
    "sinh": 1, "cosh": 1, "tanh": 1, "exp": 1, "ln": 1, "log": 1, "sqrt": 1, "abs": 1, "sign": 1, "max": 2, "min": 2,
}  # fmt: skip
"""Every function that may be called, and how many arguments it takes."""

OF_ONE = tuple(name for name, arguments in FUNCTIONS.items() if arguments == 1)
"""Those that may be written without brackets elsewhere: sin x."""

_WRITTEN = {"−": "-", "–": "-", "·": "*", "⋅": "*", "×": "*", "÷": "/", "^": "**", "π": "pi"}
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_ALIKE = str.maketrans("хуеХУЕ[]{}", "xyexye()()")  # the letters are Cyrillic
_TOKEN = re.compile(
    r"(?P<space>[ \t\u00a0]+)"
    r"|(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<word>[A-Za-z]+|π)"
    r"|(?P<operator>\*\*|[-+*/^−–·⋅×÷])"
    r"|(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹]+)"
    r"|(?P<mark>[()|,√])"
)
_SPOKEN = {
    "=": "A formula is one expression, without an equals sign",
    ";": "A formula is one expression",
    "<": "A formula does not compare",
    ">": "A formula does not compare",
    "!": "Factorials are not known here",
    "%": "Remainders are not known here",
    "_": "An underscore is not known here: the variables are x and y",
    "\\": "LaTeX is not read here: write x/y, x^2, sqrt(x)",
    "'": "Quotation marks have no place in a formula",
    '"': "Quotation marks have no place in a formula",
    ":": "A colon has no place in a formula",
    ".": "This point belongs to no number",
}


class Token(NamedTuple):
    """A piece of the formula: its kind, how Python writes it, and where it stands in the text."""

    kind: str
    text: str
    start: int
    end: int


def tokens(text: str, start: int = 0) -> Iterator[Token]:
    """Cut the text from ``start`` into tokens.

    Raises
    ------
    FormulaError
        At the first character or word that is not on the list.

    Examples
    --------
    >>> [(token.kind, token.text) for token in tokens("2xy²")]
    [('number', '2'), ('name', 'x'), ('name', 'y'), ('raised', '2')]
    """
    while start < len(text):
        match = _TOKEN.match(text, start)
        if match is None:
            raise _foreign(text, start)
        kind, found, end = str(match.lastgroup), match.group(), match.end()
        if kind == "word":
            yield from _word(text, start, end)
        elif kind == "raised":
            yield Token(kind, found.translate(_RAISED), start, end)
        elif kind != "space":
            yield Token(found if kind == "mark" else kind, _WRITTEN.get(found, found), start, end)
        start = end


def _word(text: str, start: int, end: int) -> Iterator[Token]:
    """Read letters: a function, or variables and constants side by side, or both, as in ``xsin(y)``."""
    word = text[start:end].lower().replace("π", "pi")
    if word == "pi":
        yield Token("name", word, start, end)
        return
    called = max((name for name in FUNCTIONS if word.endswith(name)), key=len, default="")
    product = re.fullmatch(r"(?:pi|x|y)*(e?)", word.removesuffix(called))
    if product is None or (product[1] and (called or not _stands_alone(text, start, end))):
        raise _unknown(text, start, end)
    for piece in re.finditer("pi|x|y|e", product[0]):
        yield Token("name", piece[0], start + piece.start(), start + piece.end())
    if called:
        yield Token("function", called, end - len(called), end)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether an e at the end of this word can be meant as the number: alone, or raised to a power."""
    following = text[end:].lstrip()[:1]
    if following == "(":
        return False
    return end - start == 1 or following in tuple("^⁰¹²³⁴⁵⁶⁷⁸⁹") or text[end:].lstrip().startswith("**")


def _unknown(text: str, start: int, end: int) -> FormulaError:
    word = text[start:end].lower()
    if word == "e":
        return FormulaError("e is a number, not a function", (start, end), f"{text[:start]}exp{text[end:]}")
    for name in sorted(OF_ONE, key=len, reverse=True):
        if re.fullmatch(f"(?:pi|x|y)*{name}(?:pi|x|y)+", word):
            hint = hints.bracketed(text, OF_ONE)
            return FormulaError(f"{name} needs brackets around what it is of", (start, end), hint)
    same = hints.OTHER_NAMES.get(word)
    known = "a formula has x, y, pi, e and functions such as sin, exp and sqrt"
    return FormulaError(
        f"“{text[start:end]}” is not known here: {known}",
        (start, end),
        f"{text[:start]}{same}{text[end:]}" if same else None,
    )


def _foreign(text: str, at: int) -> FormulaError:
    character = text[at]
    mended = text.translate(_ALIKE)
    hint = mended if mended[at] != character else None
    if unicodedata.category(character) in ("Cf", "Zs"):  # cannot be seen
        hint = text.replace(character, " ")
    name = unicodedata.name(character, f"U+{ord(character):04X}").lower()
    problem = _SPOKEN.get(character, f"The character “{name}” is not known here")
    return FormulaError(problem, (at, at + 1), hint)
