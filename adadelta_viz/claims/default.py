"""Claim 12, "The default in my framework is AdaDelta": one name, and what each library makes of it unasked."""

import numpy as np

from adadelta_viz.claims import controls
from adadelta_viz.claims.claim import Claim, Finding, Numbers, Verdict, found
from adadelta_viz.claims.picture import Chart
from adadelta_viz.claims.walk import walk
from adadelta_viz.core import OPTIMIZERS, SURFACES
from adadelta_viz.core.arrays import Array
from adadelta_viz.core.parameter import Parameter
from adadelta_viz.experiments.link import Choice
from adadelta_viz.experiments.race import library_defaults
from adadelta_viz.figures import Axis, Series

ADADELTA = OPTIMIZERS["adadelta"]
PAPER = ADADELTA.resolve()
DEFAULTS = {
    "keras": {"rho": 0.95, "eps": 1e-7, "lr": 1e-3},
    "torch": library_defaults("adadelta"),
    "optax": library_defaults("adadelta") | {"lr": -1.0},
}
"""What a library takes when nobody chooses; optax without a learning rate leaves the minus sign out."""

_LOOKS = {"keras": ("Keras", "dash"), "torch": ("PyTorch", "dot"), "optax": ("optax", "dashdot")}
_LIMITS = {"most": 90.0, "little": 10.0}


def find(framework: str, surface: str, steps: float) -> Finding:
    """Run the paper's setting and the defaults of three libraries from the same start."""
    paths = {name: _path(surface, int(steps), hyper) for name, hyper in {"paper": PAPER, **DEFAULTS}.items()}
    loss = {name: SURFACES[surface].value(np.moveaxis(path, 0, 1)) for name, path in paths.items()}
    start, best = loss["paper"][0], {name: np.nanmin(values, axis=0) for name, values in loss.items()}
    numbers = {
        **DEFAULTS[framework],
        **{f"paper_{name}": number for name, number in PAPER.items()},
        "steps": steps,
        "start": start,
        "best": best[framework],
        "last": _last(loss[framework]),
        "paper_best": best["paper"],
        "gained": 100 * (start - best[framework]) / (start - best["paper"]),
        "length": _length(paths[framework]),
        "paper_length": _length(paths["paper"]),
    }
    shown = {name: values[:, 0] for name, values in loss.items()}
    return found(_verdict, _told(framework), numbers, _chart(shown, surface))


def _path(surface: str, steps: int, hyper: dict[str, float]) -> Array:
    """Return the iterates from starts that differ in their last bit, ``(steps + 1, 2, starts)``."""
    where = SURFACES[surface]
    return walk(ADADELTA, lambda at, _: where.gradient(at), controls.nearby_starts(where), steps, **hyper).theta


def _last(loss: Array) -> Array:
    """Return the last finite value of each run."""
    ends = len(loss) - 1 - np.argmax(np.isfinite(loss)[::-1], axis=0)
    return np.asarray(np.take_along_axis(loss, ends[None], axis=0)[0])


def _length(path: Array) -> Array:
    with np.errstate(all="ignore"):
        steps = np.linalg.norm(np.diff(path, axis=0), axis=1)
    return np.asarray(np.nansum(np.where(np.isfinite(steps), steps, 0), axis=0))


def _verdict(n: Numbers) -> Verdict:
    if n["gained"] >= _LIMITS["most"]:
        return "true"
    return "depends" if n["gained"] >= _LIMITS["little"] else "false"


def _told(framework: str) -> str:
    return (
        f"The defaults of {_LOOKS[framework][0]} are ρ {{rho}}, ε {{eps}} and the factor {{lr}}. In {{steps}} steps "
        "they bring the loss from {start} to {best} at best, and to {last} at the end, on a path of length {length}. "
        "The paper has ρ {paper_rho}, ε {paper_eps} and the factor {paper_lr}, which comes to {paper_best} on a path "
        "of length {paper_length}. So the defaults come {gained} % as far down."
    )


def _chart(loss: dict[str, Array], surface: str) -> Chart:
    above = {name: values - controls.minimum(surface) for name, values in loss.items()}
    t = np.arange(float(len(above["paper"])))
    series = [Series(t, above["paper"], "paper", "@adadelta")]
    series += [Series(t, above[name], title, "@ink", dash=dash) for name, (title, dash) in _LOOKS.items()]
    ceiling = float(10 * above["paper"].max())
    return Chart(
        "Loss above the minimum",
        tuple(series),
        Axis("step"),
        Axis("f − f*", log=True, floor=1e-6, ceiling=ceiling),
        f"{controls.GOALS[surface]}, from the start of the catalogue, {len(t) - 1} steps",
    )


CLAIM = Claim(
    "default",
    "The default of a framework",
    "The default in my framework is AdaDelta.",
    (
        Choice(
            "framework",
            {name: title for name, (title, _) in _LOOKS.items()},
            "keras",
            "Framework",
            "It is whose defaults are compared with the paper.",
        ),
        controls.surface("rosenbrock"),
        Parameter("steps", "Steps", 1000, (100, 5000), "It is the number of updates.", whole=True),
    ),
    find,
    "True when the defaults come at least {most} % as far down as the setting of the paper, false when less than "
    "{little} %, else it depends.",
    "The paper has no factor in front of the step, which is a factor of one. Keras makes each step a thousand times "
    "shorter and takes a smaller ε. PyTorch forgets faster. In optax the learning rate also carries the minus sign: "
    "without one the rule climbs.",
    "Write all three numbers down, ρ, ε and the learning rate, and say them when you report a result.",
    "torch.optim.Adadelta, keras.optimizers.Adadelta, optax.adadelta: the defaults of their signatures",
    constants=_LIMITS,
)
