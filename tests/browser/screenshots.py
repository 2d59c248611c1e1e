"""Renew the pictures of the README: ``python -m tests.browser.screenshots`` writes them into ``docs/``."""

import io
from pathlib import Path

from PIL import Image  # comes with Streamlit

from adadelta_viz.experiments import Experiment
from tests.browser.visits import Visits, browsing, played
from tests.serving import ROOT, serving

DOCS = ROOT / "docs"
LIMIT = 250_000
"""A picture of more bytes than this makes a clone slow and is a mistake."""


def explore(visits: Visits) -> bytes:
    """Photograph the first page on its default experiment, two thirds of the way: below the bend, memories refilled."""
    page = visits()
    played(page, Experiment())
    scrub = page.get_by_test_id("player").get_by_role("slider", name="Step")
    scrub.fill("600")
    scrub.blur()
    page.locator('[data-testid="player"][data-step="600"]').wait_for()
    page.mouse.move(0, 0)
    return page.screenshot(animations="disabled")


def small(picture: bytes) -> bytes:
    """Return the same PNG with 256 colours, which halves it and which nobody sees on so quiet a page."""
    file = io.BytesIO()
    with Image.open(io.BytesIO(picture)) as image:
        few = image.convert("RGB").quantize(256, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        few.save(file, "PNG", optimize=True)
    return file.getvalue()


PICTURES = {"explore.png": explore}


def renew(folder: Path = DOCS) -> list[Path]:
    """Take every picture and write it into a folder.

    Raises
    ------
    RuntimeError
        The browser complained while a picture was taken, or a picture is too large.
    """
    folder.mkdir(exist_ok=True)
    with serving() as server, browsing() as browser:
        visits = Visits(browser, server)
        taken = {folder / name: small(take(visits)) for name, take in PICTURES.items()}
        visits.close()
    if visits.complaints:
        raise RuntimeError(f"The pictures would show a page with problems: {visits.complaints}")
    for path, picture in taken.items():
        if len(picture) > LIMIT:
            raise RuntimeError(f"{path.name} would have {len(picture)} bytes, more than {LIMIT}.")
        path.write_bytes(picture)
    return list(taken)


if __name__ == "__main__":
    for written in renew():
        print(written.relative_to(ROOT), written.stat().st_size, "bytes")
