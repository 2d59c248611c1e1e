"""Write the tables of the README from the catalogues: ``python -m tests.readme``."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from adadelta_viz import OPTIMIZERS, SURFACES
from adadelta_viz.claims import CLAIMS, Claim, Finding
from adadelta_viz.notation.numbers import written

README = Path(__file__).parents[1] / "README.md"


def surfaces() -> str:
    """One row for each surface."""
    rows = (
        (f"`{each.key}`", each.title, _points(each.minima), each.teaches, each.source) for each in SURFACES.values()
    )
    return _table(("key", "surface", "minima", "teaches", "source"), rows)


def optimizers() -> str:
    """One row for each optimizer."""
    rows = []
    for each in OPTIMIZERS.values():
        hyper = ", ".join(f"`{parameter.name}` {written(parameter.default)}" for parameter in each.hyperparameters)
        rows.append((f"`{each.key}`", each.title, each.idea, hyper, each.source))
    return _table(("key", "optimizer", "idea", "hyperparameters and defaults", "source"), rows)


@cache
def unchanged(claim: Claim) -> Finding:
    """Return what a claim finds when nobody touches its controls; it takes a while, hence once."""
    return claim.finding()


def claims() -> str:
    """One row for each claim, with what its experiment finds as a page first shows it."""
    findings = [(claim, unchanged(claim)) for claim in CLAIMS.values()]
    rows = ((claim.said, VERDICTS[found.verdict], found.sentence) for claim, found in findings)
    return _table(("claim", "verdict", "measured"), rows)


VERDICTS = {"true": "true", "depends": "it depends", "false": "false"}
TABLES = {"surfaces": surfaces, "optimizers": optimizers, "claims": claims}


def renewed(text: str) -> str:
    """Return the README's text with every generated table replaced by a fresh one."""
    for name, table in TABLES.items():
        marked = re.compile(rf"(<!-- {name}: generated -->\n).*?(\n<!-- end -->)", re.DOTALL)
        fresh = table()
        text = marked.sub(lambda found, fresh=fresh: f"{found[1]}{fresh}{found[2]}", text)  # type: ignore[misc]
    return text


def _points(minima: Iterable[tuple[float, float]]) -> str:
    return ", ".join(f"({written(x)}, {written(y)})" for x, y in minima) or "none"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    README.write_text(renewed(README.read_text(encoding="utf-8")), encoding="utf-8")
