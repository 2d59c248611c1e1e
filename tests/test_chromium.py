"""Which browser the browser tests take, decided without a network."""

from collections.abc import Callable, Mapping

import pytest

from tests.apt import can_use_apt
from tests.browser.chromium import COMMANDS, BrowserMissingError, installed, usual_places

WINDOWS = {"PROGRAMFILES": r"C:\Program Files", "LOCALAPPDATA": r"C:\Users\ada\AppData\Local"}
CHROME_ON_WINDOWS = r"C:\Program Files\Google\Chrome\Application\chrome.exe"
CHROME_ON_MACOS = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"


def on_path(*commands: str) -> Callable[[str], str | None]:
    """Make a stand-in for `shutil.which` on a machine with these commands."""
    return lambda command: f"/usr/bin/{command}" if command in commands else None


def files(*paths: str) -> Callable[[str], bool]:
    """Make a stand-in for `os.path.isfile` on a machine with these files."""
    return lambda path: path in paths


def test_the_users_word_wins() -> None:
    assert installed({"CHROMIUM": "/opt/mine"}, "Linux", on_path("chromium"), files("/opt/mine")) == "/opt/mine"
    assert installed({"CHROMIUM": "chrome"}, "Linux", on_path("chromium", "chrome"), files()) == "/usr/bin/chrome"


def test_a_wish_that_is_not_there_is_said_and_not_replaced() -> None:
    with pytest.raises(BrowserMissingError, match="CHROMIUM is set to '/opt/gone', and there is no such program"):
        installed({"CHROMIUM": "/opt/gone"}, "Linux", on_path("chromium"), files())


def test_an_empty_wish_is_no_wish() -> None:
    assert installed({"CHROMIUM": ""}, "Linux", on_path("chromium"), files()) == "/usr/bin/chromium"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_known_command_on_the_path_is_found(command: str) -> None:
    assert installed({}, "Linux", on_path(command), files()) == f"/usr/bin/{command}"


def test_chromium_itself_comes_before_its_relatives() -> None:
    assert installed({}, "Linux", on_path(*COMMANDS), files()) == "/usr/bin/chromium"


@pytest.mark.parametrize(
    ("system", "environ", "path"), [("Darwin", {}, CHROME_ON_MACOS), ("Windows", WINDOWS, CHROME_ON_WINDOWS)]
)
def test_macos_and_windows_are_searched_where_installers_put_browsers(
    system: str, environ: Mapping[str, str], path: str
) -> None:
    assert installed(environ, system, on_path(), files(path)) == path


def test_windows_without_its_variables_has_no_usual_places() -> None:
    assert list(usual_places("Windows", {})) == []


def test_a_bare_machine_has_no_browser() -> None:
    assert installed({}, "Linux", on_path(), files()) is None


@pytest.mark.parametrize(
    ("os_release", "user_id", "expected"),
    [
        ('NAME="Debian GNU/Linux"\nID=debian\n', 0, True),
        ('NAME="Debian GNU/Linux"\nID=debian\n', 1000, False),
        ("ID=ubuntu\nID_LIKE=debian\n", 0, False),
        ("", 0, False),
        ("ID=debian\n", -1, False),
    ],
)
def test_apt_is_for_root_on_debian(os_release: str, user_id: int, *, expected: bool) -> None:
    assert can_use_apt(os_release, user_id) is expected
