"""Who waits for whom: told with a clock and an effort that the tests move by hand."""

import threading
from collections.abc import Callable
from contextlib import ExitStack, suppress
from typing import Any

import pytest
import streamlit as st

from adadelta_viz.server.scheduler import ALLOWANCE, AT_ONCE, SHARE, Account, Scheduler


class Hands:
    """A clock and an effort that move when told."""

    def __init__(self) -> None:
        self.now = 0.0
        self.used = 0.0

    def work(self, seconds: float) -> None:
        """Compute for so long."""
        self.now += seconds
        self.used += seconds


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def scheduler(hands: Hands) -> Scheduler:
    return Scheduler(lambda: hands.now, lambda: hands.used)


def light() -> Account:
    return Account(is_new=False)


def heavy(used: float = 2 * ALLOWANCE) -> Account:
    return Account(used, is_new=False)


def start(action: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=action, daemon=True)
    thread.start()
    return thread


def waits(scheduler: Scheduler, page: threading.Thread) -> bool:
    """Tell whether a page waits for the heavy slot, as soon as it does; one that has ended or hangs does not."""
    for _ in range(1000):
        with scheduler._change:  # nobody is on the way in or out
            if scheduler.waiting:
                return True
        page.join(0.01)
    return False


def test_what_is_computed_is_charged_and_given_back_with_time(scheduler: Scheduler, hands: Hands) -> None:
    account = light()
    with scheduler.slot(account):
        hands.work(0.5)
    assert account.used == 0.5
    hands.now += 2
    with scheduler.slot(account):
        pass
    assert account.used == pytest.approx(0.5 - 2 * SHARE)
    hands.now += 1000
    with scheduler.slot(account):
        pass
    assert account.used == 0


def test_a_run_that_is_broken_off_is_charged_and_gives_its_place_back(scheduler: Scheduler, hands: Hands) -> None:
    account = heavy()

    def broken_off() -> None:
        with scheduler.slot(account):
            hands.work(1)
            raise KeyboardInterrupt

    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            broken_off()
    assert account.used > 2 * ALLOWANCE


def test_light_visits_run_while_a_heavy_one_does(scheduler: Scheduler) -> None:
    with scheduler.slot(heavy()):
        for _ in range(3):
            with scheduler.slot(light()):
                pass


def test_only_a_few_pages_compute_at_a_time(scheduler: Scheduler) -> None:
    told: list[str] = []

    def one_more() -> None:
        with scheduler.slot(light()):
            told.append("one more")

    with ExitStack() as pages:
        for _ in range(AT_ONCE):
            pages.enter_context(scheduler.slot(light()))
        thread = start(one_more)
        thread.join(0.05)
        told.append("few")
    thread.join(10)
    assert told == ["few", "one more"]


@pytest.mark.parametrize("broken_off", [False, True])
def test_who_waits_for_another_process_leaves_room_for_other_pages_and_comes_back(
    scheduler: Scheduler, broken_off: bool
) -> None:
    account = light()
    for _ in range(AT_ONCE + 1):
        with suppress(KeyboardInterrupt), scheduler.slot(account), scheduler.released(account), ExitStack() as pages:
            for _ in range(AT_ONCE):
                pages.enter_context(scheduler.slot(light()))
            if broken_off:
                raise KeyboardInterrupt
    assert not account.has_slot


def test_a_part_of_a_page_that_runs_alone_has_no_place_to_give_away(scheduler: Scheduler) -> None:
    for _ in range(AT_ONCE + 1):
        with scheduler.released(light()):
            pass


@pytest.mark.parametrize("other", [heavy, Account], ids=["heavy", "new"])
def test_a_heavy_or_new_visit_waits_for_the_heavy_one_before_it(
    scheduler: Scheduler, other: Callable[[], Account]
) -> None:
    told: list[str] = []

    def second() -> None:
        with scheduler.slot(other()):
            told.append("second")

    with scheduler.slot(heavy()):
        thread = start(second)
        assert waits(scheduler, thread)
        told.append("first")
    thread.join(10)
    assert told == ["first", "second"]


def test_who_waits_for_another_process_lets_others_have_the_place_meanwhile(scheduler: Scheduler) -> None:
    told: list[str] = []
    account = heavy()

    def other() -> None:
        with scheduler.slot(heavy()):
            told.append("other")

    with scheduler.slot(account):
        with scheduler.released(account):
            start(other).join(10)
            told.append("answer")
        thread = start(other)
        assert waits(scheduler, thread)
        told.append("end")
    thread.join(10)
    assert told == ["other", "answer", "end", "other"]


def test_who_has_no_place_does_not_give_that_of_another_away(scheduler: Scheduler) -> None:
    account = light()
    with scheduler.slot(heavy()), scheduler.slot(account), scheduler.released(account):
        assert waits(scheduler, start(lambda: scheduler.slot(heavy()).__enter__()))


def test_what_another_process_computes_is_charged_as_well(scheduler: Scheduler) -> None:
    account = light()
    scheduler.charge(account, 2 * ALLOWANCE)
    with scheduler.slot(heavy()):
        thread = start(lambda: scheduler.slot(account).__enter__())
        assert waits(scheduler, thread)
    thread.join(10)


def test_who_used_least_goes_first_and_newcomers_before_all(scheduler: Scheduler) -> None:
    told: list[float] = []

    def waiting(account: Account) -> Callable[[], None]:
        def action() -> None:
            used = account.used
            with scheduler.slot(account):
                told.append(used)

        return action

    with scheduler.slot(heavy()):
        threads = [start(waiting(account)) for account in (heavy(9), heavy(5), Account(), heavy(7))]
        while len(scheduler.waiting) < len(threads):
            threads[0].join(0.01)
    for thread in threads:
        thread.join(10)
    assert told == [0, 5, 7, 9]


def test_a_visit_is_new_only_once(scheduler: Scheduler) -> None:
    account = Account()
    with scheduler.slot(account):
        pass
    with scheduler.slot(heavy()), scheduler.slot(account):
        pass


def test_a_page_that_is_ended_meanwhile_waits_for_no_slot(scheduler: Scheduler) -> None:
    ended = threading.Event()

    def page() -> None:
        with suppress(KeyboardInterrupt), scheduler.slot(account), scheduler.released(account):
            others_compute.wait(10)
            raise KeyboardInterrupt
        ended.set()

    account, others_compute = light(), threading.Event()
    thread = start(page)
    with ExitStack() as pages:
        for _ in range(AT_ONCE):
            pages.enter_context(scheduler.slot(light()))
        others_compute.set()
        assert ended.wait(10)
    thread.join(10)


def test_the_account_of_a_page_belongs_to_its_session(monkeypatch: pytest.MonkeyPatch, scheduler: Scheduler) -> None:
    session: dict[str, Any] = {}
    monkeypatch.setattr(st, "session_state", session)
    with scheduler.page():
        pass
    (account,) = session.values()
    with scheduler.page():
        pass
    assert not account.is_new
    assert list(session.values()) == [account]
