"""提醒: what the trace says of a unit's work rings a bell there. It reads the trace, so no act waits for it or pays for it."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.utils import timezone

from xinfang.notices import bells
from xinfang.notices.models import Bell
from xinfang.notices.words import Kind
from xinfang.organizations.models import Duty, Officer, Tenure, Unit, UnitKind
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
# 异议: it waits for the bureau, which must say by the day of notice whose the matter is (条例 二十三).
OBJECTED, ANSWERED = "assignment.raise_objection", ("assignment.return_assignment", "assignment.refuse_objection")
OF_WORK |= {OBJECTED: Kind.OBJECTED, **dict.fromkeys(ANSWERED, Kind.ANSWERED)}
# A draft waits for the head of the unit: no opinion goes out without him.
DRAFTED = "assignment.draft_opinion"
OF_WORK |= {DRAFTED: Kind.TO_SIGN}
WARNED, SEALED_BY = "deadline.warn", frozenset({"petition.propose", "petition.seal_repeat"})
REGISTERED = "petition.register"
ROUTED_OUT = "petition.route_out"
FOR_KEEPERS = frozenset({REGISTERED, "petition.propose", ROUTED_OUT})
HEARD = ARRIVED | OF_WORK.keys() | {WARNED, REGISTERED, ROUTED_OUT} | SEALED_BY
# A history that is read for the first time, or was imported, rings no bell.
NEW = timedelta(days=3)
_ASSIGNMENT = "petitions.assignment"


def read(entries: Sequence[Entry]) -> None:
    """A batch, in a handful of statements."""
    since = timezone.now() - NEW
    heard = [entry for entry in entries if _is_heard(entry) and entry.at >= since]
    if not heard:
        return
    works = Assignment.objects.select_related("petition", "unit").in_bulk(list(filter(None, map(_work_of, heard))))
    petitions = Petition.objects.in_bulk(list(filter(None, map(_petition_of, heard))))
    hung: list[Bell] = []
    for entry in heard:
        work = works.get(_work_of(entry) or 0)
        petition = work.petition if work else petitions.get(_petition_of(entry) or 0)
        if petition is None:
            continue
        if entry.act in SEALED_BY and petition.is_sealed:
            bells.silence(petition.pk)
        hung += _for_keepers(entry, petition) if entry.act in FOR_KEEPERS else _rung(entry, petition, work)
    bells.hang(hung)


def _is_heard(entry: Entry) -> bool:
    """Of what is registered only what is sealed: the rest stands in a worklist that somebody looks at every day."""
    return entry.act in HEARD and (entry.act != REGISTERED or "sealed" in entry.facts)


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
    if kind == Kind.TO_SIGN and work:
        return _for_the_head(entry, petition, work.unit_id)
    alone = work.handler_id if work and kind not in FOR_THE_UNIT else None
    due_on = date.fromisoformat(due) if due else None
    to: list[tuple[int, int | None]] = []
    for unit in _where(kind, petition, work):
        to += [(unit, one) for one in _insiders(petition, unit, alone)] if petition.is_sealed else [(unit, alone)]
    return [
        bells.ring(kind, unit=unit, petition=petition.pk, officer=officer, due_on=due_on, at=entry.at)
        for unit, officer in to
    ]


def _for_the_head(entry: Entry, petition: Petition, unit: int) -> list[Bell]:
    """Each head of the unit for himself, but not who wrote it; of what is sealed those who may know of it."""
    posts = Tenure.objects.filter(running_on(timezone.localdate()), post__unit=unit, post__duty=Duty.UNIT_HEAD)
    heads = {one.officer_id: one.officer for one in posts.select_related("officer")}
    to = _may_open(petition, heads.values()) if petition.is_sealed else list(heads)
    return [
        bells.ring(Kind.TO_SIGN, unit=unit, petition=petition.pk, officer=officer, at=entry.at)
        for officer in to
        if officer != entry.officer_id
    ]


FOR_THE_UNIT = frozenset({Kind.ARRIVED, Kind.OBJECTED, Kind.ANSWERED})
"""Not for the handler alone."""


def _where(kind: Kind, petition: Petition, work: Assignment | None) -> list[int]:
    """An objection rings at the bureau, whichever organ registered: nobody else may answer it."""
    if kind == Kind.OBJECTED:
        if work and work.unit.parent_id == petition.organ_id:
            return [petition.organ_id]  # which passed it on within its own system
        bureaus = list(Unit.objects.filter(kind=UnitKind.BUREAU).order_by("id").values_list("pk", flat=True))
        return [petition.organ_id] if petition.organ_id in bureaus else bureaus
    return [work.unit_id if work else petition.organ_id]


def _kind(entry: Entry) -> Kind | None:
    if entry.act == WARNED:
        return Kind.OVERDUE if entry.facts["level"] == "overdue" else Kind.DUE_SOON
    return Kind.ARRIVED if entry.act in ARRIVED else OF_WORK.get(entry.act)


def _for_keepers(entry: Entry, petition: Petition) -> Iterable[Bell]:
    """An accusation waits for the two who keep it, and where it accuses them for the discipline organ; it names nothing.

    What was routed out, and a complaint of retaliation, waits for the discipline organ whoever keeps it (条例 四十六).
    """
    if not petition.is_accusation:
        return []
    to: list[int] = []
    if entry.act != ROUTED_OUT:
        kept = [one.officer for one in keeping_on(timezone.localdate()).select_related("officer")]
        to = _may_open(petition, kept)
    if not to or (petition.related_to_id and entry.act == REGISTERED):
        to += [one for one in _may_open(petition, _of_the_discipline_organ()) if one not in to]
    return [
        bells.ring(
            _FOR.get(entry.act, Kind.KEPT), unit=petition.organ_id, petition=petition.pk, officer=officer, at=entry.at
        )
        for officer in to
        if officer != entry.officer_id
    ]


_FOR = {ROUTED_OUT: Kind.FOR_DISCIPLINE}


def _of_the_discipline_organ() -> Iterable[Officer]:
    seated = Tenure.objects.filter(
        running_on(timezone.localdate()), post__unit__kind=UnitKind.DISCIPLINE, post__duty=Duty.DISCIPLINE
    )
    return [tenure.officer for tenure in seated.select_related("officer")]


def _insiders(petition: Petition, unit: int, alone: int | None) -> list[int]:
    """Of a sealed petition nobody is told but who may know of it, each for himself."""
    seated = Tenure.objects.filter(running_on(timezone.localdate()), post__unit=unit, post__duty__in=bells.HANDLERS)
    officers = [tenure.officer for tenure in seated.select_related("officer")]
    if petition.is_accusation:
        officers += [one.officer for one in keeping_on(timezone.localdate()).select_related("officer")]
    return [pk for pk in _may_open(petition, officers) if alone in (None, pk)]


def _may_open(petition: Petition, officers: Iterable[Officer]) -> list[int]:
    """Each once."""
    known = {officer.pk: officer for officer in officers}
    return [pk for pk, one in known.items() if visible_to(one).filter(pk=petition.pk).exists()]
