"""A visitor without a browser: opens a page by its link and waits until the server has answered, as fast as it can.

It speaks what Streamlit's page speaks: one WebSocket, `BackMsg` out, `ForwardMsg` in. A change of the link in an open
session asks the server for the same work as moving the controls does.
"""

import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect


class Visitor:
    """One open session.

    Parameters
    ----------
    connection
        Its stream.
    """

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection
        self.picture = b""
        self.errors: list[str] = []
        self.widgets: list[str] = []

    async def show(self, page: str, query: Mapping[str, object]) -> float:
        """Go to a page's link, wait for the end of its script, and return the seconds that took."""
        begin = time.perf_counter()
        await self.ask(page, query)
        await self.answered()
        return time.perf_counter() - begin

    async def ask(self, page: str, query: Mapping[str, object]) -> None:
        """Ask for a page and do not wait."""
        state = ClientState(page_name=page, query_string=urlencode(query))
        await self.connection.send(BackMsg(rerun_script=state).SerializeToString())

    async def answered(self) -> None:
        """Read until a run of the script has ended; keep the picture, the errors and the widgets it showed."""
        self.errors.clear()
        self.widgets.clear()
        while True:
            message = await self.heard()
            if message.HasField("delta"):
                element = message.delta.new_element
                if element.HasField("bidi_component"):
                    self.picture = element.bidi_component.SerializeToString()
                elif element.HasField("exception"):
                    self.errors.append(element.exception.message)
                if (kind := element.WhichOneof("type")) and (name := getattr(getattr(element, kind), "id", "")):
                    self.widgets.append(name)
            if message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY and message.HasField("script_finished"):
                return

    async def heard(self) -> ForwardMsg:
        """Return the next message of the server."""
        message: ForwardMsg = ForwardMsg.FromString(await self.connection.recv(decode=False))
        return message


@asynccontextmanager
async def visiting(port: int) -> AsyncIterator[Visitor]:
    """Open a session at the server of this machine."""
    address = f"ws://127.0.0.1:{port}/_stcore/stream"
    async with connect(address, max_size=None, compression=None, open_timeout=60, ping_interval=None) as connection:
        yield Visitor(connection)
