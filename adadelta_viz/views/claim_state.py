"""A claim as it is put to a visitor: which one, with which settings, and what the visitor thinks of it.

A link carries all of it, so a teacher can send a card whose result is still folded, with the settings already made.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Self, get_args

from adadelta_viz.claims import CLAIMS
from adadelta_viz.claims.claim import Card
from adadelta_viz.experiments.link import Choice, LinkReader, link_of

Guess = Literal["true", "depends", "false", "reveal"]
"""What a visitor thinks; or to have the result shown without a guess."""

CLAIM = Choice("claim", {key: claim.title for key, claim in CLAIMS.items()}, next(iter(CLAIMS)))
GUESS = Choice("guess", {word: word for word in (*get_args(Guess), "none")}, "none")


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
        claim = link_of({"claim": self.card.claim.key}, {"claim": CLAIM})
        return claim | self.card.to_query() | link_of({"guess": self.guess or GUESS.default}, {"guess": GUESS})

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> tuple[Self, tuple[str, ...]]:
        """Read from a link, with a sentence for each value that could not be used."""
        reader = LinkReader(query)
        claim, guess = CLAIMS[reader.value(CLAIM)], reader.value(GUESS)
        card, problems = Card.from_query(claim, query)
        return cls(card, None if guess == GUESS.default else guess), (*reader.problems, *problems)
