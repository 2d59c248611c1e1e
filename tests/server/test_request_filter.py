"""What a stranger asks of the server and does not get."""

import http.client
import socket
from contextlib import closing
from itertools import product

import pytest

from adadelta_viz.server import assets
from adadelta_viz.server.request_filter import HEALTH, LONGEST_ADDRESS
from tests.server.asking import HANDSHAKE, Answer, ask, get
from tests.serving import HOST, ROOT, Server

OWN = [f"/{asset.address}" for asset in list(assets.assets().values())[:2]]
FOREIGN = ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "localhost.evil", "user@localhost", "", "[::1"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
def test_nothing_but_reading_is_permitted(server: Server, method: str) -> None:
    for path in ("/", "/race", "/lab/nothing", HEALTH, "/_stcore/upload_file/session/file", *OWN):
        answer = ask(server, method, path)
        assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD"), path


@pytest.mark.parametrize("path", ["/", "/race", HEALTH, *OWN])
def test_the_head_of_an_answer_can_be_asked_for(server: Server, path: str) -> None:
    answer = ask(server, "HEAD", path)
    assert (answer.status, answer.body) == (200, b"")


@pytest.mark.parametrize("method", ["PUT", "POST", "GET"])
def test_an_upload_is_refused_before_it_is_read(server: Server, method: str) -> None:
    with closing(socket.create_connection((HOST, server.port), timeout=10)) as connection:
        head = f"{method} /_stcore/upload_file/a/b HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50000000\r\n\r\n"
        connection.sendall(head.encode())
        status = connection.recv(64).split()[1]
    assert status in {b"405", b"413"}


def test_a_body_without_a_length_is_refused(server: Server) -> None:
    with closing(http.client.HTTPConnection(HOST, server.port, timeout=10)) as connection:
        connection.request("GET", "/", iter([b"x" * 1000]), {"Transfer-Encoding": "chunked"}, encode_chunked=True)
        assert connection.getresponse().status == 413


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/agent/openapi.json",
        "/_stcore/agent/mcp",
        "/_stcore/script-health-check",
        "/_stcore/upload_file/a/b",
        "/_stcore/bidi-components/adadelta_player/x.js",
        "/_stcore/",
        "/auth/login",
        "/auth/logout",
        "/oauth2callback?code=1",
        "/component/x/index.html",
    ],
)
def test_what_the_laboratory_does_not_use_is_not_there(server: Server, path: str) -> None:
    assert (get(server, path).status, get(server, path).body) == (404, b"Not found")


@pytest.mark.parametrize("host", FOREIGN)
def test_a_foreign_host_gets_no_page_and_no_file(server: Server, host: str) -> None:
    paths = ("/", "/race", "/_stcore/host-config", "/static/manifest.json", *OWN)
    assert {path: get(server, path, Host=host).status for path in paths} == dict.fromkeys(paths, 421)


@pytest.mark.parametrize("host", FOREIGN)
def test_a_foreign_host_gets_no_stream(server: Server, host: str) -> None:
    assert get(server, "/_stcore/stream", Host=host, **HANDSHAKE).status == 403


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "[::1]", "LOCALHOST"])
def test_the_server_answers_to_its_own_names(server: Server, name: str) -> None:
    for host in (name, f"{name}:{server.port}"):
        assert get(server, "/", Host=host).status == 200
        assert get(server, "/_stcore/stream", Host=host, **HANDSHAKE).status == 101


def test_a_load_balancer_asks_for_health_under_whatever_name(server: Server) -> None:
    answer = get(server, HEALTH, Host="10.0.0.7:8501")
    assert (answer.status, answer.body) == (200, b"ok")


def upgrade(server: Server, **headers: str) -> int:
    """Ask for a stream under the server's own name and port, or as these headers say, and return the status."""
    return get(server, "/_stcore/stream", **({"Host": f"{HOST}:{server.port}"} | headers), **HANDSHAKE).status


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "null",
        "",
        "file://",
        "x",
        "http://localhost",
        "http://localhost:{port}",
        "http://{host}",
        "http://{host}:1",
        "http://{host}:{port}.evil.example",
        "http://{host}:{port}/",
        "http://evil.example@{host}:{port}",
        "ws://{host}:{port}",
        "{host}:{port}",
        "http://[::1",
        "http://{host}:999999",
        "http://{host}:{port}, https://evil.example",
    ],
)
def test_a_page_of_another_site_cannot_open_the_stream(server: Server, origin: str) -> None:
    origin = origin.format(host=HOST, port=server.port)
    assert upgrade(server, Origin=origin) == 403
    assert upgrade(server, Origin=origin, X_Forwarded_Host=origin.rpartition("/")[2], X_Forwarded_Proto="https") == 403


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("{host}:{port}", "http://{host}:{port}"),
        ("{host}:{port}", "https://{host}:{port}"),
        ("localhost", "http://localhost"),
        ("localhost", "https://localhost"),
        ("localhost:443", "https://localhost"),
        ("localhost:80", "http://localhost"),
        ("localhost", "https://localhost:443"),
        ("LOCALHOST:8443", "https://localhost:8443"),
        ("localhost", "HTTP://LocalHost"),
        ("[::1]:8501", "http://[::1]:8501"),
        ("localhost", None),
    ],
)
def test_a_page_of_the_server_opens_the_stream_behind_a_proxy_too(
    server: Server, host: str, origin: str | None
) -> None:
    told = {"Host": host} | ({"Origin": origin} if origin else {})
    assert upgrade(server, **{name: text.format(host=HOST, port=server.port) for name, text in told.items()}) == 101


