"""Recompute what the trace says from the rows themselves, and name the first place that lies."""

import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import InterfaceError, OperationalError
from django.db.models import Max, Model, Q
from django.utils import timezone

from xinfang.trace import log, tree
from xinfang.trace.acts import commitment
from xinfang.trace.models import Entry, Place, Waiting
from xinfang.trace.vouching import Held, Subject, keys_of, registered

logger = logging.getLogger(__name__)
BATCH = 1000
PATIENCE = timedelta(minutes=1)
"""An entry that waits longer has been forgotten by the sequencer."""


Progress = Callable[[int], object]


def entries_of(kind: str, ids: Iterable[int], acts: Iterable[str]) -> Iterator[Entry]:
    """What these acts wrote of these subjects, in the order they did: for `said`."""
    return Entry.objects.filter(subject_kind=kind, subject_id__in=ids, act__in=acts).order_by("pk").iterator()


def all_named(entry: Entry, label: str) -> list[Any]:
    """The rows of this label that the entry vouches for."""
    return [pk for known, pk in _names(entry) or [] if known == label]


def named(entry: Entry, label: str) -> Any:
    """The first of them; None where it names none."""
    return next(iter(all_named(entry, label)), None)


def is_as_said(row: Model) -> bool:
    """Whether its held columns are what its entries said: asked before anything is destroyed, which no night could bring back."""
    return not _differing(registered.held[row._meta.label_lower], [row])


def is_ours(entry: Entry) -> bool:
    """Whether this house wrote it: of an entry that vouches for no rows, and so hangs on the key of the house alone."""
    return commitment((), entry.pk, None) == entry.digest


@dataclass(frozen=True)
class Lie:
    """`n` is the place, 0 where an entry has none; `what` a sentence. Of one `kind` there may be many."""

    n: int
    what: str
    kind: str = field(default="", compare=False)


def verify(*, progress: Progress = lambda size: None) -> Lie | None:
    """None when all that was done still says so: places, rows, where they came from, states, what acts change, tree, files."""
    return next(_lies(progress), None)


def lies(*, progress: Progress = lambda size: None) -> list[Lie]:
    """The first of each kind, and how many there are: what was found once stays for ever, and must hide nothing later."""
    found: dict[str, Lie] = {}
    counts: Counter[str] = Counter()
    for lie in _lies(progress):
        found.setdefault(lie.kind, lie)
        counts[lie.kind] += 1
    return [_counted(lie, counts[kind]) for kind, lie in found.items()]


def _counted(lie: Lie, count: int) -> Lie:
    return lie if count == 1 else replace(lie, what=f"{lie.what}这样的共 {count} 处。")


def _lies(progress: Progress) -> Iterator[Lie]:
    """What cannot even be read is a lie too, somewhere after the last place that could be."""
    reached = [0]
    try:
        yield from _read_through(progress, reached)
    except (OperationalError, InterfaceError):
        raise  # it is away, and that says nothing of what it holds
    except Exception as error:
        logger.exception("the trace cannot be read on after place %s", reached[0])
        yield Lie(reached[0], f"第 {reached[0]} 位以后有读不出来的内容（{type(error).__name__}）。", "unreadable")


def _read_through(progress: Progress, reached: list[int]) -> Iterator[Lie]:
    """In the order of the places, then what has none. Acts may go on meanwhile: only what stood at the beginning is looked at."""
    signed = log.Signed()
    begun = timezone.now()
    leaves = tree.size()
    end = Place.objects.aggregate(n=Max("n"))["n"] or 0
    last_to: dict[str, dict[int, str]] = defaultdict(dict)
    keyless: dict[tuple[str, int], int] = {}
    named: dict[str, set[Any]] = {label: set() for label in registered.each}
    expected = 1
    for batch in _batches(end):
        altered, found = _altered(batch, keyless, named), log.Found(batch[0].n, batch[-1].n)
        for place in batch:
            if place.n != expected:
                yield Lie(expected, f"第 {expected} 位缺失。", "missing")
            expected = place.n + 1
            if to := facts(place.entry).get("to"):
                last_to[place.entry.subject_kind][place.entry.subject_id] = to
            if what := altered.get(place.n):
                yield Lie(place.n, what, "rows")
            for kind, what in signed.wrong(place, found):
                yield Lie(place.n, what, kind)
        reached[0] = batch[-1].n
        progress(len(batch))
    if leaves > end:
        yield Lie(end + 1, f"第 {end + 1} 位缺失。", "missing")
    if what := signed.beyond():
        yield Lie(end + 1, what, "cut off")
    yield from _unnamed(named, end)
    yield from _beside_the_places(progress, begun, end, keyless, last_to)


