"""How an act is done: one transaction, one entry of its own, joined to the acts inside it by their cause."""

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, ClassVar, ParamSpec, Protocol, TypeVar

from django.db import IntegrityError, transaction
from django.utils import timezone

from xinfang.foundation import canonical, sealing, written
from xinfang.foundation.errors import Refused
from xinfang.foundation.ids import new_id
from xinfang.trace.hands import PETITIONER, Hand
from xinfang.trace.models import Entry, Waiting

__all__ = ["PETITIONER", "AlreadyDone", "Hand", "Traced", "act", "once", "record", "record_each"]

P = ParamSpec("P")
R = TypeVar("R")
_CLOCK_TOLERANCE = timedelta(minutes=5)


class Traced(Protocol):
    """A row whose content an entry vouches for: written once, hashed again by `verify`."""

    pk: Any
    _meta: ClassVar[Any]

    def content(self) -> dict[str, Any]: ...


class AlreadyDone(Refused):
    """The same form was sent twice; the first sending did the act on `subject_id`."""

    def __init__(self, entry: Entry) -> None:
        super().__init__("这份表单已经提交过，没有重复办理。")
        self.subject_kind = entry.subject_kind
        self.subject_id = entry.subject_id
        self.at = entry.at


@dataclass
class _Frame:
    """One act under way. The first entry takes `id`; `cause` is the outermost act's."""

    cause: int | None
    id: int = field(default_factory=new_id)
    has_recorded: bool = False


@dataclass
class _Token:
    """The key of one form. The first act that succeeds under it uses it up."""

    key: str
    is_used: bool = False


_frame: ContextVar[_Frame | None] = ContextVar("frame", default=None)
_once: ContextVar[_Token | None] = ContextVar("once", default=None)


def act(verb: Callable[P, R]) -> Callable[P, R]:
    """A verb of a room: atomic, and an error when it leaves no entry. Needs keyword-only `by` and `at`."""
    keywords = {p.name for p in inspect.signature(verb).parameters.values() if p.kind is p.KEYWORD_ONLY}
    assert {"by", "at"} <= keywords, f"{verb.__qualname__} must name its hand and its time"

    @wraps(verb)
    def perform(*args: P.args, **kwargs: P.kwargs) -> R:
        outer = _frame.get()
        frame = _Frame(cause=(outer.cause or outer.id) if outer else None)
        token = _frame.set(frame)
        try:
            with transaction.atomic(savepoint=outer is None):
                result = verb(*args, **kwargs)
                if not frame.has_recorded:
                    raise AssertionError(f"{verb.__qualname__} left no entry")
            if outer is None:
                _use_up_token()
            return result
        finally:
            _frame.reset(token)

    perform.is_act = True  # type: ignore[attr-defined]
    return perform


def record(
    name: str,
    *,
    subject: tuple[str, int],
    by: Hand,
    at: datetime,
    facts: Mapping[str, Any],
    rows: Iterable[Traced] = (),
    new: Sequence[Any] = (),
    key: bytes | None = None,
) -> Entry:
    """Write the entry of the act under way. `rows` are what it wrote: only their salted digest is kept, and their names.

    `new`: rows of one model that are covered too and still to be written, with the entry.
    """
    covered = [*rows, *new]
    if covered:
        facts = {**facts, "rows": [[row._meta.label_lower, row.pk] for row in covered]}
    entry = _entry(name, subject, by, at, timezone.now(), facts)
    entry.digest = commitment(covered, entry.id, key if covered else None)
    written.insert_together(new, [entry], [Waiting(entry=entry)])
    return entry


def record_each(
    name: str, subjects: Iterable[tuple[tuple[str, int], Mapping[str, Any]]], *, by: Hand, at: datetime
) -> list[Entry]:
    """The same act on many subjects, an entry each, written in two statements. For work that comes in thousands."""
    now = timezone.now()
    entries = [_entry(name, subject, by, at, now, facts) for subject, facts in subjects]
    for entry in entries:
        entry.digest = commitment((), entry.id, None)
    if entries:
        written.insert_together(entries, [Waiting(entry=entry) for entry in entries])
    return entries


def _entry(
    name: str, subject: tuple[str, int], by: Hand, at: datetime, now: datetime, facts: Mapping[str, Any]
) -> Entry:
    """Not yet written, without its digest. The first of the act under way takes its id; later ones name it as their cause."""
    frame = _frame.get()
    assert frame is not None, f"{name} was recorded outside an act"
    if at > now + _CLOCK_TOLERANCE:
        raise Refused("时间不能晚于现在。", field="at")
    first, frame.has_recorded = not frame.has_recorded, True
    return Entry(
        id=frame.id if first else new_id(),
        act=name,
        cause=frame.cause if first else frame.cause or frame.id,
        subject_kind=subject[0],
        subject_id=subject[1],
        hand=by.kind,
        officer_id=by.officer_id,
        post=by.post,
        unit=by.unit,
        at=at,
        recorded_at=now,
        facts=facts,
        once=_unused_key() if first and frame.cause is None else None,
    )


def commitment(rows: Iterable[Traced], entry_id: int, key: bytes | None) -> str:
    """The salted digest of the rows' content. The salt comes from the petition's key and dies with it."""
    content = [[row._meta.label_lower, row.pk, row.content()] for row in rows]
    return canonical.digest(content, salt=sealing.salt_for(key or sealing.house_key(), entry_id))


@contextmanager
def once(token: str) -> Iterator[None]:
    """Inside, the first outermost act carries this key: a second sending of the same form raises AlreadyDone."""
    _refuse_second(token)
    mine = _Token(token)
    reset = _once.set(mine)
    try:
        yield
    except (IntegrityError, Refused):
        # The first sending may have committed while this one waited for its row, and found the row moved on.
        if not mine.is_used:
            _refuse_second(token)
        raise
    finally:
        _once.reset(reset)


def is_done(token: str) -> bool:
    """Whether the form with this key was taken before, for a page that cannot even draw it again."""
    return Entry.objects.filter(once=token).exists()


def _unused_key() -> str | None:
    token = _once.get()
    return token.key if token and not token.is_used else None


def _use_up_token() -> None:
    if token := _once.get():
        token.is_used = True


def _refuse_second(token: str) -> None:
    if done := Entry.objects.filter(once=token).first():
        raise AlreadyDone(done)
