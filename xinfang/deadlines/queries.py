"""Named questions about promises. Nothing is written here."""

from datetime import date, timedelta

from django.db.models import QuerySet

from xinfang.deadlines.holidays import HolidayYear
from xinfang.deadlines.models import CalendarYear, Promise
from xinfang.deadlines.terms import Clock
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
