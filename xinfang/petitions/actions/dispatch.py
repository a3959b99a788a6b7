"""转送, 交办, 自办: the petition goes to the unit that has the power to decide."""

from datetime import date, datetime

from xinfang.petitions import road
from xinfang.petitions.codes import AssignmentKind
from xinfang.petitions.giving import give
from xinfang.petitions.helping import add_proposed
from xinfang.petitions.latest import latest_proposal
from xinfang.petitions.models import Assignment, Petition
from xinfang.petitions.policies import By
from xinfang.trace.acts import act


@act
def transfer(petition: Petition, *, by: By, at: datetime) -> Assignment:
    """转送: the unit answers the petitioner itself and need not report back."""
    return _give("petition.transfer", petition, AssignmentKind.TRANSFER, by=by, at=at)


@act
def assign(
    petition: Petition, *, requirement: str, by: By, at: datetime, feedback_due: date | None = None
) -> Assignment:
    """交办: the unit must report its result by the day the letter names, by default the last day of handling."""
    return _give(
        "petition.assign",
        petition,
        AssignmentKind.ASSIGN,
        requirement=requirement,
        feedback_due=feedback_due,
        by=by,
        at=at,
    )


@act
def self_handle(petition: Petition, *, by: By, at: datetime) -> Assignment:
    """自办: the organ handles what lies within its own power."""
    return _give("petition.self_handle", petition, AssignmentKind.SELF, by=by, at=at)


def _give(
    verb: str,
    petition: Petition,
    kind: AssignmentKind,
    *,
    by: By,
    at: datetime,
    requirement: str = "",
    feedback_due: date | None = None,
) -> Assignment:
    petition = road.hold_petition(petition)
    step = road.enter(verb, petition, by=by, at=at)
    proposal = latest_proposal(petition)
    assert proposal is not None
    assert proposal.lead_unit is not None
    assignment = give(
        step, proposal.lead_unit, kind, procedure=proposal.procedure, requirement=requirement, feedback_due=feedback_due
    )
    if petition.has_co_handlers:
        add_proposed(petition, proposal, proposal.lead_unit, by=by, at=at)
    return assignment
