import base64
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from adadelta_viz.core import OPTIMIZERS, SURFACES, Trajectory
from adadelta_viz.core.arrays import Array
from adadelta_viz.experiments import Experiment
from adadelta_viz.figures import DARK, LIGHT, Theme
from adadelta_viz.notation.mathml import terms
from adadelta_viz.notation.numbers import written
from adadelta_viz.player import payload
from adadelta_viz.player.packing import packed
from adadelta_viz.player.parts import ceiling
from tests.about import about


def normal(surface: str, optimizer: str) -> Experiment:
    return Experiment(surface, optimizer, {"steps": 60, "noise": 0.1, "seed": 4})


def one_step(surface: str, optimizer: str) -> Experiment:
    return Experiment(surface, optimizer, {"steps": 1})


def wild(surface: str, optimizer: str) -> Experiment:
    """The wildest that a link can ask for; where the rule can run away, it does."""
    offered = {each.name: each.span[1] for each in OPTIMIZERS[optimizer].hyperparameters if each.name in ("lr", "eps")}
    return Experiment(surface, optimizer, {"steps": 300, **offered})


@cache
def played(experiment: Experiment) -> tuple[Trajectory, dict[str, Any]]:
    run = experiment.run()
    return run, payload(experiment, run)


def unpacked(typed: Mapping[str, str]) -> Array:
    """Decode as the browser does."""
    shape = [int(length) for length in typed["shape"].split(",")]
    data = np.frombuffer(base64.b64decode(typed["bdata"]), dtype=f"<{typed['dtype']}")
    return data.astype(float).reshape(shape)


def coloured(value: Any, theme: Theme) -> Any:
    """Put the theme's colours for their names, as the player does."""
    if isinstance(value, dict):
        return {key: coloured(each, theme) for key, each in value.items()}
    if isinstance(value, list):
        return [coloured(each, theme) for each in value]
    return (theme.as_data() | theme.roles)[value[1:]] if isinstance(value, str) and value.startswith("@") else value


every_optimizer = pytest.mark.parametrize("optimizer", OPTIMIZERS)
every_surface = pytest.mark.parametrize("surface", SURFACES)
KINDS = (normal, wild, one_step)


@every_optimizer
def test_the_payload_is_json_and_its_figures_are_valid(optimizer: str) -> None:
    first = list(OPTIMIZERS).index(optimizer)
    for place, kind in enumerate(KINDS, first):  # each kind of run on another surface, each rule on all three of them
        for turn, theme in enumerate((LIGHT, DARK)):
            surface = ("rosenbrock", "saddle", "styblinski_tang")[(place + turn) % 3]
            with about(surface, kind.__name__):
                found = json.loads(json.dumps(played(kind(surface, optimizer))[1], allow_nan=False))
                assert len(go.Figure(coloured(found["traces"], theme)).data) >= 3
                for name, axis in found["traces"]["layout"].items():
                    if name.startswith("yaxis"):
                        assert axis["range"][0] < axis["range"][1], name


@every_surface
def test_every_landscape_is_in_the_payload_with_its_minima(surface: str) -> None:
    found = played(one_step(surface, "adadelta"))[1]["landscape"]
    assert found["id"] == surface
    figure = go.Figure(coloured({"data": found["data"], "layout": found["layout"]}, LIGHT))
    assert np.isfinite(unpacked(found["data"][0]["z"])).all()
    assert len(figure.data) == 2
    assert unpacked(found["data"][1]["x"]).size == len(SURFACES[surface].minima)


@every_optimizer
def test_the_player_gets_the_numbers_of_the_run(optimizer: str) -> None:
    for kind in KINDS:
        with about(kind.__name__):
            assert_numbers_of_the_run(optimizer, kind("quadratic", optimizer))


def assert_numbers_of_the_run(optimizer: str, experiment: Experiment) -> None:
    run, found = played(experiment)
    (sent,) = found["runs"]
    for name, record in {"theta": run.theta, "value": run.value}.items():
        exact = {"f4": 1e-7, "f8": 0}[sent[name]["dtype"]]
        np.testing.assert_allclose(unpacked(sent[name]), record, rtol=exact, atol=0)
    equations = OPTIMIZERS[optimizer].equations
    asked = {symbol.name.split("|")[0] for equation in equations for symbol in equation.free_symbols} | {"gradient"}
    expected = terms(OPTIMIZERS[optimizer], run, experiment.hyper)
    expected = {name: expected[name] for name in expected if name in asked and name != "theta"}  # θ is sent once
    assert sent["terms"].keys() == expected.keys()
    for name, record in expected.items():
        exact = {"f4": 1e-7, "f8": 0}[sent["terms"][name]["dtype"]]
        assert unpacked(sent["terms"][name]).shape == run.theta.shape, "one row for each iterate"
        np.testing.assert_allclose(unpacked(sent["terms"][name]), record, rtol=exact, atol=0)
    assert sent["stopped"] == ("" if run.stopped == "steps" else run.stopped)
    assert (found["steps"], found["start"]) == (experiment.numbers["steps"], list(experiment.start))


@every_optimizer
def test_the_traces_show_the_run(optimizer: str) -> None:
    for kind in KINDS:
        with about(kind.__name__):
            assert_traces_of_the_run(kind("himmelblau", optimizer))