@pytest.mark.parametrize(
    ("host", "origin"), [("localhost:80", "https://localhost"), ("localhost:443", "http://localhost")]
)
def test_the_usual_port_is_that_of_the_scheme(server: Server, host: str, origin: str) -> None:
    assert upgrade(server, Host=host, Origin=origin) == 403


@pytest.mark.parametrize("path", ["/", HEALTH, "/_stcore/host-config", *OWN])
def test_a_page_of_another_site_may_not_read_an_answer(server: Server, path: str) -> None:
    answer = get(server, path, Origin="https://evil.example")
    assert answer.headers["access-control-allow-origin"] is None
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/other/stream", "/", "/lab/stream"])
def test_there_is_one_stream(server: Server, path: str) -> None:
    assert get(server, path, **HANDSHAKE).status == 403


SECRETS = ["/etc/passwd", "app.py", "pyproject.toml", ".streamlit/config.toml", "adadelta_viz/server/request_filter.py"]
FOLDERS = ["/", "/lab/", "/static/", "/static/js/", "/app/static/", "/media/", f"{OWN[1]}/../"]
WAYS = ["{}", "..%2f{}", "%2e%2e/{}", "..%5c{}", "%252e%252e%252f{}", "....//{}", "%00{}", "//{}", "..%c0%af{}"]


def secret(answer: Answer) -> bool:
    """Whether the answer is neither a refusal nor the page that stands for every unknown address."""
    return answer.status == 200 and b'<div id="root">' not in answer.body


@pytest.mark.parametrize("way", WAYS)
def test_no_way_leads_to_a_file_that_is_not_offered(server: Server, way: str) -> None:
    for folder, wanted, deep in product(FOLDERS, SECRETS, ("", "../../../../../../../..", "../../..")):
        path = folder + way.format(f"{deep}{wanted}")
        answer = get(server, path)
        assert not secret(answer), (path, answer.body[:200])
        assert answer.status < 500, path


def test_static_serving_is_off(server: Server) -> None:
    page = get(server, "/").body
    assert (ROOT / "app.py").is_file()
    for path in ("/app/static/app.py", "/app/static/", "/app.py", "/pages/race.py", "/.git/HEAD"):
        answer = get(server, path)
        assert answer.status in {301, 400, 404} or answer.body == page, path


@pytest.mark.parametrize(("length", "status"), [(4_000, 200), (LONGEST_ADDRESS, 414), (60_000, 414)])
def test_a_long_address_is_refused(server: Server, length: int, status: int) -> None:
    assert get(server, "/race?rho=" + "9" * length).status == status
    assert get(server, "/race?" + "a=1&" * (length // 4)).status == status


def test_an_endless_address_ends_the_connection(server: Server) -> None:
    with closing(socket.create_connection((HOST, server.port), timeout=20)) as connection:
        connection.sendall(b"GET /?")
        with pytest.raises((ConnectionResetError, BrokenPipeError)):
            connection.sendall(b"a" * 300_000_000)


@pytest.mark.parametrize(
    "garbage", [b"\x16\x03\x01\x02\x00\x01", b"GET\r\n\r\n", b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"]
)
def test_what_is_no_request_is_answered_without_a_word_about_the_server(server: Server, garbage: bytes) -> None:
    with closing(socket.create_connection((HOST, server.port), timeout=10)) as connection:
        connection.sendall(garbage)
        said = connection.recv(4096)
    assert said.startswith(b"HTTP/1.1 4")
    assert len(said) < 300
    assert b"Traceback" not in said


def test_a_slow_client_holds_up_nobody(server: Server) -> None:
    slow = [socket.create_connection((HOST, server.port), timeout=10) for _ in range(50)]
    try:
        for connection in slow:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: loc")
        assert get(server, "/").status == 200
    finally:
        for connection in slow:
            connection.close()
