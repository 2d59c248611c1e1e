"""The defaults that a claim speaks of, against the libraries themselves: ``make peers``."""

import inspect
import os
from typing import Any

import numpy as np
import pytest

from adadelta_viz.claims.default import DEFAULTS

pytestmark = pytest.mark.peers


def defaults(of: Any, *names: str) -> dict[str, float]:
    """Return the defaults of a signature under our names."""
    parameters = inspect.signature(of).parameters
    return {ours: parameters[name].default for ours, name in zip(("rho", "eps", "lr"), names, strict=True)}


def test_torch_has_the_defaults_that_the_claim_names() -> None:
    import torch

    assert defaults(torch.optim.Adadelta, "rho", "eps", "lr") == DEFAULTS["torch"]


def test_keras_has_the_defaults_that_the_claim_names() -> None:
    os.environ["KERAS_BACKEND"] = "jax"
    import keras

    assert defaults(keras.optimizers.Adadelta, "rho", "epsilon", "learning_rate") == DEFAULTS["keras"]


def test_optax_without_a_learning_rate_climbs() -> None:
    import optax

    found = defaults(optax.adadelta, "rho", "eps", "learning_rate")
    assert found == DEFAULTS["optax"] | {"lr": None}
    optimizer, theta = optax.adadelta(), np.array([1.0])
    update, _ = optimizer.update(np.array([1.0]), optimizer.init(theta), theta)
    assert float(update[0]) > 0


def test_torch_refuses_sparse_gradients() -> None:
    import torch

    weights = torch.nn.Embedding(3, 2, sparse=True)
    weights(torch.tensor([1])).sum().backward()
    with pytest.raises(RuntimeError, match="sparse"):
        torch.optim.Adadelta(weights.parameters()).step()
