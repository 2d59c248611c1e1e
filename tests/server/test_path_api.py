"""Paths on demand are the core's own runs, within the limits of every link."""

import asyncio
import base64
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.responses import Response

from adadelta_viz.core import OPTIMIZERS, SURFACES
from adadelta_viz.core.arrays import Array
from adadelta_viz.core.surfaces.window import WINDOW
from adadelta_viz.experiments import Experiment, surface_names
from adadelta_viz.server import path_api
from adadelta_viz.server.formula_check import FormulaCheck
from adadelta_viz.server.formula_worker import FormulaWorker
from adadelta_viz.server.path_api import PathApi


def ask(query: Mapping[str, str]) -> Response:
    """Ask as the route is asked."""
    return path_api.answer(query)


def found(query: Mapping[str, str]) -> Any:
    return json.loads(bytes(ask(query).body))


def unpacked(spec: Mapping[str, str]) -> Array:
    shape = [int(length) for length in spec["shape"].split(", ")]
    return np.frombuffer(base64.b64decode(spec["bdata"]), dtype=f"<{spec['dtype']}").astype(float).reshape(shape)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_the_answer_is_the_run_that_the_link_names(optimizer: str) -> None:
    experiment = Experiment("himmelblau", optimizer, {"steps": 40, "noise": 0.1, "seed": 3})
    answer = ask(experiment.to_query())
    run = experiment.run()
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    np.testing.assert_allclose(unpacked(found(experiment.to_query())["theta"]), run.theta, rtol=1e-6)
    np.testing.assert_allclose(unpacked(found(experiment.to_query())["value"]), run.value, rtol=1e-6)
    assert found(experiment.to_query())["label"] == OPTIMIZERS[optimizer].title


@pytest.mark.parametrize("surface", SURFACES)
def test_every_surface_has_paths(surface: str) -> None:
    assert ask({"surface": surface, "steps": "5"}).status_code == 200


def test_a_run_that_diverges_says_so_and_sends_what_was_finite() -> None:
    experiment = Experiment("beale", "sgd", {"x0": -4.0, "y0": 4.4, "lr": 1})
    answer = found(experiment.to_query())
    assert answer["stopped"] == experiment.run().stopped != "steps"
    assert np.isfinite(unpacked(answer["theta"])).all()


@pytest.mark.parametrize(
    "query",
    [{"steps": "2001"}, {"steps": "1e400"}, {"rho": "nan"}, {"x0": "1e308"}, {"surface": "../etc"}, {"optimizer": "x"}],
    ids=lambda query: "&".join(map("=".join, query.items())),
)
def test_what_no_link_may_ask_for_is_refused_with_a_sentence(query: dict[str, str]) -> None:
    answer = ask(query)
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("text/plain")
    assert bytes(answer.body).decode().startswith(f"{next(iter(query))} must be")


@given(st.dictionaries(st.sampled_from(["surface", "rho", "eps", "steps", "x0", "seed", "a"]), st.text(max_size=20)))
def test_garbage_is_refused_or_ignored_and_never_an_error(query: dict[str, str]) -> None:
    assert ask({"steps": "3"} | query).status_code in {200, 400}


def test_the_same_question_is_computed_once_however_it_is_written() -> None:
    path_api.path.cache_clear()
    for query in (
        {"rho": "0.9", "steps": "7"},
        {"steps": "7.0", "rho": "9e-1"},
        {"rho": "0.90", "steps": "7", "q": "1"},
    ):
        assert ask(query).status_code == 200
    assert path_api.path.cache_info().misses == 1
    assert path_api.path.cache_info().maxsize == 512


def test_the_answer_is_small() -> None:
    assert len(ask({"steps": "2000"}).body) < 40_000


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"f": "x^2 + 3y^2", "steps": "5"}, 200),
        ({"f": "x^2 + 4y^2", "steps": "5"}, 409),
        ({"f": "x^2 + 3y^2", "left": "-1", "steps": "5"}, 409),
        ({"surface": "sphere", "steps": "5"}, 200),
    ],
    ids=["opened", "not opened", "opened in another window", "of the catalogue"],
)
def test_a_formula_that_no_page_has_opened_is_refused_before_anybody_waits(
    monkeypatch: pytest.MonkeyPatch, query: dict[str, str], status: int
) -> None:
    monkeypatch.setattr(surface_names, "_checks", [])
    check = FormulaCheck(FormulaWorker())
    check.install()
    check.verdicts.put(("x^2 + 3y^2", WINDOW), None)
    monkeypatch.setattr(check.worker, "verdict", None)  # whoever asks for one fails
    request = Request({"type": "http", "query_string": urlencode(query).encode()})
    assert asyncio.run(PathApi(check).respond(request)).status_code == status
