"""How students write becomes how Python writes: products are spelled out, bars and roots become calls.

The result is still only text, made of a closed list of pieces; each piece remembers where it came from.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from adadelta_viz.core.surfaces.formula import bounds, hints
from adadelta_viz.core.surfaces.formula.alphabet import FUNCTIONS, OF_ONE, Token, tokens
from adadelta_viz.core.surfaces.formula.error import FormulaError

_HEAD = re.compile(r"\s*(?:f\s*(?:\(\s*x\s*,\s*y\s*\))?|z)\s*=", re.IGNORECASE)


class Canonical(NamedTuple):
    """A formula as Python writes it, and for each piece its offset there and its place in the visitor's text."""

    text: str
    offsets: Sequence[int]
    places: Sequence[tuple[int, int]]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return where in the visitor's text a part of the canonical text came from."""
        first, last = (self.places[bisect_right(self.offsets, at) - 1] for at in (start, max(start, end - 1)))
        return min(first[0], last[0]), max(first[1], last[1])


def canonical(text: str) -> Canonical:
    """Write a formula as Python does.

    Raises
    ------
    FormulaError
        If something is missing, left over or not known; the position says where.

    Examples
    --------
    >>> canonical("|x|y + 2√(xy)").text
    'abs(x)*y+2.0*sqrt(x*y)'
    """
    if len(text) > bounds.CHARACTERS:
        problem = f"A formula has at most {bounds.CHARACTERS} characters, this one has {len(text)}"
        raise FormulaError(problem, (bounds.CHARACTERS, len(text)))
    head = _HEAD.match(text)
    found = list(tokens(text, head.end() if head else 0))
    if not found:
        raise FormulaError("There is no formula yet", (0, len(text)), "x^2 + 3y^2")
    if len(found) > bounds.TOKENS:
        raise FormulaError(f"A formula has at most {bounds.TOKENS} signs", (found[bounds.TOKENS].start, len(text)))
    writer = _Writer(text)
    for token in found:
        writer.take(token)
    return writer.done()


class _Open(NamedTuple):
    """A bracket or bar that waits for its other end; a bracket of a call knows the function."""

    token: Token
    called: str
    commas: int = 0


class _Writer:
    """Takes token after token; knows what is open, and whether a value or an operator must come next."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.pieces: list[str] = []
        self.places: list[tuple[int, int]] = []
        self.open: list[_Open] = []
        self.last = Token("", "", 0, 0)
        self.complete = False  # whether a value has just ended

    def take(self, token: Token) -> None:
        """Write one token, or say why it cannot stand here."""
        waiting = self.last.kind in ("function", "√")  # for its argument
        closes = token.kind == ")" or (token.kind == "|" and self.complete and self._opened() == "|")
        if waiting and token.kind != "(" and (self.last.kind, token.kind) not in (("√", "name"), ("√", "number")):
            raise self._wrong(
                f"“{self.last.text}” needs brackets around what it is of", self.last, hints.bracketed(self.text, OF_ONE)
            )
        if self.complete and not closes and token.kind not in ("operator", "raised", ","):
            self._multiply(token)
        elif not self.complete and (closes or token.kind in ("raised", ",") or token.text in ("*", "/", "**")):
            raise self._wrong("Something is missing in front of this", token)
        match token.kind:
            case "number":
                self._number(token)
            case "name" if self.last.kind == "√":
                self._write(f"({token.text})", token, complete=True)
            case "name":
                self._write(token.text, token, complete=True)
            case "function" | "√":
                self._write("sqrt" if token.kind == "√" else token.text, token)
            case "operator":
                self._write(token.text, token)
            case "raised":
                self._raise(token)
            case ",":
                self._comma(token)
            case _:
                self._close(token) if closes else self._begin(token)
        self.last = token

    def done(self) -> Canonical:
        """Return what was written, if nothing is missing."""
        if not self.complete:
            raise self._wrong("The formula ends before it is complete", self.last)
        if self.open:
            name, end = ("bar", "|") if self._opened() == "|" else ("bracket", ")")
            raise self._wrong(f"This {name} is never closed", self.open[-1].token, self.text.rstrip() + end)
        offsets = [0]
        for piece in self.pieces:
            offsets.append(offsets[-1] + len(piece))
        return Canonical("".join(self.pieces), offsets[:-1], self.places)

    def _write(self, piece: str, token: Token, complete: bool = False) -> None:
        self.pieces.append(piece)
        self.places.append((token.start, token.end))
        self.complete = complete

    def _opened(self) -> str:
        return self.open[-1].token.kind if self.open else ""

    def _wrong(self, problem: str, token: Token, hint: str | None = None) -> FormulaError:
        return FormulaError(problem, (token.start, token.end), hint)

    def _multiply(self, token: Token) -> None:
        """Put in the product that is not written, except where a forgotten sign is more likely."""
        if token.kind == "number" and self.last.kind == "number":
            raise self._wrong("Two numbers stand side by side", token)
        if token.kind == "number":
            hint = hints.power(self.text, self.last.end, token.start)
            raise self._wrong("A number stands directly behind a letter or bracket", token, hint)
        self._write("*", token)

    def _number(self, token: Token) -> None:
        size = float(token.text)
        if size and not bounds.SMALLEST <= size <= bounds.LARGEST:
            raise self._wrong(f"A number must be between {bounds.SMALLEST:g} and {bounds.LARGEST:g}, or 0", token)
        self._write(f"({size!r})" if self.last.kind == "√" else repr(size), token, complete=True)

    def _raise(self, token: Token) -> None:
        if self.last.kind == "raised" or len(token.text) > 2:
            raise self._wrong(f"An exponent is at most {bounds.EXPONENT}", token)
        self._write(f"**{float(token.text)!r}", token, complete=True)

    def _comma(self, token: Token) -> None:
        commas = self.open[-1].commas + 1 if self.open else 1
        if not self.open or FUNCTIONS.get(self.open[-1].called, 1) <= commas:
            listed = any(FUNCTIONS.get(each.called) == 2 for each in self.open)  # its numbers, not a decimal comma
            hint = None if listed else hints.decimal(self.text)
            raise self._wrong("Only max and min have a comma, between their two arguments", token, hint)
        self.open[-1] = self.open[-1]._replace(commas=commas)
        self._write(",", token)

    def _begin(self, token: Token) -> None:
        if len(self.open) == bounds.DEPTH:
            raise self._wrong(f"Brackets stand at most {bounds.DEPTH} deep inside each other", token)
        called = {"function": self.last.text, "√": "sqrt"}.get(self.last.kind, "") if not self.complete else ""
        self.open.append(_Open(token, called))
        self._write("abs(" if token.kind == "|" else "(", token)

    def _close(self, token: Token) -> None:
        if self._opened() != {")": "("}.get(token.kind, token.kind):
            if self.open:
                raise self._wrong("A bar is still open here", token)
            before, behind = self.text[: token.start], self.text[token.end :]  # behind it, only the visitor knows
            raise self._wrong("This bracket closes nothing", token, None if behind.strip() else before + behind)
        if FUNCTIONS.get(self.open[-1].called, 1) != self.open[-1].commas + 1:
            raise self._wrong(f"{self.open[-1].called} takes two arguments, with a comma between them", token)
        self.open.pop()
        self._write(")", token, complete=True)
