"""Every way into the Explore page ends in a page, whose controls, address and run are the same experiment."""

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from adadelta_viz.core import OPTIMIZERS, SURFACES
from adadelta_viz.experiments import Experiment
from adadelta_viz.player import payload
from adadelta_viz.views import navigation

LINKS = {
    "larger memory": {"rho": "0.99"},
    "no memory": {"rho": "0"},
    "epsilon between the stops": {"eps": "3e-07"},
    "noise reproduced by its seed": {"noise": "0.5", "seed": "42", "steps": "300"},
    "factor": {"lr": "0.1"},
    "start at the corner": {"x0": "-2", "y0": "3"},
    "everything": {
        "surface": "beale",
        "x0": "-1.25",
        "y0": "0.5",
        "steps": "1500",
        "rho": "0.9",
        "eps": "0.0001",
        "lr": "2",
        "noise": "0.05",
        "seed": "7",
    },
    "more digits than a field shows": {"x0": "0.1234567", "rho": "0.91234567"},
    "a run that leaves the map": {"surface": "saddle", "steps": "2000", "eps": "0.1"},
    "a run as wild as the limits permit": {
        "surface": "goldstein_price",
        "lr": "10",
        "eps": "0.1",
        "steps": "2000",
        "noise": "10",
    },
}

GARBAGE = {
    "numbers that are none": {
        "x0": "-Infinity",
        "y0": "1e308",
        "rho": "nan",
        "eps": "1e400",
        "lr": "１２",
        "steps": "10.5",
        "noise": "inf",
        "seed": "-1",
    },
    "words and markup": {
        "surface": "<script>alert(1)</script>",
        "optimizer": "../../etc/passwd",
        "rho": "**bold** $x$ :red[x]",
        "steps": "many",
    },
    "empty, very long and with control characters": {
        "surface": "x" * 10_000,
        "optimizer": "\x00",
        "rho": "0.9\n",
        "eps": "9" * 10_000,
        "lr": "",
        "steps": "1_000",
    },
}

EXTREMES = [
    ("slider", "steps", 1),
    ("slider", "steps", 2000),
    ("slider", "rho", 0.0),
    ("slider", "rho", 0.999),
    ("select_slider", "eps", 1e-10),
    ("select_slider", "eps", 0.1),
    ("select_slider", "lr", 1e-4),
    ("select_slider", "lr", 10.0),
    ("select_slider", "noise", 10.0),
    ("number_input", "x0", 2.0),
    ("number_input", "y0", -1.0),
    ("number_input", "seed", 9999),
]


def visit(query: dict[str, str] | None = None) -> AppTest:
    """Open the page as a new visitor, with the keys and values of a link."""
    page = AppTest.from_file(navigation.__file__, default_timeout=60)
    page.query_params.update(query or {})
    return page.run()


def turn(page: AppTest, kind: str, key: str, value: Any) -> AppTest:
    """Set one control and let the page follow."""
    getattr(page, kind)(key=key).set_value(value)
    return page.run()


def sent(page: AppTest) -> Any:
    """Return what the player got."""
    (player,) = page.get("bidi_component")
    return json.loads(player.proto.bytes)["payload"]


def shows(page: AppTest, experiment: Experiment) -> None:
    """Assert that the page is whole, and that its controls, its address and its run are this experiment."""
    assert not page.exception
    assert page.query_params == experiment.to_query()
    assert page.session_state["surface"] == experiment.surface
    assert {name: page.session_state[name] for name in experiment.numbers} == dict(experiment.numbers)
    assert sent(page)["id"] == payload(experiment, experiment.run())["id"]


def notices(page: AppTest) -> list[str]:
    """Return the notices on the page."""
    return [text.value for text in page.text]


def test_a_first_visit_shows_the_default_experiment_under_the_bare_address() -> None:
    page = visit()
    shows(page, Experiment())
    assert page.query_params == {}
    assert notices(page) == []


@pytest.mark.parametrize("surface", SURFACES)
def test_every_surface_opens_by_link(surface: str) -> None:
    page = visit({"surface": surface})
    shows(page, Experiment(surface))
    assert notices(page) == []


def test_every_surface_opens_from_the_menu_at_its_own_start() -> None:
    page = visit({"x0": "0.5", "rho": "0.9"})
    for surface in [*list(SURFACES)[1:], "rosenbrock"]:
        turn(page, "selectbox", "surface", surface)
        shows(page, Experiment(surface, numbers={"rho": 0.9}))


@pytest.mark.parametrize("query", LINKS.values(), ids=LINKS)
def test_a_link_is_kept_exactly(query: dict[str, str]) -> None:
    experiment, problems = Experiment.from_query(query)
    page = visit(query)
    shows(page, experiment)
    assert problems == ()
    assert notices(page) == []
    assert page.query_params == query


