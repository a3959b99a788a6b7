"""The copies of promised dates that petitions, assignments and reviews keep, moved when the promise moves (deadlines.moved).

Called inside the transaction that moves it; one statement for each date and column, however many rows.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar

from xinfang.deadlines.moved import Moved, follow
from xinfang.deadlines.queries import running
from xinfang.deadlines.terms import Clock
from xinfang.petitions.models import Assignment, Petition, ReviewCase

K = TypeVar("K")
COPIES = {
    Clock.D4: "notice_due",
    Clock.D5: "handling_due",
    Clock.D8B: "handling_due",
    Clock.D7: "feedback_due",
    Clock.D13: "procedure_due",
}
_OF_PETITION = (Clock.D2, Clock.D9, Clock.D11, Clock.D14)


def register() -> None:
    follow("petition", petitions_moved)
    follow("assignment", assignments_moved)
    follow("review", reviews_moved)


def petitions_moved(moves: Sequence[Moved]) -> None:
    """Where a petition waits for a last day, it is the latest of those that run for it."""
    ends = _latest({move.promise.subject_id for move in moves if move.promise.clock in _OF_PETITION})
    for due, ids in _together((due, petition) for petition, due in ends.items()).items():
        Petition.objects.filter(pk__in=ids, due_on__isnull=False).exclude(due_on=due).update(due_on=due)


def assignments_moved(moves: Sequence[Moved]) -> None:
    """The column of the clock, and `due_on` where it was the day the unit works towards."""
    for clock, column in COPIES.items():
        mine = [move for move in moves if move.promise.clock == clock]
        for (old, new), ids in _together(((m.old, m.new), m.promise.subject_id) for m in mine).items():
            rows = Assignment.objects.filter(pk__in=ids, **{column: old})
            rows.filter(due_on=old).update(due_on=new)
            rows.update(**{column: new})


def reviews_moved(moves: Sequence[Moved]) -> None:
    """`due_on`, where it was the day that moved."""
    for (old, new), ids in _together(((m.old, m.new), m.promise.subject_id) for m in moves).items():
        ReviewCase.objects.filter(pk__in=ids, due_on=old).update(due_on=new)


def _latest(petitions: set[int]) -> dict[int, date]:
    rows = running().filter(subject="petition", subject_id__in=petitions, clock__in=_OF_PETITION)
    ends: dict[int, date] = {}
    for petition, due in rows.values_list("subject_id", "due_on"):
        ends[petition] = max(due, ends.get(petition, due))
    return ends


def _together(pairs: Iterable[tuple[K, int]]) -> dict[K, list[int]]:
    """The ids under each key."""
    found: dict[K, list[int]] = defaultdict(list)
    for key, pk in pairs:
        found[key].append(pk)
    return found
