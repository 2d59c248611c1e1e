"""Tables as HTML: what a finding lists, and under each figure its numbers for who cannot see it."""

from collections.abc import Iterable, Sequence
from html import escape

import numpy as np

from adadelta_viz.claims import Chart, Table
from adadelta_viz.notation.numbers import format_said

MOST = 12
"""Rows of the table under a figure; of longer curves it shows so many points, evenly spread."""


def of_table(table: Table) -> str:
    """Print rows under a head; the title is the table's name, the conditions stand below.

    Examples
    --------
    >>> of_table(Table("State", ("optimizer", "arrays"), (("SGD", 0.0),), "Counted")).partition("<tbody>")[2]
    "<tr><th scope='row'>SGD</th><td>0</td></tr></tbody></table></div><p class='small'>Counted</p>"
    """
    return _table(table.title, table.head, table.rows) + f"<p class='small'>{escape(table.caption)}</p>"


def of_chart(chart: Chart) -> str:
    """Fold the numbers of a figure under it: one table, or one for each series where they stand at different places."""
    columns = [(np.asarray(each.x), each) for each in chart.series]
    shared = all(len(x) == len(columns[0][0]) and bool(np.all(x == columns[0][0])) for x, _ in columns)
    groups = [columns] if shared else [[column] for column in columns]
    tables = []
    for group in groups:
        x = group[0][0]
        chosen = np.unique(np.linspace(0, len(x) - 1, min(len(x), MOST)).astype(int))
        rows = [(_plain(x[i]), *(float(each.y[i]) for _, each in group)) for i in chosen]
        tables.append(_table(chart.y.title, (chart.x.title, *(each.label for _, each in group)), rows))
    return f"<details><summary>These numbers as a table</summary>{''.join(tables)}</details>"


def _table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str | float]]) -> str:
    """Print a table that scrolls by itself where the page is too narrow; words stand left, numbers right."""
    body = list(rows)
    kinds = [
        " class='text'" if any(isinstance(each, str) for each in column) else "" for column in zip(*body, strict=True)
    ]
    top = "".join(f"<th scope='col'{kind}>{escape(word)}</th>" for word, kind in zip(head, kinds, strict=True))
    return (
        f"<div class='wide'><table><caption>{escape(caption)}</caption><thead><tr>{top}</tr></thead>"
        f"<tbody>{''.join(_row(row, kinds) for row in body)}</tbody></table></div>"
    )


def _row(row: Sequence[str | float], kinds: Sequence[str]) -> str:
    first, *rest = (escape(each if isinstance(each, str) else format_said(each)) for each in row)
    cells = "".join(f"<td{kind}>{each}</td>" for each, kind in zip(rest, kinds[1:], strict=True))
    return f"<tr><th scope='row'>{first}</th>{cells}</tr>"


def _plain(x: object) -> str | float:
    return x if isinstance(x, str) else float(x)  # type: ignore[arg-type]
