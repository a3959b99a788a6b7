"""`python -m bench.logged`: the figures of the log in the database at hand, printed as JSON for `bench.trace`."""

import argparse
import json
import os
import random
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from typing import Any
from unittest import mock

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xinfang.settings")
if __name__ == "__main__":
    django.setup()

from django.db import connections, transaction
from pymerkle import InmemoryTree

from bench import county, dialects
from bench.figures import note
from bench.writers import rate, settle
from xinfang.foundation import sealing, written
from xinfang.trace import acts, leaves, merkle, sequencer, tree
from xinfang.trace.acts import commitment
from xinfang.trace.management.commands.worker import _repeat
from xinfang.trace.merkle import WIDTH
from xinfang.trace.models import Entry, Leaf, Place, Waiting
from xinfang.trace.verify import verify

CHUNK = 100 * WIDTH
PER_NOTE = 1_000_000
PROOFS = 2_000
BESIDE = 10_000
BEGUN = datetime(2012, 1, 1, tzinfo=UTC)
Figures = dict[str, float]


# The entries before anything is measured.


def load(count: int) -> None:
    """As if they had been written, placed and hashed over fifteen years: made on both cores, loaded by one."""
    dialect, first = dialects.current(), tree.size()
    parts = [(start, min(start + CHUNK, first + count)) for start in range(first, first + count, CHUNK)]
    connections.close_all()
    with get_context("fork").Pool(2) as pool:
        for done, (entries, places, told) in enumerate(pool.imap(_made, parts)):
            start, end = parts[done]
            with transaction.atomic():
                dialect.load("trace_entry", _columns(Entry), entries)
                dialect.load("trace_place", _columns(Place), places)
                tree.append(start, told)
            if end % PER_NOTE < CHUNK:
                note(f"{end} entries")


def load_leaves(count: int) -> None:
    """The tree alone, of entries that nobody asks for: proofs and hashes need no more."""
    first, dice = tree.size(), random.Random(2)
    for start in range(first, first + count, CHUNK):
        with transaction.atomic():
            tree.append(start, [dice.randbytes(32) for _ in range(start, min(start + CHUNK, first + count))])
    note(f"{tree.size()} leaves")


def _made(part: tuple[int, int]) -> tuple[Any, Any, list[bytes]]:
    entries = [_entry(n) for n in range(*part)]
    rows = [[getattr(one, field.attname) for field in Entry._meta.concrete_fields] for one in entries]
    numbered = [[n, one.pk] for n, one in enumerate(entries, start=part[0] + 1)]
    return _told(Entry, rows), _told(Place, numbered), [leaves.leaf_of(one) for one in entries]


def _entry(n: int) -> Entry:
    """Ids far below those of today."""
    at = BEGUN + timedelta(seconds=n)
    pk = n + 1
    digest = commitment((), pk, sealing.house_key())
    facts = {"from": "accepted", "to": "handling", "unit": "6101150010000001299"}
    entry = Entry(id=pk, act="bench.note", subject_kind="bench", subject_id=n % 50_000, hand="officer", officer_id=7)
    entry.post, entry.unit, entry.at, entry.recorded_at = "case_handler", "6101150010000001299", at, at
    entry.facts, entry.digest = facts, digest
    return entry


def _columns(model: Any) -> list[str]:
    return [field.column for field in model._meta.concrete_fields]


def _told(model: Any, rows: list[list[Any]]) -> Any:
    """As the database takes them in bulk."""
    dialect, fields = dialects.current(), model._meta.concrete_fields
    return dialect.rows(
        [tuple(dialect.constant(field, value) for field, value in zip(fields, row, strict=True)) for row in rows]
    )


# What it costs the acts.


@contextmanager
def without_trace() -> Iterator[None]:
    """The trace patched out, here and nowhere else, for the writers that are forked inside: entries are made and not written,
    papers are.
    """
    together = written.insert_together

    def papers_alone(*groups: Any) -> None:
        together(*(rows for rows in groups if rows and type(rows[0]) not in (Entry, Waiting)))

    def unsalted(*about: Any) -> str:
        return "0" * 64

    with mock.patch.object(written, "insert_together", papers_alone), mock.patch.object(acts, "commitment", unsalted):
        yield


def cost(writers: int, seconds: float, rounds: int) -> Figures:
    """Short roads a second, ten acts each, with the trace and without, in turn; and how long entries waited meanwhile."""
    here, lags = county.read(), list[float]()
    with_it, without, cpu_with, cpu_without = 0.0, 0.0, 0.0, 0.0
    rate(here, "short_road", 1, 0.1)  # the worker wakes up, caches fill
    settle()
    for _ in range(rounds):
        with watched(lags):
            found, cpu = rate(here, "short_road", writers, seconds)
            settle()
        with_it, cpu_with = with_it + found, cpu_with + cpu
        with without_trace():
            found, cpu = rate(here, "short_road", writers, seconds)
        without, cpu_without = without + found, cpu_without + cpu
        note(f"with {with_it:.1f}, without {without:.1f} short roads a second so far")
    return {
        "acts_with_trace_per_s": with_it / rounds * 10,
        "acts_without_trace_per_s": without / rounds * 10,
        "integration_lag_p50_ms": _quantile(lags, 0.50) * 1000,
        "integration_lag_p99_ms": _quantile(lags, 0.99) * 1000,
        "cost_ratio_cpu": cpu_without / cpu_with,
        "cost_ratio": with_it / without,
    }


