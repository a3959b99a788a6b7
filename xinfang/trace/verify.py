"""Recompute what the trace says from the rows themselves, and name the first place that lies."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from xinfang.trace.acts import commitment
from xinfang.trace.models import Entry, Place, Waiting

BATCH = 1000


@dataclass(frozen=True)
class Rows:
    """How a room's rows are found again: the query, and the key that salts their digests."""

    query: Callable[[], QuerySet[Any]]
    key: Callable[[Any], bytes | None]


_rows: dict[str, Rows] = {}
_states: dict[str, tuple[Callable[[], QuerySet[Any]], str]] = {}


def rows(label: str, query: Callable[[], QuerySet[Any]], *, key: Callable[[Any], bytes | None]) -> None:
    """Register rows that entries vouch for, from their room's AppConfig."""
    _rows[label] = Rows(query, key)


def states(kind: str, query: Callable[[], QuerySet[Any]], field: str) -> None:
    """Register that the last `to` among a subject's entries must be the row's `field`."""
    _states[kind] = (query, field)


@dataclass(frozen=True)
class Lie:
    """`n` is the place, 0 where an entry has none; `what` a sentence."""

    n: int
    what: str


def verify(*, progress: Callable[[int], None] = lambda size: None) -> Lie | None:
    """None when every place follows the last, every digest fits its rows and every state is the last one recorded."""
    for lie in _lies(progress):
        return lie
    return None


def _lies(progress: Callable[[int], None]) -> Iterator[Lie]:
    last_to: dict[str, dict[int, str]] = defaultdict(dict)
    expected = 1
    for batch in _batches():
        for place in batch:
            if place.n != expected:
                yield Lie(expected, f"第 {expected} 位缺失。")
            expected = place.n + 1
            if "to" in place.entry.facts:
                last_to[place.entry.subject_kind][place.entry.subject_id] = place.entry.facts["to"]
        yield from _altered(batch)
        progress(len(batch))
    yield from _unplaced()
    for kind, (query, field) in _states.items():
        yield from _wrong_states(kind, query(), field, last_to[kind])


def _batches() -> Iterator[Sequence[Place]]:
    n = 0
    while batch := list(Place.objects.filter(n__gt=n).order_by("n").select_related("entry")[:BATCH]):
        yield batch
        n = batch[-1].n


def _altered(batch: Sequence[Place]) -> Iterator[Lie]:
    found = _found_again([place.entry for place in batch])
    for place in batch:
        names = [(label, pk) for label, pk in place.entry.facts.get("rows", [])]
        missing = [name for name in names if name not in found]
        if missing:
            yield Lie(place.n, f"第 {place.n} 位（{place.entry.act}）所记的 {missing[0][0]} 已不存在。")
            continue
        present = [found[name] for name in names]
        key = _rows[names[0][0]].key(present[0]) if names else None
        if commitment(present, place.entry.pk, key) != place.entry.digest:
            yield Lie(place.n, f"第 {place.n} 位（{place.entry.act}）与库中内容不符。")


def _found_again(entries: Sequence[Entry]) -> dict[tuple[str, int], Any]:
    wanted: dict[str, set[int]] = defaultdict(set)
    for entry in entries:
        for label, pk in entry.facts.get("rows", []):
            wanted[label].add(pk)
    return {(label, row.pk): row for label, pks in wanted.items() for row in _rows[label].query().filter(pk__in=pks)}


def _unplaced() -> Iterator[Lie]:
    orphan = Entry.objects.filter(place__isnull=True, waiting__isnull=True).first()
    if orphan:
        yield Lie(0, f"有一条痕迹（{orphan.act}）没有位次。")
    if Waiting.objects.exists():
        yield Lie(0, "仍有痕迹等待排位。")


def _wrong_states(kind: str, query: QuerySet[Model], field: str, last_to: dict[int, str]) -> Iterator[Lie]:
    for pk, state in query.values_list("pk", field).iterator(chunk_size=BATCH):
        if last_to.get(pk, state) != state:
            yield Lie(0, f"{kind}:{pk} 的状态是 {state}，而痕迹最后一次记为 {last_to[pk]}。")
