"""What the server sends beside the pages, to whom, and what it keeps to itself."""

import gzip

import pytest

from adadelta_viz.server import assets
from tests.server.asking import get
from tests.serving import Server


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
