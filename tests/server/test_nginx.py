"""The proxy that SECURITY.md recommends: what stands in deploy/nginx.conf, and that a class loses no file behind it."""

import asyncio
import re
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pytest
from streamlit import config

from adadelta_viz.server import assets, path_api
from adadelta_viz.server.request_filter import MOST_STREAMS
from tests.server.arrival import ASKED_BY_STREAMLIT, Response, arrival, connected, first_visit, named
from tests.server.nginx import FILE, NAME, Directive, NginxMissingError, Proxy, executable, parsed, proxying
from tests.serving import Server, serving

TEXT = FILE.read_text(encoding="utf-8")
HTTP = parsed(TEXT)
STREAM, PATH = ("=", "/_stcore/stream"), ("=", f"/{path_api.ADDRESS}")
CLASS, SECONDS = 30, 5.0
Result = TypeVar("Result")


def values(block: list[Directive], name: str) -> list[tuple[str, ...]]:
    """What a block says under a name, in its order."""
    return [each.words for each in block if each.name == name]


def value(block: list[Directive], *name: str) -> tuple[str, ...]:
    """What a block says under a name and its first words, where it says so exactly once."""
    (found,) = [each.words[len(name) - 1 :] for each in block if (each.name, *each.words)[: len(name)] == name]
    return found


