"""Which days are worked. The ordinary week, changed by the days that the State Council's notices name."""

import time
from calendar import isleap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from xinfang.deadlines import queries, terms
from xinfang.deadlines.models import CalendarDay, CalendarYear

RECHECK_SECONDS = 60
_SATURDAY = 5
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class WorkingCalendar:
    """`off` and `on` are days that differ from the ordinary week, `years` those whose notice is known.

    In a year without a notice Monday to Friday are worked and no holiday is assumed, New Year's Day included.
    `names` says which holiday a day belongs to.
    """

    off: frozenset[date]
    on: frozenset[date]
    years: frozenset[int]
    names: Mapping[date, str] = field(default_factory=dict, compare=False, repr=False)
    _worked: dict[int, tuple[date, ...]] = field(default_factory=dict, init=False, compare=False, repr=False)
    _from: dict[date, date] = field(default_factory=dict, init=False, compare=False, repr=False)

    def is_working_day(self, day: date) -> bool:
        return day not in self.off and (day.weekday() < _SATURDAY or day in self.on)

    def worked(self, year: int) -> tuple[date, ...]:
        """The working days of a year, in order: counting looks them up instead of walking."""
        found = self._worked.get(year)
        if found is None:
            found = self._worked[year] = tuple(day for day in _days_of(year) if self.is_working_day(day))
        return found

    def worked_from(self, day: date) -> date:
        """The day itself where it is worked, otherwise the next that is."""
        found = self._from.get(day)
        if found is None:
            found = day
            while not self.is_working_day(found):
                found += _DAY
            self._from[day] = found
        return found

    def is_provisional(self, day: date) -> bool:
        return day.year not in self.years

    def covers(self, first: date, last: date) -> bool:
        """No day from `first` to `last` is provisional."""
        if first.year == last.year:
            return last.year in self.years
        return all(year in self.years for year in range(first.year, last.year + 1))


def _days_of(year: int) -> Iterator[date]:
    first = date(year, 1, 1).toordinal()
    return (date.fromordinal(first + n) for n in range(366 if isleap(year) else 365))


Version = frozenset[tuple[int, str]]


class _Held(NamedTuple):
    """The calendar as it was last read. Replaced whole, so that threads need no lock."""

    calendar: WorkingCalendar
    version: Version
    checked: float


class _Process:
    held: _Held | None = None


def current() -> WorkingCalendar:
    """The loaded calendar, kept in the process, and with it a county's own terms. Another process's load is noticed within
    RECHECK_SECONDS."""
    now = time.monotonic()
    held = _Process.held
    if held is None or now - held.checked >= RECHECK_SECONDS:
        held = _Process.held = _checked(held, now)
    return held.calendar


def forget() -> None:
    """The next `current` reads the database."""
    _Process.held = None


def _checked(held: _Held | None, now: float) -> _Held:
    terms.use(queries.local_terms())
    version = frozenset(CalendarYear.objects.values_list("year", "digest"))
    if held is not None and held.version == version:
        return held._replace(checked=now)
    return _Held(_read(version), version, now)


def _read(version: Version) -> WorkingCalendar:
    days = list(CalendarDay.objects.values_list("day", "is_working", "name"))
    return WorkingCalendar(
        off=frozenset(day for day, is_working, _name in days if not is_working),
        on=frozenset(day for day, is_working, _name in days if is_working),
        years=frozenset(year for year, _ in version),
        names={day: name for day, _is_working, name in days},
    )
