"""The acts of this room: warning of a last day, taking a year's notice into the calendar and a county's terms into force."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xinfang.deadlines import calendar, promises, queries, shifts
from xinfang.deadlines.arithmetic import Level
from xinfang.deadlines.clocks import Clock, Term
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
    _refuse_promised(queries.local_terms(), terms)
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


def _refuse_promised(before: Sequence[Term], after: Sequence[Term]) -> None:
    """What is new, changed or gone must not reach back to promises that run already."""
    for clock in {term.clock for term in (*before, *after)}:
        days = Promise.objects.filter(clock=clock, stopped_at__isnull=True).values_list("started_on", flat=True)
        for day in days.order_by("started_on").distinct():
            was, now = _own(before, clock, day), _own(after, clock, day)
            if _measure(was) != _measure(now):
                name = next(term.name for term in (now, was) if term)
                raise TermRefused(
                    _("“%(name)s”已有期限从%(since)s或者以后起算，新的规定不能追溯。")
                    % {"name": name, "since": day.isoformat()}
                )


def _own(terms: Sequence[Term], clock: Clock, on: date) -> Term | None:
    """The county's version of that day, the newest first as in `terms.term`."""
    fit = [term for term in terms if term.clock == clock and term.is_in_force(on)]
    return max(fit, key=lambda term: term.since, default=None)


def _measure(term: Term | None) -> tuple[object, ...] | None:
    return (term.length, term.working, term.minutes, term.article, str(term.note)) if term else None


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
