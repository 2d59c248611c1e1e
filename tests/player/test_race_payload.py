import json
from typing import Any

import numpy as np
import pytest

from adadelta_viz import OPTIMIZERS, SURFACES, Experiment
from adadelta_viz.experiments.race import MAX_RUNS, Race
from adadelta_viz.figures import LIGHT
from adadelta_viz.player import race_payload
from adadelta_viz.player.race_payload import DASHES, labels, roles


def packed(race: Race) -> dict[str, Any]:
    entrants = race.resolved_runs()
    return race_payload(race, entrants, [entrant.run() for entrant in entrants])


def race(surface: str, *optimizers: str, **numbers: float) -> Race:
    return Race(tuple(Experiment(surface, key, {"steps": 30} | numbers) for key in optimizers))


@pytest.mark.parametrize("surface", SURFACES)
def test_every_surface_can_be_raced_and_packed(surface: str) -> None:
    payload = packed(race(surface, "adadelta", "sgd", "adam"))
    json.dumps(payload, allow_nan=False)
    columns = [column["key"] for column in payload["ranking"]["columns"]]
    assert ("reached" in columns) == bool(SURFACES[surface].minima)


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_every_optimizer_races_with_its_own_equations_and_standing(key: str) -> None:
    payload = packed(race("sphere", key, "adadelta"))
    run = payload["runs"][0]
    assert len(run["equations"]["lines"]) == len(OPTIMIZERS[key].equations) + 1
    assert run["standing"]["best"]["shape"] == "31"
    assert [item["term"] for item in run["readout"]] == list(OPTIMIZERS[key].state)


def test_a_run_that_diverges_stays_in_the_race_and_stretches_no_axis() -> None:
    wild = Race(
        (
            Experiment("quadratic", "sgd", {"lr": 5.0, "steps": 500}),
            Experiment("quadratic", "adadelta", {"steps": 500}),
        )
    )
    payload = packed(wild)
    first, second = payload["runs"]
    assert first["stopped"].startswith("diverged at step")
    assert first["standing"]["diverged"] > 0
    assert second["standing"]["diverged"] is None
    heights = SURFACES["quadratic"].value(np.array([[10.0], [10.0]])).max()
    assert payload["traces"]["layout"]["yaxis"]["range"][1] <= np.ceil(np.log10(heights))


def test_eight_runs_differ_in_colour_or_dash_and_carry_different_names() -> None:
    optimizers = ["adadelta", "adadelta", "lion", "sgd", "adam", "momentum", "rprop", "radam"]
    runs = [Experiment(optimizer=key, numbers={"steps": 5}) for key in optimizers]
    runs[1] = Experiment(numbers={"steps": 5, "rho": 0.5})
    chosen = roles(optimizers)
    assert len({(LIGHT.roles[role], dash) for role, dash in zip(chosen, DASHES, strict=True)}) == MAX_RUNS
    assert len({LIGHT.roles[role] for role in chosen}) == len(set(optimizers))
    assert len(set(labels(runs))) == MAX_RUNS
    assert chosen[0] == "adadelta"


def test_the_same_run_twice_is_numbered() -> None:
    assert labels([Experiment(), Experiment()]) == ["AdaDelta #1", "AdaDelta #2"]


def test_the_caption_says_the_conditions() -> None:
    caption = str(packed(race("himmelblau", "adam", "sgd", noise=0.1, seed=4))["caption"])
    for part in ("Himmelblau from (0, 0.5)", "30 steps", "noise 0.1, seed 4", "the same for all", "as set"):
        assert part in caption


def test_the_id_follows_everything_that_changes_the_picture() -> None:
    runs = race("sphere", "adam", "sgd").runs
    races = [Race(runs), Race(runs, rates="tuned"), Race(runs, view="grid"), Race(runs, tolerance=0.5), Race(runs[:1])]
    assert len({packed(each)["id"] for each in races}) == len(races)
