"""Which moves are not worth telling of while they are blocked: nothing asks for them, or not for long."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from xinfang.petitions.codes import AssignmentKind, ReviewDecision
from xinfang.petitions.latest import discipline_case, latest_lead, latest_proposal
from xinfang.petitions.lifecycle import OPINION_IS_OUT
from xinfang.petitions.models import Petition
from xinfang.petitions.obstacles.table import WAYS, obstacle

_OF_DISCIPLINE = frozenset({"petition.take_up", "petition.answer_accusation"})


def is_another_way(verb: str, petition: Any) -> bool:
    """A way that was not proposed is not blocked, it is not asked for; nor is what the discipline organ has done."""
    if verb in _OF_DISCIPLINE:
        return bool(obstacle(verb, petition, timezone.localdate()))
    way = WAYS.get(verb)
    if way is None:
        return False
    proposal = latest_proposal(petition)
    return proposal is None or proposal.disposition != way


def is_beside_the_point(verb: str, subject: Any) -> bool:
    """A move that is blocked because nothing asks for it, or not for long: there is no telling anybody what it waits for."""
    rule = _BESIDE_THE_POINT.get(verb)
    return rule is not None and rule(subject)


def _is_far_from_closing(petition: Petition) -> bool:
    lead = latest_lead(petition)
    return lead is None or lead.status not in OPINION_IS_OUT


_BESIDE_THE_POINT: dict[str, Callable[[Any], bool]] = {
    **dict.fromkeys(  # blocked only where nothing waits for them
        ("petition.approve", "petition.take_up"), lambda petition: True
    ),
    "petition.answer_accusation": lambda petition: not petition.is_accusation or bool(discipline_case(petition)),
    "petition.reassign": lambda petition: petition.taken_back_at is None,
    "petition.close": _is_far_from_closing,
    "assignment.report": lambda assignment: assignment.kind != AssignmentKind.ASSIGN,
    "review.examine_review": lambda review: review.is_outside,
    "review.decide_review": lambda review: review.is_outside,
    "review.record_review": lambda review: not review.is_outside,
    "review.order_redo": lambda review: review.decision != ReviewDecision.REVOKED,
}
