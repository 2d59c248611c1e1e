"""A walk through the product with entries that were just added; ``test_new_entry`` runs it in a copy that has them."""

import json
from dataclasses import replace
from typing import Any

import numpy as np
from streamlit.testing.v1 import AppTest

from adadelta_viz import OPTIMIZERS, SURFACES, descend
from adadelta_viz.claims import CLAIMS
from adadelta_viz.experiments import Basins, Experiment, Sensitivity
from adadelta_viz.experiments.race import Race
from adadelta_viz.theory.family import FAMILY, race
from adadelta_viz.theory.references import references
from adadelta_viz.theory.tree import drawn
from adadelta_viz.views import navigation
from tests.notation.programs.running import printed
from tests.readme import optimizers, surfaces

OPTIMIZER, SURFACE = OPTIMIZERS["throwaway"], SURFACES["throwaway_bowl"]
ADDED = Experiment(SURFACE.key, OPTIMIZER.key, {"steps": 50, "lr": 0.1})


def visit(page: str, query: dict[str, str]) -> AppTest:
    """Open a page as a new visitor; nothing may go wrong and the address stays that of the link."""
    visited = AppTest.from_file(navigation.__file__, default_timeout=60)
    visited.switch_page(f"../../pages/{page}.py")
    visited.query_params.update(query)
    visited.run()
    assert not visited.exception
    assert not visited.warning
    assert visited.query_params == query
    return visited


def sent(page: AppTest) -> Any:
    """Return what the figure of a page was given."""
    return json.loads(page.get("bidi_component")[0].proto.bytes)["payload"]


def test_throwaway_entries_are_in_the_menus() -> None:
    assert SURFACE.title in visit("explore", {}).selectbox(key="surface").options
    opened = visit("race", {"run1": OPTIMIZER.key, "run2": "sgd"})
    opened.session_state["run1 fold"] = True
    assert OPTIMIZER.title in opened.run().selectbox(key="run1").options


def test_a_throwaway_run_is_that_of_the_rule_and_a_link_repeats_it() -> None:
    assert Experiment.from_query(ADDED.to_query()) == (ADDED, ())
    run = ADDED.run()
    theta, mean = np.array(SURFACE.start), np.zeros(2)
    for _ in range(50):
        mean = 0.9 * mean + 0.1 * SURFACE.gradient(theta)
        theta = theta - 0.1 * mean
    np.testing.assert_allclose(run.theta[-1], theta, rtol=1e-12)
    np.testing.assert_allclose(descend(SURFACE, OPTIMIZER, SURFACE.start, 5000, lr=0.1).theta[-1], SURFACE.minima[0])


def test_a_throwaway_race_plays_with_formulas_and_numbers() -> None:
    entrants = (ADDED, Experiment(SURFACE.key, "adadelta", {"steps": 50}))
    page = visit("race", Race(entrants).to_query())
    assert [run["label"].split()[0] for run in sent(page)["runs"]] == ["Throwaway", "AdaDelta"]
    assert "<math" in json.dumps(sent(page)["runs"][0])


def test_throwaway_maps_are_drawn() -> None:
    plane = Sensitivity(ADDED, size=48)
    best = plane.shown(plane.run()).numbers
    assert best[17, 5] == plane.cell(17, 5).run().value.min()
    basins = Basins(replace(ADDED, numbers={"lr": 0.1, "steps": 500}), size=48).run()
    assert {code: number for code, number in basins.counts().items() if number} == {0: 48 * 48}
    for kind in ("basins", "curves"):
        visit("maps", {"map": kind, "surface": SURFACE.key, "run1": OPTIMIZER.key, "steps": "50"})


def test_a_throwaway_program_ends_where_the_run_ends() -> None:
    np.testing.assert_allclose(printed("NumPy", ADDED), ADDED.run().theta[-1], rtol=1e-12)


def test_the_throwaway_rule_has_its_place_in_the_family_tree_and_its_source_in_the_references() -> None:
    assert f">{OPTIMIZER.title}<" in drawn(FAMILY)
    assert "Throwaway (2024), from Momentum and AdamW." in drawn(FAMILY)
    assert OPTIMIZER.source in [reference.text for reference in references()]
    visit("race", race(OPTIMIZER.key).to_query())


def test_throwaway_entries_are_rows_of_the_tables_and_every_claim_still_finds_its_verdict() -> None:
    assert OPTIMIZER.idea in optimizers()
    assert SURFACE.teaches in surfaces()
    assert all(claim.finding().sentence for claim in CLAIMS.values())
