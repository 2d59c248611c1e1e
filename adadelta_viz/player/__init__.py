"""The animated figure of the whole product: Python computes whole runs, ``player.js`` plays them."""

from adadelta_viz.player.player import Payload, payload

__all__ = ["Payload", "payload"]
