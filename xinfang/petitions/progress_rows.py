"""The rows that `progress` reads, put in order here: most of what a statement costs is its columns and its order.

Worked out once (docs/decisions/0009): a petitioner's page is asked more often than any other.
"""

from django.db.models import Q

from xinfang.deadlines.models import Promise
from xinfang.foundation.prepared import Prepared
from xinfang.petitions.models import (
    Answer,
    Assignment,
    Demand,
    DisciplineCase,
    Ending,
    Evaluation,
    FollowUp,
    Petition,
    Plea,
    Renewal,
)
from xinfang.petitions.reviews import WINDOWS

_ASSIGNMENTS = Prepared(
    lambda petition: (
        Assignment.objects.filter(petition=petition)
        .select_related("unit")
        .only(
            *("kind", "role", "status", "received_at", "accepted_at", "opinion_at", "delivered_at", "notice_due"),
            *("handling_due", "procedure", "procedure_due", "contacted_at", "done_at"),
            *("unit__name", "unit__telephone"),
        )
    )
)
ENDING = Prepared(
    lambda petition: Ending.objects.filter(petition=petition).only("act", "road", "destination").order_by("-id")[:1]
)
DISCIPLINE = Prepared(lambda petition: DisciplineCase.objects.filter(petition=petition).only("taken_at", "answered_at"))
_DEMANDS = Prepared(lambda petition: Demand.objects.filter(petition=petition).only("n", "text"))
# Who may be asked to look again follows from the unit, what it belongs to and what that belongs to.
_ORGANS_OF = ("name", "kind", "code", "superior", "superior_above")
_ANSWERS = Prepared(
    lambda lead: (
        Answer.objects.filter(opinion__assignment=lead, opinion__issued_at__isnull=False)
        .select_related("demand", "opinion__delivery", "opinion__assignment__unit__parent", "commitment__unit")
        .only(
            *("commitment__what", "commitment__words_sealed", "commitment__due_on", "commitment__status"),
            *("commitment__kept_at", "commitment__unit__name"),
            *("result", "finding", "basis", "demand__n", "demand__text", "opinion__remedy_organ"),
            *("opinion__delivery__mode", "opinion__delivery__delivered_on", "opinion__delivery__proof"),
            *(f"opinion__assignment__{unit}__{field}" for unit in ("unit", "unit__parent") for field in _ORGANS_OF),
        )
    )
)
# What runs, and the windows for a review though they were used.
PROMISED = Prepared(
    lambda petition: (
        Promise.objects.filter(Q(stopped_at__isnull=True) | Q(clock__in=WINDOWS.values()))
        .filter(subject="petition", subject_id=petition)
        .only("clock", "started_on", "due_on", "stopped_at")
    )
)
PLEAS = Prepared(lambda petition: Plea.objects.filter(petition=petition).select_related("reply__unit").order_by("id"))
RENEWALS = Prepared(lambda petition: Renewal.objects.filter(petition=petition).only("made_at").order_by("id"))
FOLLOW_UPS = Prepared(
    lambda petition: (
        FollowUp.objects.filter(petition=petition).only("called_at", "concluded_at", "outcome").order_by("id")
    )
)
_EVALUATIONS = Prepared(
    lambda petition: Evaluation.objects.filter(petition=petition).only("nth", "bureau", "unit", "evaluated_at")
)


def assignments(petition: Petition) -> list[Assignment]:
    return sorted(_ASSIGNMENTS.all(petition.pk), key=lambda assignment: assignment.pk)


def demands(petition: Petition) -> list[Demand]:
    return sorted(_DEMANDS.all(petition.pk), key=lambda demand: demand.n)


def answers(lead: Assignment) -> list[Answer]:
    """Of the opinion issued last. An opinion answers every demand, so the demands come with it."""
    found = _ANSWERS.all(lead.pk)
    last = max(answer.opinion_id for answer in found)
    return sorted((one for one in found if one.opinion_id == last), key=lambda answer: answer.demand.n)


def evaluations(petition: Petition) -> list[Evaluation]:
    return sorted(_EVALUATIONS.all(petition.pk), key=lambda rating: rating.nth)
