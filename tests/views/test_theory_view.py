"""The style of the essay: it has the accent and the ground of the theme, which a style sheet cannot ask for."""

from pathlib import Path

from adadelta_viz.figures import DARK, LIGHT
from adadelta_viz.views import theory_view

STYLE = Path(theory_view.__file__).with_name("theory_view.css").read_text(encoding="utf-8")


def test_accent_and_ground_are_those_of_the_theme() -> None:
    assert f"--av-own: light-dark({LIGHT.adadelta}, {DARK.adadelta});" in STYLE
    assert f"--av-ground: light-dark({LIGHT.paper}, {DARK.paper});" in STYLE


def test_no_other_colour_is_written_in_the_style() -> None:
    assert STYLE.count("#") == 4