def assert_traces_of_the_run(experiment: Experiment) -> None:
    run, found = played(experiment)
    loss, *others = found["traces"]["data"]
    np.testing.assert_allclose(unpacked(loss["y"]), np.where(run.value > 0, run.value, np.nan), rtol=1e-7)
    assert loss["x0"] == 0
    memories = [(record[1:, i], (record[1:] >= 0).all()) for record in run.state.values() for i in range(2)]
    shown = [line for line in others if line["line"]["dash"] != "dot"]
    for line, (memory, log) in zip(shown, memories, strict=False):
        expected = np.where(memory > 0, memory, np.nan) if log else memory
        np.testing.assert_allclose(unpacked(line["y"]), expected, rtol=1e-7, atol=0)
        assert line["x0"] == 1
    assert len(shown) == len(memories) + 2, "and the learning rate of each coordinate"


@every_surface
def test_a_loss_that_runs_away_does_not_stretch_its_axis_beyond_the_surface(surface: str) -> None:
    found = played(Experiment(surface, "sgd", {"lr": 10, "steps": 1000}))[1]["traces"]["layout"]["yaxis"]
    low, high = ceiling(SURFACES[surface])
    base = SURFACES[surface].minimum
    if base is None:
        assert found["range"][1] <= high + 0.06 * (high - low)
        assert found["range"][0] >= low - 0.06 * (high - low)
    else:
        assert found["range"][1] <= np.ceil(np.log10(high - base))
        assert found["range"][0] >= -16


@pytest.mark.parametrize("surface", [key for key, surface in SURFACES.items() if surface.minimum is None])
def test_a_run_that_starts_at_the_lowest_point_of_the_window_has_a_loss_axis_too(surface: str) -> None:
    domain = SURFACES[surface].domain
    points = np.array(np.meshgrid(*(np.linspace(low, high, 401) for low, high in domain))).reshape(2, -1)
    x0, y0 = points[:, np.argmin(SURFACES[surface].value(points))]
    layout = played(Experiment(surface, "sgd", {"x0": x0, "y0": y0, "steps": 5}))[1]["traces"]["layout"]
    low, high = layout["yaxis"]["range"]
    assert low < high


def test_equal_experiments_have_equal_ids() -> None:
    one, other = Experiment(numbers={"steps": 5, "rho": 0.9}), Experiment(numbers={"rho": 0.9, "steps": 5.0})
    assert one == other
    assert payload(one, one.run())["id"] == payload(other, other.run())["id"]


def test_ids_differ_when_any_number_surface_or_optimizer_does() -> None:
    usual = Experiment(numbers={"steps": 5})
    others = [
        replace(usual, numbers={**usual.numbers, name: (each.lower + each.upper) // 2 if each.whole else each.upper})
        for name, each in usual.parameters.items()
    ]
    others += [Experiment("saddle", numbers={"steps": 5}), Experiment(optimizer="rmsprop", numbers={"steps": 5})]
    experiments = [usual, *others]
    assert len({played(each)[1]["id"] for each in experiments}) == len(experiments)


@pytest.mark.parametrize(
    ("surface", "optimizer"),
    [*((key, "adadelta") for key in SURFACES), *(("saddle", key) for key in OPTIMIZERS if key != "adadelta")],
)
def test_the_caption_names_all_conditions(surface: str, optimizer: str) -> None:
    experiment = Experiment(surface, optimizer, {"steps": 17, "noise": 0.25, "seed": 42})
    caption = played(experiment)[1]["caption"]
    x, y = (written(number) for number in experiment.start)
    assert caption.startswith(f"{SURFACES[surface].title} from ({x}, {y}) · 17 steps · noise 0.25, seed 42 · ")
    for each in OPTIMIZERS[optimizer].hyperparameters:
        assert f" {each.symbol} " in caption


def test_without_noise_the_caption_says_so() -> None:
    assert " · no noise · " in played(Experiment(numbers={"steps": 5, "seed": 42}))[1]["caption"]


@every_optimizer
def test_every_hole_in_the_numbers_has_a_term_that_fills_it(optimizer: str) -> None:
    found = played(normal("rosenbrock", optimizer))[1]
    lines = found["equations"]["lines"]
    assert len(lines) == 1 + len(OPTIMIZERS[optimizer].equations), "the slope comes first"
    for line in lines:
        holes = re.findall(r'data-term="([^"]*)" data-at="([^"]*)"', line["numbers"])
        assert holes
        assert all(term in {"theta", *found["runs"][0]["terms"]} and at in ("0", "-1") for term, at in holes)
        assert line["numbers"].count("data-result") == 1
    assert all(each["term"] in found["runs"][0]["terms"] for each in found["runs"][0]["readout"])


@pytest.mark.parametrize(
    ("numbers", "dtype"),
    [
        ([1.0, 2.0], "f4"),
        ([0.0, np.nan, np.inf, -3.0], "f4"),
        ([], "f4"),
        ([1.0, 1e39], "f8"),
        ([1.0, -1e300], "f8"),
        ([1.0, 1e-40], "f8"),
    ],
)
def test_double_precision_travels_only_where_single_would_overflow_or_vanish(numbers: list[float], dtype: str) -> None:
    found = packed(np.array(numbers))
    assert found["dtype"] == dtype
    np.testing.assert_allclose(unpacked(found), numbers, rtol=1e-7)


def test_packing_keeps_the_structure_around_the_arrays() -> None:
    found = packed({"a": [1, "text", None, (True, np.zeros((2, 3)))], "b": {"c": 0.5}})
    assert found["b"] == {"c": 0.5}
    assert found["a"][:3] == [1, "text", None]
    assert found["a"][3][1]["shape"] == "2, 3"


def test_no_colour_stands_in_the_figures_only_its_name() -> None:
    found = played(normal("rosenbrock", "adadelta"))[1]
    text = json.dumps([found["traces"], found["landscape"]["layout"]])
    assert not re.search(r'"#[0-9a-fA-F]{3,8}"', text)
    assert '"@x"' in text
    assert found["themes"].keys() == {"light", "dark"}
