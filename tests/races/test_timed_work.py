"""Two workers at once do each piece of timed work once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from time import sleep
from typing import Any

import pytest
from django.db import connection

from xinfang.trace import timetable
from xinfang.trace.models import Timed

NOON = datetime(2026, 6, 15, 4, tzinfo=UTC)
HOUR = timedelta(hours=1)
NAMES = [f"race.{n}" for n in range(8)]
WORKERS = 2


@pytest.fixture
def ran(django_db_setup: None, django_db_blocker: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Rows that really are committed, and taken away by hand: the guard lets nobody empty all tables."""
    monkeypatch.setattr(timetable, "_jobs", {})
    names: list[str] = []
    for name in NAMES:
        timetable.timed(name, every=HOUR, run=lambda at, name=name: (sleep(0.02), names.append(name)))
    with django_db_blocker.unblock():
        yield names
        Timed.objects.filter(name__in=NAMES).delete()
        connection.close()


def both(at: datetime) -> list[str]:
    """What two workers that start at the same moment say they ran."""
    start = Barrier(WORKERS)

    def work(_: int) -> list[str]:
        try:
            start.wait()
            return timetable.run_due(at)
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as workers:
        return [name for said in workers.map(work, range(WORKERS)) for name in said]


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
    Timed.objects.create(name=NAMES[0], next_at=NOON, held_until=hold)
    assert sorted(both(NOON)) == NAMES[1:]
    assert both(hold) == [NAMES[0]]
    assert sorted(ran) == NAMES
