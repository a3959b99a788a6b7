"""What waits for an officer: 待办 by seat, and the lists beside it. All of it through `visible_to`."""

from collections import Counter
from datetime import date, datetime

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from xinfang.organizations.models import Duty, Officer, Seat, UnitKind
from xinfang.petitions.codes import CommitmentStatus, Confidentiality, GapCode, Way
from xinfang.petitions.desks import asks
from xinfang.petitions.lifecycle import (
    MOVES,
    AssignmentStatus,
    HearingStatus,
    PetitionStatus,
    ReviewStatus,
    Where,
    moves_of,
)
from xinfang.petitions.models import (
    Assignment,
    Commitment,
    DisciplineCase,
    FollowUp,
    GatePass,
    Hearing,
    Instruction,
    Opinion,
    Petition,
    Proposal,
    Referral,
    ReviewCase,
    Sponsorship,
    UrgentReport,
)
from xinfang.petitions.models.custodian import keeping_on
from xinfang.petitions.openings import waits_for
from xinfang.petitions.queries import (
    ENDED,
    OWN_UNIT,
    is_of_the_discipline_organ,
    of_visible,
    sees_the_county,
    visible_to,
)

WORKERS = MOVES["assignment.accept"].duties | MOVES["assignment.issue_opinion"].duties


def worklist(officer: Officer) -> QuerySet[Petition]:
    """Petitions of the organ that wait for a move this officer's seats may make, next last day first."""
    wanted = Q(pk__in=[])
    for seat in officer.seats:
        states = _states_waiting_for(seat.duty, at_bureau=seat.unit_kind == UnitKind.BUREAU)
        waits = Q(status__in=states)
        if seat.duty in MOVES["assignment.return_assignment"].within and seat.unit_kind != UnitKind.BUREAU:
            waits |= _objected_below(seat)
        wanted |= waits & Q(organ_id=seat.unit_id)
    return visible_to(officer).filter(wanted, due_on__isnull=False)


def _objected_below(seat: Seat) -> Q:
    """异议 of a unit of its own system to what this organ passed on: it answers (条例 二十三); where sealed, the bureau."""
    objected = Assignment.objects.filter(
        petition=OuterRef("pk"), status=AssignmentStatus.OBJECTED, unit__parent_id=seat.unit_id
    )
    return Q(Exists(objected), status=PetitionStatus.DISPATCHED, confidentiality=Confidentiality.NORMAL)


def led_by(officer: Officer) -> QuerySet[Petition]:
    """What this leader wrote on or sponsors and is still under way."""
    wrote = Exists(Instruction.objects.filter(petition=OuterRef("pk"), leader=officer))
    sponsors = Exists(Sponsorship.objects.filter(petition=OuterRef("pk"), leader=officer, until=None))
    return visible_to(officer).filter(wrote | sponsors).exclude(status__in=ENDED)


def assignments_waiting(officer: Officer) -> QuerySet[Assignment]:
    """The open work of this officer's units, next last day first."""
    units = {seat.unit_id for seat in officer.seats if seat.duty in WORKERS}
    mine = Assignment.objects.filter(unit_id__in=units, due_on__isnull=False)
    return mine.filter(of_visible(officer))


