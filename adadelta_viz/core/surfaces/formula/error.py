"""What is said about a formula that cannot be used: one sentence, where in the text, and what to write instead."""


class FormulaError(ValueError):
    """A formula that cannot be used.

    Parameters
    ----------
    problem
        What is wrong, as a sentence without its full stop.
    position
        The part of the text that is meant, from the first character (counted from 0) to behind the last.
    hint
        The whole formula as it was probably meant, or None where nobody can know.

    Examples
    --------
    >>> print(FormulaError("A digit stands behind x", (1, 2), "x^2"))
    A digit stands behind x (character 2): try “x^2”.
    """

    def __init__(self, problem: str, position: tuple[int, int], hint: str | None = None) -> None:
        self.problem, self.position, self.hint = problem, position, hint
        suggestion = f": try “{hint}”" if hint else ""
        super().__init__(f"{problem} ({self.place}){suggestion}.")

    def __reduce__(self) -> tuple[type["FormulaError"], tuple[str, tuple[int, int], str | None]]:
        """Travel between processes as what it was made of."""
        return FormulaError, (self.problem, self.position, self.hint)

    @property
    def place(self) -> str:
        """The position in words, counted from 1 as people do."""
        first, last = self.position[0] + 1, self.position[1]
        return f"characters {first} to {last}" if last > first else f"character {first}"
