"""Lists that are read from the county's rows: divisions, categories, units, officers."""

from datetime import date

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils import timezone

from xinfang.desk.forms.initials import Known
from xinfang.foundation.text import noted
from xinfang.organizations.models import Division, DivisionKind, Duty, Officer, Tenure, Unit, UnitKind
from xinfang.organizations.models.posts import running_on
from xinfang.organizations.queries import open_units
from xinfang.petitions.giving import MAY_LEAD
from xinfang.petitions.models.category import used_on

Grouped = list[tuple[str, list[tuple[str, str]]]]
_IN_THE_COUNTY = (DivisionKind.DISTRICT, DivisionKind.STREET, DivisionKind.VILLAGE)


def divisions() -> list[tuple[str, str]]:
    """The county, its streets, and the villages under them, each after its street."""
    ours = Division.objects.filter(kind__in=_IN_THE_COUNTY, code__startswith=settings.COUNTY).order_by("code")
    indent = {DivisionKind.VILLAGE: "　"}
    return [
        (place.code, Known.by(indent.get(DivisionKind(place.kind), "") + place.name, place.pinyin)) for place in ours
    ]


def categories() -> Grouped:
    """The second level under the names of the first, as they may be chosen today."""
    rows = list(used_on(timezone.localdate()).order_by("code").values_list("code", "parent_id", "called"))
    names = {code: called for code, _parent, called in rows}
    groups: dict[str, list[tuple[str, str]]] = {}
    for code, parent, called in rows:
        if parent in names:
            groups.setdefault(names[parent], []).append((code, called))
    return list(groups.items())


def leading_units(day: date) -> Grouped:
    """Units that may be given a petition, by kind."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for unit in open_units(day).filter(kind__in=MAY_LEAD):
        groups.setdefault(str(UnitKind(unit.kind).label), []).append(
            (unit.code, Known.by(unit.name, unit.pinyin, unit.short_name))
        )
    return list(groups.items())


def streets(day: date, *, but: int) -> list[tuple[str, str]]:
    """Those that may carry a paper to the petitioner for another unit."""
    found = open_units(day).filter(kind=UnitKind.STREET).exclude(pk=but)
    return [(unit.code, Known.by(unit.name, unit.pinyin)) for unit in found]


def unit_of(code: str) -> Unit:
    return Unit.objects.get(code=code)


def officers_of(unit_id: int, day: date) -> list[tuple[str, str]]:
    """Who sits in the unit, under his name and the name he signs in with."""
    sits = Tenure.objects.filter(running_on(day), post__unit=unit_id, officer=OuterRef("pk"))
    seated = Officer.objects.filter(Exists(sits), is_active=True).order_by("name", "username")
    return [(officer.username, noted(officer.name, officer.username)) for officer in seated]


def everyone(day: date) -> Grouped:
    """All who sit anywhere, by unit."""
    groups: dict[str, dict[str, str]] = {}
    seats = Tenure.objects.filter(running_on(day), officer__is_active=True).order_by(
        "post__unit__code", "officer__name"
    )
    for unit, name, username in seats.values_list("post__unit__name", "officer__name", "officer__username"):
        groups.setdefault(unit, {})[username] = noted(name, username)
    return [(unit, list(people.items())) for unit, people in groups.items()]


def holders_of(duty: Duty, day: date) -> list[tuple[str, str]]:
    """Who has that duty anywhere today."""
    sits = Tenure.objects.filter(running_on(day), post__duty=duty, officer=OuterRef("pk"))
    seated = Officer.objects.filter(Exists(sits), is_active=True).order_by("name", "username")
    return [(officer.username, noted(officer.name, officer.username)) for officer in seated]


def answering_to(head: Officer, day: date) -> list[tuple[str, str]]:
    """His people, where he heads a unit; nobody where he heads none."""
    units = {seat.unit_id for seat in head.seats if seat.duty in (Duty.UNIT_HEAD, Duty.BUREAU_HEAD)}
    found = {pair for unit in units for pair in officers_of(unit, day)}
    return sorted(pair for pair in found if pair[0] != head.username)
