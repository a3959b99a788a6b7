"""Who may do which move: asked by the actions, and by `queries.open_moves` for the buttons of a page."""

from dataclasses import replace
from typing import TypeAlias

from django.db.models import Q
from django.utils import timezone

from xinfang.deadlines.terms import Clock
from xinfang.foundation.errors import Refused
from xinfang.foundation.sealing import matches
from xinfang.organizations import policies as organizations
from xinfang.organizations.models import Duty, Officer, Seat, Unit, UnitKind
from xinfang.petitions.codes import AssignmentRole
from xinfang.petitions.errors import KeptAway, NotYourMove
from xinfang.petitions.latest import latest_lead, latest_proposal
from xinfang.petitions.lifecycle import GAVE_UP, MOVES, Move, Where
from xinfang.petitions.models import Assignment, Hearing, Petition, Recusal, ReviewCase
from xinfang.petitions.models.custodian import is_custodian
from xinfang.trace.hands import Hand
from xinfang.trace.models import Entry

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
    refuse_recused(subject, by)
    _refuse_participant(verb, subject, by)
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
    if isinstance(subject, Hearing):
        return _hearing_seat(move, subject, officer)
    if move.where in (Where.UNIT, Where.COUNTY):
        here = _unit_of(subject) if move.where is Where.UNIT else None
        return organizations.seat_of(officer, move.duties, unit_id=here)
    if move.where is Where.DISCIPLINE:
        return _discipline_seat(move, officer)
    petition = petition_of(subject)
    if petition.is_accusation and (seat := _custodian_seat(move, officer)):
        return seat
    if move.where is Where.ORGAN:
        return (
            _collector_seat(move, petition, officer)
            or _working_seat(move, petition, officer)
            or organizations.seat_of(officer, move.duties, unit_id=petition.organ_id)
        )
    return _system_seat(move, subject, officer) or _bureau_seat(move, officer)


def _system_seat(move: Move, subject: Subject, officer: Officer) -> Seat | None:
    """条例 二十三: what an organ received itself it passes on to a unit of its own system, and hears what that unit objects."""
    petition = petition_of(subject)
    mine = [seat for seat in officer.seats if seat.duty in move.within and seat.unit_id == petition.organ_id]
    seat = next((seat for seat in mine if seat.unit_kind != UnitKind.BUREAU), None)
    if seat is None or petition.is_sealed:
        return None
    proposal = latest_proposal(petition) if isinstance(subject, Petition) else None
    unit = subject.unit if isinstance(subject, Assignment) else proposal.lead_unit if proposal else None
    return seat if unit and unit.parent_id == petition.organ_id else None


def _working_seat(move: Move, petition: Petition, officer: Officer) -> Seat | None:
    """条例 二十五: every organ reports what it learns, and who handles a matter learns first."""
    if not move.working or petition.is_sealed:
        return None
    if any(seat.unit_id == petition.organ_id and seat.duty in move.duties for seat in officer.seats):
        return None
    mine = {seat.unit_id: seat for seat in officer.seats if seat.duty in move.working}
    lead = latest_lead(petition) if mine else None
    is_its = lead is not None and lead.status not in GAVE_UP
    return mine.get(lead.unit_id) if lead and is_its else None


def _hearing_seat(move: Move, hearing: Hearing, officer: Officer) -> Seat:
    """The unit holds the hearing of its own work; that of a review, the review office."""
    if not hearing.review_id:
        return organizations.seat_of(officer, move.duties - {Duty.REVIEW_OFFICE}, unit_id=_unit_of(hearing))
    return _bureau_seat(replace(move, duties=move.duties & OF_REVIEWS), officer)


OF_REVIEWS = frozenset({Duty.REVIEW_OFFICE, Duty.BUREAU_HEAD})


def discipline_seat(officer: Officer, verb: str) -> Seat:
    """The seat from which he works for the discipline organ; an officer of discipline in another unit is not of it."""
    return _discipline_seat(MOVES[verb], officer)


def _discipline_seat(move: Move, officer: Officer) -> Seat:
    for seat in officer.seats:
        if seat.unit_kind == UnitKind.DISCIPLINE and seat.duty in move.duties:
            return seat
    raise NotYourMove("“%(move)s”由纪检监察机关办理。", move=move.label)


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


