"""The doors for reading. `visible_to` is the only one to people's data, closed unless a seat opens it."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import lru_cache, reduce
from operator import or_
from typing import Any, TypeAlias

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from xinfang.documents.queries import subjects_numbered
from xinfang.foundation.errors import Refused
from xinfang.foundation.prepared import Prepared
from xinfang.foundation.sealing import keyed_hash, matches
from xinfang.foundation.text import listed
from xinfang.organizations.models import Duty, Officer, Seat, UnitKind
from xinfang.organizations.queries import within
from xinfang.petitions import policies
from xinfang.petitions.codes import CommitmentStatus, Confidentiality, GapCode, MatterKind, Way
from xinfang.petitions.lifecycle import (
    ENDED_ASSIGNMENT,
    ENDED_OTHERWISE,
    MOVES,
    AssignmentStatus,
    HearingStatus,
    Move,
    PetitionStatus,
    ReviewStatus,
    Where,
    moves_of,
)
from xinfang.petitions.models import (
    Assignment,
    Commitment,
    Delivery,
    DisciplineCase,
    Evidence,
    FollowUp,
    GatePass,
    Hearing,
    Instruction,
    Named,
    Performance,
    Petition,
    Petitioner,
    Proposal,
    Referral,
    ReviewCase,
    ReviewDelivery,
    ReviewFinding,
    Sponsorship,
    UrgentReport,
)
from xinfang.petitions.models.custodian import keeping_on
from xinfang.petitions.models.petitioner import Identity, blind_index
from xinfang.petitions.obstacles import is_another_way, is_beside_the_point, latest_lead, obstacle
from xinfang.petitions.policies import Subject

COUNTY_WIDE = frozenset(
    {
        Duty.LEADER,
        Duty.JOINT_CONFERENCE,
        Duty.BUREAU_HEAD,
        Duty.DISPATCHER,
        Duty.SUPERVISOR,
        Duty.REVIEW_OFFICE,
        Duty.ARCHIVIST,
        Duty.AUDITOR,
    }
)
OWN_UNIT = frozenset({Duty.UNIT_HEAD, Duty.CASE_HANDLER, Duty.REGISTRAR, Duty.DISCIPLINE})
WORKERS = MOVES["assignment.accept"].duties | MOVES["assignment.issue_opinion"].duties
LOOK_AGAIN = frozenset({Duty.REVIEW_OFFICE, Duty.BUREAU_HEAD})
MASKED_ONLY = frozenset({Duty.AUDITOR, Duty.VILLAGE_COLLECTOR})
REVEALERS = frozenset(
    {
        Duty.LEADER,
        Duty.BUREAU_HEAD,
        Duty.REGISTRAR,
        Duty.DISPATCHER,
        Duty.SUPERVISOR,
        Duty.REVIEW_OFFICE,
        Duty.UNIT_HEAD,
        Duty.CASE_HANDLER,
    }
)


ENDED = ENDED_OTHERWISE | {PetitionStatus.CLOSED, PetitionStatus.ARCHIVED, PetitionStatus.VOIDED}

# What is ended or void gets no more files.
TAKES_NOTHING = frozenset({PetitionStatus.ARCHIVED, PetitionStatus.VOIDED})


def visible_to(officer: Officer) -> QuerySet[Petition]:
    """The petitions this officer may know of. Unknown and forbidden look the same from outside.

    It follows from him, his seats and the day alone, and asks the database nothing to say so: see `seated`.
    """
    return _through(officer, _ever_given_to)


def open_to(officer: Officer) -> QuerySet[Petition]:
    """The same, but for what his unit has given back: whose people it may still learn of (条例 二十三)."""
    return _through(officer, _given_to)


def _through(officer: Officer, given: Callable[[Seat], QuerySet[Assignment]]) -> QuerySet[Petition]:
    normal = Q(confidentiality=Confidentiality.NORMAL)
    doors = [_sealed(officer), *(door for seat in officer.seats for door in _compartments(seat, officer))]
    if any(_sees_the_county(seat) for seat in officer.seats):
        doors.append(normal)
    elif own := [door for seat in officer.seats for door in _own(seat, officer, given(seat))]:
        doors.append(normal & reduce(or_, own))
    return Petition.objects.filter(reduce(or_, doors))


MOST_SEATED = 256
Seated: TypeAlias = tuple[Officer, tuple[Seat, ...], date]


def seated(officer: Officer) -> Seated:
    """All that `visible_to` follows from: for each of these its queries are worked out once."""
    return officer, officer.seats, timezone.localdate()


def numbered(number: str, officer: Officer, *joined: str) -> Petition:
    """The petition of this number with these tables beside it, if he may know of it; DoesNotExist otherwise."""
    return _numbered(seated(officer), joined).get(number)


@lru_cache(maxsize=MOST_SEATED)
def _numbered(seated: Seated, joined: tuple[str, ...]) -> Prepared[Petition]:
    beside = joined or (None,)  # nothing named would mean every table
    return Prepared(lambda number: visible_to(seated[0]).filter(number=number).select_related(*beside))


def open_among(officer: Officer, subjects: QuerySet[Any, int]) -> QuerySet[Petition]:
    """Those of the petitions with these ids that he may know of and that are still under way."""
    return visible_to(officer).filter(pk__in=subjects).exclude(status__in=ENDED)


def just_entered(officer: Officer, number: str) -> QuerySet[Petition]:
    """For the slip that he prints once: what he entered himself, though it may be sealed to him from then on."""
    return Petition.objects.filter(registered_by=officer, number=number)


def of_visible(officer: Officer) -> Exists:
    """The same door for rows that have a `petition`: asked row by row, where `petition__in=` would list them all first."""
    return Exists(visible_to(officer).filter(pk=OuterRef("petition")))


def _sees_the_county(seat: Seat) -> bool:
    return seat.duty in COUNTY_WIDE or (seat.duty == Duty.REGISTRAR and seat.unit_kind == UnitKind.BUREAU)


def _own(seat: Seat, officer: Officer, given: QuerySet[Assignment]) -> list[Q]:
    """The ordinary petitions of his unit, or those he collected himself."""
    if seat.duty in OWN_UNIT:
        return [Q(organ_id=seat.unit_id), Q(Exists(given))]
    return [Q(registered_by=officer)] if seat.duty == Duty.VILLAGE_COLLECTOR else []


def _sealed(officer: Officer) -> Q:
    """保密: the named. 检举控告: the discipline organ, the two who keep it, and who entered it until it is routed out.

    Never the officer or the unit complained of, whatever seat he holds (条例 三十、四十六).
    """
    named = Exists(Named.objects.filter(petition=OuterRef("pk"), officer=officer, ended_at__isnull=True))
    kinds, units = {seat.unit_kind for seat in officer.seats}, {seat.unit_id for seat in officer.seats}
    inside = Q(named, status__in=_NOT_ROUTED)
    if UnitKind.BUREAU in kinds:
        inside |= Q(Exists(keeping_on(timezone.localdate()).filter(officer=officer)))
    if is_of_the_discipline_organ(officer):
        inside = Q()
    accusation = Q(confidentiality=Confidentiality.ACCUSATION_COMPARTMENT) & inside
    if units:
        accusation &= Q(respondent_unit__isnull=True) | ~Q(respondent_unit__in=units)
    accusation &= Q(respondent_officer__isnull=True) | ~Q(respondent_officer=officer)
    return Q(named, confidentiality=Confidentiality.CONFIDENTIAL) | accusation


_NOT_ROUTED = (PetitionStatus.DRAFT, PetitionStatus.REGISTERED, PetitionStatus.TRIAGED)


def _compartments(seat: Seat, officer: Officer) -> list[Q]:
    """保密, by seat: the bureau's head, and in the unit it was given to the head and the named handler (domain 2.2)."""
    if seat.duty == Duty.BUREAU_HEAD:
        return [Q(confidentiality=Confidentiality.CONFIDENTIAL)]
    if seat.duty in (Duty.UNIT_HEAD, Duty.CASE_HANDLER):
        given = _given_to(seat)
        named = given if seat.duty == Duty.UNIT_HEAD else given.filter(handler=officer)
        return [Q(Exists(named), confidentiality=Confidentiality.CONFIDENTIAL)]
    return []


