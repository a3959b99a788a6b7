"""Timed work: warn of every promise that has come nearer to its last day. Safe to run twice, also at once."""

from datetime import date, datetime

from django.db import transaction

from xinfang.deadlines import actions, calendar, promises, queries
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


def settle(*, at: datetime) -> int:
    """Provisional dates whose year is loaded by now, a batch a transaction; returns how many moved or became certain.

    Loading a year does the same for all there are; this finds those made beside it with the calendar of a minute ago.
    """
    after, moved = 0, 0
    while batch := list(queries.provisional(after=after)[: actions.BATCH]):
        after = batch[-1].pk
        if due := [promise for promise in batch if _is_known_by_now(promise)]:
            moved += len(actions.recompute(due, by=HAND, at=at))
    return moved


def _is_known_by_now(promise: Promise) -> bool:
    return calendar.current().covers(promise.started_on, promise.due_legal)


def _has_risen(promise: Promise, today: date, at: datetime) -> bool:
    level = promises.warnings_of(promise).level(today)
    try:
        actions.warn(promise, level=level, by=HAND, at=at)
    except AlreadyWarned:
        return False
    return True
