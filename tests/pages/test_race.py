"""Every way into the Race page ends in a race whose controls, address and runs agree."""

import csv
import io
import json
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from adadelta_viz.core import OPTIMIZERS, SURFACES
from adadelta_viz.experiments import Experiment
from adadelta_viz.experiments.presets import PRESETS
from adadelta_viz.experiments.race import DEFAULT_RUNS, MAX_RUNS, Race
from adadelta_viz.player import race_payload
from adadelta_viz.views import navigation
from adadelta_viz.views.downloads import recorded

PAGE = "../../pages/race.py"


def visit(query: dict[str, str] | None = None) -> AppTest:
    """Open the page as a new visitor, with the keys and values of a link."""
    page = AppTest.from_file(navigation.__file__, default_timeout=60)
    page.switch_page(PAGE)
    page.query_params.update(query or {})
    return page.run()


def usual(**numbers: float) -> Race:
    return Race(tuple(Experiment(optimizer=key, numbers=numbers) for key in DEFAULT_RUNS))


def sent(page: AppTest) -> Any:
    """Return what the player got."""
    (player, _) = page.get("bidi_component")  # the other one lists the presets
    return json.loads(player.proto.bytes)["payload"]


def shows(page: AppTest, race: Race) -> None:
    """Assert that the page is whole and that its address and its player are this race."""
    assert not page.exception
    assert page.query_params == race.to_query()
    assert Race.from_query(page.query_params) == (race, ())
    entrants = race.resolved_runs()
    assert sent(page)["id"] == race_payload(race, entrants, [run.run() for run in entrants])["id"]
    assert [run["label"].split()[0] for run in sent(page)["runs"]] == [
        OPTIMIZERS[run.optimizer].title.split()[0] for run in race.runs
    ]


def opened(page: AppTest, *numbers: int) -> AppTest:
    """Open the folds of runs."""
    for number in numbers:
        page.session_state[f"run{number} fold"] = True
    return page.run()


def press(page: AppTest, label: str) -> AppTest:
    next(button for button in page.button if button.label == label).click()
    return page.run()


def test_a_first_visit_shows_the_usual_four() -> None:
    shows(visit(), usual())


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.key)
def test_every_preset_opens_by_its_link(preset: Any) -> None:
    page = visit(preset.race.to_query())
    shows(page, preset.race)
    assert list(page.text) == []


@pytest.mark.parametrize("surface", SURFACES)
def test_every_surface_can_be_raced(surface: str) -> None:
    page = visit({"surface": surface, "steps": "50"})
    shows(page, Race(tuple(Experiment(surface, key, {"steps": 50}) for key in DEFAULT_RUNS)))


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_every_optimizer_can_race_and_gets_its_own_sliders(key: str) -> None:
    page = visit({"run1": key, "steps": "20"})
    shows(page, Race((Experiment(optimizer=key, numbers={"steps": 20}),)))
    for parameter in OPTIMIZERS[key].hyperparameters:
        assert page.session_state[f"run1.{parameter.name}"] == parameter.default


def test_runs_are_added_up_to_eight_and_removed_down_to_one() -> None:
    page = visit({"steps": "10"})
    for count in range(5, MAX_RUNS + 1):
        page = press(page, "Add a run")
        assert len(sent(page)["runs"]) == count
    assert next(button for button in page.button if button.label == "Add a run").disabled
    assert len({page.session_state[f"run{number}"] for number in range(1, MAX_RUNS + 1)}) == MAX_RUNS
    for count in range(MAX_RUNS - 1, 0, -1):
        page = press(opened(page, 1), "Remove")
        assert len(sent(page)["runs"]) == count
        assert not page.exception
    page = opened(page, 1)
    assert next(button for button in page.button if button.label == "Remove").disabled


def test_removing_a_run_leaves_the_others_as_they_were() -> None:
    page = visit(
        {"run1": "sgd", "run2": "adam", "run2.lr": "0.2", "run3": "adadelta", "run3.eps": "0.0001", "steps": "10"}
    )
    press(opened(page, 1), "Remove")
    kept = (
        Experiment(optimizer="adam", numbers={"lr": 0.2, "steps": 10}),
        Experiment(optimizer="adadelta", numbers={"eps": 1e-4, "steps": 10}),
    )
    shows(page, Race(kept))


def test_a_fold_moves_up_with_its_run() -> None:
    page = opened(visit({"run1": "sgd", "run2": "adam", "run3": "lion", "steps": "10"}), 1, 3)
    page = press(page, "Remove")  # the first one, of run 1
    assert [page.session_state[f"run{number} fold"] for number in (1, 2)] == [False, True]
    assert page.selectbox(key="run2").value == "lion"


