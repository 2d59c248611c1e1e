"""The animated figure of the whole product: Python computes whole runs, ``player.js`` plays them."""

from adadelta_viz.player.chart_payload import chart_payload
from adadelta_viz.player.race_payload import race_payload
from adadelta_viz.player.run_payload import payload

__all__ = ["chart_payload", "payload", "race_payload"]
