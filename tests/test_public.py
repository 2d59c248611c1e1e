"""The public names: what the library offers, listed, sorted and complete."""

from types import ModuleType

import pytest

import adadelta_viz
from adadelta_viz import claims, core, experiments, figures, player


def order(name: str) -> tuple[int, str]:
    """Constants, classes, functions."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2, name)


@pytest.mark.parametrize(
    "package", [adadelta_viz, claims, core, experiments, figures, player], ids=lambda package: package.__name__
)
def test_the_public_names_are_listed_sorted_and_complete(package: ModuleType) -> None:
    listed = list(package.__all__)
    assert listed == sorted(listed, key=order)
    modules = {name for name, value in vars(package).items() if isinstance(value, ModuleType)}
    assert {name for name in vars(package) if not name.startswith("_")} - (modules - set(listed)) == set(listed)


def test_the_package_offers_what_core_and_experiments_offer() -> None:
    below = {name: getattr(package, name) for package in (core, experiments) for name in package.__all__}
    assert set(adadelta_viz.__all__) == {*below, "core", "experiments", "figures"}
    assert all(getattr(adadelta_viz, name) is value for name, value in below.items())
