"""`python -m bench.fill -n N`: petitions by the million, as rows that the verbs would have written.

A few lives are led through the verbs inside transactions that are rolled back; their rows become patterns; copies of
the patterns are loaded in bulk, spread over fifteen years. Same seed, same day, same rows.
"""

import argparse
import os
import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import count as count_up
from itertools import islice

import django
from tqdm import tqdm

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xinfang.settings")
if __name__ == "__main__":
    django.setup()

from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from bench import compiler, county, dialects, growth, harvest, mix
from bench.patterns import Copy, Pattern
from bench.press import Job, Press
from xinfang.documents.models import Series
from xinfang.organizations.models import Unit
from xinfang.petitions.models import Petition
from xinfang.trace import followers, sequencer, timetable
from xinfang.trace.models import Bookmark, Place

MILLION, QUICK = 1_000_000, 2_000
YEARS = 15
RUNNING = 0.03
RUNNING_WEEKS = 8
CHUNK = 1_000
A_MINUTE, A_WEEK = 60_000, timedelta(weeks=1)
PERSONS_PER_PETITION = 0.7
SEED = "xinfang"


class _RollBack(Exception):
    """The life was only led to be read."""


def patterns(count: int, *, until: datetime, seed: str) -> tuple[list[Pattern], list[int]]:
    """The patterns, and the indexes of those that end in the archive."""
    here, ground, to = county.read(), harvest.Ground(), dialects.current()
    found: list[Pattern] = []
    over: list[int] = []
    for plan in tqdm(mix.plans(here, count=count, until=until, seed=seed), total=count, unit="life", disable=None):
        try:
            with transaction.atomic():
                plan.live(here)
                rows = list(ground.rows())
                raise _RollBack
        except _RollBack:
            over += [len(found)] if plan.is_over else []
            found.append(compiler.compiled(rows, to))
    return found, over


class Schedule:
    """When each copy begins, of which pattern it is, and the numbers it takes, in the order of time."""

    def __init__(self, found: Sequence[Pattern], over: Sequence[int], *, until: datetime, seed: str) -> None:
        self.patterns, self.until = found, until
        self.dice = random.Random(seed)
        self.over = list(over)
        self.running = [n for n in range(len(found)) if n not in set(over)]
        self.last: dict[str, int] = defaultdict(int, Series.objects.values_list("name", "last"))

    def copies(self, count: int) -> Iterator[Copy]:
        drawn = sorted(self._drawn(count))
        persons = max(int(count * PERSONS_PER_PETITION), 1)
        for _, pattern, weeks, milliseconds in drawn:
            yield self._copy(pattern, weeks, milliseconds, persons)

    def _drawn(self, count: int) -> Iterator[tuple[datetime, int, int, int]]:
        left = count
        while left:
            is_running = self.dice.random() < RUNNING
            n = self.dice.choice(self.running if is_running else self.over)
            pattern = self.patterns[n]
            if pattern.petitions > left:
                continue
            left -= pattern.petitions
            weeks = (self.until - pattern.ends_at - timedelta(minutes=1)) // A_WEEK
            weeks -= self.dice.randrange(RUNNING_WEEKS if is_running else YEARS * 52)
            yield pattern.begins_at + timedelta(weeks=weeks), n, weeks, self.dice.randrange(A_MINUTE)

    def _copy(self, n: int, weeks: int, milliseconds: int, persons: int) -> Copy:
        pattern, shift = self.patterns[n], timedelta(weeks=weeks, milliseconds=milliseconds)
        serials = tuple(self._next(serial.name.format(year=serial.year(shift))) for serial in pattern.serials)
        people = tuple(self.dice.randrange(persons) for _ in pattern.persons)
        return Copy(n, weeks, milliseconds, serials, people)

    def _next(self, series: str) -> int:
        self.last[series] += 1
        return self.last[series]


def _jobs(copies: Iterable[Copy], seed: str) -> Iterator[Job]:
    copies = iter(copies)
    for n in count_up():
        batch = tuple(islice(copies, CHUNK))
        if not batch:
            return
        yield Job(n, seed, batch)


def fill(count: int, *, until: datetime, seed: str = SEED, workers: int = 0, lives: int | None = None) -> None:
    """Add `count` petitions to a county that has none."""
    sequencer.place_all()
    found, over = patterns(lives or min(max(count // 200, 24), 1_000), until=until, seed=seed)
    schedule, press = Schedule(found, over, until=until, seed=seed), Press(found)
    with tqdm(total=count, unit="petition", disable=None) as bar:
        for size in press.run(_jobs(schedule.copies(count), seed), workers):
            bar.update(size)
    _number(schedule.last)
    _place()
    if workers:
        press.to.settle()
    _read_on()
    growth.grow(workers)  # to the last place, before a checkpoint is signed over it
    timetable.run_due(timezone.now())
    sequencer.place_all()


def _number(last: dict[str, int]) -> None:
    """The counters stand where the last number was taken."""
    rows = [Series(name=name, last=n) for name, n in last.items()]
    Series.objects.bulk_create(
        rows, batch_size=5_000, update_conflicts=True, unique_fields=["name"], update_fields=["last"]
    )


_PLACE = """
INSERT INTO trace_place (n, entry_id)
SELECT %s + row_number() OVER (ORDER BY entry.id), entry.id
FROM trace_entry entry LEFT JOIN trace_place place ON place.entry_id = entry.id
WHERE place.n IS NULL ORDER BY entry.id
"""


def _place() -> None:
    """What the sequencer would have done, all at once."""
    end = Place.objects.aggregate(n=Max("n"))["n"] or 0
    with connection.cursor() as cursor:
        cursor.execute(_PLACE, [end])


def _read_on() -> None:
    """Readers have read everything."""
    end = Place.objects.aggregate(n=Max("n"))["n"] or 0
    for reader in followers._readers:
        Bookmark.objects.update_or_create(reader=reader, defaults={"n": end})


def last_monday() -> datetime:
    """Where the filled years end, so that a database filled on any day of a week is the same."""
    now = timezone.localtime()
    return (now - timedelta(days=now.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-n", type=int, default=MILLION)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} petitions")
    parser.add_argument("--seed", default=SEED)
    chosen = parser.parse_args()
    count = QUICK if chosen.quick else chosen.n
    call_command("migrate", verbosity=0)
    if Petition.objects.exists():
        sys.exit("There are petitions in this database already.")
    if not Unit.objects.exists():
        county.load()
    sequencer.place_all()
    if count:
        fill(count, until=last_monday(), seed=chosen.seed, workers=2)
    dialects.current().finish()
    return 0


if __name__ == "__main__":
    sys.exit(main())
