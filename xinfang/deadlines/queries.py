"""Named questions about promises. Nothing is written here."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from django.db.models import QuerySet

from xinfang.deadlines import terms
from xinfang.deadlines.clocks import Clock, Term
from xinfang.deadlines.holidays import HolidayYear
from xinfang.deadlines.models import CalendarYear, LocalTerm, Promise
from xinfang.foundation.paging import Page, page


def of(subject: str, subject_id: int) -> QuerySet[Promise]:
    """Everything promised about a subject, in the order it was promised."""
    return Promise.objects.filter(subject=subject, subject_id=subject_id).order_by("started_at", "id")


def running() -> QuerySet[Promise]:
    return Promise.objects.filter(stopped_at__isnull=True)


def running_of(subject: str, subject_id: int) -> QuerySet[Promise]:
    """What still runs, the next last day first."""
    return running().filter(subject=subject, subject_id=subject_id).order_by("due_on", "id")


def due_within(days: int, today: date) -> QuerySet[Promise]:
    """Running promises whose last day is today or one of the next `days` days."""
    return running().filter(due_on__range=(today, today + timedelta(days=days))).order_by("due_on", "id")


def lapsed(clock: Clock, today: date) -> QuerySet[Promise]:
    """Running promises of one clock whose last day has passed: closed windows, or overdue work."""
    return running().filter(clock=clock, due_on__lt=today).order_by("due_on", "id")


def newly_warned(today: date, *, after: str = "", size: int = 200) -> Page[Promise]:
    """A page of running promises whose next warning is due."""
    return page(running().filter(warn_on__lte=today), ("warn_on", "id"), size=size, after=after)


def is_loaded(holidays: HolidayYear) -> bool:
    """The year is loaded with just these days and sources."""
    return CalendarYear.objects.filter(year=holidays.year, digest=holidays.digest()).exists()


def provisional(*, after: int = 0) -> QuerySet[Promise]:
    """Running promises that wait for a year's notice, in the order they were made."""
    return running().filter(provisional=True, pk__gt=after).order_by("id")


def held(batch: Sequence[Promise]) -> list[Promise]:
    """Those of them that still run, read again with their shifts and locked until the transaction ends."""
    rows = running().filter(pk__in=[promise.pk for promise in batch]).order_by("id")
    return list(rows.select_for_update().prefetch_related("shifts"))


def unaccepted(today: date) -> QuerySet[Promise]:
    """推定受理: D4 that passed without a notice. From its last day the sixty days run, accepted or not."""
    return lapsed(Clock.D4, today).filter(subject="assignment")


def local_terms() -> list[Term]:
    """A county's own terms as they are loaded: over the packaged policy in force when they begin."""
    return [_over(row) for row in LocalTerm.objects.order_by("clock", "since")]


def _over(row: LocalTerm) -> Term:
    own = {name: getattr(row, name) for name in ("since", "until", "length", "working", "minutes", "article", "note")}
    return replace(terms.packaged_term(Clock(row.clock), row.since), **own)


def written(term: Term) -> list[object]:
    told = [term.clock.value, term.since, term.until, term.length, term.working, term.article, str(term.note)]
    return [*told, term.minutes] if term.minutes else told
