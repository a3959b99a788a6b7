"""The acts of this room: warning of a last day, taking a year's notice into the calendar and a county's terms into force."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xinfang.deadlines import calendar, promises, queries, shifts
from xinfang.deadlines.arithmetic import Level
from xinfang.deadlines.clocks import Term
from xinfang.deadlines.errors import AlreadyWarned, CalendarRefused, TermRefused
from xinfang.deadlines.holidays import HolidayYear
from xinfang.deadlines.models import CalendarDay, CalendarYear, LocalTerm, Promise
from xinfang.deadlines.moved import Moved
from xinfang.foundation import canonical
from xinfang.trace.acts import Hand, act, record, record_each

BATCH = 500


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
    """Take a year's notice into the calendar, in place of what was loaded for that year.

    Dates that waited for it are worked out again, an entry each; all other promises stay as they are.
    """
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
    for batch in _provisional():
        _record_moved(shifts.recompute(batch, at=at), by=by, at=at)
    return year


@act
def recompute(batch: Sequence[Promise], *, by: Hand, at: datetime) -> list[Moved]:
    """日历公布后重算: provisional promises that were made while the notice was being loaded."""
    moves = shifts.recompute(queries.held(batch), at=at)
    _record_moved(moves, by=by, at=at)
    return moves


def _provisional() -> Iterator[Sequence[Promise]]:
    """The running ones in batches, held."""
    after = 0
    while batch := list(queries.provisional(after=after)[:BATCH]):
        yield queries.held(batch)
        after = batch[-1].pk


def _record_moved(moves: Sequence[Moved], *, by: Hand, at: datetime) -> None:
    if moves:
        record_each("deadline.recompute", ((_subject(one), _facts(one)) for one in moves), by=by, at=at)


def _subject(one: Moved) -> tuple[str, int]:
    return one.promise.subject, one.promise.subject_id


def _facts(one: Moved) -> dict[str, object]:
    return {
        "clock": one.promise.clock,
        "promise": one.promise.pk,
        "due_before": one.old.isoformat(),
        "due_on": one.new.isoformat(),
        "provisional": one.promise.provisional,
    }


@act
def load_terms(terms: Sequence[Term], *, by: Hand, at: datetime) -> Sequence[Term]:
    """Put a county's own terms into force, in place of those loaded before. What was promised is not measured anew."""
    for term in terms:
        _refuse_promised(term)
    LocalTerm.objects.all().delete()
    LocalTerm.objects.bulk_create(_row_of(term) for term in terms)
    calendar.forget()
    transaction.on_commit(calendar.forget)
    facts = {
        "terms": [[term.clock.value, term.since.isoformat(), term.length] for term in terms],
        "content": canonical.digest([queries.written(term) for term in terms]),
    }
    record("deadline.load_terms", subject=("terms", 0), by=by, at=at, facts=facts)
    return terms


def _refuse_promised(term: Term) -> None:
    """A term that is new or changed must not reach back to promises that run already."""
    if queries.is_in_force(term):
        return
    running = Promise.objects.filter(clock=term.clock, started_on__gte=term.since, stopped_at__isnull=True)
    if running.exists():
        raise TermRefused(
            _("“%(name)s”已有期限从%(since)s或者以后起算，新的规定不能追溯。")
            % {"name": term.name, "since": term.since.isoformat()}
        )


def _row_of(term: Term) -> LocalTerm:
    until: date | None = term.until
    return LocalTerm(
        clock=term.clock,
        since=term.since,
        until=until,
        length=term.length,
        working=term.working,
        minutes=term.minutes,
        article=term.article,
        note=str(term.note),
    )


def _refuse_days_of_another_notice(holidays: HolidayYear) -> None:
    days = [day.day for day in holidays.days]
    taken = CalendarDay.objects.filter(day__in=days).exclude(year_id=holidays.year).order_by("day").first()
    if taken:
        raise CalendarRefused(
            _("%(day)s已经由%(year)s年的通知规定。") % {"day": taken.day.isoformat(), "year": taken.year_id}
        )