def places(block: list[Directive], names: set[str], place: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Tell in which block, by its words, each directive of these names stands."""
    here = [place for each in block if each.name in names]
    return here + [found for each in block for found in places(each.block, names, each.words)]


def block(name: str, *words: str) -> list[Directive]:
    """The one block with this name and these words, wherever it stands."""

    def search(found: list[Directive]) -> Iterator[list[Directive]]:
        for each in found:
            if (each.name, each.words) == (name, words):
                yield each.block
            yield from search(each.block)

    (result,) = search(HTTP)
    return result


SERVER = next(each.block for each in HTTP if each.name == "server" and values(each.block, "location"))
LOCATIONS = {each.words: each.block for each in SERVER if each.name == "location"}
FILES = next(words for words in LOCATIONS if words[0] == "~")


def test_limits_stand_at_the_stream_and_at_paths_on_demand_and_nowhere_else() -> None:
    assert sorted(places(HTTP, {"limit_req", "limit_conn"})) == sorted([PATH, STREAM, STREAM])
    assert value(LOCATIONS[PATH], "limit_req") == ("zone=paths", "burst=400", "nodelay")
    assert value(LOCATIONS[STREAM], "limit_req") == ("zone=openings", "burst=400", "nodelay")
    assert value(LOCATIONS[STREAM], "limit_conn") == ("streams", "300")


def test_each_limit_counts_for_itself_by_address() -> None:
    assert value(HTTP, "limit_conn_zone") == ("$binary_remote_addr", "zone=streams:10m")
    assert values(HTTP, "limit_req_zone") == [
        ("$binary_remote_addr", f"zone={zone}:10m", "rate=50r/s") for zone in ("openings", "paths")
    ]


def test_one_address_cannot_take_all_streams_of_the_process() -> None:
    assert int(value(LOCATIONS[STREAM], "limit_conn", "streams")[0]) < MOST_STREAMS


def test_a_visitor_may_think_for_an_hour() -> None:
    assert value(LOCATIONS[STREAM], "proxy_read_timeout") == ("1h",)


def test_files_come_from_the_cache() -> None:
    files = LOCATIONS[FILES]
    (zone,) = value(files, "proxy_cache")
    assert f"keys_zone={zone}:10m" in value(HTTP, "proxy_cache_path")
    assert value(files, "proxy_cache_key") == ("$uri$http_accept_encoding",)
    assert value(files, "proxy_cache_valid") == ("200", "1d")
    assert value(files, "proxy_cache_lock") == ("on",)
    assert places(HTTP, {"proxy_cache"}) == [FILES]
    assert places(HTTP, {"proxy_ignore_headers"}) == []  # else the page that stands for a missing file were kept


def test_the_cache_takes_the_files_whose_names_tell_their_content_and_nothing_else() -> None:
    cached = re.compile(FILES[1])
    own = [f"/{asset.address}" for asset in assets.assets().values()]
    assert [path for path in [*own, "/static/js/index.js"] if not cached.match(path)] == []
    others = ["/", "/race", f"/{path_api.ADDRESS}", "/_stcore/stream", "/_stcore/health", "/favicon.png", "/static"]
    assert [path for path in others if cached.match(path)] == []


def test_the_process_hears_the_name_and_the_port_that_the_visitor_typed() -> None:
    asking = [each for each in (SERVER, *LOCATIONS.values()) if values(each, "proxy_set_header")]
    assert len(asking) == 2  # who sets one header inherits none
    assert [value(each, "proxy_set_header", "Host") for each in asking] == [("$http_host",)] * 2


def test_streams_are_upgraded_and_all_else_keeps_its_connection() -> None:
    mapped = {(each.name, *each.words) for each in block("map", "$http_upgrade", "$connection_upgrade")}
    assert mapped == {("default", "upgrade"), ("", "")}
    assert value(SERVER, "proxy_set_header", "Upgrade") == ("$http_upgrade",)
    assert value(SERVER, "proxy_set_header", "Connection") == ("$connection_upgrade",)
    assert value(LOCATIONS[FILES], "proxy_set_header", "Connection") == ("",)
    assert value(SERVER, "proxy_http_version") == ("1.1",)


def test_all_goes_to_one_process_on_its_usual_port_over_kept_connections() -> None:
    upstream = block("upstream", "lab")
    assert value(upstream, "server") == (f"127.0.0.1:{config.get_option('server.port')}",)
    assert int(value(upstream, "keepalive")[0]) > 0
    assert {value(each, "proxy_pass") for each in LOCATIONS.values()} == {("http://lab",)}


def test_visitors_come_over_tls_and_http_2() -> None:
    assert [words[1:] for words in values(SERVER, "listen")] == [("ssl", "http2")] * 2
    assert value(SERVER, "server_name") == (NAME,)
    assert value(SERVER, "add_header")[0] == "Strict-Transport-Security"
    (plain,) = [each.block for each in HTTP if each.name == "server" and each.block is not SERVER]
    assert value(plain, "return") == ("301", "https://$server_name$request_uri")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """The app under its public name."""
    with serving(environment={"STREAMLIT_SERVER_ALLOWED_HOSTS": NAME}) as running:
        yield running


@pytest.fixture
def proxy(server: Server) -> Iterator[Proxy]:
    """The proxy in front of it, with nothing in its cache; leaves a test out where there is no nginx."""
    try:
        executable()
    except NginxMissingError as missing:
        pytest.skip(str(missing))
    with proxying(server.port, TEXT) as running:
        yield running


def done(work: Coroutine[object, object, Result]) -> Result:
    """Wait for work in a loop of its own: Playwright may have one running in this thread."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


async def get(proxy: Proxy, path: str, accept: str) -> Response:
    """Ask the proxy over a connection of its own."""
    async with connected(proxy.port, NAME) as connection:
        return await connection.get(path, accept)


def test_a_class_that_arrives_at_once_loses_no_file(proxy: Proxy) -> None:
    files = named(done(get(proxy, "/", "text/html")).body)
    assert len(files) > 50
    answers = done(arrival(proxy.port, NAME, CLASS, SECONDS))
    assert answers == {200: CLASS * len(["/", *files, *ASKED_BY_STREAMLIT]), 101: CLASS}


def test_the_files_of_a_visit_are_in_the_cache_afterwards(proxy: Proxy) -> None:
    done(first_visit(proxy.port, NAME))
    kept = re.findall(rb"\nKEY: (.*)gzip\n", b"".join(path.read_bytes() for path in proxy.folder.glob("cache/*")))
    files = named(done(get(proxy, "/", "text/html")).body)
    assert {path.decode() for path in kept} == {path for path in files if re.match(FILES[1], path)}


def test_a_reader_who_opens_the_address_of_a_script_does_not_change_what_others_get(proxy: Proxy) -> None:
    plotly = assets.assets()["plotly.min.js"]
    for accept in ("text/html", "*/*"):
        answer = done(get(proxy, f"/{plotly.address}", accept))
        assert answer.headers["content-length"] == str(len(plotly.compressed))
        assert answer.body == plotly.plain


def test_streamlits_own_scripts_travel_compressed(proxy: Proxy) -> None:
    page = done(get(proxy, "/", "text/html"))
    script = next(path for path in named(page.body) if path.startswith("/static/js/index."))
    answers = [page, done(get(proxy, script, "*/*"))]
    assert [answer.headers["content-encoding"] for answer in answers] == ["gzip", "gzip"]


def test_a_page_in_place_of_a_missing_file_is_not_kept(proxy: Proxy) -> None:
    assert b"<html" in done(get(proxy, "/static/js/of-another-version.js", "*/*")).body
    assert list(proxy.folder.glob("cache/*")) == []
