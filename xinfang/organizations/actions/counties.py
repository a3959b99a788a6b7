"""A county's folder into rows: the first time everything, later only what the files changed."""

from datetime import datetime

from django.utils.translation import gettext as _

from xinfang.organizations import policies
from xinfang.organizations.actions import posts, units
from xinfang.organizations.county import County, UnitLine
from xinfang.organizations.errors import BadCounty, Defect
from xinfang.organizations.models import Division, Officer, OnMap, Unit
from xinfang.organizations.pinyin import initials
from xinfang.trace.acts import Hand, act, record

CORRECTABLE = ("name", "short_name", "paper_code", "address", "telephone", "superior", "superior_above")


@act
def load(county: County, *, by: Officer | Hand, at: datetime) -> dict[str, int]:
    """装载: divisions, units and posts of a county; says how many rows were new or changed. Removes nothing."""
    hand = policies.configurer(by)
    changed = {"divisions": _divisions(county)}
    standing = {unit.code: unit for unit in Unit.objects.select_related("parent").prefetch_related("posts")}
    changed["units"] = sum([_unit(row, standing.get(row.code), county, by, at) for row in county.units])
    known = [(row, standing[row.code]) for row in county.units if row.code in standing]
    changed["posts"] = sum([_posts(row, unit, county, by, at) for row, unit in known])
    changed["on_map"] = _map(county)
    facts = {"county": county.code, **changed}
    record("county.load", subject=("county", int(county.code)), by=hand, at=at, facts=facts)
    return changed


def _divisions(county: County) -> int:
    known = {place.code: (place.name, place.kind, place.parent_id or "") for place in Division.objects.all()}
    changed = [row for row in county.divisions if known.get(row.code) != (row.name, row.kind, row.parent)]
    Division.objects.bulk_create(
        [
            Division(
                code=row.code, name=row.name, kind=row.kind, parent_id=row.parent or None, pinyin=initials(row.name)
            )
            for row in changed
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "kind", "parent", "pinyin"],
    )
    return len(changed)


def _map(county: County) -> int:
    """A map is a picture: what the files no longer show is taken off it."""
    wanted = {
        one.code: (one.column, one.row, [[list(at) for at in ring] for ring in one.outline]) for one in county.on_map
    }
    known = {one.division_id: (one.column, one.row, one.outline) for one in OnMap.objects.all()}
    if wanted == known:
        return 0
    OnMap.objects.all().delete()
    OnMap.objects.bulk_create(
        OnMap(division_id=code, column=column, row=row, outline=outline)
        for code, (column, row, outline) in wanted.items()
    )
    return sum(wanted.get(code) != known.get(code) for code in wanted.keys() | known.keys())


def _unit(row: UnitLine, unit: Unit | None, county: County, by: Officer | Hand, at: datetime) -> bool:
    if unit is None:
        return _open(row, county, by, at)
    _forbid_other_nature(unit, row)
    said = {field: getattr(row, field) for field in CORRECTABLE}
    if all(getattr(unit, field) == value for field, value in said.items()):
        return False
    units.correct(unit, **said, by=by, at=at)
    return True


def _open(row: UnitLine, county: County, by: Officer | Hand, at: datetime) -> bool:
    units.open(
        code=row.code,
        serial=row.serial,
        name=row.name,
        short_name=row.short_name,
        kind=row.kind,
        parent=Unit.objects.get(code=row.parent) if row.parent else None,
        division=Division.objects.get(code=row.division),
        opened_on=row.opened_on,
        paper_code=row.paper_code,
        address=row.address,
        telephone=row.telephone,
        superior=row.superior,
        superior_above=row.superior_above,
        posts=county.posts_of(row),
        by=by,
        at=at,
    )
    return True


def _posts(row: UnitLine, unit: Unit, county: County, by: Officer | Hand, at: datetime) -> int:
    """The posts that a unit opened earlier does not have yet; a new one was opened with its own."""
    present = {(post.duty, post.name) for post in unit.posts.all()}
    missing = [(duty, name) for duty, name in county.posts_of(row) if (duty.value, name) not in present]
    for duty, name in missing:
        posts.open(unit, duty=duty, name=name, by=by, at=at)
    return len(missing)


def _forbid_other_nature(unit: Unit, row: UnitLine) -> None:
    """What a unit is does not change by a file: it is abolished, and another opened."""
    above = unit.parent.code if unit.parent else ""
    is_now = (unit.serial, unit.kind, unit.division_id, above, unit.opened_on)
    if is_now != (row.serial, row.kind, row.division, row.parent, row.opened_on):
        reason = _("该单位已装载，节点号、性质、区划、上级和设立日期不能由文件更改，请撤销后另设。")
        raise BadCounty([Defect("units.csv", row.line, reason)])
