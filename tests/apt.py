"""Debian's packages, for tests that need a program which the machine lacks."""

import os
import subprocess
import sys
from pathlib import Path


def can_use_apt(os_release: str, user_id: int) -> bool:
    """Tell whether ``apt-get`` gives the program itself: as root on Debian; some of Ubuntu's packages are mere shells.

    Parameters
    ----------
    os_release
        The text of ``/etc/os-release``, empty where there is none.
    user_id
        The user's number; root is 0.

    Returns
    -------
    bool
        Whether it is worth trying.
    """
    return user_id == 0 and "ID=debian" in os_release.splitlines()


def is_usable() -> bool:
    """Tell whether ``apt-get`` is worth trying on this machine, for this user."""
    path = Path("/etc/os-release")
    os_release = path.read_text(encoding="utf-8") if path.is_file() else ""
    return can_use_apt(os_release, os.getuid() if hasattr(os, "getuid") else -1)


def attempt(*command: str, seconds: float = 600, folder: str | None = None) -> None:
    """Run an installer in a folder, its talk on stderr; whether it helped is seen by looking again."""
    print("$", *command, file=sys.stderr, flush=True)
    try:
        subprocess.run(command, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False, timeout=seconds, cwd=folder)
    except (OSError, subprocess.TimeoutExpired) as problem:
        print(problem, file=sys.stderr)
