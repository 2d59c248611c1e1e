"""How long a class waits while other visitors ask for the heaviest things without pause.

Students open a page, think for two seconds, change something, look, and so on. Abusers ask for the heaviest thing that
a link permits, again at the moment it is answered, always a new one so that nothing is found in a cache; flooders do
not even wait for the answers. Each kind has a process of its own, so that only the server is shared. ``make abuse``.
"""

import argparse
import asyncio
import itertools
import math
import multiprocessing
import random
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import NamedTuple

from websockets.exceptions import ConnectionClosed

from adadelta_viz.core import OPTIMIZERS
from adadelta_viz.experiments.maps.metrics import SIZES
from adadelta_viz.experiments.parameters import RUN_SETTINGS
from adadelta_viz.experiments.race import MAX_RUNS
from benchmarks.visitors import Visitor, visiting
from tests.serving import serving

THINK = 2.0
"""Seconds between an answer and the next change, on average."""

PATIENCE = 20.0
"""Seconds after the end of a scene after which a change that is not answered counts as lost."""

Link = tuple[str, Mapping[str, object]]
Asking = Callable[[int], Link]


def run_tile(number: int) -> Link:
    """Change ρ and ε on Explore."""
    return "", {"rho": f"{0.5 + number % 4000 / 10000:.4f}", "eps": f"{1e-6 * (1 + number // 4000):.3g}"}


def race(number: int) -> Link:
    """Change the start on Race."""
    return "race", {"x0": f"{-2 + number % 3900 / 1000:.3f}"}


def largest_race(number: int) -> Link:
    """Ask for as many runs and steps as permitted, with noise, and with every learning rate tuned."""
    runs = {f"run{i}": key for i, key in enumerate(list(OPTIMIZERS)[-MAX_RUNS:], start=1)}
    noisy = {"noise": f"{0.01 + number % 9000 / 10000:.4f}", "seed": number % 9999}
    return "race", {"surface": "ackley", "steps": int(RUN_SETTINGS["steps"].upper), "rates": "tuned"} | noisy | runs


def heaviest_formula(number: int) -> Link:
    """Ask for the longest run on a surface whose derivatives take about as long as is permitted."""
    bells = (f"exp(-(x-{number % 9000 + i}/9000)^2-(y-{i})^2)" for i in range(5))
    return "", {"f": "+".join(bells), "steps": int(RUN_SETTINGS["steps"].upper)}


def largest_maps(number: int) -> Link:
    """Ask for two planes with as many runs and steps as permitted."""
    noisy = {"noise": f"{0.01 + number % 9000 / 10000:.4f}", "seed": number % 9999}
    return "maps", {"surface": "ackley", "steps": int(RUN_SETTINGS["steps"].upper), "size": max(SIZES)} | noisy


HEAVIEST: tuple[Asking, ...] = (largest_race, heaviest_formula, largest_maps)
"""What abusers ask for in turn; a page that can be asked for more work adds its link here."""


class Wait(NamedTuple):
    """What students met: seconds for each change, and how many changes went wrong."""

    seconds: list[float]
    errors: int

    def quantile(self, share: float) -> float:
        """Return the milliseconds within which this share of the changes was answered."""
        return sorted(self.seconds)[math.ceil(share * len(self.seconds)) - 1] * 1000


async def student(port: int, change: Asking, fresh: Iterator[int], until: float) -> Wait:
    """Look, think, change, again and again; a change went wrong that was lost, showed an error or nothing new."""
    chance, errors = random.Random(next(fresh)), 0
    waits: list[float] = []
    await asyncio.sleep(chance.uniform(0, THINK))
    try:
        async with visiting(port) as visitor, asyncio.timeout(until + PATIENCE - time.monotonic()):
            await visitor.show(*change(next(fresh)))
            while not waits or time.monotonic() < until:
                await asyncio.sleep(THINK * chance.uniform(0.5, 1.5))
                before = visitor.picture
                waits.append(await visitor.show(*change(next(fresh))))
                errors += visitor.picture == before or bool(visitor.errors)
    except (TimeoutError, ConnectionClosed, OSError):
        return Wait([*waits, float("inf")], errors + 1)
    return Wait(waits, errors)