def _ever_given_to(seat: Seat) -> QuerySet[Assignment]:
    return Assignment.objects.filter(petition=OuterRef("pk"), unit_id=seat.unit_id)


GAVE_UP = (AssignmentStatus.RETURNED, AssignmentStatus.CANCELLED)


def _given_to(seat: Seat) -> QuerySet[Assignment]:
    """What it gave back, or what was taken from it, is with it no more."""
    return _ever_given_to(seat).exclude(status__in=GAVE_UP)


def search(
    officer: Officer, *, text: str = "", division: str = "", status: str = "", paper: str = ""
) -> QuerySet[Petition]:
    """By words of the title or text, place, state and the number of a paper, newest first.

    The full-text index comes with the room `search`.
    """
    found = visible_to(officer).exclude(status=PetitionStatus.DRAFT)
    if paper:
        found = found.filter(pk__in=_with_paper(paper))
    for word in text.split():
        found = found.filter(_says(word, officer))
    if division:
        found = found.filter(division__code__startswith=within(division))
    if work := SERVICE.get(status):
        return found.filter(Exists(Assignment.objects.filter(work, petition=OuterRef("pk"))))
    return found.filter(status=status) if status else found


# States of a petition that stand in the work on it: the opinion waits to be served, or was.
SERVICE = {
    AssignmentStatus.OPINION_ISSUED.value: Q(status=AssignmentStatus.OPINION_ISSUED),
    AssignmentStatus.DELIVERED.value: Q(delivered_at__isnull=False),
}


