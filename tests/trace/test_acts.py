"""An act is one transaction with an entry of its own, by a named hand, at two times."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from tests.trace.notes import CLERK, note
from xinfang.foundation.errors import Refused
from xinfang.trace.acts import PETITIONER, Hand, act, record
from xinfang.trace.models import Bookmark, Entry, Waiting

pytestmark = pytest.mark.django_db


def test_an_act_leaves_one_entry_that_waits_for_its_place() -> None:
    entry = note(at=timezone.now())
    assert list(Entry.objects.all()) == [entry]
    assert list(Waiting.objects.values_list("pk", flat=True)) == [entry.pk]
    assert (entry.act, entry.subject_kind, entry.subject_id, entry.cause) == ("test.note", "note", 1, None)


def test_an_act_that_leaves_no_entry_fails_and_changes_nothing() -> None:
    @act
    def silent(*, by: Hand, at: datetime) -> None:
        Bookmark.objects.create(reader="silent")

    with pytest.raises(AssertionError, match=r"silent left no entry"):
        silent(by=CLERK, at=timezone.now())
    assert not Bookmark.objects.exists()


def test_the_entry_of_an_inner_act_is_not_the_outer_ones() -> None:
    @act
    def outer(*, by: Hand, at: datetime) -> None:
        note(at=at)

    with pytest.raises(AssertionError, match=r"outer left no entry"):
        outer(by=CLERK, at=timezone.now())
    assert not Entry.objects.exists()


def test_an_act_that_fails_leaves_no_entry() -> None:
    @act
    def failing(*, by: Hand, at: datetime) -> None:
        record("test.fail", subject=("note", 1), by=by, at=at, facts={})
        raise Refused("不行。")

    with pytest.raises(Refused):
        failing(by=CLERK, at=timezone.now())
    assert not Entry.objects.exists()
    note(at=timezone.now())
    assert Entry.objects.get().cause is None


def test_a_verb_must_name_its_hand_and_its_time() -> None:
    def nameless(*, at: datetime) -> None: ...
    def timeless(*, by: Hand) -> None: ...
    def positional(by: Hand, at: datetime) -> None: ...

    for verb in (nameless, timeless, positional):
        with pytest.raises(AssertionError, match="must name its hand and its time"):
            act(verb)


def test_nothing_is_recorded_outside_an_act() -> None:
    with pytest.raises(AssertionError, match="outside an act"):
        record("test.note", subject=("note", 1), by=CLERK, at=timezone.now(), facts={})


def test_acts_inside_an_act_name_the_outermost_as_their_cause() -> None:
    @act
    def inner(*, by: Hand, at: datetime) -> Entry:
        entry = record("test.inner", subject=("note", 2), by=by, at=at, facts={})
        note(3, at=at)
        return entry

    @act
    def outer(*, by: Hand, at: datetime) -> Entry:
        inner(by=by, at=at)
        entry = record("test.outer", subject=("note", 1), by=by, at=at, facts={})
        inner(by=by, at=at)
        return entry

    cause = outer(by=CLERK, at=timezone.now())
    assert cause.cause is None
    inside = Entry.objects.exclude(pk=cause.pk)
    assert inside.count() == 4
    assert set(inside.values_list("cause", flat=True)) == {cause.pk}


def test_a_second_entry_of_one_act_is_caused_by_its_first() -> None:
    @act
    def twice(*, by: Hand, at: datetime) -> list[Entry]:
        return [record("test.note", subject=("note", n), by=by, at=at, facts={}) for n in (1, 2)]

    first, second = twice(by=CLERK, at=timezone.now())
    assert (first.cause, second.cause) == (None, first.pk)


def test_an_entry_has_two_times_and_only_the_first_is_told() -> None:
    before, happened = timezone.now(), timezone.now() - timedelta(days=3)
    entry = note(at=happened)
    entry.refresh_from_db()
    assert entry.at == happened
    assert before <= entry.recorded_at <= timezone.now()


def test_an_act_in_the_future_is_refused() -> None:
    with pytest.raises(Refused, match="时间不能晚于现在。") as refused:
        note(at=timezone.now() + timedelta(minutes=6))
    assert refused.value.field == "at"
    assert not Entry.objects.exists()


def test_a_clock_a_few_minutes_ahead_is_forgiven() -> None:
    assert note(at=timezone.now() + timedelta(minutes=4)).pk


def test_an_officer_stands_as_id_post_and_unit_and_a_citizen_as_petitioner() -> None:
    hands = [CLERK, PETITIONER, Hand.system("importer")]
    entries = [note(by=hand, at=timezone.now()) for hand in hands]
    assert [(entry.hand, entry.officer_id, entry.post, entry.unit) for entry in entries] == [
        ("officer", 7, "registrar", "6101150000000035299"),
        ("petitioner", None, "", ""),
        ("system", None, "importer", ""),
    ]
