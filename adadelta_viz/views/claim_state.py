"""A claim as it is put to a visitor: which one, with which settings, and what the visitor thinks of it.

A link carries all of it, so a teacher can send a card whose result is still folded, with the settings already made.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Self, get_args

from adadelta_viz.claims import CLAIMS
from adadelta_viz.claims.claim import Card
from adadelta_viz.experiments.settings import LinkReader

Guess = Literal["true", "depends", "false", "reveal"]
"""What a visitor thinks; or to have the result shown without a guess."""

FIRST = next(iter(CLAIMS))


@dataclass(frozen=True)
class Asked:
    """A card on the screen; without a guess its result is not computed, and not sent.

    Examples
    --------
    >>> Asked.from_query({"guess": "false"})[0].to_query()
    {'guess': 'false'}
    >>> Asked.from_query({"claim": "flat"})[1][0][:20]
    'claim must be one of'
    """

    card: Card
    guess: Guess | None = None

    def to_query(self) -> dict[str, str]:
        """Print as the keys and values of a link; the first claim, defaults and a guess not made are left out."""
        key = self.card.claim.key
        chosen = {} if key == FIRST else {"claim": key}
        return chosen | self.card.to_query() | ({"guess": self.guess} if self.guess else {})

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> tuple[Self, tuple[str, ...]]:
        """Read from a link, with a sentence for each value that could not be used."""
        reader = LinkReader(query)
        claim = CLAIMS[reader.choice("claim", CLAIMS, FIRST, f"one of {', '.join(CLAIMS)}")]
        guesses: Any = {each: each for each in get_args(Guess)} | {"none": None}
        guess = guesses[reader.choice("guess", guesses, "none", f"one of {', '.join(guesses)}")]
        card, problems = Card.from_query(claim, query)
        return cls(card, guess), (*reader.problems, *problems)
