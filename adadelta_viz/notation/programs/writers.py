"""One writer for each library: an experiment becomes the shortest complete program that reproduces it.

All four print the last iterate in the same form and draw the same noise, so that their outputs can be compared.
"""

from collections.abc import Iterable
from functools import lru_cache

from adadelta_viz.core import OPTIMIZERS, Surface
from adadelta_viz.core.optimizers.optimizer import Unavailable
from adadelta_viz.experiments import Experiment
from adadelta_viz.notation.programs.lines import WIDTH, returned, slopes
from adadelta_viz.notation.programs.printing import Python
from adadelta_viz.notation.programs.rule import counts, memory, update


def numpy_program(experiment: Experiment) -> str:
    """Write the rule itself: the optimizer's own equations, and the slope that SymPy derived."""
    surface, optimizer, hyper = experiment.loss_surface, OPTIMIZERS[experiment.optimizer], experiment.hyper
    steps = experiment.numbers["steps"]
    return _text(
        "import numpy as np",
        "",
        *(f"{name} = {value!r}" for name, value in hyper.items()),
        *_generator(experiment),
        *_slope(surface, "theta"),
        f"theta = np.array({list(experiment.start)!r})",
        *memory(optimizer, hyper),
        f"for t in range(1, {steps + 1}):" if counts(optimizer) else f"for _ in range({steps}):",
        f"    gradient = slope(theta){_noise(experiment, '{}')}",
        *_indented(update(optimizer)),
        "print(*theta.tolist())",
    )


def torch_program(experiment: Experiment) -> str | Unavailable:
    """Let autograd find the slope and ``torch.optim`` take the step."""
    call = _call(experiment, "PyTorch")
    if isinstance(call, Unavailable):
        return call
    noise = _noise(experiment, "torch.from_numpy({})").removeprefix(" + ")
    return _text(
        *(["import numpy as np"] if noise else []),
        "import torch",
        "",
        "torch.set_default_dtype(torch.float64)",
        *_generator(experiment),
        *_function(experiment.loss_surface, "torch"),
        f"theta = torch.tensor({list(experiment.start)!r}, requires_grad=True)",
        *call,
        f"for _ in range({experiment.numbers['steps']}):",
        "    optimizer.zero_grad()",
        "    f(theta).backward()",
        *([f"    theta.grad += {noise}"] if noise else []),
        "    optimizer.step()",
        "print(*theta.tolist())",
    )


def keras_program(experiment: Experiment) -> str | Unavailable:
    """Give ``keras.optimizers`` the slope that SymPy derived, since each backend has its own way to find one."""
    call = _call(experiment, "Keras")
    if isinstance(call, Unavailable):
        return call
    return _text(
        "import keras",
        "import numpy as np",
        "",
        'keras.config.set_floatx("float64")',
        *_generator(experiment),
        *_slope(experiment.loss_surface, "keras.ops.convert_to_numpy(theta.value)"),
        f'theta = keras.Variable({list(experiment.start)!r}, dtype="float64")',
        *call,
        f"for _ in range({experiment.numbers['steps']}):",
        f"    gradient = slope(theta){_noise(experiment, '{}')}",
        "    optimizer.apply([keras.ops.convert_to_tensor(gradient)], [theta])",
        "print(*keras.ops.convert_to_numpy(theta.value).tolist())",
    )


def optax_program(experiment: Experiment) -> str | Unavailable:
    """Let JAX find the slope and optax turn it into an update."""
    call = _call(experiment, "optax")
    if isinstance(call, Unavailable):
        return call
    noise = _noise(experiment, "{}")
    return _text(
        "import jax",
        "import jax.numpy as jnp",
        *(["import numpy as np"] if noise else []),
        "import optax",
        "",
        'jax.config.update("jax_enable_x64", True)',
        *_generator(experiment),
        *_function(experiment.loss_surface, "jnp"),
        f"theta = jnp.array({list(experiment.start)!r})",
        *call,
        "state = optimizer.init(theta)",
        "slope = jax.jit(jax.grad(f))",
        f"for _ in range({experiment.numbers['steps']}):",
        f"    gradient = slope(theta){noise}",
        "    updates, state = optimizer.update(gradient, state, theta)",
        "    theta = optax.apply_updates(theta, updates)",
        "print(*theta.tolist())",
    )


def _text(*lines: str) -> str:
    return "\n".join(lines) + "\n"


def _call(experiment: Experiment, library: str) -> list[str] | Unavailable:
    """Return the line that makes the optimizer, under its remark; or why there is none."""
    optimizer, hyper = OPTIMIZERS[experiment.optimizer], experiment.hyper
    peer = optimizer.libraries.get(library, Unavailable(f"{library} has no {optimizer.title}."))
    if isinstance(peer, Unavailable):
        return peer
    if peer.positive and not hyper[peer.positive]:
        return Unavailable(f"{library} takes {peer.positive} only above 0.")
    remark = [f"# {peer.remark}"] if peer.remark else []
    line = f"optimizer = {peer.call.format(**hyper)}"
    if len(line) > WIDTH:
        head, inside = line.split("(", 1)
        return [*remark, f"{head}(", f"    {inside[:-1]}", ")"]
    return [*remark, line]


def _generator(experiment: Experiment) -> list[str]:
    numbers = experiment.numbers
    return [f"rng = np.random.default_rng({numbers['seed']!r})"] if numbers["noise"] else []


def _noise(experiment: Experiment, wrapped: str) -> str:
    """Return what is added to each slope; step by step the generator gives the same numbers as all at once."""
    noise = experiment.numbers["noise"]
    return f" + {noise!r} * {wrapped.format('rng.standard_normal(2)')}" if noise else ""


@lru_cache(maxsize=64)
def _function(surface: Surface, module: str) -> tuple[str, ...]:
    return _defined("f", ["x, y = theta", *returned(surface.expression, Python(module))])


@lru_cache(maxsize=64)
def _slope(surface: Surface, point: str) -> tuple[str, ...]:
    formula = f'"""Slope of f(x, y) = {Python("").doprint(surface.expression)}."""'
    if 4 + len(formula) > WIDTH:
        formula = f'"""Slope of the surface {surface.title}."""'
    if 4 + len(formula) > WIDTH:
        formula = '"""Slope of f(x, y)."""'
    return _defined("slope", [formula, f"x, y = {point}", *slopes(surface.slopes, Python("np"), "np.array([{}])")])


def _defined(name: str, body: Iterable[str]) -> tuple[str, ...]:
    return ("", "", f"def {name}(theta):", *_indented(body), "", "")


def _indented(lines: Iterable[str]) -> list[str]:
    return [f"    {line}" for line in lines]