def _beside_the_places(
    progress: Progress,
    begun: datetime,
    end: int,
    keyless: dict[tuple[str, int], int],
    last_to: Mapping[str, dict[int, str]],
) -> Iterator[Lie]:
    yield from _unerased(keyless)
    yield from _unplaced(begun)
    for kind, subject in registered.subjects.items():
        yield from _wrong_states(kind, subject, last_to.get(kind, {}), end)
    for label, columns in registered.held.items():
        yield from _unheld(label, columns)
    yield from _damaged(progress)


def _batches(end: int) -> Iterator[Sequence[Place]]:
    n = 0
    while batch := list(Place.objects.filter(n__gt=n, n__lte=end).order_by("n").select_related("entry")[:BATCH]):
        yield batch
        n = batch[-1].n


def _altered(batch: Sequence[Place], keyless: dict[tuple[str, int], int], named: dict[str, set[Any]]) -> dict[int, str]:
    """What is wrong with the rows that entries vouch for, by place.

    `keyless` gets the subjects whose key is gone, with the first place that speaks of them; `named` the rows that must be.
    What vouches for no rows hangs on no petition's key, and must hold when that is gone: the act that destroyed it above all.
    """
    entries = [place.entry for place in batch]
    found, keys, wrong = _found_again(entries), _keys(entries), {}
    moved = _moved_away(entries, found)
    for label, pk in found:
        if label in named:
            named[label].add(pk)
    for place in batch:
        subject = (place.entry.subject_kind, place.entry.subject_id)
        is_keyless = keys.get(subject) == b""
        if is_keyless:
            keyless.setdefault(subject, place.n)
        names = _names(place.entry)
        if names is None:
            wrong[place.n] = f"第 {place.n} 位（{place.entry.act}）与库中内容不符。"
            continue
        if names and is_keyless:
            continue
        if missing := [label for label, pk in names if (label, pk) not in found]:
            wrong[place.n] = f"第 {place.n} 位（{place.entry.act}）所记的 {missing[0]} 已不存在。"
            continue
        if strange := [label for label, pk in names if (place.entry.pk, label, pk) in moved]:
            wrong[place.n] = f"第 {place.n} 位（{place.entry.act}）所记的 {strange[0]} 被挪到了别处。"
            continue
        key = keys.get(subject) if names else None
        if commitment([found[name] for name in names], place.entry.pk, key) != place.entry.digest:
            wrong[place.n] = f"第 {place.n} 位（{place.entry.act}）与库中内容不符。"
    return wrong


def _unerased(keyless: dict[tuple[str, int], int]) -> Iterator[Lie]:
    """A key that is gone without an act that destroyed it."""
    for (kind, pk), n in keyless.items():
        act = registered.subjects[kind].erased
        if act and not Entry.objects.filter(subject_kind=kind, subject_id=pk, act=act).exists():
            yield Lie(n, f"第 {n} 位所记 {kind}:{pk} 的密钥已经不在，而痕迹没有销毁的记载。", "key")


def _keys(entries: Sequence[Entry]) -> dict[tuple[str, int], bytes]:
    wanted: dict[str, set[int]] = defaultdict(set)
    for entry in entries:
        wanted[entry.subject_kind].add(entry.subject_id)
    known = {kind: keys_of(kind, ids) for kind, ids in wanted.items()}
    return {(kind, pk): key for kind, keys in known.items() for pk, key in keys.items()}


def facts(entry: Entry) -> dict[str, Any]:
    """What it tells; nothing where somebody wrote what no act writes."""
    return entry.facts if isinstance(entry.facts, dict) else {}


def _names(entry: Entry) -> list[tuple[str, Any]] | None:
    """The rows it vouches for; None where it says what no act says."""
    said = facts(entry).get("rows", [])
    if not isinstance(said, list) or not all(_is_name(one) for one in said):
        return None
    return [(label, pk) for label, pk in said]


def _is_name(said: Any) -> bool:
    is_pair = isinstance(said, list) and len(said) == 2 and isinstance(said[1], int | str)
    return is_pair and isinstance(said[0], str) and said[0] in registered.rows


def _found_again(entries: Sequence[Entry]) -> dict[tuple[str, int], Any]:
    wanted: dict[str, set[int]] = defaultdict(set)
    for entry in entries:
        for label, pk in _names(entry) or []:
            wanted[label].add(pk)
    return {
        (label, row.pk): row for label, pks in wanted.items() for row in registered.rows[label]().filter(pk__in=pks)
    }


