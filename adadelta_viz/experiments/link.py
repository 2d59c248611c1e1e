"""The one codec of links: declared fields are read from a query, checked, and written into one.

A field is a number with limits (``Parameter``) or one of several words (``Choice``). Experiments, races, maps, claims
and the theory declare theirs by name. Reading never fails: what cannot be used falls back to its default and is
reported, because a visitor with a bad link should still see a page. Writing leaves out what has its default, and what
was written is read back exactly.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from adadelta_viz.core.parameter import Parameter


@dataclass(frozen=True)
class Choice:
    """A word, or another value of a short list, that a link carries.

    Parameters
    ----------
    name
        Key in links and keyword in code.
    options
        Each permitted value, and what a control says for it.
    default
        The value when nobody chooses.
    label, meaning
        What a control says above the options, and its tooltip.
    expected
        What a notice says is expected; the list of the options if it is left out.
    """

    name: str
    options: Mapping[Any, str]
    default: Any
    label: str = ""
    meaning: str = ""
    expected: str = ""

    def problem(self, value: object) -> str | None:
        """Say what is expected instead of ``value``, or return None if it is permitted."""
        if value in self.options:
            return None
        return self.expected or f"one of {', '.join(map(str, self.options))}"


Field = Parameter | Choice
Fields = Mapping[str, Field]


def complete(given: Mapping[str, Any], fields: Fields) -> dict[str, Any]:
    """Check the given values and add the defaults of the others.

    Raises
    ------
    ValueError
        If a name is unknown or a value not permitted; the message names it, what is permitted, the value, its meaning.

    Examples
    --------
    >>> complete({"steps": 50.0}, {"steps": Parameter("steps", "Steps", 900, (1, 2000), "", whole=True)})
    {'steps': 50}
    """
    if unknown := sorted(set(given) - set(fields)):
        raise ValueError(f"an experiment has no number {unknown[0]}: it has {', '.join(fields)}.")
    values = {name: given.get(name, field.default) for name, field in fields.items()}
    for name, each in fields.items():
        require(name, values[name], each)
    return {name: _plain(value, fields[name]) for name, value in values.items()}


def require(name: str, value: Any, field: Field) -> None:
    """Raise if a value is not permitted.

    Examples
    --------
    >>> require("size", 7, Choice("size", {48: "48", 96: "96"}, 48))
    Traceback (most recent call last):
    ...
    ValueError: size must be one of 48, 96: got 7.
    """
    if expected := field.problem(value):
        shown = repr(value) if isinstance(field, Choice) else value
        raise ValueError(f"{name} must be {expected}: got {shown}. {field.meaning}".rstrip())


def _plain(value: Any, field: Field) -> Any:
    if isinstance(field, Choice):
        return value
    return (int if field.whole else float)(value) + 0  # no −0.0


def link_of(values: Mapping[str, Any], fields: Fields, prefix: str = "") -> dict[str, str]:
    """Write values as the keys and values of a link; what has its default is left out.

    Examples
    --------
    >>> link_of({"steps": 50, "size": 96}, {"steps": Parameter("steps", "", 900, (1, 2000), "")})
    {'steps': '50'}
    """
    return {
        f"{prefix}{name}": shortest(values[name]) if isinstance(field, Parameter) else str(values[name])
        for name, field in fields.items()
        if name in values and values[name] != field.default
    }


def shortest(number: float) -> str:
    """Print a number so that reading it gives the same number: the shortest such text, whole numbers without dot.

    Examples
    --------
    >>> shortest(2.0), shortest(1e-06), shortest(0.95)
    ('2', '1e-06', '0.95')
    """
    return str(int(number)) if number == int(number) and abs(number) < 1e15 else repr(float(number))


@dataclass
class LinkReader:
    """Reads a link field by field; what cannot be used falls back to its default and is reported in ``problems``.

    Examples
    --------
    >>> reader = LinkReader({"steps": "1e400", "seed": "7"})
    >>> number = Parameter("steps", "Steps", 900, (1, 2000), "", whole=True)
    >>> reader.given({"steps": number, "seed": number.change(name="seed")})
    {'seed': 7.0}
    >>> reader.problems
    ['steps must be a whole number between 1 and 2000, so this page uses 900 instead of “1e400”.']
    """

    query: Mapping[str, str]
    problems: list[str] = field(default_factory=list)

    def value(self, field: Field, prefix: str = "") -> Any:
        """Read one field, its default where the link has none."""
        return self.given({field.name: field}, prefix).get(field.name, field.default)

    def given(self, fields: Fields, prefix: str = "") -> dict[str, Any]:
        """Read those of the fields that the link names, each within what is permitted."""
        found = {}
        for name, each in fields.items():
            if (text := self.query.get(prefix + name)) is None:
                continue
            value = _decimal(text) if isinstance(each, Parameter) else _option(text, each)
            if expected := each.problem(value):
                self._report(prefix + name, expected, each)
            else:
                found[name] = value
        return found

    def _report(self, key: str, expected: str, field: Field) -> None:
        got = self.query[key]
        shown = got if len(got) <= 40 else f"{got[:40]}…"
        default = shortest(field.default) if isinstance(field, Parameter) else field.default
        self.problems.append(f"{key} must be {expected}, so this page uses {default} instead of “{shown}”.")


_DECIMAL = re.compile(r"[+-]?(\d{1,40}\.?\d{0,40}|\.\d{1,40})(e[+-]?\d{1,3})?", re.ASCII | re.IGNORECASE)


def _decimal(text: str) -> float:
    """Read a plain ASCII decimal; anything else, such as words, inf or full-width digits, gives nan."""
    return float(text) if _DECIMAL.fullmatch(text) else math.nan


def _option(text: str, choice: Choice) -> Any:
    """Return the option that is printed as ``text``, else the text itself, which is none."""
    return next((option for option in choice.options if str(option) == text), text)
