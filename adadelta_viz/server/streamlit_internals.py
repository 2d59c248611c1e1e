"""Every private interface of Streamlit that this project uses, in one place.

They are not promised to stay: ``pyproject.toml`` pins Streamlit's minor version, and whoever raises it reads this list
and runs the tests of ``tests/server`` and ``tests/browser/test_server.py``.
"""

from pathlib import Path

import streamlit
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx
from streamlit.web.server.server_util import allowlisted_origins
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

__all__ = [
    "INDEX_PAGE",
    "BackMsg",
    "RerunData",
    "WidgetStates",
    "allowlisted_origins",
    "get_script_run_ctx",
    "is_host_allowed",
]

INDEX_PAGE = Path(streamlit.__file__).with_name("static") / "index.html"
"""The page that Streamlit serves for every address."""
