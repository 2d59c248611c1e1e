"""nginx for the tests of deploy/nginx.conf: read the file, find or fetch a program, run it in front of a server."""

import functools
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from tests import apt
from tests.serving import HOST, ROOT

FILE = ROOT / "deploy/nginx.conf"
NAME = "lab.school.example"
"""The public name that the file gives the laboratory."""

UNPACKED = Path(sys.prefix, "nginx")
"""Where Debian's package is unpacked; it goes with the environment."""

MISSING = (
    "LEFT OUT: a class of thirty arriving through deploy/nginx.conf, for want of nginx or openssl. Nothing here shows "
    "that this proxy loses no file. Install both, or run the tests as root on Debian."
)
TOKEN = re.compile(r'#.*|"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<sign>[{};])|(?P<word>[^\s{};"]+)')
MAIN = """
{user}
daemon off;
pid pid;
error_log error.log;
events {{ worker_connections 768; }}
http {{
    access_log off;
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    include lab.conf;
}}
"""


class NginxMissingError(RuntimeError):
    """No nginx, and no way here to get one."""


class Directive(NamedTuple):
    """One line of a configuration, or a block of lines: ``name words;`` or ``name words { … }``."""

    name: str
    words: tuple[str, ...]
    block: "list[Directive]"


def parsed(text: str) -> list[Directive]:
    """Read a configuration as nginx does, for the tests that ask what stands where.

    crossplane, the parser that nginx's makers wrote in Python, has had no release since 2022.

    Examples
    --------
    >>> parsed('a { b "c {"; } # d')
    [Directive(name='a', words=(), block=[Directive(name='b', words=('c {',), block=[])])]
    >>> parsed("a { b c; ")
    Traceback (most recent call last):
    ValueError: a block or a line is not ended
    """
    words: list[str] = []
    blocks: list[list[Directive]] = [[]]
    for token in TOKEN.finditer(text):
        if token.lastgroup in ("quoted", "word"):
            words.append(token[token.lastgroup])
        elif token["sign"] == "}":
            blocks.pop()
        elif token["sign"]:
            found = Directive(words[0], tuple(words[1:]), [])
            blocks[-1].append(found)
            words.clear()
            if token["sign"] == "{":
                blocks.append(found.block)
    if len(blocks) != 1 or words:
        raise ValueError("a block or a line is not ended")
    return blocks[0]


@functools.cache
def executable() -> str:
    """Path of an nginx: one that is installed, or Debian's package (as root).

    The package is unpacked, not installed: an installed one would be started at once, and with every boot.

    Raises
    ------
    NginxMissingError
        There is none, or no ``openssl`` for its certificate; the message says what is left out.
    """
    found = _installed()
    if found is None and apt.is_usable():
        apt.attempt("apt-get", "update", "-qq", seconds=30)
        with tempfile.TemporaryDirectory() as folder:
            apt.attempt("apt-get", "download", "-qq", "nginx", seconds=30, folder=folder)
            for package in Path(folder).glob("nginx_*.deb"):
                apt.attempt("dpkg-deb", "--extract", str(package), str(UNPACKED))
        found = _installed()
    if found is None or shutil.which("openssl") is None:
        raise NginxMissingError(MISSING)
    return found


def _installed() -> str | None:
    """Look on the PATH and where it only leads for root; a program that lacks its libraries is none."""
    places = [os.environ.get("PATH", os.defpath), "/usr/sbin", "/usr/local/sbin", str(UNPACKED / "usr/sbin")]
    path = shutil.which("nginx", path=os.pathsep.join(places))
    works = path and subprocess.run([path, "-v"], capture_output=True, check=False).returncode == 0
    return path if works else None


def adapted(text: str, upstream: int, plain: int, port: int, folder: Path) -> str:
    """Give a configuration this machine's addresses, ports, paths and certificate, and change nothing else.

    Parameters
    ----------
    text
        The configuration.
    upstream
        The port of the server.
    plain, port
        The ports for visitors without and with encryption.
    folder
        Where the certificate is, and the cache may be.
    """
    for pattern, replacement in {
        r"\n *listen \[::\]:[^;]*;": "",  # not every machine has it
        r"listen 80;": f"listen {HOST}:{plain};",
        r"listen 443 ": f"listen {HOST}:{port} ",
        r"127\.0\.0\.1:8501": f"{HOST}:{upstream}",
        r"/etc/letsencrypt/live/[^;]*/": f"{folder}/",
        r"/var/cache/nginx-lab": f"{folder}/cache",
    }.items():
        text, count = re.subn(pattern, replacement, text)
        assert count, f"nothing to adapt: {pattern}"
    return text


def free_ports(count: int) -> list[int]:
    """Return different ports on which nobody listens; asked for one after the other they may be the same."""
    with ExitStack() as probes:
        sockets = [probes.enter_context(closing(socket.create_server((HOST, 0)))) for _ in range(count)]
        return [each.getsockname()[1] for each in sockets]


class Proxy(NamedTuple):
    """A running nginx: the port for visitors, and the folder with all that it writes."""

    port: int
    folder: Path


@contextmanager
def proxying(upstream: int, text: str) -> Iterator[Proxy]:
    """Run nginx with this configuration in front of the server on a port; end it by its own id."""
    with tempfile.TemporaryDirectory() as name:
        plain, port = free_ports(2)
        proxy = Proxy(port, Path(name))
        _certify(proxy.folder)
        user = "user root;" if hasattr(os, "getuid") and os.getuid() == 0 else ""  # the folder is this user's alone
        (proxy.folder / "nginx.conf").write_text(MAIN.format(user=user), encoding="utf-8")
        (proxy.folder / "lab.conf").write_text(adapted(text, upstream, plain, port, proxy.folder), encoding="utf-8")
        said = proxy.folder / "error.log"
        process = subprocess.Popen([executable(), "-p", name, "-e", str(said), "-c", "nginx.conf"])
        try:
            _await_port(process, proxy)
            yield proxy
        finally:
            process.terminate()
            process.wait(10)


def _certify(folder: Path) -> None:
    """Make a certificate and its key, under the names that Let's Encrypt gives them."""
    out = ["-out", str(folder / "fullchain.pem"), "-keyout", str(folder / "privkey.pem")]
    kind = ["-x509", "-newkey", "rsa:2048", "-noenc", "-days", "2", "-subj", f"/CN={NAME}"]
    subprocess.run(["openssl", "req", *kind, *out], check=True, capture_output=True)


def _await_port(process: "subprocess.Popen[bytes]", proxy: Proxy) -> None:
    for _ in range(100):
        try:
            socket.create_connection((HOST, proxy.port), timeout=5).close()
        except OSError:
            try:
                process.wait(0.1)  # a proxy that cannot start says so at once
            except subprocess.TimeoutExpired:
                continue
            break
        return
    raise RuntimeError(f"nginx did not start. It said:\n{(proxy.folder / 'error.log').read_text(encoding='utf-8')}")
