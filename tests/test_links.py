"""Whatever a link says, it asks for no more than the server can give: every codec there is, every key it reads."""

import importlib
import inspect
import math
import pkgutil
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import adadelta_viz
from adadelta_viz.core import OPTIMIZERS
from adadelta_viz.experiments import Experiment
from adadelta_viz.experiments.maps.basins import Basins
from adadelta_viz.experiments.maps.curves import Curves
from adadelta_viz.experiments.maps.map_request import Maps
from adadelta_viz.experiments.maps.sensitivity import Sensitivity
from adadelta_viz.experiments.race import GRID, Race
from adadelta_viz.experiments.surface_names import ENDS
from adadelta_viz.theory.reading import Reading
from adadelta_viz.views.claim_state import Asked
from tests.about import about
from tests.serving import ROOT

HOSTILE = [
    "nan", "inf", "-inf", "Infinity", "1e400", "-1e400", "1e308", "-1", "-0", "0", "1", "2000", "2001", "1e9",
    "99999999999", "0x7fffffff", "1_000", "１２", "٣", "9" * 5000, "1e-9999", "1e99999999999", "2000.0000001", "+2000",
    "2e3", "", " ", "1 ", "1\n", "\x00", "tuned", "library", "grid", "256", "adam", "adadelta", "ackley", "beale",
    "<img src=x onerror=alert(1)>", "x^2+y^2", "sin(x)*y^3", "((((((", "__class__", "../../etc/passwd", "%s%n",
    "${7*7}", "'\"--", "True", "None",
]  # fmt: skip
IN_SERVER, IN_WORKER = 272_000, 262_144_000
"""Eight runs of 2,000 steps, each with sixteen more that tuning tries; two maps of 256 × 256 runs of 2,000 steps."""


def updates(asked: Any) -> int:
    """Return how many updates of single runs what a link says asks for; a new kind of link has to be added here."""
    match asked:
        case Experiment():
            return int(asked.numbers["steps"])
        case Race():
            return sum(map(updates, asked.runs)) * (1 + GRID * (asked.rates == "tuned"))
        case Sensitivity():
            return math.prod(asked.shape) * updates(asked.experiment)
        case Basins():
            return asked.size**2 * updates(asked.experiment)
        case Curves():
            return asked.size * sum(map(updates, asked.runs()))
        case Maps():
            return sum(map(updates, asked.charts()))
        case Reading():
            return int(asked.numbers.get("steps", 1))
        case Asked():
            return int(asked.card.values.get("steps", 20_000))  # the longest walk of a claim
    raise AssertionError(f"how much work does a {type(asked).__name__} ask for?")


def codecs() -> list[Any]:
    """Find every class of the package that is read from a link."""
    names = [module.name for module in pkgutil.walk_packages(adadelta_viz.__path__, "adadelta_viz.")]
    members = [member for name in names for member in vars(importlib.import_module(name)).values()]
    found = {each for each in members if isinstance(each, type) and hasattr(each, "from_query")}
    return sorted(filter(_reads_a_link_alone, found), key=lambda each: each.__name__)


def _reads_a_link_alone(codec: Any) -> bool:
    """Whether nothing but a link is needed; a part of another link is read with that."""
    needed = [each for each in inspect.signature(codec.from_query).parameters.values() if each.default is each.empty]
    return len(needed) == 1 and not getattr(codec, "_is_protocol", False)


class EveryKey(Mapping[str, str]):
    """A link that has every key, with the same value, except a formula; it remembers which keys were read."""

    def __init__(self, value: str) -> None:
        self.value = value
        self.keys_read: set[str] = set()

    def __getitem__(self, key: str) -> str:
        self.keys_read.add(key)
        if key == "f":  # a formula stands for a surface, whose key would not be read
            raise KeyError(key)
        return self.value

    def __iter__(self) -> Iterator[str]:
        return iter(self.keys_read)

    def __len__(self) -> int:
        return len(self.keys_read)


def keys(codec: Any) -> list[str]:
    """Find every key that a codec reads, whichever optimizer is chosen."""
    links = [EveryKey(value) for value in ("nothing", *OPTIMIZERS)]
    for link in links:
        codec.from_query(link)
    return sorted(set(ENDS).union(*(link.keys_read for link in links)))


CODECS = codecs()
KEYS = {codec: keys(codec) for codec in CODECS}
every_codec = pytest.mark.parametrize("codec", CODECS, ids=lambda codec: codec.__name__)


def test_the_codecs_are_found() -> None:
    assert set(CODECS) == {Experiment, Race, Maps, Reading, Asked}


def test_the_keys_are_found() -> None:
    assert {"surface", "optimizer", "x0", "steps", "seed", "rho", "momentum", "weight_decay"} <= set(KEYS[Experiment])
    assert {"run1", "run8", "run8.beta2", "rates", "tolerance"} <= set(KEYS[Race])


def within_limits(codec: Any, query: Mapping[str, str]) -> None:
    """Assert that a link is read without a mishap, says the same when printed, and asks for no more than permitted."""
    found, problems = codec.from_query(query)
    assert codec.from_query(found.to_query()) == (found, ())
    assert 1 <= updates(found) <= (IN_WORKER if codec is Maps else IN_SERVER)
    assert all(len(problem) < 300 for problem in problems)


def kinds(codec: Any) -> list[list[str]]:
    """Return the keys of a codec, together those that name the same of one run or another."""
    by_kind: dict[str, list[str]] = {}
    for key in KEYS[codec]:
        by_kind.setdefault(re.sub(r"\brun\d\.?", "", key), []).append(key)
    return list(by_kind.values())


@every_codec
def test_every_kind_of_key_takes_every_hostile_value(codec: Any) -> None:
    for place, text in enumerate(HOSTILE):
        for alike in kinds(codec):
            key = alike[place % len(alike)]
            with about(key, repr(text[:20])):
                within_limits(codec, {"optimizer": "adam", "run1": "adam", "run8": "lion", key: text})
        with about("every key", repr(text[:20])):
            within_limits(codec, dict.fromkeys(KEYS[codec], text))


@every_codec
def test_every_key_may_stand_alone(codec: Any) -> None:
    for place, key in enumerate(KEYS[codec]):
        text = HOSTILE[place % len(HOSTILE)]
        with about(key, repr(text[:20])):
            within_limits(codec, {key: text})


@every_codec
@given(data=st.data())
def test_any_mixture_of_hostile_values_is_within_the_limits(codec: Any, data: st.DataObject) -> None:
    value = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=50), st.floats().map(repr), st.integers().map(str))
    within_limits(codec, data.draw(st.dictionaries(st.sampled_from(KEYS[codec]), value)))


def test_the_largest_requests_are_what_the_limits_say() -> None:
    link = {f"run{number}": "adam" for number in range(1, 9)} | {"steps": "2000", "rates": "tuned", "size": "256"}
    assert updates(Race.from_query(link)[0]) == IN_SERVER
    assert updates(Maps.from_query(link)[0]) == updates(Maps.from_query(link | {"map": "basins"})[0]) == IN_WORKER
    told = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    assert f"{IN_SERVER:,} updates" in told
    assert f"{IN_WORKER:,} in the workers" in told