def _with_paper(number: str) -> QuerySet[Any, int]:
    """The petition that a paper of this number is about, at whatever step; one subquery, whether there is such a paper or not."""
    own = subjects_numbered(number, "petition")
    work = [
        model._default_manager.filter(pk__in=subjects_numbered(number, kind)).values_list("petition", flat=True)
        for kind, model in (("assignment", Assignment), ("review", ReviewCase), ("hearing", Hearing))
    ]
    return own.union(*work)


def registered(officer: Officer, organ_id: int, begins: datetime, ends: datetime) -> QuerySet[Petition]:
    """What an organ registered from one moment to another, first come first."""
    ours = visible_to(officer).filter(organ=organ_id, registered_at__gte=begins, registered_at__lt=ends)
    return ours.order_by("registered_at", "id")


def _says(word: str, officer: Officer) -> Q:
    """Who does not read the text learns nothing of it by asking either."""
    in_title = Q(title__icontains=word)
    return in_title | Q(text__icontains=word) if reads_text(officer) else in_title


def reads_text(officer: Officer) -> bool:
    """Auditors follow the procedure, not the people: no free text, which no machine can mask."""
    return any(seat.duty != Duty.AUDITOR for seat in officer.seats)


def sees_names(officer: Officer) -> bool:
    """Auditors and village collectors see every name masked."""
    return any(seat.duty not in MASKED_ONLY for seat in officer.seats)


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
    if not any(_sees_the_county(seat) for seat in officer.seats):
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
    if any(_sees_the_county(seat) for seat in officer.seats):
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


def carries_out(officer: Officer, commitment: Commitment) -> bool:
    """Whether he sits in the unit that promised it."""
    return any(seat.duty in CARRIERS and seat.unit_id == commitment.unit_id for seat in officer.seats)


CARRIERS = frozenset({Duty.UNIT_HEAD, Duty.CASE_HANDLER, Duty.DISPATCHER, Duty.BUREAU_HEAD})


def may_refer(officer: Officer) -> bool:
    return any(seat.duty in MOVES["petition.refer"].duties for seat in officer.seats)


