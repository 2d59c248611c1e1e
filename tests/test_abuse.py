"""The measurement of a class beside abusers measures what it says, and nobody is lost on the way."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from adadelta_viz.experiments import Experiment
from adadelta_viz.experiments.maps.map_request import Maps
from adadelta_viz.experiments.parameters import RUN_SETTINGS
from adadelta_viz.experiments.race import MAX_RUNS, Race
from benchmarks import abuse
from tests.serving import serving

CODECS: dict[str, type[Experiment] | type[Race] | type[Maps]] = {"": Experiment, "race": Race, "maps": Maps}


def test_students_get_every_answer_beside_an_abuser_and_a_flooder() -> None:
    async def together(port: int) -> tuple[abuse.Wait, int, int]:
        return await asyncio.gather(
            abuse.classroom(port, 2, abuse.run_tile, 3),
            abuse.crowd(port, abuse.abuser, 1, 3),
            abuse.crowd(port, abuse.flooder, 1, 3),
        )

    with serving() as server, ThreadPoolExecutor(1) as thread:  # a loop of its own: Playwright may have one running
        wait, answers, _ = thread.submit(asyncio.run, together(server.port)).result()
    assert wait.errors == 0
    assert len(wait.seconds) >= 2
    assert 0 < min(wait.seconds) <= max(wait.seconds) < float("inf")
    assert answers >= 1


def test_a_quantile_is_the_time_within_which_that_share_was_answered() -> None:
    wait = abuse.Wait([each / 1000 for each in range(100, 0, -1)], 0)
    assert (wait.quantile(0.5), wait.quantile(0.95)) == (50, 95)
    assert abuse.Wait([0.001, float("inf")], 1).quantile(0.95) == float("inf")


@pytest.mark.parametrize(
    "link", [abuse.run_tile, abuse.race, abuse.heaviest_formula, abuse.largest_race, abuse.largest_maps]
)
def test_every_link_is_permitted_and_new(link: abuse.Asking) -> None:
    seen = set()
    for number in (0, 1, 2, 3998, 3999):
        page, query = link(number)
        found, problems = CODECS[page].from_query({name: str(value) for name, value in query.items()})
        assert problems == ()
        seen.add(found)
    assert len(seen) == 5


def test_the_largest_race_is_the_largest() -> None:
    query = {name: str(value) for name, value in abuse.largest_race(0)[1].items()}
    race, _ = Race.from_query(query)
    assert len(race.runs) == MAX_RUNS
    assert race.rates == "tuned"
    assert race.runs[0].numbers["steps"] == RUN_SETTINGS["steps"].upper
