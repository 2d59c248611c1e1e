"""A prefix of Streamlit's own would open what is closed: the server ends at the start, with a sentence."""

import re
import subprocess
import sys

import pytest
import streamlit as st

from adadelta_viz.server.laboratory import NO_PREFIX, PREFIX, middleware
from tests.serving import HOST, ROOT

RUN = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true", "--server.address", HOST]


def test_a_prefix_is_refused_at_the_start_with_one_sentence() -> None:
    command = [*RUN, "--server.port", "0", "--server.baseUrlPath", "adadelta"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode != 0
    assert NO_PREFIX in done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def setting(monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    """Let Streamlit say that this is the prefix, wherever it has it from."""
    known = st.get_option
    monkeypatch.setattr(st, "get_option", lambda name: path if name == PREFIX else known(name))


@pytest.mark.parametrize("path", ["lab", "/lab/", "a/b"])
def test_it_is_refused_however_it_is_written(monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    setting(monkeypatch, path)
    with pytest.raises(SystemExit, match=f"^{re.escape(NO_PREFIX)}$"):
        middleware()


@pytest.mark.parametrize("path", ["", "/"])
def test_no_prefix_is_none(monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    setting(monkeypatch, path)
    assert middleware()
