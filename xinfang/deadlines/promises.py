"""Starting and stopping clocks, inside the act that does it: the caller's entry carries the dates.

Each of `start`, `start_many` and `stop` is one statement.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from xinfang.deadlines import arithmetic, calendar
from xinfang.deadlines.arithmetic import Due, Level, Warnings
from xinfang.deadlines.errors import StatedDayRefused
from xinfang.deadlines.models import Promise
from xinfang.deadlines.terms import Clock, Term, term
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
    return arithmetic.due_on(on, term(clock, on), calendar.current())


def drawn(start: Start, *, at: datetime) -> Promise:
    """The promise, not yet written."""
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
        due_strict=dates.strict,
        due_legal=dates.legal,
        due_on=dates.legal if rule.roll else dates.strict,
        provisional=dates.provisional and (rule.roll or rule.working),
    )
    promise.warn_on = None if rule.roll else warnings_of(promise).after(Level.NONE)
    return promise


def _dates(start: Start, started: date, rule: Term) -> Due:
    if start.stated_on is None:
        return arithmetic.due_on(started, rule, calendar.current())
    if not rule.may_be_stated:
        raise StatedDayRefused(_("这一期限由法规规定，不能另行指定。"))
    if start.stated_on < started:
        raise StatedDayRefused(_("指定的期限不能早于开始之日。"))
    return arithmetic.stated(start.stated_on, calendar.current())


def warnings_of(promise: Promise) -> Warnings:
    """When the promise turns yellow, red and overdue."""
    return arithmetic.warnings(promise.due_on, promise.started_on, promise.term, calendar.current())


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
    running = Promise.objects.filter(
        subject=subject, subject_id=subject_id, clock__in=list(clocks), stopped_at__isnull=True
    )
    running.update(stopped_at=at)