async def abuser(port: int, heaviest: Asking, fresh: Iterator[int], until: float) -> int:
    """Ask again as soon as an answer is there, and return how many there were."""
    async with visiting(port) as visitor:
        for answers in itertools.count():
            await visitor.show(*heaviest(next(fresh)))
            if time.monotonic() > until:
                return answers + 1
    return 0


async def flooder(port: int, heaviest: Asking, fresh: Iterator[int], until: float) -> int:
    """Ask as fast as the network takes it, come back when shown the door, and return how many answers there were."""
    answers = 0
    while time.monotonic() < until:
        async with visiting(port) as visitor:
            mouth = asyncio.create_task(_ask_without_end(visitor, heaviest, fresh))
            try:
                async with asyncio.timeout(until - time.monotonic()):
                    while True:
                        await visitor.answered()
                        answers += 1
            except (TimeoutError, ConnectionClosed):
                visitor.connection.transport.abort()  # a farewell would wait behind all that was asked
            mouth.cancel()
            await asyncio.wait([mouth])
    return answers


async def _ask_without_end(visitor: Visitor, heaviest: Asking, fresh: Iterator[int]) -> None:
    while True:
        await visitor.ask(*heaviest(next(fresh)))


Rude = Callable[[int, Asking, Iterator[int], float], Awaitable[int]]


async def classroom(port: int, students: int, change: Asking, seconds: float) -> Wait:
    """Let students work side by side, and return what all of them met."""
    fresh, until = itertools.count(), time.monotonic() + seconds
    met = await asyncio.gather(*(student(port, change, fresh, until) for _ in range(students)))
    return Wait([each for wait in met for each in wait.seconds], sum(wait.errors for wait in met))


async def crowd(port: int, kind: Rude, number: int, seconds: float) -> int:
    """Let others ask for the heaviest things in turn, and return how many answers they got."""
    fresh, until = itertools.count(), time.monotonic() + seconds
    asked = itertools.islice(itertools.cycle(HEAVIEST), number)
    return sum(await asyncio.gather(*(kind(port, heaviest, fresh, until) for heaviest in asked)))


def _students_met(port: int, students: int, change: Asking, seconds: float) -> Wait:
    return asyncio.run(classroom(port, students, change, seconds))


def _others_got(port: int, kind: Rude, number: int, seconds: float) -> int:
    return asyncio.run(crowd(port, kind, number, seconds))


def scene(
    port: int, students: int, change: Asking, others: Sequence[tuple[Rude, int]], seconds: float
) -> tuple[Wait, list[int]]:
    """Let students and others loose on a server; return what students met and how many answers the others got."""
    with ProcessPoolExecutor(1 + len(others), multiprocessing.get_context("spawn")) as pool:
        rude = [pool.submit(_others_got, port, kind, number, seconds) for kind, number in others if number]
        met = pool.submit(_students_met, port, students, change, seconds)
        return met.result(), [each.result() for each in rude]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure a class alone, beside abusers, and beside flooders, and print what the students met."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.abuse", description=__doc__)
    parser.add_argument("--students", type=int, default=30, help="visitors who behave (default: 30)")
    parser.add_argument("--others", type=int, default=3, help="abusers, and flooders (default: 3)")
    parser.add_argument("--seconds", type=float, default=40, help="length of each scene (default: 40)")
    parser.add_argument("--page", choices=("explore", "race"), default="explore", help="where students are")
    options = parser.parse_args(arguments)
    change = {"explore": run_tile, "race": race}[options.page]
    print(f"{options.students} students on {options.page}, {options.seconds:g} s each:")
    for beside, others in (
        ("nobody", ()),
        ("abusers", ((abuser, options.others),)),
        ("flooders", ((flooder, options.others),)),
    ):
        with serving() as server:
            wait, answers = scene(server.port, options.students, change, others, options.seconds)
        print(
            f"beside {beside}: p50 {wait.quantile(0.5):.0f} ms, p95 {wait.quantile(0.95):.0f} ms,",
            f"{len(wait.seconds)} changes, {wait.errors} of them wrong; the others got {sum(answers)} answers",
            flush=True,
        )


if __name__ == "__main__":
    main()
