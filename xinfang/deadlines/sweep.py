"""Timed work: warn of every promise that has come nearer to its last day. Safe to run twice, also at once."""

from datetime import date, datetime

from django.db import transaction

from xinfang.deadlines import actions, promises, queries
from xinfang.deadlines.errors import AlreadyWarned
from xinfang.deadlines.models import Promise
from xinfang.trace.acts import Hand

HAND = Hand.system("deadlines")


def sweep(*, at: datetime) -> int:
    """Warn of all, a batch a transaction, and return how many."""
    today, after, warned = promises.local_day(at), "", 0
    while True:
        page = queries.newly_warned(today, after=after)
        with transaction.atomic():
            warned += sum(_has_risen(promise, today, at) for promise in page.rows)
        if not page.after:
            return warned
        after = page.after


def _has_risen(promise: Promise, today: date, at: datetime) -> bool:
    level = promises.warnings_of(promise).level(today)
    try:
        actions.warn(promise, level=level, by=HAND, at=at)
    except AlreadyWarned:
        return False
    return True
