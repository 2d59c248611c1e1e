"""Who is let in, how many at once, and how fast they may talk: told with a clock that the tests move by hand."""

import asyncio
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from starlette.datastructures import Headers
from starlette.types import Message, Receive, Scope, Send
from streamlit import config
from streamlit.proto.BackMsg_pb2 import BackMsg

from adadelta_viz.server.request_filter import BURST, LARGEST_MESSAGE, PACE, RequestFilter, comes_from_here, throttled

HEARTBEAT: Message = {"type": "websocket.receive", "bytes": BackMsg(app_heartbeat=True).SerializeToString()}
UNWELCOME: Message = {"type": "websocket.receive", "bytes": BackMsg(clear_cache=True).SerializeToString()}
END: Message = {"type": "websocket.disconnect", "code": 1001}


@contextmanager
def settings(given: Mapping[str, object]) -> Iterator[None]:
    """Set options of Streamlit and put them back."""
    before = {name: config.get_option(name) for name in given}
    for name, value in given.items():
        config.set_option(name, value)
    try:
        yield
    finally:
        for name, value in before.items():
            config.set_option(name, value)


class Talk:
    """A visitor who has said all this already, and the hand on the clock."""

    def __init__(self, *messages: Message) -> None:
        self.messages = list(messages)
        self.sent: list[Message] = []
        self.now = 0.0

    async def receive(self) -> Message:
        return self.messages.pop(0)

    async def send(self, message: Message) -> None:
        self.sent.append(message)

    async def sleep(self, seconds: float) -> None:
        self.now += seconds

    def heard(self, count: int) -> list[Message]:
        """Receive so often through the door."""
        receive = throttled(self.receive, self.send, lambda: self.now, self.sleep)

        async def all_of_it() -> list[Message]:
            return [await receive() for _ in range(count)]

        with ThreadPoolExecutor(1) as thread:  # a loop of its own: Playwright may have one running in this thread
            return thread.submit(asyncio.run, all_of_it()).result()


def test_a_burst_passes_at_once_and_what_follows_at_its_pace() -> None:
    talk = Talk(*[HEARTBEAT] * (BURST + 20))
    talk.heard(BURST)
    assert talk.now == pytest.approx(0)
    talk = Talk(*[HEARTBEAT] * (BURST + 20))
    talk.heard(BURST + 20)
    assert talk.now == pytest.approx(20 / PACE)


def test_unwelcome_messages_are_dropped_and_count_all_the_same() -> None:
    talk = Talk(*[UNWELCOME] * (BURST + 19), HEARTBEAT)
    assert talk.heard(1) == [HEARTBEAT]
    assert talk.now == pytest.approx(20 / PACE)


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({"type": "websocket.receive", "text": "hello"}, 1003),
        ({"type": "websocket.receive", "bytes": None, "text": "hello"}, 1003),
        ({"type": "websocket.receive", "bytes": b"x" * (LARGEST_MESSAGE + 1)}, 1009),
    ],
    ids=["text", "text of another server", "large"],
)
def test_words_and_too_much_end_the_stream_on_both_sides(message: Message, code: int) -> None:
    talk = Talk(message, HEARTBEAT)
    assert talk.heard(1) == [{"type": "websocket.disconnect", "code": code}]
    assert talk.sent == [{"type": "websocket.close", "code": code}]


def test_the_beginning_and_the_end_of_a_stream_pass() -> None:
    talk = Talk({"type": "websocket.connect"}, END)
    assert talk.heard(2) == [{"type": "websocket.connect"}, END]


def test_so_many_streams_and_no_more_and_one_that_ends_makes_room() -> None:
    async def app(_scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "websocket.accept"})
        while (await receive())["type"] != "websocket.disconnect":
            pass

    async def visits() -> list[list[str]]:
        doors, closing = RequestFilter(app, most=2), asyncio.Event()
        told: list[list[str]] = [[] for _ in range(4)]

        def visit(number: int) -> "asyncio.Task[None]":
            async def receive() -> Message:
                await closing.wait()
                return END

            async def send(message: Message) -> None:
                told[number].append(message["type"])

            return asyncio.create_task(doors({"type": "websocket", "headers": []}, receive, send))

        early = [visit(number) for number in range(2)]
        await asyncio.sleep(0)
        late = visit(2)
        closing.set()
        await asyncio.gather(*early, late)
        await visit(3)
        return told

    with ThreadPoolExecutor(1) as thread:
        told = thread.submit(asyncio.run, visits()).result()
    assert told == [["websocket.accept"], ["websocket.accept"], ["websocket.close"], ["websocket.accept"]]


def test_settings_name_further_sites_exactly_and_open_nothing_else() -> None:
    def comes(origin: str) -> bool:
        return comes_from_here(Headers({"host": "127.0.0.1:8501", "origin": origin}))

    with settings({"server.corsAllowedOrigins": ["https://lab.school.example"], "server.enableCORS": False}):
        assert comes("https://lab.school.example")
        assert not comes("http://lab.school.example")
        assert not comes("https://lab.school.example:8443")
        assert not comes("https://other.example")
    assert not comes("https://lab.school.example")


def test_of_two_origins_none_may_be_foreign() -> None:
    own, foreign = (b"origin", b"http://localhost"), (b"origin", b"https://evil.example")
    assert comes_from_here(Headers(raw=[(b"host", b"localhost"), own, own]))
    assert not comes_from_here(Headers(raw=[(b"host", b"localhost"), own, foreign]))
    assert not comes_from_here(Headers(raw=[own]))


def test_streamlit_is_not_asked_about_an_origin_again() -> None:
    asked: list[Scope] = []

    async def app(scope: Scope, _receive: Receive, _send: Send) -> None:
        asked.append(scope)

    async def receive() -> Message:
        return END

    async def send(_: Message) -> None:
        pass

    headers = [(b"host", b"lab.example:443"), (b"origin", b"https://LAB.example"), (b"cookie", b"a=b")]
    with ThreadPoolExecutor(1) as thread:
        thread.submit(
            asyncio.run, RequestFilter(app)({"type": "websocket", "headers": headers}, receive, send)
        ).result()
    assert [scope["headers"] for scope in asked] == [[headers[0], headers[2]]]
