"""Every dimension that is ever counted by (domain section 6), as dry facts for the trace. Nothing here tells who a citizen is."""

from typing import Any

from django.utils import timezone

from xinfang.petitions.models import Assignment, Petition


def of_petition(petition: Petition) -> dict[str, Any]:
    """A sealed petition tells only that it is sealed."""
    if petition.is_sealed:
        return {"sealed": True, "organ": petition.organ_id}
    return {
        "petition": petition.pk,
        "organ": petition.organ_id,
        "division": petition.division_id,
        "channel": petition.channel,
        "source": petition.source,
        "purpose": petition.purpose,
        "kind": petition.kind,
        "procedure": petition.procedure,
        "category": petition.category_id,
        "initial": petition.is_initial,
        "joint": petition.is_joint,
        "group": petition.is_group,
        "anonymous": petition.is_anonymous,
        "judicial": petition.is_judicial,
        "counted": petition.is_counted,
        "persons": petition.persons_count,
        "involved": petition.persons_involved,
        "petition_date": petition.petition_date,
        "received_on": timezone.localdate(petition.received_at),
        "registered_on": timezone.localdate(petition.registered_at) if petition.registered_at else None,
    }


def of_assignment(assignment: Assignment) -> dict[str, Any]:
    return {
        "assignment_kind": assignment.kind,
        "role": assignment.role,
        "unit": assignment.unit_id,
        "handling_due": assignment.handling_due,
    }
