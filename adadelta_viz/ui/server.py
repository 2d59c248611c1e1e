"""What stands before Streamlit, from the outside in: headers for every answer, the doors, the head start of pages."""

from starlette.middleware import Middleware

from adadelta_viz.ui import assets
from adadelta_viz.ui.doors import Doors
from adadelta_viz.ui.early import EarlyAssets
from adadelta_viz.ui.headers import TellingHeaders, headers


def middleware() -> list[Middleware]:
    """Return the layers of the server around Streamlit."""
    return [
        Middleware(TellingHeaders, headers=headers(assets.tags())),
        Middleware(Doors),
        Middleware(EarlyAssets, tags=assets.tags()),
    ]
