"""Why a last day is that day, in plain sentences for the petitioner. Costs no statement unless the day was moved."""

from datetime import date

from xinfang.deadlines import calendar, explained, plain, promises
from xinfang.deadlines.models import Promise
from xinfang.deadlines.terms import Clock


def why(
    clock: Clock, started: date, due: date, subject: tuple[str, int], *, is_direct: bool = False
) -> tuple[str, ...]:
    """Counted again from its start; where that is not the promised day, the promise tells what moved it."""
    promise: Promise | None = promises.counted(clock, started, is_direct=is_direct)
    if promise is None or promise.due_on != due:
        promise = _as_promised(clock, due, subject)
    if promise is None:
        return ()
    promise.is_direct = is_direct
    shifts = tuple(promise.shifts.all()) if not promise._state.adding else ()
    return tuple(plain.sentences(explained.explain(promise, shifts, calendar=calendar.current())))


def _as_promised(clock: Clock, due: date, subject: tuple[str, int]) -> Promise | None:
    found = Promise.objects.filter(subject=subject[0], subject_id=subject[1], clock=clock, due_on=due)
    return found.prefetch_related("shifts").order_by("-id").first()