def test_a_fold_that_is_closed_again_keeps_what_was_set_in_it() -> None:
    page = opened(visit({"run1": "adam", "run2": "sgd", "steps": "10"}), 1, 2)
    page.select_slider(key="run1.lr").set_value(0.2).run()
    page.session_state["run1 fold"] = False
    page.run()
    page.slider(key="steps").set_value(12).run()
    kept = [
        Experiment(optimizer="adam", numbers={"lr": 0.2, "steps": 12}),
        Experiment(optimizer="sgd", numbers={"steps": 12}),
    ]
    shows(page, Race(tuple(kept)))
    assert opened(page, 1).select_slider(key="run1.lr").value == 0.2


def test_another_optimizer_takes_its_own_defaults() -> None:
    page = visit({"run1": "adadelta", "run1.eps": "0.01", "run2": "sgd", "steps": "10"})
    opened(page, 1).selectbox(key="run1").set_value("lion").run()
    shows(page, Race(tuple(Experiment(optimizer=key, numbers={"steps": 10}) for key in ("lion", "sgd"))))


@pytest.mark.parametrize("rates", ["set", "library", "tuned"])
def test_the_switch_of_learning_rates_decides_who_really_runs(rates: Any) -> None:
    page = visit({"rates": rates, "steps": "60"})
    race = Race(usual(steps=60).runs, rates=rates)
    shows(page, race)
    said = " ".join(caption.value for caption in opened(page, 1).caption)
    assert ("which ends lowest of 16 values" in said) == (rates == "tuned")
    assert ("library's defaults: rho 0.9" in said) == (rates == "library")


def test_the_view_and_the_tolerance_are_in_the_link() -> None:
    page = visit({"view": "grid", "tolerance": "0.5", "steps": "30"})
    shows(page, Race(usual(steps=30).runs, tolerance=0.5, view="grid"))
    assert sent(page)["view"] == "grid"
    assert "steps to 0.5" in [column["label"] for column in sent(page)["ranking"]["columns"]]


def test_a_bad_value_falls_back_with_one_notice_until_the_next_interaction() -> None:
    page = visit({"run1": "adam", "run1.lr": "99", "run2": "../etc", "rates": "fast", "steps": "30"})
    (notice,) = page.text
    assert [line.split()[0] for line in notice.value.split("\n")] == ["run1.lr", "run2", "rates"]
    shows(page, Race(tuple(Experiment(optimizer=key, numbers={"steps": 30}) for key in ("adam", "adadelta"))))
    page.slider(key="steps").set_value(40).run()
    assert list(page.text) == []


def test_surface_and_start_come_along_from_explore_and_the_race_is_found_as_it_was_left() -> None:
    page = AppTest.from_file(navigation.__file__, default_timeout=60)
    page.query_params.update({"surface": "beale", "x0": "0.5", "rho": "0.9"})
    page.run()
    page.query_params.clear()
    page.switch_page(PAGE).run()
    assert page.query_params == {
        "surface": "beale",
        "x0": "0.5",
        **{f"run{i}": key for i, key in enumerate(DEFAULT_RUNS, 1)},
    }
    press(page, "Add a run")
    page.query_params.clear()
    page.switch_page("../../pages/explore.py").run()
    assert page.query_params == {"surface": "beale", "x0": "0.5", "rho": "0.9"}
    page.query_params.clear()
    page.switch_page(PAGE).run()
    assert len(sent(page)["runs"]) == 5


def test_the_csv_holds_every_number_of_the_run() -> None:
    run = Experiment(numbers={"steps": 30, "noise": 0.1}).run()
    rows = list(csv.DictReader(io.StringIO(recorded(run))))
    assert len(rows) == 31
    for name, array in {"theta": run.theta, "gradient": run.gradient, **run.state}.items():
        for i, axis in enumerate("xy"):
            np.testing.assert_array_equal([float(row[f"{name}_{axis}"]) for row in rows], array[:, i])
    np.testing.assert_array_equal([float(row["delta_y"]) for row in rows[1:]], run.delta[:, 1])
    assert rows[0]["delta_x"] == ""
    assert [row["step"] for row in rows] == [str(t) for t in range(31)]


def test_the_takeaway_shows_the_program_of_the_chosen_run_and_library() -> None:
    page = visit({"run1": "adadelta", "run2": "lion", "steps": "10"})
    page.session_state["take home"] = True
    page.run()
    assert "import numpy as np" in page.code[0].value
    page.segmented_control(key="takeaway library").set_value("PyTorch").run()
    assert "torch.optim.Adadelta([theta], lr=1.0, rho=0.95, eps=1e-06)" in page.code[0].value
    page.segmented_control(key="takeaway run").set_value(1).run()
    assert len(page.code) == 0
    assert "Lion" in page.text[0].value
