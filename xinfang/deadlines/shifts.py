"""The only ways a promised date moves: extended, interrupted by days that are not counted, its start corrected, its year's
notice loaded. Each runs inside the act of its caller, writes a `Shift` and returns it; the caller records.

`shift.promise` has the new dates. Whoever keeps copies of them is told at once (`moved.follow`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from xinfang.deadlines import arithmetic, calendar, moved, promises
from xinfang.deadlines.arithmetic import Due, Interval, Level
from xinfang.deadlines.clocks import Excluded
from xinfang.deadlines.errors import NotRunning, ShiftRefused
from xinfang.deadlines.models import Promise, Shift
from xinfang.deadlines.moved import Moved
from xinfang.deadlines.words import Kind
from xinfang.foundation import written
from xinfang.trace.hands import Hand

DATES = ("started_on", "due_strict", "due_legal", "due_on", "provisional", "level", "warn_on")
_GROUND_LENGTH = 120


@dataclass(frozen=True)
class Approver:
    """Who allowed it, in words that outlive him: his post, and his hand as the trace writes it."""

    post: str
    hand: str

    @classmethod
    def of(cls, hand: Hand) -> "Approver":
        return cls(hand.post, f"{hand.kind}:{hand.officer_id or ''}@{hand.unit}")


def extend(
    promise: Promise, *, days: int, ground: str, by: Approver, at: datetime, asked_on: date | None = None
) -> Shift:
    """延长: once, by at most what the term gives, asked for before the last day ends. Counts from the strict last day."""
    promise = _hold(promise)
    rule = promise.term.extension
    if rule is None:
        raise ShiftRefused("依照%(article)s，这一期限不能延长。", article=promise.term.article)
    if any(shift.kind == Kind.EXTENSION for shift in promise.shifts.all()):
        raise ShiftRefused("这一期限已经延长过一次，不能再次延长。", article=rule.article)
    if days < 1 or (rule.most is not None and days > rule.most):
        raise ShiftRefused(
            "延长期限最短1日，最长%(most)s日。", field="days", article=rule.article, most=rule.most or "—"
        )
    if (asked_on or promises.local_day(at)) > promise.due_on:
        raise ShiftRefused("期限已于%(day)s届满，不能再申请延长。", article=rule.article, day=promise.due_on)
    return _moved(promise, Shift(kind=Kind.EXTENSION, days=days, article=rule.article), ground, by, at)


def exclude(
    promise: Promise, *, first: date, last: date, ground: Excluded, by: Approver, at: datetime, proof: str = ""
) -> Shift:
    """不计入期限: days the law does not count, both ends included. Only where the clock's term names the ground."""
    promise = _hold(promise)
    rule = promise.term.exclusion
    if rule is None or ground not in rule.grounds:
        raise ShiftRefused("依照%(article)s，这一期限连续计算，不扣除任何时间。", article=promise.term.article)
    _refuse_interval(promise, first, last, rule.article)
    shift = Shift(kind=Kind.EXCLUDED, first=first, last=last, article=rule.article, proof=proof)
    return _moved(promise, shift, ground.value, by, at)


def correct_start(promise: Promise, *, on: date, proof: str, ground: str, by: Approver, at: datetime) -> Shift:
    """更正起算日: the event was on another day than was entered; the proof shows it. Length and article stay the rule's."""
    promise = _hold(promise)
    if not proof.strip():
        raise ShiftRefused("更正起算日必须写明证据。", field="proof")
    if on == promise.started_on:
        raise ShiftRefused("起算日没有变化。", field="on")
    if on > promises.local_day(at):
        raise ShiftRefused("起算日不能晚于今天。", field="on")
    shift = Shift(kind=Kind.START_CORRECTED, first=promise.started_on, last=on, proof=proof)
    promise.started_on = on
    shift.article = promise.term.article
    return _moved(promise, shift, ground, by, at)


