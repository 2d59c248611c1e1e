"""The audit says what it did: a clean bill only from a service that knows advisories."""

import io
import json
import urllib.request
from collections.abc import Callable

import pytest

from tests import audit


def answering(content: str | Exception) -> Callable[..., io.BytesIO]:
    def urlopen(url: str, timeout: float) -> io.BytesIO:
        assert url == audit.KNOWN
        assert timeout
        if isinstance(content, Exception):
            raise content
        return io.BytesIO(content.encode())

    return urlopen


@pytest.mark.parametrize(
    ("content", "tells"),
    [
        (json.dumps({"vulnerabilities": [{"id": "PYSEC-2019-217"}]}), True),
        (json.dumps({"vulnerabilities": []}), False),
        (json.dumps({"info": {}}), False),
        ("[]", False),
        ("<html>a proxy's page</html>", False),
        (OSError("no network"), False),
        (TimeoutError(), False),
    ],
    ids=["advisories", "none", "an index without", "a list", "a page", "no network", "no answer"],
)
def test_a_service_is_one_that_knows_an_old_hole(
    monkeypatch: pytest.MonkeyPatch, content: str | Exception, tells: bool
) -> None:
    monkeypatch.setattr(urllib.request, "urlopen", answering(content))
    assert audit.tells_advisories() is tells


@pytest.mark.parametrize(("arguments", "code"), [(["pip-audit==2.10.1"], 0), (["pip-audit==2.10.1", "--required"], 2)])
def test_without_a_service_it_says_so_and_runs_nothing(
    capsys: pytest.CaptureFixture[str], arguments: list[str], code: int
) -> None:
    assert audit.main(arguments, lambda: False, lambda _: pytest.fail("nothing to run")) == code
    assert capsys.readouterr().err == f"{audit.NOT_AUDITED}\n"


@pytest.mark.parametrize("verdict", [0, 1])
def test_with_a_service_the_verdict_is_that_of_pip_audit_on_the_lock(verdict: int) -> None:
    commands = []

    def run(command: list[str]) -> int:
        commands.append(command)
        return verdict

    assert audit.main(["pip-audit==2.10.1"], lambda: True, run) == verdict
    assert commands == [audit.command("pip-audit==2.10.1")]
    assert commands[0][-1].endswith("requirements.lock")
    assert "--strict" in commands[0]
