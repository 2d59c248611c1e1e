"""The family: who took what from whom, from gradient descent to the methods that do without a learning rate."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from adadelta_viz.core import OPTIMIZERS
from adadelta_viz.experiments import Experiment
from adadelta_viz.experiments.race import Race


class Member(NamedTuple):
    """A method of the family: one that the laboratory runs, or one that is only told after its paper.

    ``parents`` are those whose rule it builds on; ``aim`` names one whose aim it shares without its rule.
    """

    year: int
    title: str
    sentence: str
    source: str
    parents: tuple[str, ...] = ()
    aim: str = ""
    doi: str = ""


_TOLD = {
    "d-adaptation": Member(
        2023,
        "D-Adaptation",
        "Estimates how far away the solution is while it runs, and takes the learning rate from that.",
        "Defazio and Mishchenko (2023), Learning-rate-free learning by D-Adaptation, arXiv:2301.07733",
        aim="adadelta",
    ),
    "dog": Member(
        2023,
        "DoG",
        "Distance over gradients: divides the distance from the start by the root of all squared slopes.",
        "Ivgi, Hinder and Carmon (2023), DoG is SGD's best friend, arXiv:2302.12022",
        aim="adadelta",
    ),
    "prodigy": Member(
        2023,
        "Prodigy",
        "D-Adaptation with weights that let its estimate grow faster.",
        "Mishchenko and Defazio (2023), Prodigy, arXiv:2306.06101",
        parents=("d-adaptation",),
    ),
}
_RUN = {
    key: Member(each.year, each.title, each.idea, each.source, each.parents, doi=each.doi)
    for key, each in OPTIMIZERS.items()
}

FAMILY: Mapping[str, Member] = MappingProxyType(dict(sorted((_RUN | _TOLD).items(), key=lambda each: each[1].year)))
"""Every member by its key, in the order of years; within a year in the order of the catalogue."""


def race(key: str) -> Race:
    """Set up the race of a member of the catalogue against AdaDelta, or of AdaDelta against its nearest relative.

    Examples
    --------
    >>> [run.optimizer for run in race("adam").runs], [run.optimizer for run in race("adadelta").runs]
    (['adadelta', 'adam'], ['adadelta', 'rmsprop'])
    """
    rival = "rmsprop" if key == "adadelta" else key
    return Race((Experiment(), Experiment(optimizer=rival)))
