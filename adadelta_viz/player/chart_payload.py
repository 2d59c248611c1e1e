"""A still figure for the browser: drawn by Plotly in place, in the colours of the theme that the visitor sees."""

from typing import Any

from adadelta_viz.player.packing import packed
from adadelta_viz.player.parts import Payload, themes


def chart_payload(figure: dict[str, Any], caption: str, label: str, height: int = 320, pick: bool = False) -> Payload:
    """Pack a figure for ``mount`` in chart.js.

    Parameters
    ----------
    figure
        Made with ``figures.theme.SYMBOLIC``, so that the browser can put in the colours.
    caption
        The conditions, below the figure.
    label
        What the figure shows, for those who do not see it.
    height
        In CSS pixels; the width is that of its place.
    pick
        Whether a click on the figure chooses a point.

    Examples
    --------
    >>> import numpy as np
    >>> from adadelta_viz.figures import Axis, Series, chart
    >>> line = Series(np.arange(3.0), np.arange(3.0), "a line", "@ink")
    >>> sorted(chart_payload(chart([line], Axis("x"), Axis("y")), "no conditions", "a rising line"))
    ['caption', 'figure', 'height', 'label', 'pick', 'themes']
    """
    words = {"caption": caption, "label": label, "height": height, "pick": pick}
    return {"figure": packed(figure), **words, "themes": themes()}
