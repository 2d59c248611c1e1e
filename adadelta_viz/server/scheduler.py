"""Fair turns: whoever has kept the server busy lately waits for others of that kind, and nobody else does.

Python computes one thing at a time, so two heavy pages at once are no sooner ready than one after the other; but every
light page in between pays for both. Therefore a visit that has just begun, or that has used more than its allowance of
computing time, needs the one place for heavy visits; who used least goes first. All other visits are light. Few pages
compute at a time, and at most one of them is a heavy one. A heavy visitor who is alone waits for nobody.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

ALLOWANCE = 1.0
"""Seconds of computing that a visit may use at once; a change on a page takes a few hundredths."""

SHARE = 0.1
"""Seconds of computing that a visit gets back in each second."""

AT_ONCE = 2
"""Pages that compute at a time. More would not be ready sooner, and each of the many messages that a page sends would
wait for all of them: pages of thirty milliseconds then take half a second, in bursts."""

SWITCH = 0.001
"""Seconds after which a thread that computes lets another go on. A page lets go many times, once for each message that
it sends, and beside a heavy one it gets the word back after Python's own five milliseconds each time: that is how a
page of thirty milliseconds came to take half a second."""


@dataclass(eq=False)
class Account:
    """What a visit has used.

    Parameters
    ----------
    used
        Seconds of computing that have not been given back yet, as of ``at``.
    at
        When that was.
    is_new
        Whether the visit has not computed anything yet: nobody gets ahead by coming again and again.
    computing
        Whether a page of the visit is under way.
    """

    used: float = 0.0
    at: float = 0.0
    is_new: bool = True
    computing: bool = False

    def charge(self, seconds: float, now: float) -> None:
        """Give back what is due by now and add what was used.

        Examples
        --------
        >>> account = Account(used=3.0, at=0.0)
        >>> account.charge(0.5, now=10.0)
        >>> account.used
        2.5
        """
        self.used = max(0.0, self.used - SHARE * (now - self.at)) + seconds
        self.at = now


class Turns:
    """A few places for pages, one of them for all heavy visits.

    Parameters
    ----------
    clock
        Seconds that pass.
    effort
        Seconds that the calling thread has computed.
    """

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, effort: Callable[[], float] = time.thread_time
    ) -> None:
        self._clock = clock
        self._effort = effort
        self._change = threading.Condition()
        self.waiting: list[Account] = []
        self._place: Account | None = None
        self._few = threading.BoundedSemaphore(AT_ONCE)

    @contextmanager
    def turn(self, account: Account) -> Iterator[None]:
        """Wait if the visit is heavy, then compute, and note what it took."""
        account.charge(0.0, self._clock())
        heavy = account.is_new or account.used > ALLOWANCE
        if heavy:
            self._wait(account)
        self._few.acquire()
        account.computing = True
        begin = self._effort()
        try:
            yield
        finally:
            account.computing = False
            self._few.release()
            account.charge(self._effort() - begin, self._clock())
            account.is_new = False
            self._leave(account)

    def charge(self, account: Account, seconds: float) -> None:
        """Add what another process has computed for a visit."""
        account.charge(seconds, self._clock())

    @contextmanager
    def elsewhere(self, account: Account) -> Iterator[None]:
        """Let others have the places while another process computes for this visit, then wait for them again."""
        if not account.computing:
            yield
            return
        had_it = self._leave(account)
        self._few.release()
        try:
            yield
            if had_it:
                self._wait(account)
        finally:
            self._few.acquire()

    def _leave(self, account: Account) -> bool:
        """Give the place back, if this visit has it."""
        with self._change:
            had_it = self._place is account
            if had_it:
                self._place = None
                self._change.notify_all()
        return had_it

    def _wait(self, account: Account) -> None:
        with self._change:
            self.waiting.append(account)
            self._change.wait_for(
                lambda: self._place is None and account is min(self.waiting, key=lambda each: each.used)
            )
            self.waiting.remove(account)
            self._place = account


_TURNS = Turns()
_ACCOUNT = "account"


@contextmanager
def turn() -> Iterator[None]:
    """Let a page compute when it is its visitor's turn."""
    with _TURNS.turn(st.session_state.setdefault(_ACCOUNT, Account())):
        yield


@contextmanager
def elsewhere() -> Iterator[None]:
    """Let others go on while the page waits for another process."""
    if account := _account():
        with _TURNS.elsewhere(account):
            yield
    else:
        yield


def charge(seconds: float) -> None:
    """Put on the visitor's account what another process has computed for the page."""
    if account := _account():
        _TURNS.charge(account, seconds)


def _account() -> Account | None:
    """Return the account of the visitor whose page runs in this thread, None where no page runs."""
    return st.session_state.get(_ACCOUNT) if get_script_run_ctx(suppress_warning=True) else None
