"""提醒: what the trace says of a unit's work rings a bell there. It reads the trace, so no act waits for it or pays for it."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.utils import timezone

from xinfang.notices import bells
from xinfang.notices.models import Bell
from xinfang.notices.words import Kind
from xinfang.organizations.models import Tenure
from xinfang.organizations.models.posts import running_on
from xinfang.petitions.models import Assignment, Petition
from xinfang.petitions.models.custodian import keeping_on
from xinfang.petitions.queries import visible_to
from xinfang.trace.models import Entry

ARRIVED = frozenset(
    {
        *("petition.transfer", "petition.assign", "petition.self_handle", "petition.reassign"),
        *("petition.decide_owner", "petition.reopen", "petition.add_co_handler"),
    }
)
OF_WORK = {
    "assignment.pass_on": Kind.PASSED_ON,
    "assignment.return_result": Kind.RETURNED,
    "assignment.replace_commitments": Kind.REVIEWED,
}
WARNED, SEALED_BY = "deadline.warn", frozenset({"petition.propose", "petition.seal_repeat"})
HEARD = ARRIVED | OF_WORK.keys() | {WARNED} | SEALED_BY
# A history that is read for the first time, or was imported, rings no bell.
NEW = timedelta(days=3)
_ASSIGNMENT = "petitions.assignment"


def read(entries: Sequence[Entry]) -> None:
    """A batch, in a handful of statements."""
    since = timezone.now() - NEW
    heard = [entry for entry in entries if entry.act in HEARD and entry.at >= since]
    if not heard:
        return
    works = Assignment.objects.select_related("petition").in_bulk(list(filter(None, map(_work_of, heard))))
    petitions = Petition.objects.in_bulk(list(filter(None, map(_petition_of, heard))))
    hung: list[Bell] = []
    for entry in heard:
        work = works.get(_work_of(entry) or 0)
        petition = work.petition if work else petitions.get(_petition_of(entry) or 0)
        if petition is None:
            continue
        if entry.act in SEALED_BY:
            if petition.is_sealed:
                bells.silence(petition.pk)
        else:
            hung += _rung(entry, petition, work)
    bells.hang(hung)


def _work_of(entry: Entry) -> int | None:
    if entry.act in OF_WORK:
        return entry.subject_id
    if entry.act == WARNED:
        return int(entry.facts["subject_id"]) if entry.facts["subject"] == "assignment" else None
    return next((pk for label, pk in entry.facts.get("rows", ()) if label == _ASSIGNMENT), None)


def _petition_of(entry: Entry) -> int | None:
    if entry.act == WARNED:
        return int(entry.facts["subject_id"]) if entry.facts["subject"] == "petition" else None
    return entry.subject_id if entry.subject_kind == "petition" else None


def _rung(entry: Entry, petition: Petition, work: Assignment | None) -> Iterable[Bell]:
    kind, due = _kind(entry), entry.facts.get("due_on") if entry.act == WARNED else None
    if kind is None or (work is None and entry.act != WARNED):
        return []
    unit = work.unit_id if work else petition.organ_id
    handler = work.handler_id if work else None
    alone = handler if kind != Kind.ARRIVED else None
    to: list[int | None] = [alone]
    if petition.is_sealed:
        to = [officer for officer in _insiders(petition, unit) if alone in (None, officer)]
    due_on = date.fromisoformat(due) if due else None
    return [
        bells.ring(kind, unit=unit, petition=petition.pk, officer=officer, due_on=due_on, at=entry.at) for officer in to
    ]


def _kind(entry: Entry) -> Kind | None:
    if entry.act == WARNED:
        return Kind.OVERDUE if entry.facts["level"] == "overdue" else Kind.DUE_SOON
    return Kind.ARRIVED if entry.act in ARRIVED else OF_WORK[entry.act]


def _insiders(petition: Petition, unit: int) -> list[int | None]:
    """Of a sealed petition nobody is told but who may know of it, each for himself."""
    seated = Tenure.objects.filter(running_on(timezone.localdate()), post__unit=unit, post__duty__in=bells.HANDLERS)
    officers = {tenure.officer_id: tenure.officer for tenure in seated.select_related("officer")}
    if petition.is_accusation:
        kept = keeping_on(timezone.localdate()).select_related("officer")
        officers |= {one.officer_id: one.officer for one in kept}
    return [pk for pk, one in officers.items() if visible_to(one).filter(pk=petition.pk).exists()]