@pytest.mark.parametrize("query", GARBAGE.values(), ids=GARBAGE)
def test_a_bad_link_gives_the_defaults_and_one_notice_until_the_next_interaction(query: dict[str, str]) -> None:
    page = visit(query)
    shows(page, Experiment())
    (notice,) = notices(page)
    assert [line.split()[0] for line in notice.split("\n") if "must be" in line] == [
        name for name in ("surface", "optimizer", *Experiment().numbers) if name in query
    ]
    turn(page, "slider", "rho", 0.5)
    shows(page, Experiment(numbers={"rho": 0.5}))
    assert notices(page) == []


def test_the_good_part_of_a_bad_link_stays_through_the_next_change() -> None:
    page = visit({"surface": "beale", "x0": "99", "rho": "0.9", "eps": "3e-07", "steps": "300", "seed": "x"})
    kept = {"rho": 0.9, "eps": 3e-7, "steps": 300}
    shows(page, Experiment("beale", numbers=kept))
    assert len(notices(page)) == 1
    turn(page, "number_input", "y0", -1.0)
    shows(page, Experiment("beale", numbers=kept | {"y0": -1.0}))
    assert notices(page) == []


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_link_that_names_another_optimizer_gives_a_page_that_agrees_with_its_address(optimizer: str) -> None:
    page = visit({"optimizer": optimizer, "surface": "beale"})
    experiment, problems = Experiment.from_query(page.query_params)
    shows(page, experiment)
    assert problems == ()
    turn(page, "slider", "steps", 300)
    shows(page, Experiment.from_query(experiment.to_query() | {"steps": "300"})[0])


def test_parameters_of_others_are_dropped_without_a_word() -> None:
    page = visit({"utm_source": "mail", "__proto__": "1", "rho": "0.9"})
    shows(page, Experiment(numbers={"rho": 0.9}))
    assert notices(page) == []


@pytest.mark.parametrize(("kind", "key", "value"), EXTREMES)
def test_a_control_at_its_end_gives_a_page(kind: str, key: str, value: float) -> None:
    page = turn(visit(), kind, key, value)
    shows(page, Experiment(numbers={key: value}))


def test_all_controls_at_their_wildest_give_a_page() -> None:
    page = visit({"surface": "goldstein_price"})
    wild = {"lr": 10.0, "eps": 0.1, "noise": 10.0, "rho": 0.0, "steps": 2000}
    for kind, key in (
        *[("select_slider", key) for key in ("lr", "eps", "noise")],
        ("slider", "rho"),
        ("slider", "steps"),
    ):
        turn(page, kind, key, wild[key])
    shows(page, Experiment("goldstein_price", numbers=wild))


def test_the_limits_hold_on_the_server_and_not_only_in_the_widget() -> None:
    page = visit({"surface": "rosenbrock", "x0": "2.0001"})
    shows(page, Experiment())
    assert "x0 must be a number between -2 and 2" in notices(page)[0]


def test_an_address_that_changed_by_itself_is_read_again() -> None:
    page = turn(visit(), "slider", "rho", 0.9)
    page.query_params.clear()  # what the browser's Back sends
    shows(page.run(), Experiment())
    page.query_params["rho"] = "0.9"  # and its Forward
    shows(page.run(), Experiment(numbers={"rho": 0.9}))


def test_a_control_that_moves_before_the_browser_knows_the_new_address_keeps_both_changes() -> None:
    page = turn(visit(), "slider", "rho", 0.9)
    page.query_params.clear()  # a key held down is quicker than the address bar
    turn(page, "select_slider", "eps", 1e-4)
    shows(page, Experiment(numbers={"rho": 0.9, "eps": 1e-4}))


def test_a_key_held_down_on_a_slider_loses_no_step() -> None:
    page = visit()
    for rho in (0.949, 0.948, 0.947):
        page.query_params.clear()
        turn(page, "slider", "rho", rho)
        shows(page, Experiment(numbers={"rho": rho}))


def test_a_run_that_leaves_the_map_says_when() -> None:
    page = visit({"surface": "saddle", "steps": "2000", "eps": "0.1"})
    run = Experiment("saddle", numbers={"steps": 2000, "eps": 0.1}).run()
    outside = next(t for t, theta in enumerate(run.theta) if abs(theta).max() > 2)
    assert any(f"left the map at step {outside}" in text.value for text in page.markdown)


def test_the_facts_and_the_law_name_the_numbers_of_the_run() -> None:
    page = visit({"eps": "0.0001"})
    run = Experiment(numbers={"eps": 1e-4}).run()
    assert f"{run.value.min():.4g}" in "\n".join(text.value for text in page.markdown)
    page.session_state["slow start"] = True  # the fold is opened
    said = "\n".join(text.value for text in page.run().markdown)
    assert r"\sqrt{0.0001/(1-0.95)} = 0.04472" in said
