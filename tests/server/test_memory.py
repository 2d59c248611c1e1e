"""A session of two hundred formulas leaves the server about as large as it was."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SESSION = """
import gc, pathlib
from adadelta_viz.experiments import Experiment
from adadelta_viz.experiments.surface_names import named
from adadelta_viz.views import player_view, prose

def use(i):
    experiment = Experiment(named(f"x^2 + {i}y^2"))
    surface = experiment.loss_surface
    player_view.run_and_message(experiment), player_view.rest_points(surface), prose.derivatives(surface)

def resident():
    gc.collect()
    status = pathlib.Path("/proc/self/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024

use(1)
before = resident()
for i in range(2, 202):
    use(i)
print(resident() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the size of a process is read where Linux tells it")
def test_two_hundred_formulas_cost_fifty_megabytes_at_most() -> None:
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", SESSION], cwd=ROOT, capture_output=True, text=True)
    assert float(done.stdout) <= 50, done.stderr
