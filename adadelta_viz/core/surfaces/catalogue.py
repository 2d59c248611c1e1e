"""The catalogue of test surfaces: one entry each, and everything else follows from the entry.

Minima are exact roots of ∇f (rational where they are rational, else to the last digit of float64); the tests check
them against gradient, Hessian and a dense grid.
"""

from collections.abc import Mapping
from types import MappingProxyType

import sympy as sp

from adadelta_viz.core.surfaces.surface import Surface, X, Y
from adadelta_viz.core.surfaces.window import Domain


def _square(half_width: float) -> Domain:
    return ((-half_width, half_width), (-half_width, half_width))


_U, _V = (X + Y) / sp.sqrt(2), (Y - X) / sp.sqrt(2)  # the axes of the rotated ravine

_ENTRIES = (
    Surface(
        "rosenbrock",
        "Rosenbrock",
        (1 - X) ** 2 + 100 * (Y - X**2) ** 2,
        domain=((-2.0, 2.0), (-1.0, 3.0)),
        start=(-1.5, 2.0),
        minima=((1.0, 1.0),),
        teaches="A curved valley: finding its floor takes a moment, following the floor to the minimum takes the rest.",
        source="Rosenbrock (1960), An automatic method for finding the greatest or least value of a function",
    ),
    Surface(
        "saddle",
        "Saddle",
        X**2 - Y**2,
        domain=_square(2.0),
        start=(1.0, 0.001),
        teaches="Down along x, away along y: there is no minimum, and a run that escapes leaves the map.",
        source="textbook: the hyperbolic paraboloid",
    ),
    Surface(
        "beale",
        "Beale",
        (sp.Rational(3, 2) - X + X * Y) ** 2
        + (sp.Rational(9, 4) - X + X * Y**2) ** 2
        + (sp.Rational(21, 8) - X + X * Y**3) ** 2,
        domain=_square(4.5),
        start=(1.0, 1.5),
        minima=((3.0, 0.5),),
        teaches="Flat plateaus between steep corners: gradients differ by orders of magnitude within one picture.",
        source="Beale (1958), On an iterative method for finding a local minimum of a function",
    ),
    Surface(
        "himmelblau",
        "Himmelblau",
        (X**2 + Y - 11) ** 2 + (X + Y**2 - 7) ** 2,
        domain=_square(5.0),
        start=(0.0, 0.5),
        minima=(
            (3.0, 2.0),
            (-2.805118086952745, 3.131312518250573),
            (-3.779310253377747, -3.2831859912861693),
            (3.5844283403304917, -1.8481265269644034),
        ),
        teaches="Four equal minima: where a run ends depends on where it starts and on how it moves.",
        source="Himmelblau (1972), Applied Nonlinear Programming",
    ),
    Surface(
        "booth",
        "Booth",
        (X + 2 * Y - 7) ** 2 + (2 * X + Y - 5) ** 2,
        domain=_square(10.0),
        start=(-7.0, 6.0),
        minima=((1.0, 3.0),),
        teaches="A gentle tilted bowl: easy for every method, so what differs is the pace.",
        source="Jamil and Yang (2013), A literature survey of benchmark functions, arXiv:1308.4008",
    ),
    Surface(
        "matyas",
        "Matyas",
        sp.Rational(26, 100) * (X**2 + Y**2) - sp.Rational(48, 100) * X * Y,
        domain=_square(10.0),
        start=(-8.0, 4.0),
        minima=((0.0, 0.0),),
        teaches="A flat plate with every curvature below 2: here AdaDelta settles.",
        source="Jamil and Yang (2013), A literature survey of benchmark functions, arXiv:1308.4008",
    ),
    Surface(
        "sphere",
        "Sphere",
        X**2 + Y**2,
        domain=_square(5.0),
        start=(-4.0, 3.0),
        minima=((0.0, 0.0),),
        teaches="The plain bowl, with curvature exactly 2: the border at which AdaDelta still settles.",
        source="textbook: the sum of squares",
    ),
    Surface(
        "bowl_10",
        "Sphere × 10",
        10 * (X**2 + Y**2),
        domain=_square(5.0),
        start=(-4.0, 3.0),
        minima=((0.0, 0.0),),
        teaches="The sphere with ten times the loss: who takes the same steps, and who does not?",
        source="the sphere, scaled",
    ),
    Surface(
        "bowl_100",
        "Sphere × 100",
        100 * (X**2 + Y**2),
        domain=_square(5.0),
        start=(-4.0, 3.0),
        minima=((0.0, 0.0),),
        teaches="The sphere with a hundred times the loss: a fixed step that was too short is too long now.",
        source="the sphere, scaled",
    ),
    Surface(
        "quadratic",
        "Ill-conditioned quadratic",
        (X**2 + 100 * Y**2) / 2,
        domain=_square(10.0),
        start=(-8.0, 1.0),
        minima=((0.0, 0.0),),
        teaches="One axis a hundred times steeper than the other: a rate per dimension evens that out.",
        source="textbook: a quadratic with condition number 100",
    ),
    Surface(
        "rotated_ravine",
        "Rotated ravine",
        (_U**2 + 100 * _V**2) / 2,
        domain=_square(10.0),
        start=(float(-9 / sp.sqrt(2)), float(-7 / sp.sqrt(2))),  # where the quadratic's start goes when it is turned
        minima=((0.0, 0.0),),
        teaches="The same quadratic turned by 45°: a rate per dimension cannot see a slope that runs across the axes.",
        source="textbook: the quadratic with condition number 100, rotated",
    ),
    Surface(
        "monkey_saddle",
        "Monkey saddle",
        X**3 - 3 * X * Y**2,
        domain=_square(2.0),
        start=(1.0, 0.4),
        teaches="Three ways down and no curvature at the centre: the second derivative has nothing to say there.",
        source="Hilbert and Cohn-Vossen (1932), Anschauliche Geometrie",
    ),
    Surface(
        "three_hump_camel",
        "Three-hump camel",
        2 * X**2 - sp.Rational(105, 100) * X**4 + X**6 / 6 + X * Y + Y**2,
        domain=_square(5.0),
        start=(-2.0, 3.0),
        minima=((0.0, 0.0),),
        teaches="A good valley between two nearly as good ones: the nearest minimum is not always the best.",
        source="Jamil and Yang (2013), A literature survey of benchmark functions, arXiv:1308.4008",
    ),
    Surface(
        "six_hump_camel",
        "Six-hump camel",
        (4 - sp.Rational(21, 10) * X**2 + X**4 / 3) * X**2 + X * Y + (-4 + 4 * Y**2) * Y**2,
        domain=((-3.0, 3.0), (-2.0, 2.0)),
        start=(-1.0, 1.5),
        minima=((0.08984201310031806, -0.7126564030207396), (-0.08984201310031806, 0.7126564030207396)),
        teaches="Six minima, two of them best, and seven saddles between them.",
        source="Dixon and Szegő (1978), Towards Global Optimisation 2",
    ),
    Surface(
        "ackley",
        "Ackley",
        -20 * sp.exp(-sp.Rational(1, 5) * sp.sqrt((X**2 + Y**2) / 2))
        - sp.exp((sp.cos(2 * sp.pi * X) + sp.cos(2 * sp.pi * Y)) / 2)
        + sp.E
        + 20,
        domain=_square(5.0),
        start=(-2.3, 1.6),
        minima=((0.0, 0.0),),
        teaches="A funnel under ripples that ends in a point: at the minimum itself there is no gradient.",
        source="Ackley (1987), A Connectionist Machine for Genetic Hillclimbing",
    ),
    Surface(
        "rastrigin",
        "Rastrigin",
        20 + X**2 - 10 * sp.cos(2 * sp.pi * X) + Y**2 - 10 * sp.cos(2 * sp.pi * Y),
        domain=_square(5.12),
        start=(2.2, -1.7),
        minima=((0.0, 0.0),),
        teaches="A lattice of minima: a method that only follows the slope stays in the cell where it starts.",
        source="Rastrigin (1974), Systems of Extremal Control",
    ),
    Surface(
        "styblinski_tang",
        "Styblinski-Tang",
        (X**4 - 16 * X**2 + 5 * X + Y**4 - 16 * Y**2 + 5 * Y) / 2,
        domain=_square(5.0),
        start=(4.0, -0.5),
        minima=((-2.903534027771177, -2.903534027771177),),
        teaches="Four basins of different depth: which one is reached is decided in the first steps.",
        source="Styblinski and Tang (1990), Experiments in nonconvex optimization",
    ),
    Surface(
        "goldstein_price",
        "Goldstein-Price",
        (1 + (X + Y + 1) ** 2 * (19 - 14 * X + 3 * X**2 - 14 * Y + 6 * X * Y + 3 * Y**2))
        * (30 + (2 * X - 3 * Y) ** 2 * (18 - 32 * X + 12 * X**2 + 48 * Y - 36 * X * Y + 27 * Y**2)),
        domain=_square(2.0),
        start=(1.2, -1.4),
        minima=((0.0, -1.0),),
        teaches="Values over five orders of magnitude: a fixed step size is too large here and too small there.",
        source="Goldstein and Price (1971), On descent from local minima",
    ),
)

SURFACES: Mapping[str, Surface] = MappingProxyType({surface.key: surface for surface in _ENTRIES})
"""Every surface by its key, in the order in which menus show them."""
