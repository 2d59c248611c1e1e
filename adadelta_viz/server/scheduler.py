"""Who may compute now: a visitor who has kept the server busy lately waits for others of that kind, nobody else does.

``views.navigation`` runs every page in :meth:`Scheduler.page`. Python computes one thing at a time, so two heavy pages
at once are no sooner ready than one after the other, but every light page in between pays for both. Therefore a visit
that has just begun, or that has used more than its allowance of computing time, needs the one slot for heavy visits;
who used least goes first. All other visits are light. Few pages compute at a time, and at most one of them is heavy. A
heavy visitor who is alone waits for nobody.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass

import streamlit as st

from adadelta_viz.server.streamlit_internals import get_script_run_ctx

ALLOWANCE = 1.0
"""Seconds of computing that a visit may use at once; a change on a page takes a few hundredths."""

SHARE = 0.1
"""Seconds of computing that a visit gets back in each second."""

AT_ONCE = 2
"""Pages that compute at a time. More would not be ready sooner, and each of the many messages that a page sends would
wait for all of them: pages of thirty milliseconds then take half a second, in bursts."""

SWITCH_INTERVAL = 0.001
"""Seconds after which a thread that computes lets another go on. A page lets go once for each message that it sends,
and beside a heavy one it would go on after Python's own five milliseconds each time: a page of thirty milliseconds then
takes half a second."""


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
    has_slot
        Whether a page of the visit holds one of the slots.
    """

    used: float = 0.0
    at: float = 0.0
    is_new: bool = True
    has_slot: bool = False

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


class Scheduler:
    """A few slots for pages, one of them for all heavy visits.

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
        self._heavy: Account | None = None
        self._slots = threading.BoundedSemaphore(AT_ONCE)

    @contextmanager
    def page(self) -> Iterator[None]:
        """Compute a page of the visitor whose script runs in this thread, when it may."""
        with self.slot(st.session_state.setdefault(_ACCOUNT, Account())):
            yield

    @contextmanager
    def waiting_elsewhere(self) -> Iterator[None]:
        """Let others compute while the page waits for another process; does nothing where no page runs."""
        account = _account_of_page()
        with self.released(account) if account else nullcontext():
            yield

    def charge_page(self, seconds: float) -> None:
        """Put on the visitor's account what another process has computed for the page."""
        if account := _account_of_page():
            self.charge(account, seconds)

    @contextmanager
    def slot(self, account: Account) -> Iterator[None]:
        """Wait for a slot, for the heavy one if the visit is heavy; compute; note what it took."""
        account.charge(0.0, self._clock())
        if account.is_new or account.used > ALLOWANCE:
            self._take_heavy(account)
        self._take(account)
        begin = self._effort()
        try:
            yield
        finally:
            self._release(account)
            account.charge(self._effort() - begin, self._clock())
            account.is_new = False
            self._leave_heavy(account)

    @contextmanager
    def released(self, account: Account) -> Iterator[None]:
        """Give the slot to others while another process computes for this visit, then wait for one again.

        A page that is ended meanwhile, because its visitor has moved on, waits for nothing: the exception leaves at
        once.
        """
        if not account.has_slot:
            yield
            return
        was_heavy = self._leave_heavy(account)
        self._release(account)
        yield
        if was_heavy:
            self._take_heavy(account)
        self._take(account)

    def charge(self, account: Account, seconds: float) -> None:
        """Add what another process has computed for a visit."""
        account.charge(seconds, self._clock())

    def _take(self, account: Account) -> None:
        self._slots.acquire()
        account.has_slot = True

    def _release(self, account: Account) -> None:
        if account.has_slot:
            account.has_slot = False
            self._slots.release()

    def _leave_heavy(self, account: Account) -> bool:
        """Give the heavy slot back, if this visit has it."""
        with self._change:
            had_it = self._heavy is account
            if had_it:
                self._heavy = None
                self._change.notify_all()
        return had_it

    def _take_heavy(self, account: Account) -> None:
        with self._change:
            self.waiting.append(account)
            self._change.wait_for(
                lambda: self._heavy is None and account is min(self.waiting, key=lambda each: each.used)
            )
            self.waiting.remove(account)
            self._heavy = account


_ACCOUNT = "account of computing time"


def _account_of_page() -> Account | None:
    """Return the account of the visitor whose page runs in this thread, None where no page runs."""
    return st.session_state.get(_ACCOUNT) if get_script_run_ctx(suppress_warning=True) else None
