import numpy as np
import pytest

from adadelta_viz.core.arrays import as_theta


def test_a_pair_becomes_float64_whatever_it_was() -> None:
    assert as_theta((1, 2)).dtype == np.float64
    assert as_theta((np.ones((3, 4)), np.zeros((3, 4)))).shape == (2, 3, 4)


def test_the_argument_is_copied_and_not_kept() -> None:
    mine = np.array([1.0, 2.0])
    theirs = as_theta(mine)
    theirs += 1
    assert mine.tolist() == [1, 2]


@pytest.mark.parametrize("shape", [(), (1,), (3,), (3, 2)], ids=str)
def test_anything_but_two_coordinates_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"origin must have two coordinates, \(x, y\): got shape"):
        as_theta(np.zeros(shape), "origin")


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_a_point_outside_the_plane_is_refused(bad: float) -> None:
    with pytest.raises(ValueError, match="start must be finite: got"):
        as_theta((0.0, bad))
    with pytest.raises(ValueError, match="start must be finite: got"):
        as_theta(np.array([[0.0, 1.0], [2.0, bad]]))
