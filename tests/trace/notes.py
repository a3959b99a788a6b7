"""The smallest act there is, of no room."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from xinfang.trace.acts import Hand, act, record
from xinfang.trace.models import Entry, Place

CLERK = Hand("officer", officer_id=7, post="registrar", unit="6101150000000035299")


@act
def note(subject: int = 1, *, by: Hand = CLERK, at: datetime, **facts: Any) -> Entry:
    return record("test.note", subject=("note", subject), by=by, at=at, facts=facts)


def noted(count: int = 1) -> list[Entry]:
    return [note(n, at=timezone.now()) for n in range(count)]


def places() -> list[tuple[int, int]]:
    return list(Place.objects.order_by("n").values_list("n", "entry_id"))
