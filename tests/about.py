"""Names for what fails: a test that goes through a second catalogue by itself says at which of its entries it stood."""

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def about(*entries: object) -> Iterator[None]:
    """Add to whatever goes wrong which entries it is about.

    Examples
    --------
    >>> try:
    ...     with about("lion", "saddle"):
    ...         assert 1 > 2
    ... except AssertionError as error:
    ...     print(*error.__notes__)
    at lion, saddle
    """
    try:
        yield
    except BaseException as error:
        error.add_note(f"at {', '.join(map(str, entries))}")
        raise
