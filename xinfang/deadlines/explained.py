"""Why this date: the rule, the event it counts from, and every day counted one by one. Pure, over a promise and its shifts.

It retells what was promised and moves nothing. Where a notice was amended after the promise was made, the days of today's
calendar no longer end on the promised day; `is_kept` says so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import cached_property

from xinfang.deadlines.arithmetic import Interval
from xinfang.deadlines.calendar import WorkingCalendar
from xinfang.deadlines.clocks import Term
from xinfang.deadlines.festivals import called
from xinfang.deadlines.models import Promise, Shift
from xinfang.deadlines.words import Kind

_DAY = timedelta(days=1)
_SATURDAY = 5
# What a day is: the event's own day, counted, a rest day that is not counted, left out by law, or passed on the way on.
EVENT, COUNTED, REST, LEFT_OUT, PASSED = "event", "counted", "rest", "left_out", "passed"


@dataclass(frozen=True)
class Day:
    """`n` is its number among the days counted, 0 where it is not. `holiday` names the holiday it belongs to or is worked for."""

    day: date
    what: str
    n: int
    is_rest: bool
    holiday: str
    is_made_up: bool
    is_last: bool


@dataclass(frozen=True)
class Explanation:
    """Of one promise. `proof` is the caller's: the entry and the papers of the event that started it."""

    promise: Promise
    term: Term
    shifts: tuple[Shift, ...]
    days: tuple[Day, ...]
    proof: str

    @property
    def length(self) -> int:
        return self.term.length

    @property
    def extensions(self) -> list[Shift]:
        return self._of(Kind.EXTENSION)

    @property
    def exclusions(self) -> list[Shift]:
        return self._of(Kind.EXCLUDED)

    @property
    def corrections(self) -> list[Shift]:
        return self._of(Kind.START_CORRECTED)

    @property
    def recomputed(self) -> list[Shift]:
        return self._of(Kind.CALENDAR)

    @property
    def is_rolled(self) -> bool:
        return self.term.roll and self.promise.due_legal != self.promise.due_strict

    @property
    def total(self) -> int:
        """How many days are counted in all."""
        return max((day.n for day in self.days), default=0)

    @property
    def is_kept(self) -> bool:
        """The calendar of today would give another day; what was promised stays."""
        expected = self.term.length + sum(shift.days or 0 for shift in self.shifts)
        return self.promise.stated_on is None and not self.term.must_be_stated and self.total != expected

    @cached_property
    def skipped(self) -> list[Day]:
        """Days that were not counted, but for the first."""
        return [day for day in self.days if day.what in (REST, LEFT_OUT, PASSED)]

    @cached_property
    def holidays(self) -> list[tuple[str, date, date]]:
        """Each holiday on the way, from its first to its last rest day."""
        found: list[tuple[str, date, date]] = []
        for day in self.days:
            if day.holiday and day.is_rest:
                if found and found[-1][0] == day.holiday:
                    found[-1] = (day.holiday, found[-1][1], day.day)
                else:
                    found.append((day.holiday, day.day, day.day))
        return found

    @property
    def made_up(self) -> list[Day]:
        """Weekend days worked for a holiday, and counted."""
        return [day for day in self.days if day.is_made_up and day.what == COUNTED and self.term.working]

    @property
    def missing_years(self) -> list[int]:
        """The notices that could still move it."""
        if not self.promise.provisional:
            return []
        first = self.promise.started_on + _DAY if self.term.working else self.promise.due_strict
        return list(range(first.year, self.promise.due_legal.year + 1))

    @cached_property
    def months(self) -> list["Month"]:
        return list(_months(self.days))

    def _of(self, kind: Kind) -> list[Shift]:
        return [shift for shift in self.shifts if shift.kind == kind]


@dataclass(frozen=True)
class Month:
    """A month of the strip, in weeks from Monday; None where the days of the term have not begun or have ended."""

    first: date
    weeks: tuple[tuple[Day | None, ...], ...]


def explain(
    promise: Promise, shifts: Sequence[Shift] = (), *, calendar: WorkingCalendar, proof: str = ""
) -> Explanation:
    """As far as the promised day, or the day it rolled to."""
    excluded = [(s.first, s.last) for s in shifts if s.kind == Kind.EXCLUDED and s.first and s.last]
    days = tuple(_days(promise, promise.term, excluded, calendar))
    return Explanation(promise, promise.term, tuple(shifts), days, proof)


def _days(promise: Promise, term: Term, excluded: Sequence[Interval], calendar: WorkingCalendar) -> Iterator[Day]:
    n, day = 0, promise.started_on
    while day <= max(promise.due_on, promise.due_strict):
        what = _what(day, promise, term, excluded, calendar)
        n += what == COUNTED
        worked = calendar.is_working_day(day)
        made_up = worked and day.weekday() >= _SATURDAY
        holiday = called(calendar.names.get(day, ""))
        yield Day(day, what, n if what == COUNTED else 0, not worked, holiday, made_up, day == promise.due_on)
        day += _DAY


def _what(day: date, promise: Promise, term: Term, excluded: Sequence[Interval], calendar: WorkingCalendar) -> str:
    if day == promise.started_on:
        return EVENT
    if day > promise.due_strict:
        return PASSED
    if any(first <= day <= last for first, last in excluded):
        return LEFT_OUT
    return REST if term.working and not calendar.is_working_day(day) else COUNTED


def _months(days: Sequence[Day]) -> Iterator[Month]:
    by_month: dict[date, list[Day]] = {}
    for day in days:
        by_month.setdefault(day.day.replace(day=1), []).append(day)
    for first, mine in by_month.items():
        row: list[Day | None] = [None] * mine[0].day.weekday() + list(mine)
        row += [None] * (-len(row) % 7)
        yield Month(first, tuple(tuple(row[n : n + 7]) for n in range(0, len(row), 7)))
