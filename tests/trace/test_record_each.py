"""The same act on many subjects: an entry each, two statements, one cause."""

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from xinfang.trace.acts import Hand, act, record, record_each
from xinfang.trace.models import Entry, Waiting

pytestmark = pytest.mark.django_db
BY = Hand.system("test")


@act
def settle(count: int, *, by: Hand, at: datetime) -> None:
    """One entry of its own, then one for each."""
    record("test.load", subject=("test", 0), by=by, at=at, facts={})
    record_each("test.settle", ((("test", n), {"n": n}) for n in range(1, count + 1)), by=by, at=at)


def test_each_subject_has_its_entry_joined_to_the_act_by_its_cause() -> None:
    settle(3, by=BY, at=timezone.now())
    load = Entry.objects.get(act="test.load")
    each = Entry.objects.filter(act="test.settle").order_by("id")
    assert [(entry.subject_id, entry.facts, entry.cause) for entry in each] == [
        (n, {"n": n}, load.pk) for n in (1, 2, 3)
    ]
    assert Waiting.objects.filter(entry__in=each).count() == 3
    assert len({entry.digest for entry in each}) == 3


def test_hundreds_take_as_many_statements_as_one() -> None:
    counts = []
    for count in (1, 200):
        with CaptureQueriesContext(connection) as statements:
            settle(count, by=BY, at=timezone.now())
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_many_entries_outside_an_act_are_refused() -> None:
    with pytest.raises(AssertionError, match="outside an act"):
        record_each("test.settle", [(("test", 1), {})], by=BY, at=timezone.now())
