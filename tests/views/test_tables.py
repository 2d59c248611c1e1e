import re

import numpy as np
import pytest

from adadelta_viz.claims import CLAIMS, Chart, Table
from adadelta_viz.figures import Axis, Series
from adadelta_viz.theory import GLOSSARY
from adadelta_viz.views.glossary_links import linked
from adadelta_viz.views.tables import MOST, of_chart, of_table


def rows(html: str) -> list[list[str]]:
    body = re.findall(r"<tbody>(.*?)</tbody>", html)
    return [
        re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for part in body for row in re.findall(r"<tr>(.*?)</tr>", part)
    ]


def test_a_table_keeps_rows_and_escapes_words() -> None:
    html = of_table(Table("<b>", ("who", "steps"), (("A & B", 12.0), ("C", np.nan)), "as <measured>"))
    assert rows(html) == [["A &amp; B", "12"], ["C", "none"]]
    assert "<b>" not in html
    assert "as &lt;measured&gt;" in html


def test_series_over_the_same_places_share_a_table() -> None:
    t = np.array([1.0, 2.0])
    chart = Chart("", (Series(t, 3 * t, "a", ""), Series(t, 4 * t, "b", "")), Axis("t"), Axis("y"), "")
    assert rows(of_chart(chart)) == [["1", "3", "4"], ["2", "6", "8"]]


def test_series_over_other_places_have_tables_of_their_own() -> None:
    t = np.array([1.0, 2.0])
    chart = Chart("", (Series(t, 3 * t, "a", ""), Series(t[1:], t[1:], "b", "")), Axis("t"), Axis("y"), "")
    assert rows(of_chart(chart)) == [["1", "3"], ["2", "6"], ["2", "2"]]


def test_a_long_curve_is_told_by_few_points_its_ends_among_them() -> None:
    t = np.arange(1000.0)
    told = rows(of_chart(Chart("", (Series(t, t, "a", ""),), Axis("t"), Axis("y"), "")))
    assert len(told) == MOST
    assert (told[0], told[-1]) == (["0", "0"], ["999", "999"])


@pytest.mark.parametrize("key", CLAIMS)
def test_each_term_links_once_to_an_entry_of_the_glossary(key: str) -> None:
    text = f"{CLAIMS[key].why} {CLAIMS[key].practice}"
    html = linked(text)
    anchors = re.findall(r'href="/theory#([\w-]+)"', html)
    assert len(set(anchors)) == len(anchors)
    assert set(anchors) <= set(GLOSSARY)
    assert re.sub(r"</?a\b[^>]*>", "", html) == text
