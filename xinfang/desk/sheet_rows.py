"""What the petition page reads, by the ids of the petition and its assignments; worked out once (docs/decisions/0009)."""

from django.db.models import Prefetch, Q, prefetch_related_objects

from xinfang.deadlines.models import Promise
from xinfang.documents.models import Paper
from xinfang.foundation.prepared import Prepared
from xinfang.petitions.models import (
    Answer,
    Assignment,
    Correction,
    Demand,
    Evaluation,
    Evidence,
    Hearing,
    Loan,
    Original,
    Petition,
    Petitioner,
    ReviewCase,
    WorkNote,
)
from xinfang.trace.models import Entry

ASSIGNMENTS = Prepared(lambda pk: Assignment.objects.filter(petition=pk).select_related("unit").order_by("id"))
DEMANDS = Prepared(lambda pk: Demand.objects.filter(petition=pk).order_by("n"))
PEOPLE = Prepared(lambda pk: Petitioner.objects.filter(petition=pk).order_by("id"))
FILES = Prepared(lambda pk: Evidence.objects.filter(petition=pk).select_related("copy").order_by("id"))
CORRECTIONS = Prepared(
    lambda pk: Correction.objects.filter(petition=pk).select_related("asked_by", "confirmed_by").order_by("id")
)
EVALUATIONS = Prepared(lambda pk: Evaluation.objects.filter(petition=pk).order_by("nth"))
NOTES = Prepared(lambda *given: WorkNote.objects.filter(assignment__in=given).order_by("happened_at", "id"))
ANSWERS = Prepared(
    lambda *given: (
        Answer.objects.filter(opinion__assignment__in=given)
        .select_related("opinion__delivery__carried_by", "opinion__gate_pass", "demand", "doer")
        .order_by("opinion_id", "demand__n")
    )
)
CLOCKS = Prepared(
    lambda pk, *given: Promise.objects.filter(
        Q(subject="petition", subject_id=pk) | Q(subject="assignment", subject_id__in=given)
    ).order_by("started_at", "id")
)
ENTRIES = Prepared(lambda pk, *given: Entry.objects.filter(_ours(pk, given)).order_by("at", "id"))
PAPERS = Prepared(lambda pk, *given: Paper.objects.filter(_ours(pk, given)).defer("data").order_by("issued_at", "id"))
# Of a petition that was looked at again: its reviews and hearings, by their ids.
_REVIEWS = Prepared(
    lambda pk: (
        ReviewCase.objects.filter(petition=pk)
        .select_related("respondent__parent", "opinion", "previous", "finding", "delivery__carried_by", "supplement")
        .order_by("id")
    )
)
_HEARINGS = Prepared(
    lambda pk: Hearing.objects.filter(petition=pk).select_related("assignment__unit", "review").order_by("id")
)
AGAIN_CLOCKS = Prepared(
    lambda *again: Promise.objects.filter(subject="review", subject_id__in=again).order_by("started_at", "id")
)
AGAIN_ENTRIES = Prepared(lambda *again: Entry.objects.filter(_again(again)).order_by("at", "id"))
AGAIN_PAPERS = Prepared(lambda *again: Paper.objects.filter(_again(again)).defer("data").order_by("issued_at", "id"))
_ORIGINALS = Prepared(lambda pk: Original.objects.filter(petition=pk).select_related("handing_back").order_by("id"))


def looked_again(petition: Petition) -> tuple[list[ReviewCase], list[Hearing]]:
    """Nothing is asked where there never was a review or a hearing."""
    reviews = _REVIEWS.all(petition.pk) if petition.has_reviews else []
    hearings = _HEARINGS.all(petition.pk) if petition.has_hearings else []
    for review in reviews:
        review.petition = petition
    for hearing in hearings:
        hearing.petition = petition
    return reviews, hearings


def originals(petition: int) -> list[Original]:
    """The papers, each with who has it now."""
    found = _ORIGINALS.all(petition)
    out = Loan.objects.filter(returned_at=None).select_related("borrower")
    prefetch_related_objects(found, Prefetch("loans", out, to_attr="out"))
    return found


def _again(ids: tuple[int, ...]) -> Q:
    return Q(subject_kind__in=["review", "hearing"], subject_id__in=ids)


def _ours(petition: int, assignments: tuple[int, ...]) -> Q:
    """The petition and its assignments, as the trace and the papers call them."""
    own = Q(subject_kind="petition", subject_id=petition)
    return own | Q(subject_kind="assignment", subject_id__in=assignments)