def asks(officer: Officer) -> bool:
    """Whether he sits where the petitioner is asked: at the bureau, never in a unit."""
    duties = MOVES["petition.call_back"].duties
    return any(seat.unit_kind == UnitKind.BUREAU and seat.duty in duties for seat in officer.seats)


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


def is_of_the_discipline_organ(officer: Officer) -> bool:
    return any(seat.duty == Duty.DISCIPLINE and seat.unit_kind == UnitKind.DISCIPLINE for seat in officer.seats)


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


def waits_for(duty: Duty, verb: str) -> bool:
    """Whether a worklist of this duty waits for this move; who may look for repeats need not be who waits to."""
    move = MOVES[verb]
    return duty in move.duties and move.is_awaited and not _is_only_asked(duty, verb)


def _is_only_asked(duty: Duty, verb: str) -> bool:
    """复查复核: the office may look for repeats (domain 2.2), and nothing waits for it to."""
    return duty == Duty.REVIEW_OFFICE and verb == "petition.check_duplicate"


def is_awaited(verb: str, subject: Subject, officer: Officer) -> bool:
    """Whether a move that is open to him is one that waits for him; who keeps an accusation looks after all of it."""
    move = MOVES[verb]
    may = [seat.duty for seat in officer.seats if seat.duty in move.duties]
    is_kept = isinstance(subject, Petition) and subject.is_accusation
    return move.is_awaited and (is_kept or not may or any(not _is_only_asked(duty, verb) for duty in may))


def subjects_of(*petitions: Petition) -> dict[tuple[str, int], int]:
    """As the trace and the papers call them: the petitions, the work on them, reviews and hearings, each with its petition."""
    ids = [petition.pk for petition in petitions]
    found = {("petition", pk): pk for pk in ids}
    kinds: list[tuple[str, QuerySet[Any]]] = [("assignment", Assignment.objects.all())]
    if any(petition.has_reviews for petition in petitions):
        kinds.append(("review", ReviewCase.objects.all()))
    if any(petition.has_hearings for petition in petitions):
        kinds.append(("hearing", Hearing.objects.all()))
    for kind, rows in kinds:
        found |= {(kind, pk): of for pk, of in rows.filter(petition__in=ids).values_list("pk", "petition_id")}
    return found


def about(subjects: Iterable[tuple[str, int]]) -> Q:
    """The papers and the entries that are about these."""
    ids: dict[str, list[int]] = {}
    for kind, pk in subjects:
        ids.setdefault(kind, []).append(pk)
    return reduce(or_, (Q(subject_kind=kind, subject_id__in=pks) for kind, pks in ids.items()), Q(pk__in=[]))


def with_people(petitions: QuerySet[Petition]) -> QuerySet[Petition]:
    """Lists show who petitioned: one statement for all rows of a page."""
    return petitions.prefetch_related(Prefetch("petitioners", Petitioner.objects.order_by("id")))


@dataclass(frozen=True)
class OpenMove:
    """A move this officer may make now, and the row it would move."""

    verb: str
    move: Move
    subject: Subject


@dataclass(frozen=True)
class BlockedMove(OpenMove):
    """A move that is this officer's to make from here, and the sentence that says what is still missing."""

    why: str


Work: TypeAlias = Assignment | ReviewCase | Hearing
_MACHINES: dict[type[Any], str] = {
    Petition: "petition",
    Assignment: "assignment",
    ReviewCase: "review",
    Hearing: "hearing",
}


def open_moves(officer: Officer, petition: Petition, work: Iterable[Work], today: date) -> list[OpenMove]:
    """What a page draws as buttons, so that what is shown is what is allowed."""
    return within_reach(officer, petition, work, today)[0]


def blocked_moves(officer: Officer, petition: Petition, work: Iterable[Work], today: date) -> list[BlockedMove]:
    """What a page draws greyed beside them, each with its reason."""
    return within_reach(officer, petition, work, today)[1]