def _moved_away(entries: Sequence[Entry], found: Mapping[tuple[str, Any], Any]) -> set[tuple[int, str, Any]]:
    """Rows that hang on another whole than what their entry speaks of: what they say is the same wherever they hang."""
    by_label: dict[str, list[Any]] = defaultdict(list)
    for (label, _), row in found.items():
        by_label[label].append(row)
    by_kind: dict[str, set[int]] = defaultdict(set)
    for entry in entries:
        by_kind[entry.subject_kind].add(entry.subject_id)
    wrong = set()
    for wholes in registered.wholes:
        rows = {label: wholes.rows(type(some[0]), some) for label, some in by_label.items()}
        subjects = {kind: wholes.subjects(kind, ids) for kind, ids in by_kind.items()}
        for entry in entries:
            own = subjects[entry.subject_kind].get(entry.subject_id)
            names = (_names(entry) or []) if own else []
            wrong |= {(entry.pk, label, pk) for label, pk in names if rows.get(label, {}).get(pk, own) != own}
    return wrong


def _unnamed(named: Mapping[str, set[Any]], end: int) -> Iterator[Lie]:
    """Rows that came past every act. What an act wrote since the beginning is named by a later entry."""
    for label, known in named.items():
        strange = [pk for pk in registered.rows[label]().order_by("pk").values_list("pk", flat=True) if pk not in known]
        since = _named_since(label, end) if strange else set()
        for pk in strange:
            if pk not in since:
                yield Lie(0, f"{label}:{pk} 没有痕迹记载，是绕过系统写进去的。", f"unnamed {label}")


def _named_since(label: str, end: int) -> set[Any]:
    later = Entry.objects.filter(Q(place__isnull=True) | Q(place__n__gt=end))
    return {pk for entry in later.iterator() for pk in all_named(entry, label)}


def _unplaced(begun: datetime) -> Iterator[Lie]:
    orphan = Entry.objects.filter(place__isnull=True, waiting__isnull=True).first()
    if orphan:
        yield Lie(0, f"有一条痕迹（{orphan.act}）没有位次。", "unplaced")
    if Waiting.objects.filter(entry__recorded_at__lte=begun - PATIENCE).exists():
        yield Lie(0, "仍有痕迹等待排位。", "waiting")


def _wrong_states(kind: str, subject: Subject, last_to: dict[int, str], end: int) -> Iterator[Lie]:
    for pk, state in subject.query().values_list("pk", subject.state).iterator(chunk_size=BATCH):
        recorded = last_to.get(pk, subject.born)
        if recorded != state and not _moved_since(kind, pk, subject, end):
            said = f"而痕迹最后一次记为 {recorded}。" if recorded else "而痕迹没有记载。"
            yield Lie(0, f"{kind}:{pk} 的状态是 {state}，{said}", f"state of {kind}")


def _unheld(label: str, held: Held) -> Iterator[Lie]:
    """Looked at twice: an act may have come between reading a row and reading its entry."""
    pk = 0
    while rows := list(held.query().filter(pk__gt=pk).order_by("pk")[:BATCH]):
        pk = rows[-1].pk
        if wrong := _differing(held, rows):
            for one in _differing(held, held.query().filter(pk__in=[row.pk for row in wrong])):
                yield Lie(0, f"{label}:{one.pk} 的 {'、'.join(held.columns)} 与痕迹所记不符。", f"held {label}")


def _differing(held: Held, rows: Iterable[Any]) -> list[Any]:
    rows = list(rows)
    said = held.said(rows)
    now = {row.pk: tuple(getattr(row, name) for name in held.columns) for row in rows}
    return [row for row in rows if said.get(row.pk, now[row.pk]) != now[row.pk]]


def _moved_since(kind: str, pk: int, subject: Subject, end: int) -> bool:
    """Whether an act after the beginning left the row in the state it has now."""
    later = Entry.objects.filter(subject_kind=kind, subject_id=pk).filter(Q(place__isnull=True) | Q(place__n__gt=end))
    moved = [to for entry in later.order_by("pk") if (to := facts(entry).get("to"))]
    return bool(moved) and subject.query().filter(pk=pk, **{subject.state: moved[-1]}).exists()


def _damaged(progress: Progress) -> Iterator[Lie]:
    """Files that are not what their rows say."""
    for query, is_whole in registered.files:
        for row in query().iterator(chunk_size=BATCH):
            if not is_whole(row):
                yield Lie(0, f"附件 {str(row.pk)[:12]} 的文件被改动过，或者不见了。", "file")
            progress(1)


def size() -> int:
    """How many steps `verify` will tell its progress of."""
    return Place.objects.count() + sum(query().count() for query, _ in registered.files)
