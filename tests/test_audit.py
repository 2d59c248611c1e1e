"""The audit says what it did: a clean bill only from a service that knows advisories."""

import json
from pathlib import Path

import pytest

from tests import audit

PACKAGE = "pip-audit==2.10.1"


@pytest.mark.parametrize(
    ("told", "tells"),
    [
        (json.dumps({"dependencies": [{"name": "jinja2", "vulns": [{"id": "PYSEC-2019-217"}]}]}), True),
        (json.dumps({"dependencies": [{"name": "jinja2", "vulns": []}]}), False),
        (json.dumps({"dependencies": []}), False),
        (json.dumps({"dependencies": [{"name": "jinja2", "skip_reason": "not there"}]}), False),
        ("[]", False),
        ("<html>a proxy's page</html>", False),
        ("", False),
    ],
    ids=["advisories", "none", "nothing", "skipped", "a list", "a page", "no answer"],
)
def test_a_service_is_one_that_knows_an_old_hole(told: str, tells: bool) -> None:
    requirements = []

    def ask(command: list[str]) -> str:
        requirements.append(Path(command[-1]).read_text(encoding="utf-8"))
        return told

    assert audit.tells_advisories(PACKAGE, ask) is tells
    assert requirements == [audit.KNOWN]


@pytest.mark.parametrize(("arguments", "code"), [([PACKAGE], 0), ([PACKAGE, "--required"], 2)])
def test_without_a_service_it_says_so_and_runs_nothing(
    capsys: pytest.CaptureFixture[str], arguments: list[str], code: int
) -> None:
    assert audit.main(arguments, lambda _: False, lambda _: pytest.fail("nothing to run")) == code
    assert capsys.readouterr().err == f"{audit.NOT_AUDITED}\n"


@pytest.mark.parametrize("verdict", [0, 1])
def test_with_a_service_the_verdict_is_that_of_pip_audit_on_the_lock(verdict: int) -> None:
    commands = []

    def run(command: list[str]) -> int:
        commands.append(command)
        return verdict

    assert audit.main([PACKAGE], lambda _: True, run) == verdict
    assert commands == [audit.command(PACKAGE, audit.ROOT / "requirements.lock", "--strict")]
    assert commands[0][-1].endswith("requirements.lock")
    assert "--strict" in commands[0]
