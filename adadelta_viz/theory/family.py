"""The family: who took what from whom, from gradient descent to the methods that do without a learning rate."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from adadelta_viz.core import OPTIMIZERS
from adadelta_viz.experiments import Experiment
from adadelta_viz.experiments.race import Race


class Member(NamedTuple):
    """A method of the family.

    ``parents`` are those whose rule it builds on; ``aim`` names one whose aim it shares without its rule. ``lane`` and
    ``row`` are its place in the drawing, in units of a box. A method of the catalogue takes title, sentence and source
    from there; the others bring their own, and are told after their papers because the laboratory does not run them.
    """

    year: int
    lane: float
    row: int
    parents: tuple[str, ...] = ()
    aim: str = ""
    title: str = ""
    sentence: str = ""
    source: str = ""
    doi: str = ""


_MEMBERS = {
    "sgd": Member(1951, 1, 0, doi="10.1214/aoms/1177729586"),
    "momentum": Member(1964, 0, 1, ("sgd",), doi="10.1016/0041-5553(64)90137-5"),
    "nesterov": Member(1983, 0, 2, ("momentum",)),
    "rprop": Member(1993, 2, 3, doi="10.1109/ICNN.1993.298623"),
    "adagrad": Member(2011, 3, 4, ("sgd",)),
    "rmsprop": Member(2012, 2, 5, ("adagrad", "rprop")),
    "adadelta": Member(2012, 3, 5, ("adagrad",)),
    "adam": Member(2015, 1, 6, ("momentum", "rmsprop")),
    "adamax": Member(2015, 2, 6, ("adam",)),
    "nadam": Member(2016, 0, 7, ("adam", "nesterov")),
    "amsgrad": Member(2018, 1, 7, ("adam",)),
    "adamw": Member(2019, 1.5, 8, ("adam",)),
    "radam": Member(2020, 0.5, 8, ("adam",)),
    "lion": Member(2023, 1.5, 9, ("adamw",)),
    "d-adaptation": Member(
        2023,
        3,
        8,
        aim="adadelta",
        title="D-Adaptation",
        sentence="Estimates how far away the solution is while it runs, and takes the learning rate from that.",
        source="Defazio and Mishchenko (2023), Learning-rate-free learning by D-Adaptation, arXiv:2301.07733",
    ),
    "dog": Member(
        2023,
        2.4,
        9,
        aim="adadelta",
        title="DoG",
        sentence="Distance over gradients: divides the distance from the start by the root of all squared slopes.",
        source="Ivgi, Hinder and Carmon (2023), DoG is SGD's best friend, arXiv:2302.12022",
    ),
    "prodigy": Member(
        2023,
        3.2,
        9,
        ("d-adaptation",),
        title="Prodigy",
        sentence="D-Adaptation with weights that let its estimate grow faster.",
        source="Mishchenko and Defazio (2023), Prodigy, arXiv:2306.06101",
    ),
}


def _complete(key: str, member: Member) -> Member:
    if key not in OPTIMIZERS:
        return member
    optimizer = OPTIMIZERS[key]
    return member._replace(title=optimizer.title, sentence=optimizer.idea, source=optimizer.source)


FAMILY: Mapping[str, Member] = MappingProxyType({key: _complete(key, each) for key, each in _MEMBERS.items()})
"""Every member by its key, in the order of years."""


def race(key: str) -> Race:
    """Set up the race of a member of the catalogue against AdaDelta, or of AdaDelta against its nearest relative.

    Examples
    --------
    >>> [run.optimizer for run in race("adam").runs], [run.optimizer for run in race("adadelta").runs]
    (['adadelta', 'adam'], ['adadelta', 'rmsprop'])
    """
    rival = "rmsprop" if key == "adadelta" else key
    return Race((Experiment(), Experiment(optimizer=rival)))
