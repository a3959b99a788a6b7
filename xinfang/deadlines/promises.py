"""Starting and stopping clocks, inside the act that does it: the caller's entry carries the dates.

Each of `start`, `start_many` and `stop` is one statement.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from xinfang.deadlines import arithmetic, calendar
from xinfang.deadlines.arithmetic import Due, Interval, Level, Warnings
from xinfang.deadlines.errors import StatedDayRefused
from xinfang.deadlines.models import Promise
from xinfang.deadlines.terms import Clock, Term, term
from xinfang.deadlines.words import Kind
from xinfang.foundation import written


@dataclass(frozen=True)
class Start:
    """A clock to start. `on`: the day to count from, where the law puts it on another day than the act's (推定受理).
    `stated_on`: the last day that the letter names, for a term that may be stated."""

    clock: Clock
    subject: str
    subject_id: int
    unit: str
    on: date | None = None
    stated_on: date | None = None


def local_day(at: datetime) -> date:
    """The day at the county's seat, whatever time zone the moment is written in."""
    return timezone.localdate(at, timezone.get_default_timezone())


def due(clock: Clock, on: date) -> Due:
    """What a clock that starts from that day would promise."""
    days = calendar.current()
    return arithmetic.due_on(on, term(clock, on), days)


def counted(clock: Clock, on: date, *, is_direct: bool = False) -> Promise | None:
    """The same as a promise to nobody, to be explained; None where the letter or another law names the day."""
    days = calendar.current()
    rule = term(clock, on)
    if rule.must_be_stated:
        return None
    promise = Promise(clock=clock, started_on=on)
    promise.is_direct = is_direct
    put(promise, arithmetic.due_on(on, rule, days), rule)
    return promise


def deemed_acceptance(received_on: date) -> date:
    """推定受理: the last day of written notice, from which the sixty days run where the unit has not accepted."""
    return due(Clock.D4, received_on).strict


def co_opinion_before(handling: date) -> date:
    """The day by which a co-handling unit gives its opinion to the lead, so that the lead can still answer in time."""
    return arithmetic.latest_before(handling, term(Clock.CO, handling))


def notice_before(event: date) -> date:
    """The last day to tell of a hearing."""
    return arithmetic.latest_before(event, term(Clock.D18, event))


def drawn(start: Start, *, at: datetime) -> Promise:
    """The promise, not yet written."""
    calendar.current()  # brings a county's own terms up to date
    started = start.on or local_day(at)
    rule = term(start.clock, started)
    dates = _dates(start, started, rule)
    promise = Promise(
        clock=start.clock,
        subject=start.subject,
        subject_id=start.subject_id,
        unit_code=start.unit,
        started_on=started,
        started_at=at,
        stated_on=start.stated_on,
    )
    put(promise, dates, rule)
    promise.warn_on = None if rule.is_window else warnings_of(promise).after(Level.NONE)
    return promise


def put(promise: Promise, dates: Due, rule: Term) -> None:
    """The two days, and which of them counts."""
    promise.due_strict, promise.due_legal = dates.strict, dates.legal
    promise.due_on = dates.legal if rule.roll else dates.strict
    promise.provisional = dates.provisional and (rule.roll or rule.working)


def _dates(start: Start, started: date, rule: Term) -> Due:
    if start.stated_on is None:
        if rule.must_be_stated:
            raise StatedDayRefused(_("这一期限没有统一的长度，请写明最后一日。"))
        return arithmetic.due_on(started, rule, calendar.current())
    if not rule.may_be_stated:
        raise StatedDayRefused(_("这一期限由法规规定，不能另行指定。"))
    if start.stated_on < started:
        raise StatedDayRefused(_("指定的期限不能早于开始之日。"))
    return arithmetic.stated(start.stated_on, calendar.current())


def warnings_of(promise: Promise) -> Warnings:
    """When the promise turns yellow, red and overdue."""
    rule = promise.term
    intervals = excluded(promise) if rule.exclusion else ()
    return arithmetic.warnings(promise.due_on, promise.started_on, rule, calendar.current(), intervals)


def excluded(promise: Promise) -> tuple[Interval, ...]:
    """The days that are not counted. Few clocks can have any, so that most are not asked for them."""
    found = (
        (shift for shift in promise.shifts.all() if shift.kind == Kind.EXCLUDED) if not promise._state.adding else ()
    )
    return tuple((shift.first, shift.last) for shift in found if shift.first and shift.last)


def start_many(starts: Iterable[Start], *, at: datetime) -> list[Promise]:
    """Start several clocks at one moment."""
    promises = [drawn(start, at=at) for start in starts]
    written.insert(promises)
    return promises


def start(
    clock: Clock,
    *,
    subject: str,
    subject_id: int,
    unit: str,
    at: datetime,
    on: date | None = None,
    stated_on: date | None = None,
) -> Promise:
    """Start one clock. The unit is the one that must keep it."""
    return start_many([Start(clock, subject, subject_id, unit, on, stated_on)], at=at)[0]


def stop(clocks: Iterable[Clock], *, subject: str, subject_id: int, at: datetime) -> None:
    """Stop those of the clocks that run. One that does not run is left alone."""
    named = [Clock(clock).value for clock in clocks]
    with connection.cursor() as cursor:
        moment = connection.ops.adapt_datetimefield_value(at)
        cursor.execute(_STOP.format(", ".join(["%s"] * len(named))), [moment, subject, subject_id, *named])


# Every act that ends something sends it (docs/decisions/0009).
_STOP = """
UPDATE deadlines_promise SET stopped_at = %s
WHERE subject = %s AND subject_id = %s AND stopped_at IS NULL AND clock IN ({})
"""


def resume(
    clocks: Iterable[Clock], *, subject: str, subject_id: int, stopped_at: datetime | None = None
) -> list[Promise]:
    """What was sent back was never kept: the last promise of each clock runs on, to the day it always had.

    One that was given since and runs stands instead. `stopped_at`: only what that moment stopped, nothing before it.
    """
    given = Promise.objects.filter(subject=subject, subject_id=subject_id, clock__in=list(clocks)).order_by("id")
    running = {promise.clock for promise in given if promise.stopped_at is None}
    stopped = (promise for promise in given if stopped_at in (None, promise.stopped_at))
    last = {promise.clock: promise for promise in stopped if promise.clock not in running}
    Promise.objects.filter(pk__in=[promise.pk for promise in last.values()]).update(stopped_at=None)
    return list(last.values())
