"""References: what was published where, with the number under which it is found."""

import re
from typing import NamedTuple

from adadelta_viz.theory.family import FAMILY

_PLACE = re.compile(r", Algorithm \d|, lecture [\d.]+")  # where in a publication: of no use in a list of them
_ARXIV = re.compile(r"arXiv:(\d{4}\.\d{4,5})")


class Reference(NamedTuple):
    """A publication, and its address on the web where it has a DOI or an arXiv number."""

    text: str
    address: str


def references() -> tuple[Reference, ...]:
    """List what the family's members cite, each once, AdaDelta's own paper first.

    Examples
    --------
    >>> references()[0].address
    'https://arxiv.org/abs/1212.5701'
    """
    found: dict[str, Reference] = {}
    for key in ("adadelta", *FAMILY):
        member = FAMILY[key]
        text = _PLACE.sub("", member.source.partition(";")[0])
        text += f", doi:{member.doi}" if member.doi else ""
        found.setdefault(text, Reference(text, _address(text, member.doi)))
    return tuple(found.values())


def _address(text: str, doi: str) -> str:
    if doi:
        return f"https://doi.org/{doi}"
    arxiv = _ARXIV.search(text)
    return f"https://arxiv.org/abs/{arxiv[1]}" if arxiv else ""
