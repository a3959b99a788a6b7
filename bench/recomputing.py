"""`python -m bench.recomputing`: due dates worked out, then promises recomputed in the database at hand, printed as JSON."""

import argparse
import json
import os
import sys
import time
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xinfang.settings")
if __name__ == "__main__":
    django.setup()

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from xinfang.deadlines import actions, calendar, holidays, promises, queries
from xinfang.deadlines.arithmetic import due_on
from xinfang.deadlines.holidays import HolidayDay, HolidayYear
from xinfang.deadlines.models import CalendarYear
from xinfang.deadlines.terms import Clock, term
from xinfang.petitions.models import Petition
from xinfang.trace.acts import Hand
from xinfang.trace.models import Entry

BY = Hand.system("bench")
CLOCKS = (Clock.D2, Clock.D3, Clock.D4, Clock.D5, Clock.D8B, Clock.D9, Clock.D12, Clock.D19)
DAYS = 5_000
FIRST = date(2010, 1, 1)


def rate(rounds: int) -> float:
    """The best of so many rounds: every clock from every day of thirteen years, its version looked up each time."""
    days, starts = calendar.current(), [FIRST + timedelta(n) for n in range(DAYS)]
    best = 0.0
    for _round in range(rounds):
        begun = time.perf_counter()
        for clock in CLOCKS:
            for start in starts:
                due_on(start, term(clock, start), days)
        best = max(best, len(CLOCKS) * DAYS / (time.perf_counter() - begun))
    return best


def settled(count: int) -> tuple[float, int]:
    """Seconds and statements of loading a notice that so many windows and objections wait for."""
    year = _next_year()
    _promise(count, year)
    notice = HolidayYear(year, ("https://www.example.org/notice",), tuple(_off(year)))
    before, waiting = Entry.objects.count(), queries.provisional().count()
    begun = time.perf_counter()
    actions.load_year(notice, by=BY, at=timezone.now())
    seconds = time.perf_counter() - begun
    assert Entry.objects.count() == before + waiting + 1, "an entry for each promise, and one for the notice"
    assert not queries.provisional().exists()
    return seconds, _statements(year)


def _next_year() -> int:
    return max(year.year for year in holidays.packaged()) + 1


def _off(year: int) -> list[HolidayDay]:
    return [HolidayDay(date(year, 1, n), False, "元旦") for n in (1, 2, 3)]


def _promise(count: int, year: int) -> None:
    """Ten days of windows and objections that reach into the year to come, a promise a petition."""
    ids = list(Petition.objects.order_by("id").values_list("pk", flat=True)[:count])
    for n in range(10):
        at = datetime(year - 1, 12, 20 + n, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
        mine = ids[n::10]
        starts = [promises.Start(Clock.D11 if n % 2 else Clock.D8B, "petition", pk, "610115") for pk in mine]
        for place in range(0, len(starts), 500):
            promises.start_many(starts[place : place + 500], at=at)


def _statements(year: int) -> int:
    """Of loading the notice for one full batch."""
    CalendarYear.objects.filter(year=year).delete()
    calendar.forget()
    at = datetime(year - 1, 12, 30, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
    ids = range(1, actions.BATCH + 1)
    promises.start_many([promises.Start(Clock.D8B, "bench", pk, "610115") for pk in ids], at=at)
    with CaptureQueriesContext(connection) as statements:
        actions.load_year(
            HolidayYear(year, ("https://www.example.org/notice",), tuple(_off(year))), by=BY, at=timezone.now()
        )
    return len(statements)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--promises", type=int, required=True)
    parser.add_argument("--rounds", type=int, required=True)
    chosen = parser.parse_args()
    seconds, statements = settled(chosen.promises)
    print(json.dumps({"due_dates_per_s": rate(chosen.rounds), "seconds": seconds, "statements": statements}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
