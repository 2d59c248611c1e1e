"""What tests share: how Hypothesis draws (few examples, in CI always the same ones), who runs what, and a server."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from adadelta_viz import OPTIMIZERS
from tests.serving import Server, serving

# The walk with new entries runs in the copy to which ``test_new_entry`` adds them.
collect_ignore = [] if "throwaway" in OPTIMIZERS else ["new_entries.py"]

settings.register_profile("here", deadline=None, max_examples=40)
settings.register_profile("ci", settings.get_profile("here"), derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


class ByFile(LoadScopeScheduling):  # type: ignore[misc]  # pytest-xdist ships no types
    """Two files at a time, so that what a file builds is built once; all that need a browser one after the other.

    Two browsers are too much for two cores.
    """

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith("tests/browser/"):
            return "browser"
        if nodeid.startswith(("tests/claims/", "tests/test_readme.py")):
            return "claims"  # what the claims find takes seconds, and all of these look at it
        return nodeid.partition("::")[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFile:
    return ByFile(config, log)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The app, started once."""
    with serving() as running:
        yield running
