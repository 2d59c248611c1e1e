"""The programs to take home against the real libraries: ``make peers``."""

import os
from collections.abc import Iterator

import numpy as np
import pytest

from adadelta_viz.core import OPTIMIZERS, SURFACES
from adadelta_viz.core.optimizers.optimizer import Peer
from adadelta_viz.experiments.surface_names import named
from adadelta_viz.notation.programs import PROGRAMS
from tests.notation.programs.running import TYPED, experiment, printed

pytestmark = pytest.mark.peers

LIBRARIES = ("PyTorch", "Keras", "optax")
STEPS = {"rosenbrock": 40, "himmelblau": 100, "ackley": 100}  # 40, since NAdam's rounding errors explode there
AVAILABLE = [
    (library, optimizer)
    for library in LIBRARIES
    for optimizer in OPTIMIZERS
    if isinstance(OPTIMIZERS[optimizer].libraries.get(library), Peer)
]


@pytest.fixture(scope="module", autouse=True)
def _double_precision() -> Iterator[None]:
    """Let Keras stand on JAX, which would otherwise want TensorFlow, and put torch's default back at the end."""
    os.environ["KERAS_BACKEND"] = "jax"
    import jax
    import torch

    jax.config.update("jax_enable_x64", True)
    before = torch.get_default_dtype()
    yield
    torch.set_default_dtype(before)


@pytest.mark.parametrize("noise", [0, 0.3])
@pytest.mark.parametrize(("library", "optimizer"), AVAILABLE)
def test_the_library_ends_where_the_experiment_ends(library: str, optimizer: str, noise: float) -> None:
    for surface, steps in STEPS.items():
        done = experiment(surface, optimizer, steps, noise=noise, seed=3)
        run = done.run()
        if run.stopped == "steps":
            np.testing.assert_allclose(printed(library, done), run.theta[-1], rtol=1e-9, atol=0, err_msg=surface)


@pytest.mark.parametrize("surface", [*SURFACES, *map(named, TYPED)])
@pytest.mark.parametrize("library", LIBRARIES)
def test_the_library_can_say_every_surface(library: str, surface: str) -> None:
    done = experiment(surface, "adadelta", 20)
    np.testing.assert_allclose(printed(library, done), done.run().theta[-1], rtol=1e-9, atol=0)


@pytest.mark.parametrize(("library", "optimizer"), AVAILABLE)
def test_the_library_accepts_the_lowest_settings_but_those_it_is_said_to_refuse(library: str, optimizer: str) -> None:
    peer = OPTIMIZERS[optimizer].libraries[library]
    assert isinstance(peer, Peer)
    lowest = {each.name: each.span[0] for each in OPTIMIZERS[optimizer].hyperparameters if each.name != peer.positive}
    done = experiment("himmelblau", optimizer, 20, **lowest)
    np.testing.assert_allclose(printed(library, done), done.run().theta[-1], rtol=1e-9, atol=0)
    if peer.positive:
        refused = PROGRAMS[library](experiment("himmelblau", optimizer, 1, **{peer.positive: 1e-12}))
        assert isinstance(refused, str)
        with pytest.raises(ValueError, match=r"(?i)momentum|beta_1"):
            exec(refused.replace("1e-12", "0.0"), {})
