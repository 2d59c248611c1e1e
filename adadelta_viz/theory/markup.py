"""Text as HTML: paragraphs whose terms link to the glossary, and formulas set apart.

In a text ``[[half-life]]`` is a link to the glossary's entry of that name, ``[[half-life|half of it]]`` one that reads
differently.
"""

import re
from collections.abc import Sequence

import sympy as sp

from adadelta_viz.theory.glossary import GLOSSARY

TERM = re.compile(r"\[\[([a-z-]+)(?:\|([^\]]+))?\]\]")


def linked(text: str) -> str:
    """Turn marked terms into links.

    Examples
    --------
    >>> linked("Its [[half-life]] is short.")
    'Its <a href="#half-life">half-life</a> is short.'
    """
    return TERM.sub(lambda found: f'<a href="#{found[1]}">{found[2] or GLOSSARY[found[1]].name}</a>', text)


def paragraph(text: str) -> str:
    """Set a paragraph.

    Examples
    --------
    >>> paragraph("One [[step]].")
    '<p>One <a href="#step">step</a>.</p>'
    """
    return f"<p>{linked(text)}</p>"


def display(*formulas: str) -> str:
    """Set formulas apart, one below the other.

    Examples
    --------
    >>> display("<math><mi>x</mi></math>")
    '<div class="av-formulas"><math display="block"><mi>x</mi></math></div>'
    """
    return f'<div class="av-formulas">{"".join(map(_block, formulas))}</div>'


def lines(pairs: Sequence[tuple[str, str]]) -> str:
    """List formulas, each with what it does.

    Examples
    --------
    >>> lines([("<math><mi>x</mi></math>", "Stay.")])
    '<ol class="av-lines"><li><math display="block"><mi>x</mi></math><p>Stay.</p></li></ol>'
    """
    return f'<ol class="av-lines">{"".join(f"<li>{_block(math)}{paragraph(text)}</li>" for math, text in pairs)}</ol>'


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Set a small table; the first cell of each row is its heading.

    Examples
    --------
    >>> table(["", "x"], [["slope", "1"]]).partition("<tbody>")[2]
    '<tr><th scope="row">slope</th><td>1</td></tr></tbody></table>'
    """
    top = "".join(f'<th scope="col">{linked(cell)}</th>' for cell in head)
    body = "".join(
        f'<tr><th scope="row">{linked(row[0])}</th>{"".join(f"<td>{cell}</td>" for cell in row[1:])}</tr>'
        for row in rows
    )
    return f'<table class="av-numbers-table"><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>'


def inverse(expression: sp.Expr) -> sp.Expr:
    """Return one over an expression in the form that is printed as a fraction.

    Examples
    --------
    >>> inverse(sp.Symbol("h"))
    1/h
    """
    return sp.Mul(sp.Integer(1), sp.Pow(expression, -1, evaluate=False), evaluate=False)


def _block(math: str) -> str:
    return math.replace("<math>", '<math display="block">', 1)
