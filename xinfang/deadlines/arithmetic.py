"""From a start and a term to a last day and its warnings. Pure: no database, and no clock but the days given."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import IntegerChoices
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from xinfang.deadlines.calendar import WorkingCalendar
    from xinfang.deadlines.terms import Term

_DAY = timedelta(days=1)
_RED_DAYS = 3
_YELLOW_DAYS_LEFT = {(60, False): 10, (15, False): 3, (5, True): 1}  # (length, working); others turn yellow at 70 %


class Level(IntegerChoices):
    """How near a last day is. A higher level is a later day."""

    NONE = 0, _("正常")
    YELLOW = 1, _("黄色预警")
    RED = 2, _("红色预警")
    OVERDUE = 3, _("超期")


@dataclass(frozen=True)
class Due:
    """The last day as the length gives it, and as 民法典 二百零三 moves it past rest days.

    `provisional`: one of the two was found in a year whose notice is not loaded.
    """

    strict: date
    legal: date
    provisional: bool


def add_working_days(start: date, count: int, calendar: "WorkingCalendar") -> date:
    """The last of `count` working days after `start`."""
    day = start
    while count:
        day += _DAY
        count -= calendar.is_working_day(day)
    return day


def working_days_between(start: date, end: date, calendar: "WorkingCalendar") -> int:
    """Working days after `start`, up to and with `end`."""
    return sum(calendar.is_working_day(start + _DAY * n) for n in range(1, (end - start).days + 1))


def due_on(started: date, term: "Term", calendar: "WorkingCalendar") -> Due:
    """The last day of a term. The day of the event is not counted (民法典 二百零一)."""
    if term.working:
        return _rolled(add_working_days(started, term.length, calendar), started + _DAY, calendar)
    return stated(started + _DAY * term.length, calendar)


def stated(strict: date, calendar: "WorkingCalendar") -> Due:
    """A last day that a letter names."""
    return _rolled(strict, strict, calendar)


def _rolled(strict: date, first: date, calendar: "WorkingCalendar") -> Due:
    """`first` is the earliest day whose being a working day mattered."""
    legal = strict
    while not calendar.is_working_day(legal):
        legal += _DAY
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


def warnings(due: date, started: date, term: "Term", calendar: "WorkingCalendar") -> Warnings:
    """Red on the last three days, or the last working day; yellow before, never after red; overdue the day after."""
    red_on = due if term.working else max(due - _DAY * (_RED_DAYS - 1), started)
    return Warnings(min(_yellow_on(due, started, term, calendar), red_on), red_on, due + _DAY)


def _yellow_on(due: date, started: date, term: "Term", calendar: "WorkingCalendar") -> date:
    total = working_days_between(started, due, calendar) if term.working else (due - started).days
    left = _YELLOW_DAYS_LEFT.get((total, term.working), total * 3 // 10)
    if term.working:
        return add_working_days(started, total - left, calendar)
    return due - _DAY * left


def warning_level(due: date, started: date, today: date, term: "Term", calendar: "WorkingCalendar") -> Level:
    """How near the last day is today."""
    return warnings(due, started, term, calendar).level(today)
