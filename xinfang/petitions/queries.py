"""The doors for reading. `visible_to` is the only one to people's data, closed unless a seat opens it."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import lru_cache, reduce
from operator import or_
from typing import Any, TypeAlias

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from xinfang.documents.queries import subjects_numbered
from xinfang.foundation.prepared import Prepared
from xinfang.organizations.models import Duty, Officer, Seat, UnitKind
from xinfang.organizations.queries import within
from xinfang.petitions.codes import Confidentiality
from xinfang.petitions.lifecycle import ENDED_OTHERWISE, GAVE_UP, AssignmentStatus, PetitionStatus
from xinfang.petitions.models import Assignment, Hearing, Named, Petition, Petitioner, ReviewCase
from xinfang.petitions.models.custodian import keeping_on

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
    if any(sees_the_county(seat) for seat in officer.seats):
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


def sees_the_county(seat: Seat) -> bool:
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


def is_of_the_discipline_organ(officer: Officer) -> bool:
    return any(seat.duty == Duty.DISCIPLINE and seat.unit_kind == UnitKind.DISCIPLINE for seat in officer.seats)


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
