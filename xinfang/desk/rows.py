"""The rows of a worklist, worked out here so that the template only writes them down."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from xinfang.desk.lights import Light, light
from xinfang.foundation.text import noted
from xinfang.petitions.codes import AssignmentRole, Confidentiality, PersonRole
from xinfang.petitions.models import Assignment, Petition, Petitioner

COLUMNS = (
    *("number", "title", "channel", "status", "due_on", "key_wrapped", "confidentiality", "organ"),
    *("persons_count", "is_anonymous", "is_urgent", "is_group", "is_initial", "division__name"),
)
_ANY_NUMBER = "0" * 18


@dataclass(frozen=True)
class Row:
    """One line of a worklist. `who` is masked."""

    href: str
    number: str
    title: str
    marks: tuple[str, ...]
    channel: str
    place: str
    who: str
    state: str
    unit: str
    due: str
    light: Light


@dataclass(frozen=True)
class Lookups:
    """What the rows of a page share: read in two statements, however many rows there are."""

    leads: dict[int, Petitioner]
    units: dict[int, str]
    today: date
    address: str

    @classmethod
    def of(cls, petitions: Iterable[Petition], *, dispatched: Iterable[Petition], today: date) -> "Lookups":
        by_id = {petition.pk: petition for petition in petitions}
        units = _units_of([petition.pk for petition in dispatched])
        return cls(_leads_of(by_id), units, today, reverse("desk:petition", args=[_ANY_NUMBER]))


def _leads_of(petitions: dict[int, Petition]) -> dict[int, Petitioner]:
    found = Petitioner.objects.filter(petition__in=list(petitions), role=PersonRole.LEAD).only("petition_id", "sealed")
    leads: dict[int, Petitioner] = {}
    for person in found.order_by("-id"):
        person.petition = petitions[person.petition_id]
        leads[person.petition_id] = person
    return leads


def _units_of(petitions: list[int]) -> dict[int, str]:
    """Where each lies now: the unit it was given to last."""
    given = Assignment.objects.filter(petition__in=petitions, role=AssignmentRole.LEAD).order_by("id")
    return dict(given.values_list("petition_id", "unit__short_name"))


def petition_row(petition: Petition, organ: str, lookups: Lookups) -> Row:
    return _row(petition, petition.status, str(petition.get_status_display()), petition.due_on, organ, lookups)


def assignment_row(assignment: Assignment, lookups: Lookups) -> Row:
    state = noted(assignment.get_status_display(), assignment.get_kind_display())
    unit = assignment.unit.short_name
    return _row(assignment.petition, assignment.status, state, assignment.due_on, unit, lookups)


def _row(petition: Petition, status: str, state: str, due: date | None, unit: str, lookups: Lookups) -> Row:
    number = petition.number or ""
    return Row(
        href=lookups.address.replace(_ANY_NUMBER, number)
        if number
        else reverse("desk:petition-register", args=[petition.pk]),
        number=number or _("接访中，待登记"),
        title=petition.title or _("（尚未登记）"),
        marks=marks_of(petition),
        channel=str(petition.get_channel_display()),
        place=petition.division.name if petition.division else "",
        who=_who(petition, lookups.leads.get(petition.pk)),
        state=state,
        unit=lookups.units.get(petition.pk, unit),
        due=due.isoformat() if due else "",
        light=light(status, due, lookups.today),
    )


def _who(petition: Petition, lead: Petitioner | None) -> str:
    name = lead.masked.name if lead else ""
    shown = name or (_("匿名") if petition.number else "")
    if petition.persons_count < 2:
        return shown
    return _("%(who)s等%(count)s人") % {"who": shown, "count": petition.persons_count}


def marks_of(petition: Petition) -> tuple[str, ...]:
    """The few words that change how a petition must be treated."""
    found = {
        str(Confidentiality(petition.confidentiality).label): petition.is_sealed,
        _("重大紧急"): petition.is_urgent,
        _("集体访"): petition.is_group,
        _("重件"): not petition.is_initial,
    }
    return tuple(mark for mark, holds in found.items() if holds)
