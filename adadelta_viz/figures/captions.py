"""What a figure says of its conditions, in a line: whoever copies the picture has copied the experiment."""

from adadelta_viz.core.axes import Axis
from adadelta_viz.core.basins import Basins
from adadelta_viz.core.curves import Curves
from adadelta_viz.core.experiment import Experiment
from adadelta_viz.core.notation import notation, written
from adadelta_viz.core.optimizers import OPTIMIZERS
from adadelta_viz.core.questions import QUESTIONS
from adadelta_viz.core.sensitivity import Sensitivity


def of_sensitivity(shown: Sensitivity) -> str:
    """Caption a plane.

    Examples
    --------
    >>> of_sensitivity(Sensitivity(Experiment("quadratic", numbers={"steps": 2000})))  # doctest: +NORMALIZE_WHITESPACE
    'AdaDelta on Ill-conditioned quadratic from (−8, 1) · 2000 steps · no noise · ρ 0 to 0.999, ε 1e−10 to 0.1, η 1 ·
     96 × 96 runs · tolerance 0.01'
    """
    across, up = shown.axes()
    varied = [side for side in (across, up) if side]
    rows, columns = shown.shape
    return _joined(
        shown.experiment, f"from {_place(shown.experiment)}", varied, f"{rows} × {columns} runs", shown.tolerance
    )


def of_basins(shown: Basins) -> str:
    """Caption a map of starts, with the rule by which a run ends somewhere.

    Examples
    --------
    >>> of_basins(Basins(Experiment("himmelblau"), size=48)).split(" · ")[4:]
    ['48 × 48 runs', 'tolerance 0.01', 'a run is judged by the mean of the last tenth of its iterates']
    """
    size = f"{shown.size} × {shown.size} runs"
    rule = "a run is judged by the mean of the last tenth of its iterates"
    return f"{_joined(shown.experiment, 'from everywhere', [], size, shown.tolerance)} · {rule}"


def of_curves(shown: Curves) -> str:
    """Caption curves over one hyperparameter.

    Examples
    --------
    >>> from adadelta_viz.core.race import Race
    >>> of_curves(Curves(Race((Experiment("sphere"), Experiment("sphere", "adam")))))  # doctest: +NORMALIZE_WHITESPACE
    'steps to the tolerance on Sphere from (−4, 3) · 900 steps · no noise · AdaDelta ε 1e−10 to 0.1,
     Adam η 1e−5 to 10 · 96 runs each · tolerance 0.01'
    """
    first = shown.race.runs[0]
    tried = ", ".join(
        f"{OPTIMIZERS[run.optimizer].title} {_range(along)}"
        for run, along in zip(shown.runs(), shown.axes(), strict=True)
    )
    return (
        f"{QUESTIONS[shown.measure].title} on {first.loss_surface.title} from {_place(first)} · {_budget(first)} · "
        f"{tried} · {shown.size} runs each · tolerance {written(shown.race.tolerance)}"
    )


def _joined(experiment: Experiment, start: str, varied: list[Axis], runs: str, tolerance: float) -> str:
    optimizer, symbols = OPTIMIZERS[experiment.optimizer], notation(OPTIMIZERS[experiment.optimizer])
    ranges = {side.name: _range(side) for side in varied}
    hyper = (ranges.get(name, f"{symbols[name]} {written(value)}") for name, value in experiment.hyper.items())
    return (
        f"{optimizer.title} on {experiment.loss_surface.title} {start} · {_budget(experiment)} · {', '.join(hyper)} · "
        f"{runs} · tolerance {written(tolerance)}"
    )


def _range(side: Axis) -> str:
    symbol = side.label.partition(",")[0]
    return f"{symbol} {written(float(side.values[0]))} to {written(float(side.values[-1]))}"


def _place(experiment: Experiment) -> str:
    x, y = (written(number) for number in experiment.start)
    return f"({x}, {y})"


def _budget(experiment: Experiment) -> str:
    given = experiment.numbers
    noise = f"noise {written(given['noise'])}, seed {given['seed']}" if given["noise"] else "no noise"
    return f"{given['steps']} steps · {noise}"
