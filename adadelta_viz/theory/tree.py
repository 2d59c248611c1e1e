"""The family as a drawing: SVG in the colours of the page, with its content in words for those who do not see it.

Years run downwards. A member's place follows from its year and its parents, so that a new one finds its own.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import chain, count
from typing import NamedTuple

from adadelta_viz.theory.family import Member

ROW, BOX = 58, 38  # pixels between rows, height of a box
MARGIN, TOP = 6, 24
LANE = 24  # pixels between the places that are tried for a box
GAP = 8  # pixels at least between two boxes, and half as many between a line and a box
WIDTH = 432  # pixels that the boxes of a row share, unless there is no place left
YEARS = 3  # members of so many years at most share a row
LETTER = 8.4  # width of a letter, about


class Box(NamedTuple):
    """Where a member is drawn: the middle of its box and half the width of it in pixels, and its row."""

    x: float
    row: int
    half: float

    @property
    def y(self) -> float:
        """The middle of the box, in pixels from the top."""
        return TOP + ROW * self.row

    def keeps_away(self, x: float, distance: float) -> bool:
        """Tell whether something at ``x`` in this row is so far from the edge of the box."""
        return abs(self.x - x) >= self.half + distance


def placed(family: Mapping[str, Member]) -> dict[str, Box]:
    """Find a place for each member, in the order of years: below its parents, and as near to them as lines leave room.

    Examples
    --------
    >>> a, b, c = placed({"a": Member(1951, "A", "", ""), "b": Member(1964, "B", "", "", ("a",)),
    ...     "c": Member(1964, "C", "", "", ("a",))}).values()
    >>> a.row, b.row, c.row, a.x == b.x, abs(c.x - b.x) >= b.half + c.half
    (0, 1, 1, True, True)
    """
    boxes: dict[str, Box] = {}
    for (key, member), row in zip(family.items(), _rows(family), strict=True):
        half = max(len(member.title) * LETTER, 34) / 2 + 5
        above = [boxes[parent] for parent in _kin(member)]
        wanted = [box.x for box in above] or [WIDTH / 2]
        places = [x for x in range(0, WIDTH, LANE) if half + MARGIN <= x <= WIDTH - half]
        nearest = sorted(places, key=lambda x: sum(abs(x - each) for each in wanted))
        x = next(x for x in chain(nearest, count(WIDTH, LANE)) if _is_free(x, row, half, above, boxes.values()))
        boxes[key] = Box(x, row, half)
    return boxes


def _kin(member: Member) -> tuple[str, ...]:
    return (*member.parents, *((member.aim,) if member.aim else ()))


def _rows(family: Mapping[str, Member]) -> list[int]:
    """Put members of neighbouring years into one row, unless one comes from another."""
    rows: list[int] = []
    first, together = -math.inf, set[str]()
    for key, member in family.items():
        if member.year > first + YEARS or together & set(_kin(member)):
            first, together = member.year, set()
            rows.append(rows[-1] + 1 if rows else 0)
        else:
            rows.append(rows[-1])
        together.add(key)
    return rows


def _is_free(x: float, row: int, half: float, above: Sequence[Box], boxes: Iterable[Box]) -> bool:
    """Tell whether a box has room beside those of its row, and its lines pass by those of the rows between."""
    top = min((box.row for box in above), default=row)
    return all(
        box.keeps_away(x, half + GAP) if box.row == row else box.keeps_away(x, GAP / 2)
        for box in boxes
        if box.row > top
    )


def drawn(family: Mapping[str, Member]) -> str:
    """Draw every member as a box with its year, and a line from each parent; a shared aim is dashed.

    Examples
    --------
    >>> svg = drawn({"a": Member(1951, "A", "", ""), "b": Member(1964, "B", "", "", ("a",))})
    >>> svg.count("<rect"), svg.count("<path"), svg[svg.index("<desc") :][:58]
    (2, 1, '<desc id="family-words">A (1951). B (1964), from A.</desc>')
    """
    boxes = placed(family)
    width = max(box.x + box.half for box in boxes.values()) + MARGIN
    height = 2 * TOP + ROW * max(box.row for box in boxes.values())
    edges = [
        _edge(boxes[parent], boxes[key], " av-aim" if parent == member.aim else "")
        for key, member in family.items()
        for parent in _kin(member)
    ]
    members = [_box(key, member, boxes[key]) for key, member in family.items()]
    return (
        f'<svg class="av-tree" viewBox="0 0 {width:g} {height:g}" role="img" aria-labelledby="family-title" '
        'aria-describedby="family-words"><title id="family-title">Family tree of the optimizers</title>'
        f'<desc id="family-words">{in_words(family)}</desc>{"".join(edges)}{"".join(members)}</svg>'
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


def _box(key: str, member: Member, box: Box) -> str:
    own = " av-own" if key == "adadelta" else ""
    return (
        f'<g class="av-member{own}">'
        f'<rect x="{box.x - box.half:g}" y="{box.y - BOX / 2:g}" width="{2 * box.half:g}" height="{BOX}" rx="6"/>'
        f'<text x="{box.x:g}" y="{box.y - 2:g}">{escape(member.title)}</text>'
        f'<text class="av-year" x="{box.x:g}" y="{box.y + 12:g}">{member.year}</text></g>'
    )


def _edge(parent: Box, child: Box, kind: str) -> str:
    """Bend right below the parent, then go straight down."""
    x1, x2, top, end, gap = parent.x, child.x, parent.y + BOX / 2, child.y - BOX / 2, ROW - BOX
    middle = top + gap / 2
    return (
        f'<path class="av-edge{kind}" d="M{x1:g} {top:g}C{x1:g} {middle:g} {x2:g} {middle:g} {x2:g} {top + gap:g}'
        f'V{end:g}"/>'
    )
