"""The stream of a visitor who uses no browser: what it is_valid_start, how fast, and what it never says."""

import asyncio
import time
from typing import Any

import pytest
from streamlit.proto.BackMsg_pb2 import BackendOperationRequest, BackMsg, InstallSkillsRequestPayload
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.Common_pb2 import DoubleArray, FileURLsRequest, StringArray
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from websockets.exceptions import ConnectionClosed

from adadelta_viz.experiments.parameters import RUN_SETTINGS
from adadelta_viz.server.request_filter import BURST, LARGEST_MESSAGE, PACE
from benchmarks.visitors import Visitor
from tests.about import about
from tests.server.asking import get, visit
from tests.serving import ROOT, Server

REDACTED = "This app has encountered an error. The original error message is redacted"
PLACES = [str(ROOT), "site-packages", ".py", "Traceback", "ValueError", "TypeError"]
HEARTBEAT = BackMsg(app_heartbeat=True).SerializeToString()


@pytest.fixture(autouse=True)
def quiet() -> None:
    """Let the log hold what was provoked: it is the only place that may."""


async def until_acknowledged(visitor: Visitor) -> list[ForwardMsg]:
    """Send a heartbeat and return all that is said before its answer."""
    await visitor.connection.send(HEARTBEAT)
    heard = []
    while not (message := await visitor.heard()).heartbeat_ack:
        heard.append(message)
    return heard


NEVER_SENT = [
    BackMsg(load_git_info=True),
    BackMsg(clear_cache=True),
    BackMsg(set_run_on_save=True),
    BackMsg(debug_shutdown_runtime=True),
    BackMsg(debug_disconnect_websocket=True),
    BackMsg(file_urls_request=FileURLsRequest(request_id="1", file_names=["a"], session_id="x")),
    BackMsg(
        backend_operation_request=BackendOperationRequest(
            request_id="1", session_id="x", install_skills=InstallSkillsRequestPayload()
        )
    ),
    BackMsg(),
]


def test_a_message_that_no_page_sends_is_dropped_without_an_answer(server: Server) -> None:
    async def sent(visitor: Visitor) -> None:
        await visitor.show("", {})
        await until_acknowledged(visitor)
        for message in NEVER_SENT:
            with about(message.WhichOneof("type")):
                await visitor.connection.send(message.SerializeToString())
                assert await until_acknowledged(visitor) == []
        await asyncio.sleep(0.2)  # nor is anything said a while later
        assert await until_acknowledged(visitor) == []

    visit(server, sent)


@pytest.mark.parametrize(
    ("message", "codes"),
    [
        (b"\xff" * 100, {1002}),
        (b"x" * (LARGEST_MESSAGE + 1), {1009}),
        (b"x" * 30_000_000, {1009, 1006}),
        ("words instead of bytes", {1003}),
    ],
    ids=["garbage", "large", "huge", "text"],
)
def test_what_is_no_message_ends_the_stream_without_a_word(
    server: Server, message: bytes | str, codes: set[int]
) -> None:
    async def sent(visitor: Visitor) -> tuple[bytes, int]:
        said = b""
        try:
            await visitor.connection.send(message)
            while True:
                said += bytes(await visitor.connection.recv(decode=False))
        except ConnectionClosed as closed:
            return said + (
                closed.rcvd.reason.encode() if closed.rcvd else b""
            ), closed.rcvd.code if closed.rcvd else 1006

    said, code = visit(server, sent)
    assert code in codes
    assert [place for place in PLACES if place.encode() in said] == []


def test_the_largest_message_is_far_above_what_a_page_sends(server: Server) -> None:
    async def sent(visitor: Visitor) -> float:
        return await visitor.show("race", {"nothing": "x" * (LARGEST_MESSAGE // 8)})

    assert visit(server, sent) > 0


def test_a_flood_is_read_at_the_pace_of_a_person(server: Server) -> None:
    extra = 10

    async def flood(visitor: Visitor) -> float:
        begin = time.monotonic()
        for _ in range(BURST + extra):
            await visitor.connection.send(HEARTBEAT)
        for _ in range(BURST + extra):
            while not (await visitor.heard()).heartbeat_ack:
                pass
        return time.monotonic() - begin

    assert visit(server, flood) >= (extra - 1) / PACE


WRONG: dict[str, Any] = {
    "too large": {"double_array_value": DoubleArray(data=[1e9])},
    "not a number": {"double_value": float("nan")},
    "infinite": {"double_array_value": DoubleArray(data=[float("inf")])},
    "another kind": {"int_value": 10**15},
    "words": {"string_value": "<img src=x onerror=alert(1)>"},
    "several words": {"string_array_value": StringArray(data=["nope", "nope"])},
    "bytes": {"bytes_value": b"\xff"},
    "a point that is none": {"json_trigger_value": '[{"event": "start", "value": [NaN, {}]}]'},
    "half of a point": {"json_value": '{"start": ['},
}


@pytest.mark.parametrize("page", ["", "race"])
@pytest.mark.parametrize("wrong", WRONG)
def test_a_value_that_no_control_gives_is_refused_without_telling_why(server: Server, page: str, wrong: str) -> None:
    """All controls of a page at once have the wrong value; whatever happens is told in one sentence."""

    async def sent(visitor: Visitor) -> list[str]:
        await visitor.show(page, {})
        states = [WidgetState(id=name, **WRONG[wrong]) for name in visitor.widgets]
        assert len(states) > 5
        state = ClientState(page_name=page, widget_states=WidgetStates(widgets=states))
        await visitor.connection.send(BackMsg(rerun_script=state).SerializeToString())
        await visitor.answered()
        return list(visitor.errors)

    errors = visit(server, sent)
    assert all(error.startswith(REDACTED) for error in errors)
    assert [place for place in PLACES for error in errors if place in error] == []


def test_more_steps_than_permitted_are_not_computed(server: Server) -> None:
    async def sent(visitor: Visitor) -> int:
        await visitor.show("", {"steps": int(RUN_SETTINGS["steps"].upper)})
        most = len(visitor.picture)
        (steps,) = (name for name in visitor.widgets if name.endswith("-steps"))
        state = WidgetStates(widgets=[WidgetState(id=steps, double_array_value=DoubleArray(data=[1e9]))])
        await visitor.connection.send(BackMsg(rerun_script=ClientState(widget_states=state)).SerializeToString())
        await visitor.answered()
        return len(visitor.picture) - most

    assert visit(server, sent, seconds=20) <= 100


def test_the_server_still_answers_after_all_that(server: Server) -> None:
    async def looks(visitor: Visitor) -> tuple[int, list[str]]:
        await visitor.show("", {"rho": "0.9"})
        return len(visitor.picture), visitor.errors

    size, errors = visit(server, looks)
    assert size > 100_000
    assert errors == []
    assert get(server, "/").status == 200
