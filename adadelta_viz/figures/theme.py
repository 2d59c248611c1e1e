"""Colours: a muted landscape, saturated colour-blind-safe paths (Okabe and Ito), one set for light and one for dark."""

from dataclasses import asdict, dataclass, field, fields
from itertools import cycle
from typing import Any

from adadelta_viz.core import OPTIMIZERS


@dataclass(frozen=True)
class Theme:
    """The colours of all figures, by the part they play.

    Parameters
    ----------
    paper, ink, muted, grid
        Background, text, secondary text, axis lines.
    casing
        The thin outline that separates a path from the landscape.
    x, y
        Everything that belongs to one coordinate.
    low, high, contour
        The ends of the landscape's scale and its lines.
    near, middle, far
        The scale of maps, from the best to the worst; it grows steadily lighter (or darker), so that it needs no hue.
    never, diverged
        Cells of maps that have no number: the run never arrived, or diverged.
    adadelta
        AdaDelta's own colour, the same on every page; also the accent of controls.
    others
        Colours of the other optimizers, in the order of the catalogue.
    """

    paper: str
    ink: str
    muted: str
    grid: str
    casing: str
    x: str
    y: str
    low: str
    high: str
    contour: str
    near: str
    middle: str
    far: str
    never: str
    diverged: str
    adadelta: str
    others: tuple[str, ...] = field(repr=False)

    @property
    def roles(self) -> dict[str, str]:
        """The colour of each optimizer by its key."""
        rest = cycle(self.others)
        return {key: self.adadelta if key == "adadelta" else next(rest) for key in OPTIMIZERS}

    def as_data(self) -> dict[str, Any]:
        """Return the colours as plain data for the player."""
        hues = {f"hue{number}": colour for number, colour in enumerate(self.others)}
        return asdict(self) | hues | {"accent": self.adadelta, "roles": self.roles}


LIGHT = Theme(
    paper="#ffffff",
    ink="#1a202c",
    muted="#667085",
    grid="#e4e7ec",
    casing="#ffffff",
    x="#0072b2",
    y="#007f5c",
    low="#bdd1de",
    high="#f6f4ee",
    contour="rgba(70, 100, 125, 0.28)",
    near="#0b3c5d",
    middle="#4f9aa6",
    far="#ddd3ab",
    never="#eef0f3",
    diverged="#9a4f16",
    adadelta="#d55e00",
    others=("#1a202c", "#0072b2", "#56b4e9", "#009e73", "#cc79a7", "#b59b00", "#7a4fbf"),
)
DARK = Theme(
    paper="#0f1216",
    ink="#e6e9ec",
    muted="#98a2ad",
    grid="#2a3138",
    casing="#0f1216",
    x="#5fb6ef",
    y="#3fcf9d",
    low="#142f44",
    high="#31566b",
    contour="rgba(150, 190, 215, 0.22)",
    near="#f6e8a9",
    middle="#3f93a3",
    far="#2b4250",
    never="#171c22",
    diverged="#b5622a",
    adadelta="#ff8a3d",
    others=("#e6e9ec", "#4ba3e3", "#8fd0ff", "#2fc79a", "#e79cc4", "#e8d44a", "#b497f0"),
)
_NAMES: dict[str, Any] = {each.name: f"@{each.name}" for each in fields(Theme)}
_NAMES["others"] = tuple(f"@hue{number}" for number in range(len(LIGHT.others)))
SYMBOLIC = Theme(**_NAMES)
"""Names instead of colours: the player puts in the colours of the theme that the visitor sees."""
