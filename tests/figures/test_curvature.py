import json
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from adadelta_viz.core import SURFACES, Surface
from adadelta_viz.core.surfaces.critical_points import stationary
from adadelta_viz.figures import DARK, LIGHT, Theme, curvature_map
from adadelta_viz.figures.curvature import MARKS
from adadelta_viz.player.packing import packed


def seen(surface: Surface, theme: Theme = LIGHT) -> dict[str, Any]:
    x, y = (np.linspace(*ends, 20) for ends in surface.domain)
    values = surface.value(np.array(np.meshgrid(x, y)))
    return curvature_map(x, y, values, stationary(surface).points, surface.start, theme)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("key", ["rosenbrock", "himmelblau", "saddle", "rastrigin"])
def test_every_stationary_point_has_the_mark_of_its_kind(key: str, theme: Theme) -> None:
    figure: Any = go.Figure(seen(SURFACES[key], theme))
    points = stationary(SURFACES[key]).points
    for trace in figure.data[1:-1]:
        drawn = [each for each in points if each.kind == trace.name]
        assert list(zip(trace.x, trace.y, strict=True)) == [each.point for each in drawn]
        assert trace.marker.symbol == MARKS[trace.name][0]
        assert all(text.startswith(f"{trace.name} at (") for text in trace.text or ())
    assert (figure.data[-1].x[0], figure.data[-1].y[0]) == SURFACES[key].start


def test_the_map_of_a_formula_travels_as_json() -> None:
    figure = seen(Surface.from_formula("1/x + log(y)"))
    assert json.dumps(packed(figure), allow_nan=False)
