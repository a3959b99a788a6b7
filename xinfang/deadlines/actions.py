"""The acts of this room: warning of a last day, and taking a year's notice into the calendar."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xinfang.deadlines import calendar, promises
from xinfang.deadlines.arithmetic import Level
from xinfang.deadlines.errors import AlreadyWarned, CalendarRefused
from xinfang.deadlines.holidays import HolidayYear
from xinfang.deadlines.models import CalendarDay, CalendarYear, Promise
from xinfang.trace.acts import Hand, act, record


@act
def warn(promise: Promise, *, level: Level, by: Hand, at: datetime) -> Promise:
    """预警: say once that a running promise has come to this level."""
    warn_on = promises.warnings_of(promise).after(level)
    # One statement decides: of two sweeps that meet here, the second finds nothing to raise.
    risen = Promise.objects.filter(pk=promise.pk, stopped_at__isnull=True, level__lt=level)
    if not risen.update(level=level, warn_on=warn_on):
        raise AlreadyWarned
    promise.level, promise.warn_on = level, warn_on
    facts = {
        "clock": promise.clock,
        "level": level.name.lower(),
        "subject": promise.subject,
        "subject_id": promise.subject_id,
        "unit": promise.unit_code,
        "due_on": promise.due_on.isoformat(),
    }
    record("deadline.warn", subject=("deadline", promise.pk), by=by, at=at, facts=facts)
    return promise


@act
def load_year(holidays: HolidayYear, *, by: Hand, at: datetime) -> CalendarYear:
    """Take a year's notice into the calendar, in place of what was loaded for that year. Promises made stay as they are."""
    _refuse_days_of_another_notice(holidays)
    year, _created = CalendarYear.objects.update_or_create(
        year=holidays.year,
        defaults={"source": "\n".join(holidays.sources), "digest": holidays.digest(), "loaded_at": at},
    )
    year.days.all().delete()
    CalendarDay.objects.bulk_create(
        CalendarDay(day=day.day, is_working=day.is_working, name=day.name, year=year) for day in holidays.days
    )
    calendar.forget()
    transaction.on_commit(calendar.forget)  # another thread may have read the old one meanwhile
    facts = {
        "off": sum(not day.is_working for day in holidays.days),
        "working": sum(day.is_working for day in holidays.days),
        "sources": list(holidays.sources),
        "content": holidays.digest(),
    }
    record("calendar.load_year", subject=("calendar", year.year), by=by, at=at, facts=facts)
    return year


def _refuse_days_of_another_notice(holidays: HolidayYear) -> None:
    days = [day.day for day in holidays.days]
    taken = CalendarDay.objects.filter(day__in=days).exclude(year_id=holidays.year).order_by("day").first()
    if taken:
        raise CalendarRefused(
            _("%(day)s已经由%(year)s年的通知规定。") % {"day": taken.day.isoformat(), "year": taken.year_id}
        )
