"""Prints the copies of a schedule and loads them, on both cores."""

import gc
import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from multiprocessing import get_context
from operator import itemgetter
from threading import Semaphore
from typing import Any

from django.db import connections, transaction

from bench import dialects, harvest
from bench.patterns import Copy, Pattern

AHEAD = 12  # printed jobs that may wait for the loader
JOBS_PER_TRANSACTION = 20
A_CROWD = 1_000  # after an error the pool ends only once nobody waits for room
Rows = dict[str, Any]


@dataclass(frozen=True)
class Job:
    """One chunk of the schedule, printed with dice of its own."""

    n: int
    seed: str
    copies: tuple[Copy, ...]


class Press:
    """PostgreSQL takes rows from several processes at once; SQLite from one, while others print."""

    def __init__(self, found: Sequence[Pattern]) -> None:
        self.patterns, self.to = found, dialects.current()
        fields = {model._meta.db_table: harvest.columns(model) for model in harvest.models()}
        self.columns = {table: [field.column for field in of] for table, of in fields.items()}
        self.keys = {table: _key(of) for table, of in fields.items()}

    def printed(self, job: Job) -> tuple[int, Rows]:
        """The job's petitions counted, and its rows by table, each in the order of its key."""
        dice, out = random.Random(f"{job.seed}:{job.n}"), defaultdict[str, list[Any]](list)
        for copy in job.copies:
            self.patterns[copy.pattern].print(copy, dice, self.to, out)
        rows = {table: self.to.rows(sorted(rows, key=self.keys[table])) for table, rows in out.items()}
        return sum(self.patterns[copy.pattern].petitions for copy in job.copies), rows

    def load(self, rows: Rows) -> None:
        for table, lines in rows.items():
            self.to.load(table, self.columns[table], lines)

    def run(self, jobs: Iterable[Job], workers: int) -> Iterator[int]:
        """The number of petitions after each job. Without workers, all in the transaction of the caller."""
        if not workers:
            yield from self._loaded(map(self.printed, jobs))
            return
        connections.close_all()  # a fork must not inherit one
        is_shared, room = isinstance(self.to, dialects.Postgresql), Semaphore(AHEAD)
        with get_context("fork").Pool(workers, initializer=_take, initargs=(self,)) as pool:
            try:
                self.to.prepare()
                done = _freeing(pool.imap(_print_and_load if is_shared else _print, _throttled(jobs, room)), room)
                yield from (size for size, _ in done) if is_shared else self._in_transactions(done)
            finally:
                room.release(A_CROWD)

    def _in_transactions(self, printed: Iterable[tuple[int, Rows]]) -> Iterator[int]:
        """Long ones: a page that many rows touch is written once."""
        for _, some in groupby(enumerate(printed), key=lambda pair: pair[0] // JOBS_PER_TRANSACTION):
            with transaction.atomic():
                yield from self._loaded(pair[1] for pair in some)

    def _loaded(self, printed: Iterable[tuple[int, Rows]]) -> Iterator[int]:
        for size, rows in printed:
            self.load(rows)
            yield size


def _key(fields: Sequence[Any]) -> Callable[[Sequence[Any]], Any]:
    """Where a row has its key. Without one, numbered by the database, all come as they were printed."""
    places = [n for n, field in enumerate(fields) if field.primary_key]
    return itemgetter(*places) if places else lambda row: 0


def _throttled(jobs: Iterable[Job], room: Semaphore) -> Iterator[Job]:
    """Or the pool would print everything before the first row is loaded."""
    for job in jobs:
        room.acquire()
        yield job


def _freeing(done: Iterable[tuple[int, Rows]], room: Semaphore) -> Iterator[tuple[int, Rows]]:
    for one in done:
        yield one
        room.release()


_press: Press


def _take(press: Press) -> None:
    """In each worker, which keeps no garbage that needs collecting."""
    global _press
    _press = press
    gc.disable()


def _print(job: Job) -> tuple[int, Rows]:
    return _press.printed(job)


def _print_and_load(job: Job) -> tuple[int, Rows]:
    size, rows = _press.printed(job)
    with transaction.atomic():
        _press.load(rows)
    return size, {}
