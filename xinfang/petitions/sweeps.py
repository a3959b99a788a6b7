"""Timed work of this room."""

from datetime import datetime

from django.utils import timezone

from xinfang.deadlines.queries import lapsed
from xinfang.deadlines.terms import Clock
from xinfang.petitions import actions
from xinfang.petitions.codes import EvaluationStatus
from xinfang.petitions.models import Petition
from xinfang.trace.hands import Hand

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
