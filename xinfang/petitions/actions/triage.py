"""判重, 拟办, 批办."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from xinfang.deadlines import promises
from xinfang.foundation.errors import Refused
from xinfang.organizations.models import Officer, Unit, UnitKind
from xinfang.petitions import fitting, queries, road
from xinfang.petitions.codes import AssignmentKind, Confidentiality, DuplicateOutcome, MatterKind, Procedure
from xinfang.petitions.errors import StalePage
from xinfang.petitions.lifecycle import PetitionStatus
from xinfang.petitions.models import Approval, DuplicateCheck, Matter, Petition, Proposal
from xinfang.petitions.obstacles import latest_proposal
from xinfang.petitions.policies import By
from xinfang.trace.acts import act

_NEVER_THE_OTHER = [PetitionStatus.DRAFT, PetitionStatus.VOIDED]
MAY_LEAD = frozenset(set(UnitKind) - {UnitKind.JUDICIAL, UnitKind.DISCIPLINE, UnitKind.VILLAGE})


class _NoOther(Refused):
    """A repeat, and a related petition, are so of another one."""

    def __init__(self) -> None:
        super().__init__("请指明与哪一件相同或相关。", field="other")


@act
def check_duplicate(
    petition: Petition,
    *,
    outcome: DuplicateOutcome,
    reason: str,
    by: By,
    at: datetime,
    other: Petition | None = None,
    shown: Collection[int] | None = None,
) -> DuplicateCheck:
    """判重: a person decides whether this is the same person and the same matter; what he was shown is kept.

    `shown` are the candidates on his page; a programme has no page and decides on the list as it stands.
    """
    held = road.hold_petitions(petition.pk, _initial_id(other) or petition.pk)
    petition = held[petition.pk]
    step = road.enter("petition.check_duplicate", petition, by=by, at=at)
    assert isinstance(by, Officer)
    initial = None
    if outcome != DuplicateOutcome.INITIAL:
        _refuse_other(petition, outcome, other, by)
        initial = _initial_of(petition, held.get(_initial_id(other)))
    candidates = [[c.petition.pk, *c.signs] for c in queries.repeat_candidates(petition, by)]
    if shown is not None and {pk for pk, *_ in candidates} != set(shown):
        raise StalePage("您看过之后，可能相同的件有了变化。请看过新的列表后再判定。")
    check = fitting.add(
        DuplicateCheck,
        petition=petition,
        outcome=outcome,
        other=initial,
        reason=reason,
        candidates=candidates,
        checked_at=at,
    )
    road.advance(step, duplicate_checked_at=at, **_relation(petition, outcome, initial))
    road.leave(step, rows=[check], outcome=outcome, other=initial.pk if initial else None, candidates=len(candidates))
    return check


def _initial_id(other: Petition | None) -> int:
    return (other.repeat_of_id or other.pk) if other else 0


def _refuse_other(petition: Petition, outcome: DuplicateOutcome, other: Petition | None, by: Officer) -> None:
    """What has repeats stays initial. The other is of the same compartment, or either would tell of it outside."""
    if outcome == DuplicateOutcome.REPEAT and petition.repeats.exists():
        raise Refused("该件已有重件，不能再作为他件的重件。", field="outcome")
    known = queries.visible_to(by).filter(confidentiality=petition.confidentiality).exclude(status__in=_NEVER_THE_OTHER)
    if other is None or not known.filter(pk=other.pk).exists():
        raise _NoOther


def _initial_of(petition: Petition, initial: Petition | None) -> Petition:
    """`repeat_of` always points to an initial petition of the same matter, never in a circle (C10)."""
    if initial is None or initial.pk == petition.pk or not initial.is_initial:
        raise _NoOther
    return initial


def _relation(petition: Petition, outcome: DuplicateOutcome, initial: Petition | None) -> dict[str, object]:
    if outcome == DuplicateOutcome.REPEAT and initial:
        return {"is_initial": False, "repeat_of": initial, "matter_id": initial.matter_id, "related_to": None}
    return {"is_initial": True, "repeat_of": None, "matter_id": _own_matter(petition), "related_to": initial}


def _own_matter(petition: Petition) -> int | None:
    """A repeat that turned out to be none has left its matter to the other."""
    return Matter.objects.create(opened_at=petition.received_at).pk if petition.repeat_of_id else petition.matter_id


@dataclass(frozen=True)
class Disposition:
    """拟办意见 as the clerk writes it."""

    kind: MatterKind
    procedure: Procedure
    category: str
    way: AssignmentKind
    lead_unit: Unit
    opinion: str


@act
def propose(petition: Petition, disposition: Disposition, *, by: By, at: datetime) -> Proposal:
    """拟办: kind, procedure, category, who should handle it and how (条例 二十二)."""
    petition = road.hold_petition(petition)
    step = road.enter("petition.propose", petition, by=by, at=at)
    _refuse_unit(petition, disposition, at)
    proposal = fitting.add(
        Proposal,
        petition=petition,
        kind=disposition.kind,
        procedure=disposition.procedure,
        category_id=disposition.category,
        disposition=disposition.way,
        lead_unit=disposition.lead_unit,
        opinion=disposition.opinion,
        needs_approval=disposition.way == AssignmentKind.ASSIGN or petition.is_group or petition.is_urgent,
        proposed_at=at,
    )
    road.advance(
        step,
        kind=disposition.kind,
        procedure=disposition.procedure,
        category_id=disposition.category,
        triaged_at=at,
    )
    papers = road.issue(step, petition.organ, proposal_form=lambda: _form(petition, disposition))
    road.leave(step, rows=[proposal], issued=papers, proposed_unit=disposition.lead_unit.pk)
    return proposal


def _refuse_unit(petition: Petition, disposition: Disposition, at: datetime) -> None:
    unit = disposition.lead_unit
    if disposition.kind == MatterKind.ACCUSATION or petition.confidentiality == Confidentiality.ACCUSATION_COMPARTMENT:
        raise Refused("检举控告件只能转纪检监察机关，不能交由其他单位办理。", field="kind", article="条例 三十")
    if unit.kind not in MAY_LEAD or not unit.is_open_on(promises.local_day(at)):
        raise Refused("%(unit)s不能作为主办单位。", field="lead_unit", unit=unit.name)
    if (disposition.way == AssignmentKind.SELF) != (unit.pk == petition.organ_id):
        raise Refused("自办的主办单位是登记机构本身，转送、交办的是其他单位。", field="lead_unit")


def _form(petition: Petition, disposition: Disposition) -> dict[str, str]:
    return {
        "number": petition.number or "",
        "summary": petition.summary or petition.title,
        "kind": str(disposition.kind.label),
        "procedure": str(disposition.procedure.label),
        "disposition": str(disposition.way.label),
        "unit": disposition.lead_unit.name,
        "opinion": disposition.opinion,
    }


@act
def approve(petition: Petition, *, note: str, by: By, at: datetime) -> Approval:
    """批办: the chief's word, needed before a 交办, a group visit or an urgent matter leaves the organ."""
    petition = road.hold_petition(petition)
    step = road.enter("petition.approve", petition, by=by, at=at)
    proposal = latest_proposal(petition)
    assert proposal is not None
    approval = fitting.add(Approval, petition=petition, proposal=proposal, note=note, approved_at=at)
    road.leave(step, rows=[approval])
    return approval
