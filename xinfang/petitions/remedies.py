"""复查、复核机关: whom the petitioner may ask to look again at the opinion of a unit (条例 三十五、三十六; domain 3.11).

What a unit is says which organs; how they are called is the county's data: governments by its divisions, the competent
organs by `Unit.superior` and `Unit.superior_above`. An organ the county has not named is not offered.
"""

from collections.abc import Iterable
from enum import Enum, auto

from xinfang.foundation.prepared import Prepared
from xinfang.organizations.models import Division, Unit, UnitKind
from xinfang.petitions.letters import government_of


class Above(Enum):
    """What stands above a unit."""

    GOVERNMENT = auto()
    """本级人民政府."""
    SUPERIOR = auto()
    """上一级主管机关."""
    ITS_GOVERNMENT = auto()
    """上一级主管机关的本级人民政府."""
    PARENT = auto()
    """The department it belongs to, or where it belongs to none, the government."""


G, S, C, P = Above.GOVERNMENT, Above.SUPERIOR, Above.ITS_GOVERNMENT, Above.PARENT

REVIEWED_BY: dict[str, tuple[Above, ...]] = {
    UnitKind.STREET: (G,),
    UnitKind.DEPT: (G, S),
    UnitKind.BUREAU: (G, S),
    UnitKind.BRANCH: (S, C),
    UnitKind.VERTICAL: (S,),
    UnitKind.GOV: (G,),
    UnitKind.ZONE: (G,),
    UnitKind.INST: (P,),
    UnitKind.VILLAGE: (P,),
}
"""Every other kind (party, congress, courts, mass organizations, enterprises) answers to its own superior alone."""
_OF_A_GOVERNMENT = frozenset({UnitKind.DEPT, UnitKind.BUREAU, UnitKind.BRANCH})
"""Whose superior stands under a government of its own level too, so that either may be asked next."""

_DISTRICT = Prepared(lambda code: Division.objects.select_related("parent__parent").filter(pk=code))


def review_organs(unit: Unit) -> tuple[str, ...]:
    """复查: every organ that may be asked about an opinion of this unit, the usual one first."""
    governments = _governments(unit)
    organs = (_organ(above, unit, governments) for above in REVIEWED_BY.get(unit.kind, (S,)))
    return _named(organs)


def final_review_organs(unit: Unit, reviewed_by: str) -> tuple[str, ...]:
    """复核: every organ that may be asked about what that organ decided on review of an opinion of this unit."""
    governments = _governments(unit)
    if reviewed_by in governments:
        return _named(governments[governments.index(reviewed_by) + 1 :][:1])
    if reviewed_by == unit.superior:
        city = governments[1] if unit.kind in _OF_A_GOVERNMENT else ""
        return _named([city, unit.superior_above])
    if unit.parent and reviewed_by == unit.parent.name:
        return review_organs(unit.parent)
    return ()


def own_government(unit: Unit) -> str:
    """The government that the review office of this county works for."""
    return _governments(unit)[0]


def _organ(above: Above, unit: Unit, governments: tuple[str, str, str]) -> str:
    if above is S:
        return unit.superior
    if above is P and unit.parent:
        return unit.parent.name
    return governments[1] if above is C else governments[0]


def _governments(unit: Unit) -> tuple[str, str, str]:
    """Of the county, of what it belongs to, and above that. The first digits of a unit's code are its county's."""
    district = next(iter(_DISTRICT.all(f"{unit.code[:6]}000000")), None)
    above = district.parent if district else None
    return _government(district), _government(above), _government(above.parent if above else None)


def _government(place: Division | None) -> str:
    return government_of(place.name) if place else ""


def _named(organs: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(organ for organ in organs if organ))
