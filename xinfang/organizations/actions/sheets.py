"""A sheet into accounts, posts held, and units: all of its rows or none, by the verbs of one row each.

A second bringing of the same sheet finds everything done and is refused. Of a list of officers each hand does its own half:
an administrator makes the accounts, a head gives the posts (decision 0010).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from xinfang.foundation.errors import Refused
from xinfang.organizations import policies, sheets
from xinfang.organizations.actions import officers, tenures, units
from xinfang.organizations.errors import BadSheet, CellDefect
from xinfang.organizations.models import Duty, Officer, Unit
from xinfang.organizations.sheets import OfficerRow, UnitRow
from xinfang.trace.acts import Hand, act, record

T = TypeVar("T", OfficerRow, UnitRow)
_COLUMN_OF_OFFICER = {
    "username": sheets.USERNAME,
    "name": sheets.NAME,
    "officer": sheets.POST,
    "since": sheets.SINCE,
}
_COLUMN_OF_UNIT = {
    "code": sheets.CODE,
    "serial": sheets.SERIAL,
    "paper_code": sheets.PAPER,
    "name": sheets.FULL,
    "parent": sheets.ABOVE,
}


@dataclass
class Done:
    """What became of one row of officers. `waits`: the post is not his to give."""

    username: str
    name: str
    post: str
    is_enrolled: bool = False
    is_seated: bool = False
    waits: bool = False


@dataclass
class UnitDone:
    """What became of one row of units."""

    code: str
    name: str
    is_opened: bool = False
    is_corrected: bool = False


@act
def bring_officers(rows: Sequence[OfficerRow], *, by: Officer | Hand, at: datetime) -> list[Done]:
    """导入人员: accounts and posts of a sheet that are not there yet."""
    hand = _hand_of_officers(by)
    done = _each(rows, lambda row: _officer(row, by, at), _COLUMN_OF_OFFICER)
    enrolled, seated = sum(one.is_enrolled for one in done), sum(one.is_seated for one in done)
    if not enrolled + seated:
        raise Refused("表里的内容都已经在系统里，没有要写入的。")
    facts = {"rows_read": len(rows), "enrolled": enrolled, "seated": seated}
    record("officer.bring", subject=("officer", 0), by=hand, at=at, facts=facts)
    return done


@act
def bring_units(rows: Sequence[UnitRow], *, by: Officer | Hand, at: datetime) -> list[UnitDone]:
    """导入单位: units of a sheet that are new, and the names and addresses of known ones that it changes."""
    hand = policies.configurer(by)
    done = _each(rows, lambda row: _unit(row, by, at), _COLUMN_OF_UNIT)
    opened, corrected = sum(one.is_opened for one in done), sum(one.is_corrected for one in done)
    if not opened + corrected:
        raise Refused("表里的内容都已经在系统里，没有要写入的。")
    facts = {"rows_read": len(rows), "opened": opened, "corrected": corrected}
    record("unit.bring", subject=("unit", 0), by=hand, at=at, facts=facts)
    return done


D = TypeVar("D")


def _each(rows: Sequence[T], do: Callable[[T], D], columns: dict[str, str]) -> list[D]:
    """Every row through its verbs; what they refuse is told of all rows together."""
    done, defects = list[D](), list[CellDefect]()
    for row in rows:
        try:
            with transaction.atomic():
                done.append(do(row))
        except Refused as refused:
            defects.append(CellDefect(row.line, columns.get(refused.field, ""), refused.sentence))
    if defects:
        raise BadSheet(defects)
    return done


def _hand_of_officers(by: Officer | Hand) -> Hand:
    return by if isinstance(by, Hand) else by.hand(policies.seat_of(by, (*policies.HEADS, Duty.ADMINISTRATOR)))


def _officer(row: OfficerRow, by: Officer | Hand, at: datetime) -> Done:
    officer = Officer.objects.filter(username=Officer.normalize_username(row.username)).first()
    done = Done(row.username, row.name, f"{row.post.unit.name} {row.post.name}" if row.post else "")
    if officer is None:
        officer = _enrolled(row, by, at)
        done.is_enrolled = True
    elif officer.name != row.name:
        raise Refused("这个登录名已有人使用，姓名与表中不同。", field="name")
    if row.post is None or _holds(officer, row, at):
        return done
    if _only_makes_accounts(by):
        done.waits = True
        return done
    tenures.begin(row.post, officer=officer, since=row.since, by=by, at=at)
    done.is_seated = True
    return done


def _enrolled(row: OfficerRow, by: Officer | Hand, at: datetime) -> Officer:
    if isinstance(by, Officer) and not policies.holds(by, (Duty.ADMINISTRATOR, Duty.UNIT_HEAD)):
        raise Refused("还没有这个账号，请系统管理员先上传这份表。", field="username")
    return officers.enrol(username=row.username, name=row.name, by=by, at=at)


def _holds(officer: Officer, row: OfficerRow, at: datetime) -> bool:
    lasting = Q(until__isnull=True) | Q(until__gt=timezone.localdate(at))
    return officer.tenures.filter(lasting, post=row.post).exists()


def _only_makes_accounts(by: Officer | Hand) -> bool:
    return isinstance(by, Officer) and policies.holds(by, (Duty.ADMINISTRATOR,))


def _unit(row: UnitRow, by: Officer | Hand, at: datetime) -> UnitDone:
    unit, done = Unit.objects.select_related("parent").filter(code=row.code).first(), UnitDone(row.code, row.name)
    if unit is None:
        _opened(row, by, at)
        done.is_opened = True
        return done
    _forbid_other_nature(unit, row)
    said = {field: getattr(row, field) for field in ("name", "short_name", "paper_code", "address", "telephone")}
    if any(getattr(unit, field) != value for field, value in said.items()):
        above = {"superior": unit.superior, "superior_above": unit.superior_above}
        units.correct(unit, **said, **above, by=by, at=at)
        done.is_corrected = True
    return done


def _opened(row: UnitRow, by: Officer | Hand, at: datetime) -> Unit:
    above = Unit.objects.filter(code=row.above).first()
    if row.above and above is None:
        raise Refused("上级单位“%(code)s”不存在，或没有排在本单位之前。", field="parent", code=row.above)
    return units.open(
        code=row.code,
        serial=row.serial,
        name=row.name,
        short_name=row.short_name,
        kind=row.kind,
        parent=above,
        division=row.division,
        opened_on=row.opened_on,
        paper_code=row.paper_code,
        address=row.address,
        telephone=row.telephone,
        posts=row.posts,
        by=by,
        at=at,
    )


def _forbid_other_nature(unit: Unit, row: UnitRow) -> None:
    is_now = (unit.serial, unit.kind, unit.division_id, unit.parent.code if unit.parent else "", unit.opened_on)
    if is_now != (row.serial, row.kind, row.division.pk if row.division else None, row.above, row.opened_on):
        raise Refused("该单位已有，节点号、性质、区划、上级和设立日期不能由表更改，请撤销后另设。", field="code")
