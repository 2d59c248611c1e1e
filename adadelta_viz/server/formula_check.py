"""The check that the server puts before every formula, whichever link, field or request brings it.

:class:`~adadelta_viz.server.laboratory.Laboratory` installs it; ``experiments.surface_names`` calls it before it builds
a surface. It returns, or raises what is wrong with the formula.
"""

from adadelta_viz.core import FormulaError
from adadelta_viz.core.surfaces.formula import parse, whole
from adadelta_viz.core.surfaces.window import Domain, validate_domain
from adadelta_viz.experiments import surface_names
from adadelta_viz.server.formula_worker import FormulaWorker
from adadelta_viz.server.recent import Recent

KEPT = 512
"""Verdicts that are kept."""

Verdict = tuple[str, tuple[int, int], str | None] | None
"""What is wrong with a formula, where, and what was probably meant; None if it can be used."""


class FormulaCheck:
    """The check that this server puts before every formula: a worker's verdicts, of which the last are kept.

    Parameters
    ----------
    worker
        The process that tries.
    """

    def __init__(self, worker: FormulaWorker) -> None:
        self.worker = worker
        self.verdicts: Recent[tuple[str, Domain], Verdict] = Recent(KEPT)

    def install(self) -> None:
        """Have this process check each formula before it is built, whichever link, field or request brings it."""
        surface_names.register_check(self.check)

    def close(self) -> None:
        """Take the check away and end the worker."""
        surface_names.remove_check(self.check)
        self.worker.close()

    @property
    def is_installed(self) -> bool:
        """Whether this process checks formulas with it."""
        return surface_names.is_registered(self.check)

    def prepare(self) -> None:
        """Start the worker if it is used here: somebody is about to type, and it needs a second to load SymPy."""
        if self.is_installed:
            self.worker.start()

    def is_known(self, text: str, domain: Domain) -> bool:
        """Tell whether a verdict is at hand: then nobody waits for it."""
        return (text, domain) in self.verdicts

    def check(self, text: str, domain: Domain) -> None:
        """Return if a formula can be used in this window.

        Raises
        ------
        FormulaError
            If it is wrong or too heavy.
        ValueError
            If the window is impossible.
        """
        parse(text)
        key = (text, validate_domain(domain))
        if key not in self.verdicts:
            try:
                error = self.worker.verdict(*key)
            except TimeoutError as busy:
                raise whole(text, str(busy)) from None
            self.verdicts.put(key, (error.problem, error.position, error.hint) if error else None)
        if problem := self.verdicts.get(key):
            raise FormulaError(*problem)
