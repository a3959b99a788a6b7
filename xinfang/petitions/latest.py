"""What stands with a petition now: what was last proposed and drafted, who leads and who helps, what is still open."""

from collections.abc import Iterable

from xinfang.foundation.prepared import Prepared
from xinfang.petitions.codes import AssignmentRole, EvaluationStatus
from xinfang.petitions.lifecycle import ENDED_ASSIGNMENT
from xinfang.petitions.models import Assignment, DisciplineCase, FollowUp, Opinion, Petition, Proposal

_PROPOSAL = Prepared(
    lambda petition: (
        Proposal.objects.filter(petition=petition).select_related("approval", "lead_unit").order_by("-id")[:1]
    )
)
_LEAD = Prepared(
    lambda petition: (
        Assignment.objects.filter(petition=petition, role=AssignmentRole.LEAD)
        .select_related("unit")
        .order_by("-id")[:1]
    )
)
_DRAFT = Prepared(lambda assignment: Opinion.objects.filter(assignment=assignment).order_by("-id")[:1])
_DISCIPLINE_CASE = Prepared(lambda petition: DisciplineCase.objects.select_related("unit").filter(petition=petition))


def latest_proposal(petition: Petition) -> Proposal | None:
    """Read once for a row as it was read: a page asks for every way it may have been proposed."""
    found = petition.__dict__
    if "_latest_proposal" not in found:
        found["_latest_proposal"] = _PROPOSAL.first(petition.pk)
    proposal: Proposal | None = found["_latest_proposal"]
    return proposal


def latest_lead(petition: Petition) -> Assignment | None:
    """Read once for a row as it was read, as the proposal is."""
    found = petition.__dict__
    if "_latest_lead" not in found:
        found["_latest_lead"] = _LEAD.first(petition.pk)
    lead: Assignment | None = found["_latest_lead"]
    return lead


def know_lead(petition: Petition, given: Iterable[Assignment]) -> None:
    """A page that has read all the assignments, in their order, need not have the lead read again."""
    leads = [one for one in given if one.role == AssignmentRole.LEAD]
    petition.__dict__["_latest_lead"] = leads[-1] if leads else None


def open_co_handlers(petition: Petition) -> list[Assignment]:
    """The units that help with it now."""
    helping = Assignment.objects.filter(petition=petition, role=AssignmentRole.CO).exclude(status__in=ENDED_ASSIGNMENT)
    return list(helping.select_related("unit").order_by("id"))


def latest_draft(assignment: Assignment) -> Opinion | None:
    return _DRAFT.first(assignment.pk)


def discipline_case(petition: Petition) -> DisciplineCase | None:
    """Read once for a row as it was read. Only an accusation has one."""
    found = petition.__dict__
    if "_discipline_case" not in found:
        found["_discipline_case"] = _DISCIPLINE_CASE.first(petition.pk) if petition.is_accusation else None
        if found["_discipline_case"]:
            found["_discipline_case"].petition = petition
    case: DisciplineCase | None = found["_discipline_case"]
    return case


def open_follow_up(petition: Petition) -> FollowUp | None:
    """The rating of 不满意 that is still to be answered for. Asked only of what was rated."""
    if petition.evaluation_status != EvaluationStatus.RATED:
        return None
    found = petition.follow_ups.filter(concluded_at__isnull=True).order_by("id").first()
    if found:
        found.petition = petition
    return found
