"""Two workers at once do each piece of timed work once."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from threading import Barrier
from time import sleep
from typing import TypeVar

import pytest
from django.db import connection

from xinfang.trace import timetable
from xinfang.trace.models import Timed

NOON = datetime(2026, 6, 15, 4, tzinfo=UTC)
HOUR = timedelta(hours=1)
NAMES = [f"race.{n}" for n in range(8)]
WORKERS = 2
T = TypeVar("T")


def committed(work: Callable[[], T]) -> T:
    """Done on a connection of its own: that of the test is in a transaction that never ends well."""
    try:
        return work()
    finally:
        connection.close()


def at_once(*works: Callable[[], T]) -> list[T]:
    """In threads that start at the same moment."""
    start = Barrier(len(works))

    def run(work: Callable[[], T]) -> T:
        start.wait()
        return committed(work)

    with ThreadPoolExecutor(len(works)) as threads:
        return list(threads.map(run, works))


@pytest.fixture
def ran(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Rows that really are committed, and taken away by hand: the guard of the trace lets nobody empty all tables."""
    monkeypatch.setattr(timetable, "_jobs", {})
    names: list[str] = []
    for name in NAMES:
        timetable.timed(name, every=HOUR, run=lambda at, name=name: (sleep(0.02), names.append(name)))
    yield names
    at_once(Timed.objects.filter(name__in=NAMES).delete)


def both(at: datetime) -> list[str]:
    """What two workers say they ran."""
    said = at_once(*[partial(timetable.run_due, at)] * WORKERS)
    return [name for names in said for name in names]


def test_two_workers_run_each_piece_of_timed_work_once(ran: list[str]) -> None:
    assert sorted(both(NOON)) == NAMES
    assert sorted(ran) == NAMES


def test_and_once_again_an_hour_later(ran: list[str]) -> None:
    both(NOON)
    assert both(NOON + HOUR / 2) == []
    assert sorted(both(NOON + HOUR)) == NAMES
    assert sorted(ran) == sorted([*NAMES, *NAMES])


def test_work_whose_worker_died_is_taken_up_once_when_its_hold_ends(ran: list[str]) -> None:
    """The claim was committed before the work, so that it outlives the worker."""
    hold = NOON + timedelta(minutes=10)
    at_once(partial(Timed.objects.create, name=NAMES[0], next_at=NOON, held_until=hold))
    assert sorted(both(NOON)) == NAMES[1:]
    assert both(hold) == [NAMES[0]]
    assert sorted(ran) == NAMES