def recompute(batch: Sequence[Promise], *, at: datetime) -> list[Moved]:
    """Provisional dates, worked out again: those that are other or certain now. `batch` is held, with its shifts.

    One statement for the shifts, one for each group of promises that get the same dates.
    """
    found = [(promise, promise.due_on) for promise in batch]
    settled = [(promise, old) for promise, old in found if _redraw(promise, promises.local_day(at))]
    written.insert([_by_calendar(promise, old, at) for promise, old in settled])
    ordered = sorted((promise for promise, _old in settled), key=_same)
    for _key, alike in groupby(ordered, key=_same):
        same = list(alike)
        dates = {name: getattr(same[0], name) for name in DATES}
        Promise.objects.filter(pk__in=[promise.pk for promise in same]).update(**dates)
    moves = [Moved(promise, old, promise.due_on) for promise, old in settled]
    moved.tell([move for move in moves if move.old != move.new])
    return moves


def _same(promise: Promise) -> tuple[str, ...]:
    return tuple(str(getattr(promise, name)) for name in DATES)


def _by_calendar(promise: Promise, old: date, at: datetime) -> Shift:
    return Shift(
        promise=promise,
        kind=Kind.CALENDAR,
        article=promise.term.article,
        at=at,
        started_on=promise.started_on,
        due_before=old,
        due_after=promise.due_on,
    )


def _hold(promise: Promise) -> Promise:
    """Read again and locked, with its shifts; what has stopped is not moved."""
    held = Promise.objects.select_for_update().prefetch_related("shifts").get(pk=promise.pk)
    if held.stopped_at:
        raise NotRunning
    return held


def _refuse_interval(promise: Promise, first: date, last: date, article: str) -> None:
    if last < first:
        raise ShiftRefused("结束之日不能早于开始之日。", field="last")
    if last <= promise.started_on or first > promise.due_strict:
        raise ShiftRefused("这段时间不在期限之内，不影响期限。", field="first", article=article)
    if any(first <= end and begin <= last for begin, end in promises.excluded(promise)):
        raise ShiftRefused("这段时间已经扣除过，不能重复扣除。", field="first", article=article)


def _moved(promise: Promise, shift: Shift, ground: str, by: Approver, at: datetime) -> Shift:
    """Write the shift, then the dates it accounts for."""
    if shift.kind != Kind.EXCLUDED and not ground.strip():
        raise ShiftRefused("请写明理由。", field="ground")
    old = promise.due_on
    shifts = [*promise.shifts.all(), shift]
    _set(promise, _reckoned(promise, shifts), promises.local_day(at), _intervals(shifts))
    shift.promise, shift.at, shift.started_on = promise, at, promise.started_on
    shift.ground, shift.approved_post, shift.approved_by = ground[:_GROUND_LENGTH], by.post, by.hand
    shift.due_before, shift.due_after = old, promise.due_on
    written.insert([shift])
    written.update(promise, DATES)
    if old != promise.due_on:
        moved.tell([Moved(promise, old, promise.due_on)])
    return shift


def _redraw(promise: Promise, today: date) -> bool:
    """Whether the dates are other than before."""
    before = _same(promise)
    shifts = list(promise.shifts.all())
    _set(promise, _reckoned(promise, shifts), today, _intervals(shifts))
    return _same(promise) != before


def _reckoned(promise: Promise, shifts: Sequence[Shift]) -> Due:
    return arithmetic.reckoned(
        promise.started_on,
        promise.term,
        calendar.current(),
        stated_on=promise.stated_on,
        extended=sum(shift.days or 0 for shift in shifts),
        excluded=_intervals(shifts),
    )


def _intervals(shifts: Sequence[Shift]) -> tuple[Interval, ...]:
    return tuple((s.first, s.last) for s in shifts if s.kind == Kind.EXCLUDED and s.first and s.last)


def _set(promise: Promise, dates: Due, today: date, excluded: tuple[Interval, ...]) -> None:
    """The dates, and the warnings that come before them: what was warned of falls back where the last day moved away."""
    rule = promise.term
    promises.put(promise, dates, rule)
    if rule.is_window:
        return
    lights = arithmetic.warnings(promise.due_on, promise.started_on, rule, calendar.current(), excluded)
    promise.level = min(promise.level, lights.level(today))
    promise.warn_on = lights.after(Level(promise.level))
