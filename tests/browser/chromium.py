"""Find a Chromium for the browser tests, or fetch one; never leave a test out for want of it.

``python -m tests.browser.chromium`` makes sure that there is one and prints its path.
"""

import functools
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath, PureWindowsPath

from tests import apt

COMMANDS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "msedge",
)
MACOS_APPS = ("Google Chrome", "Chromium", "Microsoft Edge")
WINDOWS_PROGRAMS = (r"Google\Chrome\Application\chrome.exe", r"Microsoft\Edge\Application\msedge.exe")
WINDOWS_ROOTS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
ADVICE = (
    "The browser tests need Chromium: install Chromium, Chrome or Edge, or set CHROMIUM to the path of its executable."
)
# In a process of its own: Playwright refuses to start twice in one, and a test may have started it already.
ASK_PLAYWRIGHT = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""


class BrowserMissingError(RuntimeError):
    """No browser, and no way here to get one."""


def usual_places(system: str, environ: Mapping[str, str]) -> Iterator[str]:
    """Where an installer puts a browser that the PATH does not name.

    Parameters
    ----------
    system
        What `platform.system` says: ``"Darwin"``, ``"Windows"``, ``"Linux"``, ...
    environ
        The environment, which on Windows tells the folders of programs.

    Yields
    ------
    str
        Candidate paths, the likeliest first; none on systems that use the PATH.
    """
    if system == "Darwin":
        for app in MACOS_APPS:
            yield str(PurePosixPath("/Applications", f"{app}.app", "Contents", "MacOS", app))
    elif system == "Windows":
        for program in WINDOWS_PROGRAMS:
            yield from (str(PureWindowsPath(environ[root], program)) for root in WINDOWS_ROOTS if environ.get(root))


def installed(
    environ: Mapping[str, str],
    system: str,
    which: Callable[[str], str | None],
    is_file: Callable[[str], bool],
) -> str | None:
    """Choose among the browsers that this machine already has.

    Parameters
    ----------
    environ
        The environment; a ``CHROMIUM`` in it is the user's word and ends the search.
    system
        What `platform.system` says.
    which
        Looks a command up on the PATH, as `shutil.which` does.
    is_file
        Tells whether a path is a file.

    Returns
    -------
    str or None
        The path of the browser, None where there is none.

    Raises
    ------
    BrowserMissingError
        ``CHROMIUM`` names something that is not there: a wish is not silently replaced.
    """
    if wish := environ.get("CHROMIUM"):
        found = which(wish) or (wish if is_file(wish) else None)
        if found is None:
            raise BrowserMissingError(f"CHROMIUM is set to {wish!r}, and there is no such program.")
        return found
    on_path = (which(command) for command in COMMANDS)
    in_place = (place for place in usual_places(system, environ) if is_file(place))
    return next((path for path in on_path if path), None) or next(in_place, None)


def _playwrights_own() -> str | None:
    answer = subprocess.run([sys.executable, "-c", ASK_PLAYWRIGHT], capture_output=True, text=True, check=False)
    path = answer.stdout.strip()
    return path if answer.returncode == 0 and Path(path).is_file() else None


@functools.cache
def executable() -> str:
    """Path of a Chromium-like browser, installed on the spot where the machine has none.

    In this order: ``$CHROMIUM``, one that is installed, Playwright's own (downloaded if need be), Debian's package
    (as root).

    Returns
    -------
    str
        The path of its executable.

    Raises
    ------
    BrowserMissingError
        Nothing of that worked; the message is one sentence that says what to install.
    """

    def look() -> str | None:
        return installed(os.environ, platform.system(), shutil.which, os.path.isfile) or _playwrights_own()

    if found := look():
        return found
    apt.attempt(sys.executable, "-m", "playwright", "install", "chromium")
    if found := look():
        return found
    if apt.is_usable():
        apt.attempt("apt-get", "update", "-qq")
        apt.attempt("apt-get", "install", "-qq", "--yes", "--no-install-recommends", "chromium")
        if found := look():
            return found
    raise BrowserMissingError(ADVICE)


if __name__ == "__main__":
    try:
        print(executable())
    except BrowserMissingError as problem:
        sys.exit(str(problem))
