"""From a start and a term to a last day and its warnings. Pure: no database, and no clock but the days given."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from django.db.models import IntegerChoices
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from xinfang.deadlines.calendar import WorkingCalendar
    from xinfang.deadlines.terms import Term

Interval: TypeAlias = tuple[date, date]  # both end days included
_DAY = timedelta(days=1)
_RED_DAYS = 3
_YELLOW_DAYS_LEFT = {(60, False): 10, (15, False): 3, (5, True): 1}  # (length, working); others turn yellow at 70 %


class Level(IntegerChoices):
    """How near a last day is. A higher level is a later day."""

    NONE = 0, _("正常")
    YELLOW = 1, _("黄色预警")
    RED = 2, _("红色预警")
    OVERDUE = 3, _("超期")


class Due(NamedTuple):
    """The last day as the length gives it, and as 民法典 二百零三 moves it past rest days.

    `provisional`: one of the two was found in a year whose notice is not loaded.
    """

    strict: date
    legal: date
    provisional: bool


def add_working_days(start: date, count: int, calendar: "WorkingCalendar") -> date:
    """The last of `count` working days after `start`."""
    if not count:
        return start
    year = start.year
    days = calendar.worked(year)
    place = bisect_right(days, start) + count - 1
    while place >= len(days):
        place -= len(days)
        year += 1
        days = calendar.worked(year)
    return days[place]


def working_days_between(start: date, end: date, calendar: "WorkingCalendar") -> int:
    """Working days after `start`, up to and with `end`."""
    if end <= start:
        return 0
    whole = sum(len(calendar.worked(year)) for year in range(start.year, end.year))
    return whole + bisect_right(calendar.worked(end.year), end) - bisect_right(calendar.worked(start.year), start)


def due_on(started: date, term: "Term", calendar: "WorkingCalendar") -> Due:
    """The last day of a term. The day of the event is not counted (民法典 二百零一)."""
    if term.working:
        return _rolled(add_working_days(started, term.length, calendar), started + _DAY, calendar)
    strict = started + timedelta(term.length)
    return _rolled(strict, strict, calendar)


def reckoned(
    started: date,
    term: "Term",
    calendar: "WorkingCalendar",
    *,
    stated_on: date | None = None,
    extended: int = 0,
    excluded: Iterable[Interval] = (),
) -> Due:
    """The last day of a term that was stated by a letter, extended, or interrupted by days that are not counted.

    An extension counts on from the strict last day, which is the same as a longer term.
    """
    if stated_on is None:
        strict = counted_on(started, term.length + extended, term, calendar, excluded)
    else:
        strict = counted_on(stated_on, extended, term, calendar, excluded)
    return _rolled(strict, started + _DAY if term.working else strict, calendar)


def counted_on(
    started: date, count: int, term: "Term", calendar: "WorkingCalendar", excluded: Iterable[Interval] = ()
) -> date:
    """The `count`-th day that counts after `started`. Of an excluded interval both end days are not counted."""
    day = _ahead(started, count, term, calendar)
    for first, last in sorted(excluded):
        if last > started and first <= day:
            day = _ahead(day, _length_of(max(first - _DAY, started), last, term, calendar), term, calendar)
    return day


def _ahead(day: date, count: int, term: "Term", calendar: "WorkingCalendar") -> date:
    return add_working_days(day, count, calendar) if term.working else day + timedelta(count)


def _length_of(before: date, last: date, term: "Term", calendar: "WorkingCalendar") -> int:
    """How many days after `before` up to `last` the term would have counted."""
    return working_days_between(before, last, calendar) if term.working else (last - before).days


def latest_before(event: date, term: "Term") -> date:
    """The last day for what must be done so many days before an event (听证通知)."""
    return event - timedelta(term.length)


def stated(strict: date, calendar: "WorkingCalendar") -> Due:
    """A last day that a letter names."""
    return _rolled(strict, strict, calendar)


def _rolled(strict: date, first: date, calendar: "WorkingCalendar") -> Due:
    """`first` is the earliest day whose being a working day mattered."""
    legal = calendar.worked_from(strict)
    return Due(strict, legal, not calendar.covers(first, legal))


@dataclass(frozen=True)
class Warnings:
    """The first day of each level."""

    yellow_on: date
    red_on: date
    overdue_on: date

    def level(self, today: date) -> Level:
        if today >= self.overdue_on:
            return Level.OVERDUE
        if today >= self.red_on:
            return Level.RED
        return Level.YELLOW if today >= self.yellow_on else Level.NONE

    def after(self, level: Level) -> date | None:
        """The day the next warning is due when `level` was the last."""
        return (self.yellow_on, self.red_on, self.overdue_on, None)[level]


def warnings(
    due: date, started: date, term: "Term", calendar: "WorkingCalendar", excluded: Iterable[Interval] = ()
) -> Warnings:
    """Red on the last three days, or the last working day; yellow before, never after red; overdue the day after."""
    red_on = due if term.working else max(due - _DAY * (_RED_DAYS - 1), started)
    return Warnings(min(_yellow_on(due, started, term, calendar, tuple(excluded)), red_on), red_on, due + _DAY)


def _yellow_on(
    due: date, started: date, term: "Term", calendar: "WorkingCalendar", excluded: tuple[Interval, ...]
) -> date:
    total = _length_of(started, due, term, calendar)
    total -= sum(_length_of(max(first - _DAY, started), min(last, due), term, calendar) for first, last in excluded)
    left = _YELLOW_DAYS_LEFT.get((total, term.working), total * 3 // 10)
    return counted_on(started, total - left, term, calendar, excluded)


def warning_level(due: date, started: date, today: date, term: "Term", calendar: "WorkingCalendar") -> Level:
    """How near the last day is today."""
    return warnings(due, started, term, calendar).level(today)
