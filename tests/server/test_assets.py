"""Files travel compressed, unchanged and under addresses that change with their content."""

import gzip
import re
from pathlib import Path

import adadelta_viz.player
from adadelta_viz.server import assets

PLAYER = Path(adadelta_viz.player.__file__).parent / "js"
NAMES = [path.name for path in PLAYER.iterdir() if path.suffix in {".js", ".css"}]


def test_every_file_of_the_player_and_plotly_travel() -> None:
    assert set(assets.assets()) == {"plotly.min.js", *NAMES}
    assert {"player.js", "player.css"} <= set(NAMES)


def test_what_is_unpacked_is_the_file() -> None:
    for name in NAMES:
        asset = assets.assets()[name]
        assert asset.plain == (PLAYER / name).read_bytes(), name
        assert gzip.decompress(asset.compressed) == asset.plain, name


def test_plotly_shrinks_to_a_third() -> None:
    asset = assets.assets()["plotly.min.js"]
    assert gzip.decompress(asset.compressed) == asset.plain
    assert len(asset.compressed) < len(asset.plain) / 3 + 1


def test_modules_share_a_folder_so_that_they_find_each_other_by_name() -> None:
    folders = {name: asset.address.rpartition("/")[0] for name, asset in assets.assets().items()}
    assert len({folders[name] for name in NAMES}) == 1
    assert folders["plotly.min.js"] != folders["player.js"]
    assert all(re.fullmatch(r"lab/[0-9a-f]{12}", folder) for folder in folders.values())


def test_the_head_names_every_file_once_and_the_host_finds_its_own_among_them() -> None:
    named = re.findall(r'(?:src|href)="([^"]+)"', assets.tags())
    assert sorted(named) == sorted(asset.address for asset in assets.assets().values())
    assert set(assets.addresses("player.js").values()) <= set(named)


def test_plotly_is_fetched_without_holding_the_page_up() -> None:
    assert '<script async src="' in assets.tags()


def test_each_file_has_one_route_at_its_address() -> None:
    *known, refusal = assets.routes()
    assert [route.path for route in known] == [f"/{asset.address}" for asset in assets.assets().values()]
    assert refusal.path == "/lab/{rest:path}"
