"""Tests against a running server that need no browser; none of them may make it stumble."""

from collections.abc import Iterator

import pytest

from tests.serving import Server


@pytest.fixture(autouse=True)
def quiet(server: Server) -> Iterator[None]:
    """Fail a test that left a traceback in the server's log; a module that provokes some has a fixture of this name."""
    said = server.log.stat().st_size
    yield
    with server.log.open("rb") as log:
        log.seek(said)
        news = log.read().decode(errors="replace")
    assert "Traceback" not in news, news
