"""Reading the access ledger: who looked lately, what the auditor pages through, what the petitioner is told."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from xinfang.foundation.ids import first_id_at
from xinfang.foundation.prepared import Prepared
from xinfang.organizations.models import Duty, Officer, Seat, UnitKind
from xinfang.organizations.policies import holds
from xinfang.petitions.codes import Confidentiality, LookKind
from xinfang.petitions.models import Look, Petition
from xinfang.petitions.queries import of_visible

ONCE_IN = timedelta(hours=1)
READERS = frozenset({Duty.AUDITOR, Duty.BUREAU_HEAD})

_LATELY = Prepared(
    lambda petition, officer, since: Look.objects.filter(petition=petition, officer=officer, id__gt=since)
)


def lately(officer: Officer, petition: Petition, at: datetime) -> frozenset[str]:
    """For what he looked into it within the hour: for the same, one entry is enough."""
    return frozenset(look.kind for look in _LATELY.all(petition.pk, officer.pk, first_id_at(at - ONCE_IN)))


def lately_for(officer: Officer, petitions: Collection[Petition], kind: LookKind, at: datetime) -> set[int]:
    """Which of these he looked into for this within the hour: one statement for all."""
    looks = Look.objects.filter(petition__in=petitions, officer=officer, kind=kind, id__gt=first_id_at(at - ONCE_IN))
    return set(looks.values_list("petition_id", flat=True))


def reads_ledger(officer: Officer) -> bool:
    """审计、局长、纪检监察: whoever watches the watchers. An administrator does not."""
    return holds(officer, READERS) or inquires(officer)


def inquires(officer: Officer) -> bool:
    return seat_of_inquirer(officer) is not None


def seat_of_inquirer(officer: Officer) -> Seat | None:
    seats = (s for s in officer.seats if s.duty == Duty.DISCIPLINE and s.unit_kind == UnitKind.DISCIPLINE)
    return next(seats, None)


def ledger(
    officer: Officer,
    *,
    of: QuerySet[Officer] | None = None,
    unit: int | None = None,
    kind: str = "",
    day: date | None = None,
) -> QuerySet[Look]:
    """The looks at ordinary petitions, and at sealed ones that this reader may know of (C9); no order but time."""
    ordinary = Q(petition__isnull=True) | Q(petition__confidentiality=Confidentiality.NORMAL)
    found = Look.objects.filter(ordinary | Q(of_visible(officer))).select_related("petition", "officer", "unit")
    if of is not None:
        found = found.filter(officer__in=of)
    if unit is not None:
        found = found.filter(unit=unit)
    if kind:
        found = found.filter(kind=kind)
    return found.filter(_on(day)) if day else found


def _on(day: date) -> Q:
    begins = timezone.make_aware(datetime.combine(day, time()))
    return Q(id__gte=first_id_at(begins), id__lt=first_id_at(begins + timedelta(days=1)))


@dataclass(frozen=True)
class Access:
    """One line of what a petitioner is told: which office and post, on which day, for what. Never who."""

    day: date
    unit: str
    post: str
    kind: str


def registered_under(number: str) -> Petition | None:
    """Any registered petition, by its number alone, for an inquiry: numbers have no gaps, so that there is one tells nothing."""
    return Petition.objects.filter(number=number).first()


def access_list(petition: Petition) -> list[Access]:
    """Each office, post and purpose once a day, in the order of days."""
    rows = Look.objects.filter(petition=petition).select_related("unit").order_by("id")
    return list(dict.fromkeys(_told(row) for row in rows.iterator(chunk_size=1000)))


def _told(look: Look) -> Access:
    post = str(Duty(look.post).label) if look.post in Duty.values else ""
    unit = look.unit.name if look.unit else ""
    return Access(timezone.localdate(look.at), unit, post, str(LookKind(look.kind).label))
