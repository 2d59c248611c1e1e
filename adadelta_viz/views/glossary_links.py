"""Terms at their first use: a link to the glossary of the Theory page, with the meaning under the pointer."""

import re
from html import escape

from adadelta_viz.theory import GLOSSARY

_KEYS = {term.name.lower(): key for key, term in GLOSSARY.items()}
_TERM = re.compile(rf"\b({'|'.join(sorted(map(re.escape, _KEYS), key=len, reverse=True))})(?=s?\b)", re.IGNORECASE)


def linked(html: str) -> str:
    """Link each term where it is used first; ``html`` may hold tags, but no links.

    Examples
    --------
    >>> linked("<p>A saddle is no basin. The saddle stays.</p>").count("<a ")
    2
    >>> linked("In a basin.")[:44]
    'In a <a href="/theory#basin" title="All star'
    """
    used: set[str] = set()

    def link(found: re.Match[str]) -> str:
        key = _KEYS[found[1].lower()]
        if key in used:
            return found[0]
        used.add(key)
        return f'<a href="/theory#{key}" title="{escape(GLOSSARY[key].meaning)}">{found[0]}</a>'

    return _TERM.sub(link, html)
