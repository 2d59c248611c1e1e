"""Record optax's Lion: ``python -m tests.notation.programs.lion`` in an environment with optax wrote it.

The lines have the form of ``torch_trajectories.jsonl``; the surfaces are ours, their slopes are JAX's own.
"""

import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from adadelta_viz.core import SURFACES
from adadelta_viz.core.surfaces.surface import X, Y
from adadelta_viz.notation.programs.printing import Python

DATA = Path(__file__).parents[2] / "data" / "optax_lion.jsonl"
CHECKPOINTS = [1, 2, 3, 10, 50, 100]
SETTINGS = ({"lr": 0.01, "beta1": 0.9, "beta2": 0.99}, {"lr": 0.001, "beta1": 0.95, "beta2": 0.98})
DECAYS = (0.0, 0.1)


def recorded() -> Iterator[dict[str, Any]]:
    """Run optax and give one line for each surface, setting and weight decay."""
    import jax
    import jax.numpy as jnp
    import optax

    jax.config.update("jax_enable_x64", True)
    for key, setting, decay in itertools.product(("rosenbrock", "beale", "himmelblau", "quadratic"), SETTINGS, DECAYS):
        surface = SURFACES[key]
        formula = Python("").doprint(surface.expression)
        slope = jax.jit(jax.grad(eval(f"lambda theta: (lambda {X}, {Y}: {formula})(*theta)")))
        optimizer = optax.lion(setting["lr"], b1=setting["beta1"], b2=setting["beta2"], weight_decay=decay)
        theta = jnp.array(surface.start)
        state = optimizer.init(theta)
        iterates, means = [], []
        for _ in range(max(CHECKPOINTS)):
            updates, state = optimizer.update(slope(theta), state, theta)
            theta = optax.apply_updates(theta, updates)
            iterates.append(theta.tolist())
            means.append(state[0].mu.tolist())
        yield {
            "source": f"optax {optax.__version__}, float64",
            "surface": key,
            "formula": formula,
            "optimizer": "lion",
            "hyperparameters": {**setting, "weight_decay": decay},
            "start": list(surface.start),
            "after_steps": CHECKPOINTS,
            "theta": [iterates[step - 1] for step in CHECKPOINTS],
            "mean_grad": [means[step - 1] for step in CHECKPOINTS],
        }


if __name__ == "__main__":
    DATA.write_text("".join(f"{json.dumps(line)}\n" for line in recorded()), encoding="utf-8")
