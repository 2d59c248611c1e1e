"""What tests share: how Hypothesis draws (few examples without a clock, in CI always the same ones), and a server."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.serving import Server, serving

settings.register_profile("here", deadline=None, max_examples=40)
settings.register_profile("ci", settings.get_profile("here"), derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The app, started once."""
    with serving() as running:
        yield running
