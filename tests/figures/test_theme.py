import re

import pytest

from adadelta_viz.core import OPTIMIZERS
from adadelta_viz.figures import DARK, LIGHT, Theme
from adadelta_viz.figures.theme import SYMBOLIC

both_themes = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
CSS_COLOUR = re.compile(r"#[0-9a-f]{6}|rgba\((\d{1,3}, ){3}[01]?\.?\d+\)")


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_what_wcag_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@both_themes
def test_every_colour_is_one_that_browsers_know(theme: Theme) -> None:
    colours = [value for name, value in vars(theme).items() if name != "others"]
    for colour in (*colours, *theme.others, *theme.roles.values()):
        assert CSS_COLOUR.fullmatch(colour), colour


@both_themes
def test_every_optimizer_has_a_colour_and_adadelta_one_that_no_other_has(theme: Theme) -> None:
    assert list(theme.roles) == list(OPTIMIZERS)
    assert theme.roles["adadelta"] == theme.adadelta
    assert theme.adadelta not in theme.others
    assert len(set(theme.others)) == len(theme.others)
    assert theme.as_data()["accent"] == theme.adadelta
    assert theme.as_data()["roles"] == theme.roles


@both_themes
@pytest.mark.parametrize("role", ["ink", "muted"])
def test_text_stands_out_from_the_paper(theme: Theme, role: str) -> None:
    assert contrast(getattr(theme, role), theme.paper) >= 4.5


@both_themes
@pytest.mark.parametrize("role", ["x", "y", "adadelta"])
def test_lines_stand_out_from_the_paper(theme: Theme, role: str) -> None:
    assert contrast(getattr(theme, role), theme.paper) >= 3


@both_themes
def test_the_path_of_adadelta_stands_out_from_the_landscape(theme: Theme) -> None:
    assert contrast(theme.adadelta, theme.casing) >= 3
    assert theme.x != theme.y


def test_the_symbolic_theme_has_a_name_for_each_colour() -> None:
    names = {name: value for name, value in vars(SYMBOLIC).items() if name != "others"}
    assert names == {name: f"@{name}" for name in vars(LIGHT) if name != "others"}
    assert vars(LIGHT).keys() == vars(DARK).keys()
    assert len(LIGHT.others) == len(DARK.others)
