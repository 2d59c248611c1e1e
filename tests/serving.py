"""The app as its visitors meet it: a server of its own on a free port."""

import http.client
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
HOST = "127.0.0.1"


class Server(NamedTuple):
    """A running app: where it answers, the file that holds all it said, and the number of its process."""

    port: int
    log: Path
    process: int = 0

    @property
    def address(self) -> str:
        """The first part of every address, with the slash at its end."""
        return f"http://{HOST}:{self.port}/"


@contextmanager
def serving(
    script: Path = ROOT / "app.py", environment: Mapping[str, str] | None = None, port: int = 0
) -> Iterator[Server]:
    """Start the app as ``make run`` does, or another script with its settings; end it by its own id.

    It answers on the given port, or on a free one.
    """
    with closing(socket.create_server((HOST, port))) as probe:
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(script)]
    options = ["--server.port", str(port), "--server.headless", "true"]
    given = os.environ | {"PYTHONPATH": str(ROOT)} | dict(environment or {})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "server.log")
        with path.open("wb") as log:
            process = subprocess.Popen([*command, *options], cwd=ROOT, env=given, stdout=log, stderr=subprocess.STDOUT)
        server = Server(port, path, process.pid)
        try:
            _await_health(process, server)
            yield server
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _await_health(process: "subprocess.Popen[bytes]", server: Server) -> None:
    for _ in range(600):
        if _is_healthy(server):
            return
        try:
            process.wait(0.1)  # a server that cannot start says so at once
        except subprocess.TimeoutExpired:
            continue
        break
    raise RuntimeError(f"The app did not start. It said:\n{server.log.read_text(encoding='utf-8', errors='replace')}")


def _is_healthy(server: Server) -> bool:
    with closing(http.client.HTTPConnection(HOST, server.port, timeout=5)) as connection:
        try:
            connection.request("GET", "/_stcore/health")
            return connection.getresponse().status == 200
        except OSError:
            return False