def within_reach(
    officer: Officer, petition: Petition, work: Iterable[Work], today: date
) -> tuple[list[OpenMove], list[BlockedMove]]:
    """Both, for a page that shows both: what is missing is asked once."""
    opened: list[OpenMove] = []
    blocked: list[BlockedMove] = []
    for verb, move, row in _his_moves(officer, [petition, *work]):
        if is_another_way(verb, row):
            continue
        if not (why := obstacle(verb, row, today)):
            opened.append(OpenMove(verb, move, row))
        elif is_awaited(verb, row, officer) and not is_beside_the_point(verb, row):
            blocked.append(BlockedMove(verb, move, row, why))
    return opened, blocked


def _his_moves(officer: Officer, rows: Iterable[Subject]) -> Iterator[tuple[str, Move, Subject]]:
    """By state and seat alone."""
    for row in rows:
        for verb, move in moves_of(_MACHINES[type(row)]).items():
            if is_his(verb, row, officer):
                yield verb, move, row


def is_his(verb: str, subject: Subject, officer: Officer) -> bool:
    """Whether the table lets this officer make the move from here; something may still be missing.

    The database is asked only for recusals and for who took part, once for a row as it was read.
    """
    return subject.status in MOVES[verb].start and policies.may(verb, subject, officer)


def why_not(verb: str, subject: Subject, officer: Officer, today: date) -> str:
    """What still stands in the way of a move that is this officer's to make now; empty when nothing does, or it is not his."""
    return obstacle(verb, subject, today) if is_his(verb, subject, officer) else ""


def may_enter_withdrawal(officer: Officer) -> bool:
    """Whether he sits where a petitioner's paper is entered."""
    try:
        policies.seat_for_withdrawal(officer)
    except Refused:
        return False
    return True


def is_its_desk(officer: Officer, petition: Petition) -> bool:
    """Whether he sits where it was registered, at a desk that hands out slips."""
    register = MOVES["petition.register"].duties
    return any(seat.duty in register and seat.unit_id == petition.organ_id for seat in officer.seats)


def may_write_for_him(officer: Officer) -> bool:
    """Whether he sits at the window where a petitioner's words are written down."""
    try:
        policies.seat_for_his_words(officer)
    except Refused:
        return False
    return True


def reply_seat(officer: Officer, petition: Petition) -> Seat | None:
    """回话: of the bureau, of the organ that registered, or of the unit that leads; who helps never writes to the petitioner."""
    lead = latest_lead(petition)
    leading = [lead.unit_id] if lead and lead.status not in ENDED_ASSIGNMENT else []
    units = {petition.organ_id, *leading}
    for seat in officer.seats:
        is_his = seat.unit_id in units or seat.unit_kind == UnitKind.BUREAU
        if seat.duty in REPLIERS and is_his and not policies.is_kept_away(petition, seat.unit_id):
            return seat
    return None


REPLIERS = frozenset({Duty.BUREAU_HEAD, Duty.DISPATCHER, Duty.REGISTRAR, Duty.UNIT_HEAD, Duty.CASE_HANDLER})


def has_a_desk(officer: Officer) -> bool:
    """Whether he registers, somewhere; a village's collector has no desk."""
    duties = MOVES["petition.register"].duties - {Duty.VILLAGE_COLLECTOR}
    return any(seat.duty in duties for seat in officer.seats)


def petitioner_may(petition: Petition) -> tuple[str, ...]:
    """What he may do with his act secret, by the row alone; each verb looks again."""
    takes = petition.status not in TAKES_NOTHING
    if petition.is_accusation:
        return (*(("material",) if takes else ()), "retaliation")
    may = {
        "urge": petition.status not in ENDED,
        "material": takes,
        "correct": takes,
        "withdraw": may_be_withdrawn(petition),
        "looks": True,
        "pack": not petition.is_sealed,
        "erase": petition.status == PetitionStatus.ARCHIVED,
        "retaliation": True,
    }
    return tuple(name for name, is_open in may.items() if is_open)


