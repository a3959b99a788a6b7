"""Who may do which move: asked by the actions, and by `queries.open_moves` for the buttons of a page."""

from typing import TypeAlias

from django.utils import timezone

from xinfang.deadlines.terms import Clock
from xinfang.foundation.errors import Refused
from xinfang.foundation.sealing import matches
from xinfang.organizations import policies as organizations
from xinfang.organizations.models import Duty, Officer, Seat, Unit, UnitKind
from xinfang.petitions.codes import AssignmentRole
from xinfang.petitions.errors import KeptAway, NotYourMove
from xinfang.petitions.lifecycle import MOVES, Move, Where
from xinfang.petitions.models import Assignment, Hearing, Petition, Recusal, ReviewCase
from xinfang.petitions.models.custodian import is_custodian
from xinfang.trace.hands import Hand

By: TypeAlias = Officer | Hand
WORKERS = frozenset({Duty.CASE_HANDLER, Duty.UNIT_HEAD, Duty.DISPATCHER, Duty.BUREAU_HEAD})
Subject: TypeAlias = Petition | Assignment | ReviewCase | Hearing


def hand_for(verb: str, subject: Subject, by: By) -> Hand:
    """The hand that goes into the trace, or a refusal."""
    move = MOVES[verb]
    if isinstance(subject, Assignment) and subject.role not in move.roles:
        raise NotYourMove("“%(move)s”不由%(role)s单位办理。", move=move.label, role=subject.get_role_display())
    if isinstance(subject, Assignment) and move.procedures and subject.procedure not in move.procedures:
        procedure = subject.get_procedure_display()
        raise NotYourMove("“%(move)s”不用于按“%(procedure)s”办理的件。", move=move.label, procedure=procedure)
    if isinstance(by, Hand):
        if by.kind not in move.also:
            raise NotYourMove("“%(move)s”须由工作人员办理。", move=move.label)
        return by
    seat = _seat_for(move, subject, by)
    _refuse_recused(subject, by)
    return by.hand(seat)


def may(verb: str, subject: Subject, officer: Officer) -> bool:
    """The same question, for a page."""
    try:
        hand_for(verb, subject, officer)
    except Refused:
        return False
    return True


def _seat_for(move: Move, subject: Subject, officer: Officer) -> Seat:
    if move.where is Where.SYSTEM:
        raise NotYourMove("“%(move)s”由系统办理。", move=move.label)
    if move.where is Where.UNIT:
        return organizations.seat_of(officer, move.duties, unit_id=_unit_of(subject))
    if move.where is Where.COUNTY:
        return organizations.seat_of(officer, move.duties)
    petition = petition_of(subject)
    if petition.is_accusation and (seat := _custodian_seat(move, officer)):
        return seat
    if move.where is Where.ORGAN:
        return _collector_seat(move, petition, officer) or organizations.seat_of(
            officer, move.duties, unit_id=petition.organ_id
        )
    return _bureau_seat(move, officer)


def _custodian_seat(move: Move, officer: Officer) -> Seat | None:
    """检举控告: the two named persons take it as far as the discipline organ, whatever their duty, whoever entered it."""
    if move not in _OF_CUSTODIANS:
        return None
    seat = next((seat for seat in officer.seats if seat.unit_kind == UnitKind.BUREAU), None)
    return seat if seat and is_custodian(officer, timezone.localdate()) else None


_OF_CUSTODIANS = [
    MOVES[f"petition.{word}"]
    for word in ("check_duplicate", "propose", "return_proposal", "approve", "route_out", "archive")
]


def _refuse_recused(subject: Subject, officer: Officer) -> None:
    """条例 二十八: whoever keeps away makes no move of it; a unit that keeps away does not lead."""
    petition = petition_of(subject)
    if not petition.has_recusals:
        return
    if Recusal.objects.filter(petition=petition, officer=officer).exists():
        raise NotYourMove("您已回避这件信访件，不再办理它的任何一步；请由本单位其他人办理。", article=RECUSAL)
    leads = isinstance(subject, Assignment) and subject.role == AssignmentRole.LEAD
    if leads and is_kept_away(petition, _unit_of(subject)):
        raise NotYourMove("本单位应当回避这件信访件，由信访局改派。", article=RECUSAL)


RECUSAL = "条例 二十八"


def is_kept_away(petition: Petition, unit_id: int) -> bool:
    """Whether that unit may not lead it: the last word on it stands."""
    if not petition.has_recusals:
        return False
    last = Recusal.objects.filter(petition=petition, unit=unit_id).order_by("-id").first()
    return last is not None and not last.is_overridden


def refuse_kept_away(petition: Petition, unit: Unit, *, field: str = "lead_unit") -> None:
    """A complaint about a unit's own conduct is not that unit's to decide (domain 3.9)."""
    if is_kept_away(petition, unit.pk):
        raise KeptAway(unit.name, field)


def _collector_seat(move: Move, petition: Petition, officer: Officer) -> Seat | None:
    """村级代登: a village has no desk, so its collector enters for the organ above it."""
    for seat in officer.seats:
        if seat.duty == Duty.VILLAGE_COLLECTOR and seat.duty in move.duties:
            village = Unit.objects.select_related("parent").get(pk=seat.unit_id)
            if organizations.desk_above(village).pk == petition.organ_id:
                return seat
    return None


def _bureau_seat(move: Move, officer: Officer) -> Seat:
    for seat in officer.seats:
        if seat.unit_kind == UnitKind.BUREAU and seat.duty in move.duties:
            return seat
    raise NotYourMove("“%(move)s”由信访局办理。", move=move.label)


WITHDRAWALS_ARE_TAKEN_BY = frozenset({Duty.REGISTRAR, Duty.DISPATCHER})


def seat_for_withdrawal(officer: Officer) -> Seat:
    """What the petitioner wrote on paper is entered at the bureau, never by a unit (P13)."""
    for seat in officer.seats:
        if seat.unit_kind == UnitKind.BUREAU and seat.duty in WITHDRAWALS_ARE_TAKEN_BY:
            return seat
    raise NotYourMove("撤回由信访人本人提出，或者由信访局凭本人的书面申请录入；承办单位不能代为撤回。")


def is_secret_of(petition: Petition, typed: str) -> bool:
    """Whether a petitioner's hand has shown the act secret. Small letters and spaces are how people copy from a slip."""
    return matches("act_secret", "".join(typed.split()).upper(), bytes(petition.act_secret_hash or b""))


def petition_of(subject: Subject) -> Petition:
    return subject if isinstance(subject, Petition) else subject.petition


def _unit_of(subject: Subject) -> int:
    """The unit whose work is moved."""
    if isinstance(subject, Hearing) and subject.assignment:
        return subject.assignment.unit_id
    assert isinstance(subject, Assignment)
    return subject.unit_id


HEADS = frozenset({Duty.BUREAU_HEAD})
# What begins when a unit or a petitioner has a paper in hand. The day a petition was received is never corrected (S18).
CORRECTED_STARTS = frozenset({Clock.D3, Clock.D4, Clock.D9, Clock.D11})


def refuse_stranger(assignment: Assignment, handler: Officer) -> None:
    """Only an officer of the unit in post takes work on."""
    if not organizations.holds(handler, WORKERS, unit_id=assignment.unit_id):
        raise Refused("承办人须是本单位在岗的承办人或负责人。", field="handler")
