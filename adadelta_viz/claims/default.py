"""Claim 12, "The default in my framework is AdaDelta": one name, and what each library makes of it unasked."""

import numpy as np

from adadelta_viz.claims import controls
from adadelta_viz.claims.claim import Choice, Claim, Finding, Numbers, Verdict, found
from adadelta_viz.claims.picture import Chart
from adadelta_viz.claims.walk import walk
from adadelta_viz.core import OPTIMIZERS, SURFACES
from adadelta_viz.core.arrays import Array
from adadelta_viz.core.race import library_defaults
from adadelta_viz.core.settings import Setting
from adadelta_viz.figures import Axis, Series

PAPER = OPTIMIZERS["adadelta"].resolve()
DEFAULTS = {
    "keras": {"rho": 0.95, "eps": 1e-7, "lr": 1e-3},
    "torch": library_defaults("adadelta"),
    "optax": library_defaults("adadelta") | {"lr": -1.0},
}
"""What a library takes when nobody chooses; optax without a learning rate leaves the sign out, and climbs."""

_LOOKS = {"keras": ("Keras", "dash"), "torch": ("PyTorch", "dot"), "optax": ("optax", "dashdot")}
_LIMITS = {"most": 90.0, "little": 10.0}


def find(framework: str, surface: str, steps: float) -> Finding:
    """Run the paper's setting and the defaults of three libraries from the same start."""
    runs = {name: _run(surface, int(steps), hyper) for name, hyper in {"paper": PAPER, **DEFAULTS}.items()}
    loss = {name: SURFACES[surface].value(np.moveaxis(theta, 0, 1)) for name, theta in runs.items()}
    start = loss["paper"][0]
    gained = {name: start - np.nanmin(values) for name, values in loss.items()}
    numbers = {
        **DEFAULTS[framework],
        "paper_rho": PAPER["rho"],
        "paper_eps": PAPER["eps"],
        "paper_lr": PAPER["lr"],
        "steps": steps,
        "start": start,
        "paper_best": np.nanmin(loss["paper"]),
        "best": np.nanmin(loss[framework]),
        "last": _last(loss[framework]),
        "gained": 100 * gained[framework] / gained["paper"] if gained["paper"] > 0 else np.nan,
        "path": _length(runs[framework]),
        "paper_path": _length(runs["paper"]),
    }
    return found(_verdict, _told(framework), numbers, _chart(loss, surface))


def _run(surface: str, steps: int, hyper: dict[str, float]) -> Array:
    where = SURFACES[surface]
    return walk(OPTIMIZERS["adadelta"], lambda at, _: where.gradient(at), np.array(where.start), steps, **hyper).theta


def _last(values: Array) -> float:
    return float(values[np.isfinite(values)][-1])


def _length(theta: Array) -> float:
    steps = np.linalg.norm(np.diff(theta, axis=0), axis=1)
    return float(steps[np.isfinite(steps)].sum())


def _verdict(n: Numbers) -> Verdict:
    if n["gained"] >= _LIMITS["most"]:
        return "true"
    return "depends" if n["gained"] >= _LIMITS["little"] else "false"


def _told(framework: str) -> str:
    name = _LOOKS[framework][0]
    return (
        f"With ρ {{rho}}, ε {{eps}} and the factor {{lr}}, which is {name} unasked, the loss comes from {{start}} to "
        "{best} at best in {steps} steps, and is {last} at the end; with ρ {paper_rho}, ε {paper_eps} and the factor "
        "{paper_lr} of the paper it comes to {paper_best}. That is {gained} % of the way down, on a path of {path} "
        "instead of {paper_path}."
    )


def _chart(loss: dict[str, Array], surface: str) -> Chart:
    minimum = SURFACES[surface].minimum or 0.0
    t = np.arange(float(len(loss["paper"])))
    series = [Series(t, loss["paper"] - minimum, "paper", "@adadelta")]
    series += [Series(t, loss[key] - minimum, title, "@ink", dash=dash) for key, (title, dash) in _LOOKS.items()]
    top = float(10 * np.nanmax(loss["paper"] - minimum))
    return Chart(
        "Loss above the minimum",
        tuple(series),
        Axis("step"),
        Axis("f − f*", log=True, floor=1e-6, ceiling=top),
        f"{controls.GOALS[surface]}, from the start of the catalogue",
    )


CLAIM = Claim(
    "default",
    "The default of a framework",
    "The default in my framework is AdaDelta.",
    {
        "framework": Choice(
            "Framework",
            {name: look[0] for name, look in _LOOKS.items()},
            "keras",
            "It is whose defaults are compared with the paper.",
        ),
        "surface": controls.surface("rosenbrock"),
        "steps": Setting("Steps", 100, 5000, 1000, "It is the number of updates.", whole=True),
    },
    find,
    "True when the defaults come at least {most} % as far down as the setting of the paper, false when less than "
    "{little} %, else it depends.",
    "The paper has no factor in front of the step, which is a factor of one. Keras multiplies each step by a "
    "thousandth and takes a smaller ε. PyTorch forgets faster. In optax the learning rate also carries the minus "
    "sign: without one the rule climbs.",
    "Write all three numbers down, ρ, ε and the learning rate, and say them when you report a result.",
    "torch.optim.Adadelta, keras.optimizers.Adadelta, optax.adadelta: the defaults of their signatures",
    constants=_LIMITS,
)
