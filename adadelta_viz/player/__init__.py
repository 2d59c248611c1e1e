"""The animated figure of the whole product: Python computes whole runs, ``player.js`` plays them."""

from adadelta_viz.player.chart import chart_payload
from adadelta_viz.player.player import payload
from adadelta_viz.player.race import race_payload

__all__ = ["chart_payload", "payload", "race_payload"]
