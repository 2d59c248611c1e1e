"""How Hypothesis draws: few examples without a clock here, always the same ones in CI."""

import os

from hypothesis import settings

settings.register_profile("here", deadline=None, max_examples=40)
settings.register_profile("ci", settings.get_profile("here"), derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")