def refuse_recused(subject: Subject, officer: Officer) -> None:
    """条例 二十八: whoever keeps away makes no move of it; a unit that keeps away does not lead."""
    petition = petition_of(subject)
    if any(one.officer_id == officer.pk for one in _recusals(petition)):
        raise NotYourMove("您已回避这件信访件，不再办理它的任何一步；请由本单位其他人办理。", article=RECUSAL)
    leads = isinstance(subject, Assignment) and subject.role == AssignmentRole.LEAD
    if leads and is_kept_away(petition, _unit_of(subject)):
        raise NotYourMove("本单位应当回避这件信访件，由信访局改派。", article=RECUSAL)


RECUSAL = "条例 二十八"
_TOOK_PART = (
    *("handle", "log_work", "draft_opinion", "issue_opinion", "give_co_opinion", "mediate", "check_result"),
    *("approve_hearing", "hold_hearing", "conclude_hearing"),
)
_REVIEWED = ("admit_review", "examine_review", "decide_review")


def participants(petition: Petition, before: ReviewCase | None = None) -> set[int]:
    """Who took part in the opinion that is looked at, by the trace; `before` a final review, in the review as well."""
    given = Assignment.objects.filter(petition=petition)
    held = Hearing.objects.filter(petition=petition, assignment__isnull=False)
    done = Entry.objects.filter(
        Q(subject_kind="assignment", subject_id__in=given.values("pk"))
        | Q(subject_kind="hearing", subject_id__in=held.values("pk")),
        act__in=[f"{machine}.{word}" for machine in ("assignment", "hearing") for word in _TOOK_PART],
    )
    found = {one.handler_id for one in given} | set(done.values_list("officer_id", flat=True))
    if before and before.previous_id:
        acts = [f"review.{word}" for word in _REVIEWED]
        reviewed = Entry.objects.filter(subject_kind="review", subject_id=before.previous_id, act__in=acts)
        found |= set(reviewed.values_list("officer_id", flat=True))
    return {pk for pk in found if pk}


def _refuse_participant(verb: str, subject: Subject, officer: Officer) -> None:
    """Nobody who took part in the first opinion looks at it again (domain 3.9). Entering what came in is not looking."""
    review = subject.review if isinstance(subject, Hearing) else subject
    if isinstance(review, ReviewCase) and verb in _LOOKS_AGAIN and officer.pk in participants_of(review):
        raise NotYourMove(
            "您参与过原处理意见（或者复查意见），不能再办理对它的复查、复核；请由其他人办理。", article=RECUSAL
        )


_LOOKS_AGAIN = frozenset(
    f"review.{word}" for word in ("admit_review", "refuse_review", "examine_review", "decide_review", "propose_hearing")
) | frozenset(verb for verb in MOVES if verb.startswith("hearing."))


def participants_of(review: ReviewCase) -> set[int]:
    """Read once for a row as it was read: a page asks for every move."""
    found = review.__dict__
    if "_participants" not in found:
        found["_participants"] = participants(review.petition, review)
    known: set[int] = found["_participants"]
    return known


def is_kept_away(petition: Petition, unit_id: int) -> bool:
    """Whether that unit may not lead it: the last word on it stands."""
    last = next((one for one in reversed(_recusals(petition)) if one.unit_id == unit_id), None)
    return last is not None and not last.is_overridden


def worked_on(petition: Petition, officer: Officer) -> bool:
    """Whether he handled it, or sits in a unit that was given it, whatever other seat he holds.

    The bureau asks the petitioner about what it handled itself too: there only its handler keeps away.
    """
    units = {seat.unit_id for seat in officer.seats if seat.unit_kind != UnitKind.BUREAU}
    return petition.assignments.filter(Q(handler=officer) | Q(unit__in=units)).exists()


def _recusals(petition: Petition) -> list[Recusal]:
    """Read once for a row as it was read, and only where there are any: a page asks for every move."""
    if not petition.has_recusals:
        return []
    found = petition.__dict__
    if "_recusals" not in found:
        found["_recusals"] = list(Recusal.objects.filter(petition=petition).order_by("id"))
    known: list[Recusal] = found["_recusals"]
    return known


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


def seat_for_his_words(officer: Officer) -> Seat:
    """What the petitioner says at the window, by telephone or on paper is written down at the bureau, never by a unit."""
    for seat in officer.seats:
        if seat.unit_kind == UnitKind.BUREAU and seat.duty in WITHDRAWALS_ARE_TAKEN_BY:
            return seat
    raise NotYourMove("信访人的要求由信访人本人提出，或者由信访局的窗口代录；承办单位不能代录。")


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
