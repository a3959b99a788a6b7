"""Days without an owner: while units dispute whose the matter is, and at whose door those days lie (domain 3.7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from xinfang.organizations.models import Unit
from xinfang.petitions.codes import AssignmentRole
from xinfang.petitions.lifecycle import GAVE_UP
from xinfang.petitions.models import Assignment, Objection, Petition


@dataclass(frozen=True)
class Gap:
    """Nobody handled it from `since` to `until`, both days of the calendar; `until` is None while it lasts.

    `cause` is the organ that gave it to the wrong unit, or the unit that objected without ground; nobody before the
    bureau has answered.
    """

    since: date
    until: date | None
    cause: Unit | None
    days: int


def days_without_owner(petition: Petition, today: date, given: Sequence[Assignment] | None = None) -> list[Gap]:
    """The intervals in their order. `given` are its assignments where a page has read them already."""
    rows = given if given is not None else petition.assignments.select_related("unit").order_by("id")
    leads = [row for row in rows if row.role == AssignmentRole.LEAD]
    if not any(row.objected_at or row.status in GAVE_UP for row in leads):
        return []
    objections = {one.assignment_id: one for one in Objection.objects.filter(assignment__in=leads)}
    after: Sequence[Assignment | None] = [*leads[1:], None]
    found = (
        _gap(petition, lead, objections.get(lead.pk), following, today)
        for lead, following in zip(leads, after, strict=True)
    )
    return [gap for gap in found if gap]


def _gap(
    petition: Petition, lead: Assignment, objection: Objection | None, following: Assignment | None, today: date
) -> Gap | None:
    again = following.received_at if following else petition.ended_at
    if lead.status in GAVE_UP:
        since = objection.objected_at if objection and objection.is_upheld is not False else lead.done_at
        return _of(since, again, petition.organ, today)
    if objection is None:
        return None
    cause = lead.unit if objection.is_upheld is False else None
    return _of(objection.objected_at, objection.answered_at, cause, today)


def _of(since: datetime | None, until: datetime | None, cause: Unit | None, today: date) -> Gap | None:
    assert since is not None
    first, last = timezone.localdate(since), timezone.localdate(until) if until else None
    days = ((last or today) - first).days
    return Gap(first, last, cause, days) if days or last is None else None
