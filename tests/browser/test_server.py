"""What the server sends beside the pages, to whom, and what it keeps to itself."""

import gzip
import http.client
from contextlib import closing
from email.message import Message
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, expect

from adadelta_viz.ui import assets
from tests.browser.conftest import HOST, Server, Visits, serving


class Answer(NamedTuple):
    status: int
    headers: Message
    body: bytes


def get(server: Server, path: str, **headers: str) -> Answer:
    """Ask the server, with headers written with underscores."""
    with closing(http.client.HTTPConnection(HOST, server.port, timeout=30)) as connection:
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())


@pytest.mark.parametrize("name", assets.assets())
def test_assets_travel_compressed_for_a_year_and_by_their_right_type(server: Server, name: str) -> None:
    asset = assets.assets()[name]
    answer = get(server, f"/{asset.address}", accept_encoding="gzip, deflate, br")
    assert answer.status == 200
    assert answer.headers["content-encoding"] == "gzip"
    kind = "text/css" if name.endswith("css") else "text/javascript"
    assert answer.headers["content-type"].partition(";")[0] == kind
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["vary"] == "accept-encoding"
    assert int(answer.headers["content-length"]) == len(answer.body)
    assert gzip.decompress(answer.body) == asset.plain


def test_who_cannot_unpack_gets_the_plain_file(server: Server) -> None:
    asset = assets.assets()["player.js"]
    answer = get(server, f"/{asset.address}")
    assert answer.headers["content-encoding"] is None
    assert answer.body == asset.plain


def test_an_unknown_asset_is_not_found(server: Server) -> None:
    folder = assets.addresses("player.js")["module"].rpartition("/")[0]
    for path in (f"/{folder}/player.py", f"/{folder}/..%2fplayer.py", "/lab/0123456789ab/player.js"):
        assert get(server, path).status in {400, 404}, path


def test_the_page_names_every_asset_once_in_its_head(server: Server) -> None:
    answer = get(server, "/", accept="text/html,*/*;q=0.8", accept_encoding="gzip, deflate, br")
    page = answer.body.decode()
    for asset in assets.assets().values():
        assert page.count(asset.address) == 1
        assert asset.address in page.partition("</head>")[0]
    assert int(answer.headers["content-length"]) == len(answer.body)
    assert answer.headers["content-encoding"] is None


HANDSHAKE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec_WebSocket_Version": "13",
    "Sec_WebSocket_Key": "AAAAAAAAAAAAAAAAAAAAAA==",
}


def test_the_stream_opens_under_the_servers_own_names(server: Server) -> None:
    for host in ("localhost", HOST):
        assert get(server, "/_stcore/stream", Host=f"{host}:{server.port}", **HANDSHAKE).status == 101


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "localhost.evil"])
def test_a_foreign_host_is_refused(server: Server, host: str) -> None:
    assert get(server, "/_stcore/stream", Host=host, **HANDSHAKE).status in {400, 403, 421}


def test_a_page_of_another_site_cannot_open_the_stream(server: Server) -> None:
    assert get(server, "/_stcore/stream", Origin="https://evil.example", **HANDSHAKE).status == 403


def test_an_error_reaches_the_visitor_without_its_message_source_lines_and_paths(
    browser: Browser, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.py"
    broken.write_text('raise RuntimeError("what only the log may know")\n', encoding="utf-8")
    with serving(broken) as server:
        visits = Visits(browser, server)
        page = visits()
        expect(page.get_by_test_id("stException")).to_be_visible()
        shown = page.content()
        visits.close()
        assert "what only the log may know" in server.log.read_text(encoding="utf-8")
    for secret in ("what only the log may know", "RuntimeError", "broken.py", "Traceback", str(tmp_path)):
        assert secret not in shown