@contextmanager
def sequencing() -> Iterator[None]:
    """The worker's own loop in a process of its own, and none of its timed work, which would meet lives of last spring."""
    connections.close_all()
    context = get_context("fork")
    stop = context.Event()
    process = context.Process(target=_repeat, args=("sequencer", 0.25, sequencer.place_all, stop))
    process.start()
    try:
        yield
    finally:
        stop.set()
        process.join()


@contextmanager
def watched(lags: list[float]) -> Iterator[None]:
    """Looks every 20 ms which leaves are new, and how long ago their entries were recorded."""
    context, n = get_context("fork"), tree.size()
    stop, told = context.Event(), context.SimpleQueue()
    connections.close_all()  # a fork must not inherit one; nor a lock that a thread holds, so the eye is a process too
    eye = context.Process(target=_watch, args=(told, stop, n))
    eye.start()
    try:
        yield
    finally:
        stop.set()
        lags += told.get()
        eye.join()


def _watch(told: Any, stop: Any, n: int) -> None:
    lags: list[float] = []
    while not stop.wait(0.02):
        new = Leaf.objects.filter(n__gt=n).order_by("-n").values_list("n", flat=True).first()
        if new:
            now = datetime.now(UTC)
            recorded = Entry.objects.filter(place__n__gt=n, place__n__lte=new).values_list("recorded_at", flat=True)
            lags += ((now - at).total_seconds() for at in recorded)
            n = new
    told.put(lags)


def _quantile(values: list[float], q: float) -> float:
    found = sorted(values)
    return found[min(int(len(found) * q), len(found) - 1)] if found else float("nan")


# How fast it is proved and verified.


def proofs() -> Figures:
    """Inclusion, each read from the database and checked."""
    size, dice = tree.size(), random.Random(1)
    root, times, cpu = tree.root(size), list[float](), list[float]()
    for _ in range(min(PROOFS, size)):
        index, begun, spent = dice.randrange(size), time.perf_counter(), time.process_time()
        path = tree.inclusion(index, size)
        times.append(time.perf_counter() - begun)
        cpu.append(time.process_time() - spent)
        assert merkle.is_included(tree.row(0, index, index + 1)[0], index, size, path, root)
    return {
        "proof_p50_ms": _quantile(times, 0.5) * 1000,
        "proof_p95_cpu_ms": _quantile(cpu, 0.95) * 1000,
        "proof_p95_ms": _quantile(times, 0.95) * 1000,
    }


def hashes() -> Figures:
    """Every leaf and every node of full tiles hashed again and held against what stands there, on both cores."""
    full = [(level, tree.size() >> 8 * (level + 1)) for level in range(4)]
    work = [(level, i, min(i + 50, count)) for level, count in full for i in range(0, count, 50)]
    connections.close_all()
    context = get_context("fork")
    begun = time.perf_counter()
    with context.Pool(2) as pool:
        done = sum(pool.imap_unordered(_tiles, work))
    return {"hashes_verified_per_s": done / (time.perf_counter() - begun)}


def _tiles(part: tuple[int, int, int]) -> int:
    level, first, end = part
    done = 0
    known = tree.row(level + 1, first, end)
    for i, node in zip(range(first, end), known, strict=True):
        assert merkle.full_root(tree.tile(level, i)) == node, (level, i)
        done += WIDTH - 1 + (WIDTH if level == 0 else 0)
    return done


def contents(most: int = 100_000) -> Figures:
    """The whole of `verify`, rows and states too, where the log is small enough to wait for it."""
    sequencer.place_all()
    count = Place.objects.count()
    if count > most:
        return {}
    begun = time.perf_counter()
    lie = verify()
    assert lie is None, lie
    return {"contents_verified_per_s": count / (time.perf_counter() - begun)}


def beside() -> Figures:
    """pymerkle with the same leaves, and ours in memory as it is."""
    data = [n.to_bytes(32, "big") for n in range(BESIDE)]
    theirs, ours, begun = InmemoryTree(algorithm="sha256"), merkle.Growing(), time.perf_counter()
    for one in data:
        theirs.append_entry(one)
    between = time.perf_counter()
    for one in data:
        ours.add(merkle.leaf_hash(one))
    ended = time.perf_counter()
    assert theirs.get_root() == ours.root()
    times = []
    for n in range(1, BESIDE, 50):
        at = time.perf_counter()
        theirs.prove_inclusion(n)
        times.append(time.perf_counter() - at)
    return {
        "pymerkle_appends_per_s": BESIDE / (between - begun),
        "appends_in_memory_per_s": BESIDE / (ended - between),
        "pymerkle_proof_p95_ms": _quantile(times, 0.95) * 1000,
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--entries", type=int, required=True)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--rounds", type=int, required=True)
    parser.add_argument("--writers", type=int, required=True)
    parser.add_argument("--leaves", action="store_true")
    chosen = parser.parse_args()
    sequencer.place_all()
    found: Figures = {}
    if chosen.leaves:
        load_leaves(chosen.entries)
    else:
        load(chosen.entries)
        found |= contents()  # before the acts without a trace, which `verify` would rightly miss
    dialects.current().finish()
    for figures in (beside, proofs, hashes):
        found |= figures()
        note(json.dumps(found))
    if not chosen.leaves:
        with sequencing():
            found |= cost(chosen.writers, chosen.seconds, chosen.rounds)
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
