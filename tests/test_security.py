"""SECURITY.md speaks of what is there: its tests exist, its numbers are those of the code, its settings are set."""

import re
import tomllib

import pytest

from adadelta_viz.server import headers, request_filter
from tests.serving import ROOT

TEXT = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
SETTINGS = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))


def test_every_test_that_is_named_exists() -> None:
    named = set(re.findall(r"`(tests/[\w/.]*)`", TEXT))
    assert len(named) >= 8
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_every_promise_names_a_test() -> None:
    rows = re.findall(r"^\| (?!promise|---)(.*) \|$", TEXT, re.MULTILINE)
    assert len(rows) >= 8
    assert [row for row in rows if "`tests/" not in row.rpartition("|")[2]] == []


@pytest.mark.parametrize(
    "said",
    [
        f"over {request_filter.LONGEST_ADDRESS // 1024} KiB",
        f"up to {request_filter.LARGEST_MESSAGE // 1024} KiB",
        f"At most {request_filter.MOST_STREAMS} streams",
        {10.0: "ten a second"}[request_filter.PACE],
        request_filter.HEALTH,
        f'{headers.FRAME_ANCESTORS}="https://',
    ],
)
def test_the_numbers_and_names_are_those_of_the_code(said: str) -> None:
    assert said in TEXT


@pytest.mark.parametrize(
    ("section", "name", "value"),
    [
        ("client", "showErrorDetails", "none"),
        ("client", "toolbarMode", "minimal"),
        ("server", "address", "127.0.0.1"),
        ("server", "allowedHosts", ["localhost", "127.0.0.1", "::1"]),
        ("server", "maxUploadSize", 1),
        ("server", "maxMessageSize", 5),
        ("server", "maxWidgetStateSize", 1),
        ("server", "disconnectedSessionTTL", 30),
        ("server", "enableStaticServing", False),
        ("server", "enableAgentApi", False),
        ("browser", "gatherUsageStats", False),
        ("browser", "serverAddress", "127.0.0.1"),
        ("runner", "magicEnabled", False),
        ("runner", "fastReruns", False),
    ],
)
def test_the_settings_of_a_public_server_are_set(section: str, name: str, value: object) -> None:
    assert SETTINGS[section][name] == value


@pytest.mark.parametrize("name", ["enableXsrfProtection", "enableCORS"])
def test_no_protection_of_streamlit_is_switched_off(name: str) -> None:
    assert SETTINGS["server"].get(name, True) is True
