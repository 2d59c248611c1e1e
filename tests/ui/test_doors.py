"""Who is let in, how many at once, and how fast they may talk: told with a clock that the tests move by hand."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.types import Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

from adadelta_viz.ui.doors import BURST, LARGEST_MESSAGE, PACE, Doors, welcome

HEARTBEAT: Message = {"type": "websocket.receive", "bytes": BackMsg(app_heartbeat=True).SerializeToString()}
UNWELCOME: Message = {"type": "websocket.receive", "bytes": BackMsg(clear_cache=True).SerializeToString()}
END: Message = {"type": "websocket.disconnect", "code": 1001}


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
        receive = welcome(self.receive, self.send, lambda: self.now, self.sleep)

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
        doors, closing = Doors(app, most=2), asyncio.Event()
        told: list[list[str]] = [[] for _ in range(4)]

        def visit(number: int) -> "asyncio.Task[None]":
            async def receive() -> Message:
                await closing.wait()
                return END

            async def send(message: Message) -> None:
                told[number].append(message["type"])

            return asyncio.create_task(doors({"type": "websocket"}, receive, send))

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
