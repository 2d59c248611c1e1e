"""Does a known hole stand in requirements.lock? ``make audit`` asks the advisory service of the package index.

pip-audit passes over what the service does not know, so that an index without advisories looks like a clean bill. So
first the service is asked for a hole that has been known for years; where it does not tell that one, nothing was
audited, and the answer is that sentence and not a verdict. Whoever automates this adds ``--required``, which makes the
sentence an error; a machine without network may then not pass.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
KNOWN = "jinja2==2.4.1"
"""A release with published advisories, among them CVE-2019-10906."""

NOT_AUDITED = "Not audited: the advisory service cannot be reached from here, or does not give advisories."


def command(package: str, requirements: Path, *options: str) -> list[str]:
    """Return what runs pip-audit in an environment of its own: nothing of it has to be installed or locked here."""
    uv = [str(Path(sys.executable).with_name("uv")), "tool", "run", "--from", package]
    return [*uv, "pip-audit", "--disable-pip", *options, "--requirement", str(requirements)]


def asked(command: list[str]) -> str:
    """Run a command and return what it prints; nothing where it does not end in time."""
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120).stdout
    except subprocess.TimeoutExpired:
        return ""


def tells_advisories(package: str, ask: Callable[[list[str]], str] = asked) -> bool:
    """Ask the advisory service for a hole that it must know."""
    with tempfile.TemporaryDirectory() as folder:
        old = Path(folder, "requirements.txt")
        old.write_text(KNOWN, encoding="utf-8")
        told = ask(command(package, old, "--no-deps", "--format", "json"))
    try:
        return bool(json.loads(told)["dependencies"][0]["vulns"])
    except (ValueError, LookupError, TypeError):
        return False


def main(
    arguments: Sequence[str] | None = None,
    reachable: Callable[[str], bool] = tells_advisories,
    run: Callable[[list[str]], int] = subprocess.call,
) -> int:
    """Audit, and return the exit code: 0 without a known hole or without an audit, pip-audit's own otherwise."""
    parser = argparse.ArgumentParser(prog="python -m tests.audit", description=__doc__)
    parser.add_argument("package", help="pip-audit with its version, as pip writes it")
    parser.add_argument("--required", action="store_true", help="fail where no audit is possible")
    options = parser.parse_args(arguments)
    if not reachable(options.package):
        print(NOT_AUDITED, file=sys.stderr)
        return 2 if options.required else 0
    return run(command(options.package, ROOT / "requirements.lock", "--strict"))


if __name__ == "__main__":
    sys.exit(main())
