"""A prefix of Streamlit's own would open what is closed: the server ends at the start, with a sentence."""

import subprocess
import sys

import pytest

from adadelta_viz.server.laboratory import NO_PREFIX
from tests.serving import HOST, ROOT, serving

RUN = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true", "--server.address", HOST]


def test_a_prefix_is_refused_at_the_start_with_one_sentence() -> None:
    command = [*RUN, "--server.port", "0", "--server.baseUrlPath", "adadelta"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode != 0
    assert NO_PREFIX in done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_it_is_refused_wherever_it_comes_from() -> None:
    with (
        pytest.raises(RuntimeError, match=r"server\.baseUrlPath"),
        serving(environment={"STREAMLIT_SERVER_BASE_URL_PATH": "/lab/"}),
    ):
        pass


@pytest.mark.parametrize("path", ["", "/"])
def test_no_prefix_is_none(path: str) -> None:
    with serving(environment={"STREAMLIT_SERVER_BASE_URL_PATH": path}) as server:
        assert server.log.read_text(encoding="utf-8").count("server.baseUrlPath") == 0
