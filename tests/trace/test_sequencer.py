"""Places are handed out after the acts, in one order without a gap."""

from contextlib import nullcontext

import pytest
from django.utils import timezone

from tests.trace.notes import note, noted, places
from xinfang.foundation.sqlite import passing
from xinfang.trace import sequencer
from xinfang.trace.models import Place, Waiting

pytestmark = pytest.mark.django_db


def test_entries_get_the_next_places_in_their_order() -> None:
    first = noted(3)
    assert sequencer.place_waiting() == 3
    second = noted(2)
    assert sequencer.place_waiting() == 2
    assert places() == [(n, entry.pk) for n, entry in enumerate([*sorted(first, key=_pk), *sorted(second, key=_pk)], 1)]
    assert not Waiting.objects.exists()


def _pk(entry: object) -> int:
    return entry.pk  # type: ignore[attr-defined,no-any-return]


def test_an_act_that_commits_late_gets_a_later_place() -> None:
    late = note(at=timezone.now())
    Waiting.objects.all().delete()  # as nobody sees it before the commit
    soon = noted(2)
    sequencer.place_all()
    Waiting.objects.create(entry=late)
    sequencer.place_all()
    assert late.pk < min(entry.pk for entry in soon)
    assert Place.objects.get(entry=late).n == 3


def test_more_than_one_batch_leaves_no_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sequencer, "BATCH", 2)
    noted(5)
    assert sequencer.place_waiting() == 2
    assert sequencer.place_all() == 3
    assert [n for n, _ in places()] == [1, 2, 3, 4, 5]


def test_where_nothing_waits_nothing_is_placed() -> None:
    assert sequencer.place_all() == 0
    assert places() == []


def test_a_sequencer_that_finds_another_at_work_leaves_it_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    noted(1)
    monkeypatch.setattr(sequencer, "_alone", lambda: False)
    assert sequencer.place_all() == 0
    assert Waiting.objects.count() == 1


def test_the_sequencer_goes_first_on_a_file_of_sqlite(monkeypatch: pytest.MonkeyPatch) -> None:
    turns: list[str] = []
    monkeypatch.setattr(sequencer, "connection", _File())
    monkeypatch.setattr(passing, "first", lambda database: turns.append(database) or nullcontext())
    noted(2)
    assert sequencer.place_all() == 2
    assert turns == ["county.sqlite3"]


def test_what_is_written_while_it_places_waits_for_its_next_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that acts have theirs between."""
    noted(2)
    place = sequencer._place

    def busy() -> int:
        placed = place()
        noted(1)
        return placed

    monkeypatch.setattr(sequencer, "_place", busy)
    assert sequencer.place_all() == 2
    assert Waiting.objects.count() == 1


class _File:
    """What the sequencer asks of a connection to a file."""

    vendor = "sqlite"
    settings_dict = {"NAME": "county.sqlite3"}

    def is_in_memory_db(self) -> bool:
        return False
