"""Connections send what is written at once.

An answer is written in two parts, its head and its body. The network layer holds the second back until the other side
has acknowledged the first (Nagle's algorithm), and that side takes up to 40 ms to acknowledge. asyncio switches this
off only for sockets that were made with the protocol TCP; Streamlit makes the listening socket with protocol 0.
"""

import os
import socket
import stat
from collections.abc import Iterator
from contextlib import suppress

_DESCRIPTORS = "/dev/fd"
"""Where a process finds its open files on Linux, macOS and BSD. Windows has no such place, and keeps its delay."""


def send_at_once() -> None:
    """Set TCP_NODELAY on every listening socket of the process; each connection inherits it when it is accepted."""
    for listener in listeners():
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def listeners() -> Iterator[socket.socket]:
    """Yield the TCP sockets on which this process listens, each open until the next is asked for."""
    for descriptor in map(int, os.listdir(_DESCRIPTORS) if os.path.isdir(_DESCRIPTORS) else ()):
        with suppress(OSError):  # the list names a descriptor of its own, which is closed by now
            if stat.S_ISSOCK(os.fstat(descriptor).st_mode):
                with socket.socket(fileno=os.dup(descriptor)) as found:
                    if is_listening(found):
                        yield found


def is_listening(found: socket.socket) -> bool:
    """Tell whether connections over TCP are accepted on a socket.

    Examples
    --------
    >>> with socket.create_server(("127.0.0.1", 0)) as listener, socket.socket() as idle:
    ...     is_listening(listener), is_listening(idle)
    (True, False)
    """
    is_tcp = found.family in {socket.AF_INET, socket.AF_INET6} and found.type == socket.SOCK_STREAM
    return is_tcp and bool(found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))