def has_the_secret(petition: Petition, typed: str) -> bool:
    """Whether this is his act secret, for rooms above."""
    return policies.is_secret_of(petition, typed)


def may_call_back(officer: Officer, petition: Petition) -> bool:
    """Whether he may find out that a withdrawal was, or was not, the petitioner's own will."""
    return policies.may("petition.withdraw", petition, officer)


def may_be_withdrawn(petition: Petition) -> bool:
    """By its state and its kind: an accusation and an urgent matter go on whatever is asked (条例 三十)."""
    is_public = petition.confidentiality != Confidentiality.ACCUSATION_COMPARTMENT and not petition.is_urgent
    return is_public and petition.kind != MatterKind.ACCUSATION and petition.status in MOVES["petition.withdraw"].start


def moves() -> dict[str, Move]:
    """The whole table, for faces, handbooks and diagrams."""
    return dict(MOVES)


@dataclass(frozen=True)
class Candidate:
    """A petition that may be the same, and the signs for which it is shown."""

    petition: Petition
    signs: tuple[str, ...]

    @property
    def why(self) -> str:
        return listed(_SAID[sign] for sign in self.signs)


_SIGNS = {"id_no_index": _("证件号码相同"), "phone_index": _("电话相同"), "name_index": _("姓名相同")}
_SAID = {**_SIGNS, "respondent": _("被反映单位相同")}
_PEOPLE = Prepared(lambda petition: Petitioner.objects.filter(petition=petition))
MOST_CANDIDATES = 10
Signs: TypeAlias = dict[int, tuple[str, ...]]


def repeat_candidates(petition: Petition, officer: Officer) -> list[Candidate]:
    """Petitions by someone of the same identity, found by equality through the blind index. A person decides.

    Only what this officer may know of, and never another compartment than the petition's own.
    """
    return _candidates(repeat_signs(petition, officer))


def repeat_signs(petition: Petition, officer: Officer) -> Signs:
    """The same by their ids, for what only names them."""
    if petition.is_anonymous and petition.confidentiality == Confidentiality.ACCUSATION_COMPARTMENT:
        return _same_respondent(petition, officer)
    people = _PEOPLE.all(petition.pk)
    indexes = {bytes(index) for person in people for field in _SIGNS if (index := getattr(person, field))}
    return _signs(officer, petition.pk, petition.confidentiality, indexes)


def _same_respondent(petition: Petition, officer: Officer) -> Signs:
    """S10: an unsigned accusation is compared by whom it accuses. No register of persons is kept, so by the unit alone."""
    if petition.respondent_unit_id is None:
        return {}
    same = visible_to(officer).filter(
        confidentiality=petition.confidentiality, respondent_unit=petition.respondent_unit_id
    )
    rows = same.exclude(pk=petition.pk).exclude(status__in=(PetitionStatus.VOIDED, PetitionStatus.DRAFT))
    return dict.fromkeys(rows.order_by("-id").values_list("pk", flat=True)[:MOST_CANDIDATES], ("respondent",))


def alike(identities: Iterable[Identity], officer: Officer) -> list[Candidate]:
    """The same question before there is a petition: ordinary petitions he may know of, none from a compartment."""
    people = [asdict(identity) for identity in identities]
    fields = ("id_no", "phone", "name")
    indexes = {blind_index(field, person[field]) for person in people for field in fields if person[field]}
    return _candidates(_signs(officer, 0, Confidentiality.NORMAL.value, indexes))


def _candidates(found: Signs) -> list[Candidate]:
    petitions = Petition.objects.in_bulk(found)
    return [Candidate(petitions[pk], signs) for pk, signs in found.items()]


def _signs(officer: Officer, petition: int, compartment: str, indexes: set[bytes]) -> Signs:
    """What is alike, field by field; an index of one field is never that of another."""
    if not indexes:
        return {}
    found = {
        row.petition_id: tuple(field for field in _SIGNS if bytes(getattr(row, field) or b"") in indexes)
        for row in reversed(_same(seated(officer)).all(petition, compartment, *indexes))
    }
    return dict(reversed(found.items()))