def with_draft(works: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """Each says whether it is under way and its last opinion a draft: it waits for the head of the unit to sign it."""
    last = Opinion.objects.filter(assignment=OuterRef("pk")).order_by("-id")
    unsigned = last.annotate(unsigned=Q(issued_at__isnull=True)).values("unsigned")[:1]
    under_way = When(status=AssignmentStatus.HANDLING, then=Coalesce(Subquery(unsigned), Value(False)))
    return works.annotate(is_drafted=Case(under_way, default=Value(False)))


def reviews_waiting(officer: Officer) -> QuerySet[ReviewCase]:
    """What the review office does next, next last day first; the bureau's head has the hearings that wait for his word."""
    duties = {seat.duty for seat in officer.seats if seat.unit_kind == UnitKind.BUREAU}
    wanted = Q(pk__in=[])
    if Duty.REVIEW_OFFICE in duties:
        wanted |= Q(due_on__isnull=False)
    if Duty.BUREAU_HEAD in duties:
        proposed = Hearing.objects.filter(review=OuterRef("pk"), status=HearingStatus.PROPOSED)
        wanted |= Q(Exists(proposed), due_on__isnull=False) | Q(status=ReviewStatus.DELIVERED, due_on__isnull=False)
    return ReviewCase.objects.filter(wanted, of_visible(officer))


def unserved(officer: Officer) -> QuerySet[Assignment]:
    """处理意见 that are signed and have not reached the petitioner: of the county for who sees it, of his units otherwise."""
    waiting = Assignment.objects.filter(status=AssignmentStatus.OPINION_ISSUED, due_on__isnull=False)
    if not any(sees_the_county(seat) for seat in officer.seats):
        waiting = waiting.filter(unit_id__in={seat.unit_id for seat in officer.seats if seat.duty in OWN_UNIT})
    return waiting.filter(of_visible(officer))


def overruled(officer: Officer) -> QuerySet[GatePass]:
    """处理意见 that a head signed although the gate held them back, with his reason (条例 三十二)."""
    seen = Exists(visible_to(officer).filter(pk=OuterRef("opinion__assignment__petition")))
    return GatePass.objects.filter(seen, _of_his_units(officer, "opinion__assignment__unit_id")).exclude(waived=[])


def overruled_since(officer: Officer, since: datetime) -> list[tuple[GapCode, int]]:
    """How often, by what the gate held them back for, most first: counted in the database, by the few sets of codes there are."""
    found: Counter[GapCode] = Counter()
    sets = overruled(officer).filter(opinion__issued_at__gte=since).values_list("waived").annotate(n=Count("pk"))
    for codes, n in sets.order_by():
        found.update({GapCode(code): n for code in codes})
    return found.most_common()


def _of_his_units(officer: Officer, field: str = "unit_id") -> Q:
    """Everything for who sees the county; for the others what their own unit does."""
    if any(sees_the_county(seat) for seat in officer.seats):
        return Q()
    return Q(**{f"{field}__in": {seat.unit_id for seat in officer.seats if seat.duty in OWN_UNIT}})


def commitments_waiting(officer: Officer) -> QuerySet[Commitment]:
    """承诺事项 not yet kept. What is overdue among them is for `supervision` to urge."""
    waiting = Commitment.objects.filter(status__in=(CommitmentStatus.OPEN, CommitmentStatus.CARRIED_OUT))
    return waiting.filter(_of_his_units(officer), of_visible(officer))


def commitments_overdue(officer: Officer, today: date) -> QuerySet[Commitment]:
    """The seam that `supervision` reads: what a unit promised and has not reported done by its day."""
    return commitments_waiting(officer).filter(status=CommitmentStatus.OPEN, due_on__lt=today)


def follow_ups_waiting(officer: Officer) -> QuerySet[FollowUp]:
    """不满意件 that are to be called about or answered for: the bureau's."""
    found = FollowUp.objects.filter(concluded_at__isnull=True)
    return found.filter(of_visible(officer)) if asks(officer) else found.none()


def referrals_waiting(officer: Officer) -> QuerySet[Referral]:
    """救助转介 without a result."""
    return Referral.objects.filter(of_visible(officer), answered_at__isnull=True)


def urgent_waiting(officer: Officer) -> QuerySet[Petition]:
    """重大紧急 that nobody has reported yet: of the organs where he may."""
    duties = MOVES["petition.report_urgent"].duties
    organs = {seat.unit_id for seat in officer.seats if seat.duty in duties}
    unreported = ~Exists(UrgentReport.objects.filter(petition=OuterRef("pk")))
    found = visible_to(officer).filter(unreported, is_urgent=True, organ__in=organs)
    return found.exclude(status__in=ENDED)


def accusations_waiting(officer: Officer) -> QuerySet[Petition]:
    """What the discipline organ has to take up or to answer, whether it came by the bureau or past it."""
    if not is_of_the_discipline_organ(officer):
        return Petition.objects.none()
    answered = DisciplineCase.objects.filter(petition=OuterRef("pk"), answered_at__isnull=False)
    sealed = visible_to(officer).filter(
        confidentiality=Confidentiality.ACCUSATION_COMPARTMENT, archived_at__isnull=True
    )
    return sealed.filter(~Exists(answered), status__in=sorted(MOVES["petition.take_up"].start))


def waits_at_the_bureau(officer: Officer) -> QuerySet[Petition]:
    """What other organs registered and the bureau alone moves on, and for who keeps them every accusation not yet routed out."""
    units = {seat.unit_id for seat in officer.seats if seat.unit_kind == UnitKind.BUREAU}
    last = Proposal.objects.filter(petition=OuterRef("pk")).order_by("-id")
    waits = When(needs_approval=True, approval__isnull=True, then=Value(""))
    way = last.annotate(goes=Case(waits, default=F("disposition"))).values("goes")[:1]
    given = Q(status__in=_WITH_A_UNIT)
    proposed = Q(status=PetitionStatus.TRIAGED) & (Q(way__in=_THROUGH_THE_BUREAU) | Q(taken_back_at__isnull=False))
    keeps = Q(Exists(keeping_on(timezone.localdate()).filter(officer=officer)))
    accusations = keeps & Q(
        confidentiality=Confidentiality.ACCUSATION_COMPARTMENT,
        status__in=(PetitionStatus.REGISTERED, PetitionStatus.TRIAGED),
    )
    open_ones = {"due_on__isnull": False, "closed_at__isnull": True, "ended_at__isnull": True}
    found = visible_to(officer).filter(**open_ones).alias(way=Subquery(way))
    return found.filter(accusations | (~Q(organ__in=units) & (given | proposed))) if units else found.none()


_WITH_A_UNIT = (PetitionStatus.DISPATCHED, PetitionStatus.SELF_HANDLING)
_THROUGH_THE_BUREAU = [
    way.value for way in Way if (move := MOVES.get(f"petition.{way.value}")) and move.where is Where.BUREAU
]


def _states_waiting_for(duty: Duty, *, at_bureau: bool) -> list[str]:
    """Read from the table: the states from which this duty may move a petition on."""
    awaited = [move for verb, move in moves_of("petition").items() if waits_for(duty, verb)]
    states = {state for move in awaited if at_bureau or move.where is Where.ORGAN for state in move.start}
    if at_bureau and duty in MOVES["assignment.check_result"].duties:
        states.add(PetitionStatus.DISPATCHED)  # with a last day only once the unit has reported
    return sorted(states)
