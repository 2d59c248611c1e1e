"""What tests ask of the Race page: which race it shows, who is drawn where, and what the ranking says."""

import math
import re
from typing import Any, NamedTuple

import numpy as np
from playwright.sync_api import Locator, Page, expect

from adadelta_viz.core import SURFACES
from adadelta_viz.core.run.measures import Standing, standing
from adadelta_viz.experiments import Experiment
from adadelta_viz.experiments.race import DEFAULT_RUNS, Race
from adadelta_viz.figures import LIGHT
from adadelta_viz.player.race_payload import labels, roles
from tests.browser.page import at_step, comes_to, player, rgb, slider, step_of
from tests.browser.visits import played, settled
from tests.said import number

COLUMNS = ("best so far", "value now", "steps to", "path length", "largest step", "diverged")


def usual(surface: str = "rosenbrock", keys: tuple[str, ...] = DEFAULT_RUNS, **numbers: float) -> Race:
    """Return who races when nobody has chosen, or others with their defaults, under these conditions."""
    return Race(tuple(Experiment(surface, key, numbers) for key in keys))


def link(race: Race) -> str:
    """Return the part of the address that names a race."""
    return "?" + "&".join(f"{key}={value}" for key, value in race.to_query().items())


def shows(page: Page, race: Race) -> None:
    """Wait until the picture, the address and the names of the runs are this race."""
    played(page, race)
    comes_to(page, "location.search", link(race))
    names = labels(race.resolved_runs())
    expect(chips(page)).to_have_text([re.compile(f"^{re.escape(name)}") for name in names] if len(names) > 1 else [])
    assert sorted(row.name for row in ranking(page)) == sorted(names)


def chips(page: Page) -> Locator:
    return player(page).get_by_title("Show or hide this run")


def chip(page: Page, name: str) -> Locator:
    return chips(page).filter(has_text=re.compile(f"^{re.escape(name)}"))


def landscapes(page: Page) -> Locator:
    return page.get_by_test_id("landscape")


def radio(page: Page, name: str) -> Locator:
    return page.get_by_role("radio", name=name, exact=True)


def open_fold(page: Page, place: int) -> Locator:
    """Open the fold with the controls of a run, counted from 1, unless it is open."""
    fold = page.get_by_test_id("stSidebar").get_by_test_id("stExpander").nth(place)  # the first is "Noise and seed"
    remove = fold.get_by_role("button", name="Remove")
    settled(page)
    if not remove.is_visible():
        fold.locator("summary").click()
    expect(remove).to_be_visible()
    settled(page)
    at_rest(fold)
    return fold


def at_rest(fold: Locator) -> None:
    """Wait until a fold has finished opening: what a mouse presses while it still slides is not what it releases."""
    fold.evaluate("(node) => Promise.allSettled(node.getAnimations({subtree: true}).map((each) => each.finished))")


def to_step(page: Page, step: int) -> None:
    slider(page, "Step$").fill(str(step))
    at_step(page, step)


def ink(page: Page, colour: str, place: int = 0) -> int:
    """Count the pixels of a colour that paths and heads leave on a landscape, counted from 0."""
    count: int = page.evaluate(
        """([colour, place]) => {
            const frame = document.querySelectorAll('[data-testid=landscape]')[place].getBoundingClientRect();
            const layers = [...document.querySelectorAll('.av-landscapes > canvas')];
            const corner = layers[0].getBoundingClientRect();
            const copy = Object.assign(document.createElement('canvas'), {width: frame.width, height: frame.height});
            const pen = copy.getContext('2d', {willReadFrequently: true});
            for (const layer of layers) pen.drawImage(layer, corner.left - frame.left, corner.top - frame.top);
            const {data} = pen.getImageData(0, 0, copy.width, copy.height);
            let count = 0;
            for (let i = 0; i < data.length; i += 4) {
                count += data[i + 3] > 250 && colour.every((value, j) => Math.abs(data[i + j] - value) <= 3);
            }
            return count;
        }""",
        [rgb(colour), place],
    )
    return count


def colours(race: Race) -> list[str]:
    """Return the colour of each run in the light theme."""
    return [LIGHT.roles[role] for role in roles([run.optimizer for run in race.runs])]


class Row(NamedTuple):
    """A row of the ranking as it is read on the screen: the texts of the columns in the order of ``COLUMNS``."""

    key: str
    rank: str
    name: str
    texts: list[str]


def ranking(page: Page) -> list[Row]:
    """Read the ranking from top to bottom."""
    rows: list[list[Any]] = page.get_by_role("table", name="Ranking at the playhead").evaluate(
        """(table) => [...table.tBodies[0].rows].map((row) => {
            const [rank, name, ...texts] = [...row.cells].map((cell) => cell.textContent);
            return [row.dataset.run, rank, name, texts];
        })"""
    )
    return [Row(*row) for row in rows]


def standings(race: Race) -> list[Standing]:
    """Follow every run of a race by the core."""
    minimum = SURFACES[race.surface].minimum
    return [standing(entrant.run(), minimum, race.tolerance) for entrant in race.resolved_runs()]


def numbers_of(place: Standing, step: int) -> list[float]:
    """Return what stands in each column at a step; nan is what has not happened."""
    last = [float(each[min(step, len(each) - 1)]) for each in (place.best, place.now, place.length, place.largest)]
    reached, diverged = (float(each) if 0 <= each <= step else math.nan for each in (place.reached, place.diverged))
    best, now, length, largest = last
    return [best, now, reached, length, largest, diverged]


def order(worths: list[float]) -> list[tuple[str, str]]:
    """Rank runs by a number, the lower the better, equal ones together, those without one last: keys and ranks."""
    places = sorted(range(len(worths)), key=lambda i: (math.isnan(worths[i]), worths[i]))
    ranks = [f"{1 + sum(other < each for other in worths)}{'=' * (worths.count(each) > 1)}" for each in worths]
    return [(f"run{i + 1}", "–" if math.isnan(worths[i]) else ranks[i]) for i in places]


def ranks(page: Page, race: Race, places: list[Standing], column: str = "best so far") -> None:
    """Assert that the ranking is the core's at the step where the playhead is, in the order of a column."""
    step = step_of(page)
    expected = [numbers_of(place, step) for place in places]
    worths = [each[COLUMNS.index(column)] for each in expected]
    if column == "diverged":
        worths = [-math.inf if math.isnan(each) else -each for each in worths]
    rows = ranking(page)
    assert [(row.key, row.rank) for row in rows] == order(worths), f"step {step}, by {column}"
    names = labels(race.resolved_runs())
    for row in rows:
        run = int(row.key.removeprefix("run")) - 1
        assert row.name == names[run]
        *texts, diverged = row.texts
        shown = [math.nan if text == "–" else number(text) for text in texts]
        np.testing.assert_allclose(shown, expected[run][:-1], rtol=6e-4, err_msg=f"{row.name} at step {step}")
        when = expected[run][-1]
        assert diverged == ("–" if math.isnan(when) else f"diverged at step {when:.0f}")


def sorted_by(page: Page) -> list[str]:
    """Return the heads of the columns that the ranking says it is sorted by."""
    return player(page).locator("th[aria-sort]").all_text_contents()
