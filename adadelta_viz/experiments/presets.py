"""Races worth watching: each shows one thing, and says it in a sentence that a test computes."""

from dataclasses import dataclass

from adadelta_viz.experiments.experiment import Experiment
from adadelta_viz.experiments.race import Race


@dataclass(frozen=True)
class Preset:
    """A race with a name and a sentence on what it shows."""

    key: str
    title: str
    sentence: str
    race: Race


def _race(
    surface: str, hyperparameters: dict[str, dict[str, float]], tolerance: float = 0.01, **conditions: float
) -> Race:
    runs = (Experiment(surface, optimizer, conditions | hyper) for optimizer, hyper in hyperparameters.items())
    return Race(tuple(runs), tolerance=tolerance)


_SCALE: dict[str, dict[str, float]] = {"sgd": {"lr": 0.01}, "adagrad": {}, "rmsprop": {}, "adadelta": {}, "adam": {}}
_RAVINE: dict[str, dict[str, float]] = {"sgd": {}, "momentum": {}, "adagrad": {}, "adadelta": {}, "adam": {}}
_SLOW = {"lr": 0.01}

PRESETS = (
    Preset(
        "valley",
        "Valley",
        "Momentum comes within 0.01 of the minimum first, Adam second; for RMSprop and AdaDelta 900 steps are too few.",
        _race("rosenbrock", {"adadelta": {}, "momentum": {}, "rmsprop": {}, "adam": {}}),
    ),
    Preset(
        "plateau",
        "Plateau",
        "In Beale's corner SGD and Momentum are thrown off the map by their first step; those that divide by the slope "
        "stay on it, and none of them comes within 0.01 of the minimum in 900 steps.",
        _race(
            "beale",
            {"sgd": {}, "momentum": {}, "adagrad": {}, "rmsprop": {}, "adadelta": {}, "adam": {}},
            x0=-4.0,
            y0=4.4,
        ),
    ),
    Preset(
        "saddle",
        "Escaping a saddle",
        "The way out is almost level at first. AdaDelta and RMSprop divide each slope by its own size and leave the "
        "map first; SGD with the same learning rate as RMSprop leaves last.",
        _race(
            "saddle",
            {"sgd": _SLOW, "momentum": _SLOW, "rmsprop": _SLOW, "adadelta": {}, "adam": _SLOW},
            steps=500,
        ),
    ),
    Preset(
        "keras",
        "One name, three defaults",
        "Three AdaDeltas: the paper's and torch's (ρ 0.9) come below 0.3 in 900 steps. With Keras's defaults (learning "
        "rate 0.001, ε 10⁻⁷) the loss is still above 12, after less than a thousandth of the paper's way.",
        Race(
            (
                Experiment(),
                Experiment(numbers={"rho": 0.9}),
                Experiment(numbers={"lr": 0.001, "eps": 1e-7}),
            )
        ),
    ),
    Preset(
        "ravine",
        "Ravine",
        "Along the axes a rate per dimension evens out the two curvatures: AdaGrad and Adam come within 0.01 of the "
        "minimum before Momentum does.",
        _race("quadratic", _RAVINE),
    ),
    Preset(
        "turned",
        "Ravine, turned",
        "The same ravine and start, turned by 45°: SGD and Momentum take the same steps as before, AdaGrad and Adam "
        "now come in behind Momentum.",
        _race("rotated_ravine", _RAVINE),
    ),
    Preset(
        "scale_1",
        "Scale × 1",
        "The plain bowl: SGD needs almost three times the steps of AdaGrad, AdaDelta five times those of SGD.",
        _race("sphere", _SCALE, steps=1500),
    ),
    Preset(
        "scale_10",
        "Scale × 10",
        "Ten times the loss, the tolerance with it: all but SGD take as many steps as before, SGD ten times fewer.",
        _race("bowl_10", _SCALE, tolerance=0.1, steps=1500),
    ),
    Preset(
        "scale_100",
        "Scale × 100",
        "A hundred times the loss: all but SGD still take as many steps as before, SGD jumps back and forth and never "
        "arrives.",
        _race("bowl_100", _SCALE, tolerance=1.0, steps=1500),
    ),
    Preset(
        "four_minima",
        "Four minima",
        "One start, three of the four minima: SGD ends at (3.58, −1.85), Momentum at (3, 2), and RMSprop, AdaDelta and "
        "Adam at (−3.78, −3.28).",
        _race(
            "himmelblau",
            {"sgd": {}, "momentum": {}, "rmsprop": {}, "adadelta": {}, "adam": {}},
            x0=0.2,
            y0=-3.8,
        ),
    ),
)
"""In the order in which the page shows them."""
