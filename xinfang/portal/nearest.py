"""离您最近的窗口: offices by village and street. Asked in the address of the page, answered in the page, kept nowhere."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Q

from xinfang.organizations.models import Division, DivisionKind, Unit, UnitKind
from xinfang.organizations.queries import open_units

_OFFICES = (UnitKind.VILLAGE, UnitKind.STREET, UnitKind.BUREAU)


@dataclass(frozen=True)
class Street:
    """A street and its villages, as a list to choose from."""

    code: str
    name: str
    villages: tuple[Division, ...]


def streets() -> list[Street]:
    """One statement: the streets of the county, each with its villages."""
    kinds = (DivisionKind.STREET, DivisionKind.VILLAGE)
    found = list(Division.objects.filter(kind__in=kinds, code__startswith=settings.COUNTY).order_by("code"))
    return [
        Street(one.code, one.name, tuple(village for village in found if village.parent_id == one.code))
        for one in found
        if one.kind == DivisionKind.STREET
    ]


def offices(place: str, known: list[Street], day: date) -> list[Unit]:
    """From the nearest to the county's bureau. A place nobody knows has the bureau alone."""
    street = next((one for one in known if place == one.code or place in {each.code for each in one.villages}), None)
    here = Q(division__in={place, street.code}, kind__in=_OFFICES) if street else Q(pk__in=[])
    found = list(open_units(day).filter(here | Q(kind=UnitKind.BUREAU)))
    return sorted(found, key=lambda unit: _OFFICES.index(UnitKind(unit.kind)))
