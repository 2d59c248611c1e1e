"""The family as a drawing: SVG in the colours of the page, with its content in words for those who do not see it."""

from collections.abc import Mapping
from html import escape

from adadelta_viz.theory.family import Member

LANE, ROW, BOX = 96, 58, 38  # pixels between lanes and rows, height of a box
LEFT, TOP = 50, 24
LETTER = 8.4  # width of a letter, about


def drawn(family: Mapping[str, Member]) -> str:
    """Draw every member as a box with its year, and a line from each parent; a shared aim is dashed.

    Examples
    --------
    >>> svg = drawn({"a": Member(1951, 0, 0, title="A"), "b": Member(1964, 0, 1, ("a",), title="B")})
    >>> svg.count("<rect"), svg.count("<path"), svg[svg.index("<desc") :][:58]
    (2, 1, '<desc id="family-words">A (1951). B (1964), from A.</desc>')
    """
    width = LEFT + LANE * max(member.lane for member in family.values()) + LEFT
    height = 2 * TOP + ROW * max(member.row for member in family.values())
    edges = [
        _edge(family[parent], member, kind)
        for member in family.values()
        for kind, parents in (("av-edge", member.parents), ("av-edge av-aim", (member.aim,) if member.aim else ()))
        for parent in parents
    ]
    boxes = [_box(key, member) for key, member in family.items()]
    return (
        f'<svg class="av-tree" viewBox="0 0 {width:g} {height:g}" role="img" aria-labelledby="family-title" '
        'aria-describedby="family-words"><title id="family-title">Family tree of the optimizers</title>'
        f'<desc id="family-words">{in_words(family)}</desc>{"".join(edges)}{"".join(boxes)}</svg>'
    )


def in_words(family: Mapping[str, Member]) -> str:
    """Tell who came from whom."""
    told = []
    for member in family.values():
        words = f"{member.title} ({member.year})"
        if member.parents:
            words += f", from {' and '.join(family[parent].title for parent in member.parents)}"
        if member.aim:
            words += f", with the aim of {family[member.aim].title}"
        told.append(f"{words}.")
    return escape(" ".join(told))


def _at(member: Member) -> tuple[float, float]:
    return LEFT + LANE * member.lane, TOP + ROW * member.row


def _half(member: Member) -> float:
    """Return half the width of a member's box."""
    return max(len(member.title) * LETTER, 34) / 2 + 5


def _box(key: str, member: Member) -> str:
    x, y = _at(member)
    half = _half(member)
    own = " av-own" if key == "adadelta" else ""
    return (
        f'<g class="av-member{own}">'
        f'<rect x="{x - half:g}" y="{y - BOX / 2:g}" width="{2 * half:g}" height="{BOX}" rx="6"/>'
        f'<text x="{x:g}" y="{y - 2:g}">{escape(member.title)}</text>'
        f'<text class="av-year" x="{x:g}" y="{y + 12:g}">{member.year}</text></g>'
    )


def _edge(parent: Member, child: Member, kind: str) -> str:
    """Bend right below the parent, then go straight down; beside each other, go across."""
    (x1, y1), (x2, y2) = _at(parent), _at(child)
    if parent.row == child.row:
        return f'<path class="{kind}" d="M{x1 + _half(parent):g} {y1:g}H{x2 - _half(child):g}"/>'
    top, end, gap = y1 + BOX / 2, y2 - BOX / 2, ROW - BOX
    middle = top + gap / 2
    return (
        f'<path class="{kind}" d="M{x1:g} {top:g}C{x1:g} {middle:g} {x2:g} {middle:g} {x2:g} {top + gap:g}V{end:g}"/>'
    )
