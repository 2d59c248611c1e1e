"""What a claim is: what people say, an experiment that finds out, and a verdict that follows from its numbers.

A sentence about a finding is a template whose numbers are names; the numbers themselves are put in from what was
measured. So no sentence can name a number that the experiment did not produce.
"""

import re
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

import numpy as np

from adadelta_viz.claims.laws import Law
from adadelta_viz.claims.picture import Picture
from adadelta_viz.core.arrays import Array
from adadelta_viz.experiments.link import Field, LinkReader, complete, link_of
from adadelta_viz.notation.numbers import format_said, round_as_said

Verdict = Literal["true", "depends", "false"]
Value = float | str
Numbers = Mapping[str, float]


class Finding(NamedTuple):
    """What an experiment found: the verdict, what to say of it, the numbers, and what to show.

    ``told`` is the sentence with the names of numbers in braces; those in ``about`` are said with the word "about".
    """

    verdict: Verdict
    told: str
    numbers: Numbers
    pictures: tuple[Picture, ...]
    about: frozenset[str] = frozenset()

    @property
    def sentence(self) -> str:
        """The sentence with the measured numbers.

        Examples
        --------
        >>> Finding("true", "It took {steps} steps of {length}.", {"steps": 12000.0, "length": 0.0044721}, ()).sentence
        'It took 12000 steps of 0.00447.'
        """
        return filled(self.told, self.numbers, self.about)

    @property
    def approximate(self) -> bool:
        """Whether the sentence says "about" of a number."""
        return any(name in self.about for name in _NAME.findall(self.told))


def found(
    judge: Callable[[Numbers], Verdict],
    told: str | Callable[[Verdict], str],
    numbers: Mapping[str, float | Array],
    *pictures: Picture,
    digits: Mapping[str, int] = MappingProxyType({}),
) -> Finding:
    """Put a finding together: plain Python numbers, a verdict on them, and what to say, given the verdict.

    The verdict is on the numbers as they are said, with three digits, so that no reader finds it at odds with them.

    Parameters
    ----------
    judge, told, *pictures
        What a finding is made of.
    numbers
        What was measured; an array where it was measured from several starts that differ in their last bit. If these do
        not give it alike, their mean is said with "about" and one digit.
    digits
        Numbers that are always said with "about", and the digits that it leaves.
    """
    unlike = {
        name for name, number in numbers.items() if len({format_said(float(each)) for each in np.ravel(number)}) > 1
    }
    about = unlike | {*digits}
    plain = {name: float(np.mean(number)) for name, number in numbers.items()}
    plain |= {name: float(f"{plain[name]:.{digits.get(name, 1)}g}") for name in about}
    verdict = judge({name: round_as_said(number) for name, number in plain.items()})
    return Finding(verdict, told if isinstance(told, str) else told(verdict), plain, pictures, frozenset(about))


class Progress(NamedTuple):
    """How far an experiment is: pieces done, pieces in all, and what it found so far."""

    done: int
    total: int
    finding: Finding


@dataclass(frozen=True, eq=False)
class Claim:
    """A sentence that people say about AdaDelta, and the experiment that puts it to the test.

    Parameters
    ----------
    key
        Name in the catalogue and in links.
    title
        A few words for lists and headings.
    said
        The claim as people make it.
    controls
        What the visitor can change; their names are the experiment's arguments.
    find
        The experiment: from values of all controls to a finding; or, where it takes longer, to the progress of one.
    rule
        When the verdict is "true", when it "depends", when it is "false".
    why, practice
        The reason, and what to do about it; numbers in braces are those of ``constants``.
    source
        Who makes the claim, and where the experiment comes from.
    laws
        What theory predicts, as formulas for the page.
    constants
        The numbers that the texts name.
    """

    key: str
    title: str
    said: str
    controls: tuple[Field, ...]
    find: Callable[..., Finding | Iterator[Progress]]
    rule: str
    why: str
    practice: str
    source: str
    laws: tuple[Law, ...] = ()
    constants: Numbers = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in ("rule", "why", "practice"):
            object.__setattr__(self, name, filled(getattr(self, name), self.constants))

    @property
    def fields(self) -> Mapping[str, Field]:
        """The controls by name."""
        return {each.name: each for each in self.controls}

    def progress(self, **given: Value) -> Iterator[Progress]:
        """Do the experiment piece by piece; most have only one."""
        result = self.find(**complete(given, self.fields))
        if isinstance(result, Finding):
            yield Progress(1, 1, result)
        else:
            yield from result

    def finding(self, **given: Value) -> Finding:
        """Do the whole experiment."""
        *_, last = self.progress(**given)
        return last.finding


@dataclass(frozen=True)
class Card:
    """A claim with the values of its controls: what a link to it carries.

    Raises
    ------
    ValueError
        If a name is unknown or a value is not permitted; the message names it, what is permitted and its meaning.
    """

    claim: Claim
    values: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", MappingProxyType(complete(self.values, self.claim.fields)))

    def to_query(self) -> dict[str, str]:
        """Write the values as the keys and values of a link, each behind the claim's key; defaults are left out."""
        return link_of(self.values, self.claim.fields, f"{self.claim.key}.")

    @classmethod
    def from_query(cls, claim: Claim, query: Mapping[str, str]) -> tuple["Card", tuple[str, ...]]:
        """Read a claim's values from a link, with a sentence for each that had to be replaced by its default."""
        reader = LinkReader(query)
        return cls(claim, reader.given(claim.fields, f"{claim.key}.")), tuple(reader.problems)


ABOUT = (
    "“About” stands before a number whose next digit is decided by rounding: a start that differs in its last bit "
    "gives another."
)
"""Why some numbers are said with fewer digits than others."""

_NAME = re.compile(r"\{(\w+)\}")


def filled(template: str, numbers: Numbers, about: Container[str] = ()) -> str:
    """Put numbers in the place of their names, with the word "about" where that is all that can be said.

    Examples
    --------
    >>> filled("{steps} steps to {end}.", {"steps": 400.0, "end": 0.1}, about={"end"})
    '400 steps to about 0.1.'
    """
    return _NAME.sub(
        lambda name: f"about {format_said(numbers[name[1]])}" if name[1] in about else format_said(numbers[name[1]]),
        template,
    )
