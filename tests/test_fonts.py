"""The fonts with which the browser tests run once more are those of a fresh Debian, wherever fontconfig is."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

CONFIG = Path(__file__).parent / "browser" / "fonts.conf"


def families(**environment: str) -> set[str]:
    """The font families that fontconfig offers; none where there is no fontconfig."""
    if not shutil.which("fc-list"):
        return set()
    command = ["fc-list", ":", "family"]
    done = subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, check=True)
    return set(done.stdout.split("\n")) - {""}


def test_nothing_but_dejavu_is_offered() -> None:
    if not any(family.startswith("DejaVu") for family in families()):
        pytest.skip("DejaVu or fontconfig is not installed here: there is nothing to choose from")
    offered = families(FONTCONFIG_FILE=str(CONFIG))
    assert offered
    assert all(family.startswith("DejaVu") for family in offered)
