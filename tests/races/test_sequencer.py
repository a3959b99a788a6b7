"""Writers write while two sequencers place: one order, without a gap, each entry once."""

from collections.abc import Callable
from threading import Event

import pytest
from django.utils import timezone

from tests.cast import Cast
from tests.races.together import errors, together
from tests.trace.notes import note
from xinfang.trace import followers, sequencer
from xinfang.trace.models import Entry, Place, Waiting

WRITERS = 4
EACH = 40


def write() -> int:
    for n in range(EACH):
        note(n, at=timezone.now())
    return EACH


def placing(until: Event) -> Callable[[], int]:
    def place() -> int:
        placed = 0
        while not until.is_set() or Waiting.objects.exists():
            placed += sequencer.place_waiting()
        return placed

    return place


def test_two_sequencers_leave_no_gap_and_place_each_entry_once(county: Cast) -> None:
    done = Event()

    def all_write() -> list[int]:
        try:
            return together(*[write] * WRITERS)
        finally:
            done.set()

    results = together(placing(done), placing(done), all_write)
    assert errors(results) == []
    total = WRITERS * EACH
    assert results[0] + results[1] == total == Entry.objects.count()
    assert list(Place.objects.order_by("n").values_list("n", flat=True)) == list(range(1, total + 1))
    assert not Waiting.objects.exists()


def test_a_reader_that_follows_meanwhile_reads_each_entry_once_in_its_order(
    county: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    monkeypatch.setattr(followers, "_readers", {"r": lambda entries: read.extend(entry.pk for entry in entries)})
    done = Event()

    def follow() -> None:
        while not done.is_set():
            followers.read_all()

    def write_and_place() -> None:
        try:
            for _ in range(5):
                write()
                sequencer.place_all()
        finally:
            done.set()

    assert errors(together(follow, write_and_place)) == []
    while followers.read_all():
        pass
    assert read == list(Place.objects.order_by("n").values_list("entry_id", flat=True))