@lru_cache(maxsize=MOST_SEATED)
def _same(seated: Seated) -> Prepared[Petitioner]:
    """Petitioners with one of these indexes, of another petition in that compartment."""

    def build(petition: int, compartment: str, *indexes: bytes) -> QuerySet[Petitioner]:
        # The same number before the same telephone before a mere namesake, or ten of these would hide the one.
        alike = [Q(**{f"{field}__in": indexes}) for field in _SIGNS]
        strength = Case(*(When(one, then=n) for n, one in enumerate(alike)), default=len(alike))
        same = Petitioner.objects.filter(
            reduce(or_, alike), of_visible(seated[0]), petition__confidentiality=compartment
        )
        same = same.exclude(petition=petition).exclude(petition__status=PetitionStatus.VOIDED)
        return same.only("petition", *_SIGNS).order_by(strength, "-petition_id")[:MOST_CANDIDATES]

    return Prepared(build)


class NoSuchPetition(Refused):
    """A wrong code and a missing number are told apart by nobody."""

    def __init__(self) -> None:
        super().__init__("没有查到。请核对编号和查询码，字母不分大小写。", field="query_code")


def by_secret(pk: int, act_secret: str) -> Petition | None:
    """For the page that registered it and is sent once more: the petition whose act secret it still knows."""
    petition = Petition.objects.filter(pk=pk).select_related("organ").first()
    return petition if petition and policies.is_secret_of(petition, act_secret) else None


# What `progress` tells, and nothing wide: this is asked more often than anything else.
_TOLD = (
    *(
        "number",
        "status",
        "matter",
        "confidentiality",
        "is_public_to_petitioner",
        "query_code_hash",
        "channel",
        "evaluation_status",
        "has_reviews",
        "has_hearings",
        "is_urgent",
        "kind",
        "has_pleas",
        "has_renewals",
    ),
    *("received_at", "registered_at", "dispatched_at", "closed_at", "ended_at", "archived_at", "due_on"),
    "resolved_at",
    *("title", "text", "words_sealed"),
    *("organ__name", "organ__telephone", "organ__kind"),
)


def id_of(number: str) -> int | None:
    """Of a number that this office has signed: for whoever holds its receipt. It tells nothing more."""
    return Petition.objects.filter(number=number).values_list("pk", flat=True).first()


# What an office scanned for its own file: proofs of service, what came back from above, what shows that a promise was kept.
_OF_THE_OFFICE = ((Delivery, "scan"), (ReviewDelivery, "scan"), (ReviewFinding, "scan"), (Performance, "file"))


def handed_in() -> QuerySet[Evidence]:
    """What came from the petitioner, by himself or by whoever took it from him. Photographs of the work are the unit's."""
    kept = (Exists(model._default_manager.filter(**{name: OuterRef("pk")})) for model, name in _OF_THE_OFFICE)
    return Evidence.objects.filter(*(~Q(one) for one in kept), note__isnull=True)


_MATERIALS = Subquery(
    handed_in().filter(petition=OuterRef("pk")).order_by().values("petition").annotate(n=Count("pk")).values("n"),
    output_field=IntegerField(),
)


_BY_CODE = Prepared(
    lambda number: (
        Petition.objects.filter(number=number).select_related("organ").only(*_TOLD).annotate(materials=_MATERIALS)
    )
)


def by_code(number: str, query_code: str) -> Petition:
    """For the petitioner: number and code together. The work is the same whether or not the number exists."""
    petition = _BY_CODE.first(number.strip().upper())
    stored = bytes(petition.query_code_hash or b"") if petition else keyed_hash("query_code", "nothing")
    fits = matches("query_code", query_code.strip().upper(), stored)
    if petition is None or not fits or petition.status == PetitionStatus.DRAFT:
        raise NoSuchPetition
    return petition
