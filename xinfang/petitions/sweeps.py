"""Timed work of this room."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, QuerySet
from django.utils import timezone

from xinfang.deadlines import promises
from xinfang.deadlines.queries import lapsed, running, unaccepted
from xinfang.deadlines.terms import Clock
from xinfang.foundation.errors import Refused
from xinfang.petitions import actions
from xinfang.petitions.codes import AssignmentRole, EvaluationStatus
from xinfang.petitions.lifecycle import MOVES, AssignmentStatus, ReviewStatus
from xinfang.petitions.models import Assignment, ErasureRequest, Petition, ReviewCase
from xinfang.trace.hands import Hand

Row = TypeVar("Row", bound=Model)
HAND = Hand.system("petitions")
BATCH = 200


def expire_evaluations(at: datetime) -> int:
    """Rating windows that passed unused, oldest first; returns how many."""
    count = 0
    while petitions := _lapsed(at):
        for petition in petitions:
            actions.expire_evaluation(petition, by=HAND, at=at)
        count += len(petitions)
    return count


def _lapsed(at: datetime) -> list[Petition]:
    ids = lapsed(Clock.D14, timezone.localdate(at)).values_list("subject_id", flat=True)[:BATCH]
    return list(Petition.objects.filter(pk__in=list(ids), evaluation_status=EvaluationStatus.PENDING))


def presume_accepted(at: datetime) -> int:
    """推定受理: what no unit has accepted by the last day of notice; returns how many."""
    handled = running().filter(clock=Clock.D5, subject="assignment", subject_id=OuterRef("pk"))
    late = unaccepted(promises.local_day(at)).values("subject_id")
    states = MOVES["assignment.presume_accepted"].start
    waiting = Assignment.objects.filter(pk__in=late, role=AssignmentRole.LEAD, status__in=states)
    return _each(waiting.exclude(Exists(handled)), lambda one: actions.presume_accepted(one, by=HAND, at=at))


def end_supplements(at: datetime) -> int:
    """补充材料 whose day has passed: the work goes on with what there is; returns how many."""
    waiting = Assignment.objects.filter(
        status=AssignmentStatus.SUPPLEMENT, supplement__until__lt=promises.local_day(at)
    )
    return _each(waiting, lambda one: actions.end_supplement(one, is_arrived=False, by=HAND, at=at))


def carry_out_erasures(at: datetime) -> int:
    """销毁 on request whose thirty days are over; what something stands in the way of waits. Returns how many."""
    due = ErasureRequest.objects.filter(
        erase_on__lt=promises.local_day(at), erased_at=None, refused_at=None, dropped_at=None
    ).select_related("petition")
    return _each(due, lambda one: actions.carry_out_erasure(one, by=HAND, at=at))


def end_review_supplements(at: datetime) -> int:
    """补正 whose day has passed: the application is looked at with what there is; returns how many."""
    waiting = ReviewCase.objects.filter(status=ReviewStatus.SUPPLEMENT, supplement__until__lt=promises.local_day(at))
    return _each(waiting, lambda one: actions.end_review_supplement(one, is_arrived=False, by=HAND, at=at))


def _each(rows: QuerySet[Row], do: Callable[[Row], object]) -> int:
    """One transaction each; what somebody has moved on meanwhile is left to him."""
    count = 0
    for row in list(rows.order_by("pk")):
        try:
            do(row)
        except Refused:
            continue
        count += 1
    return count
