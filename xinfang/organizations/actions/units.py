"""Units: opened with their posts, corrected, abolished; never removed."""

from collections.abc import Iterable
from datetime import date, datetime

from xinfang.foundation.errors import Refused
from xinfang.organizations import policies
from xinfang.organizations.models import Division, Duty, Officer, Post, Unit, UnitKind
from xinfang.organizations.pinyin import initials
from xinfang.trace.acts import Hand, act, record


@act
def open(
    *,
    code: str,
    name: str,
    kind: UnitKind,
    opened_on: date,
    serial: int | None = None,
    short_name: str = "",
    parent: Unit | None = None,
    division: Division | None = None,
    paper_code: str = "",
    address: str = "",
    telephone: str = "",
    superior: str = "",
    superior_above: str = "",
    posts: Iterable[tuple[Duty, str]] = (),
    by: Officer | Hand,
    at: datetime,
) -> Unit:
    """设立: a new unit with its posts."""
    hand = policies.configurer(by)
    _forbid_no_name(name, short_name or name)
    _forbid_taken(code, serial, paper_code)
    unit = Unit.objects.create(
        code=code,
        serial=serial,
        name=name,
        short_name=short_name or name,
        kind=kind,
        parent=parent,
        division=division,
        opened_on=opened_on,
        pinyin=initials(short_name or name),
        address=address,
        telephone=telephone,
        paper_code=paper_code,
        superior=superior,
        superior_above=superior_above,
    )
    opened = Post.objects.bulk_create(Post(unit=unit, duty=duty, name=post_name) for duty, post_name in posts)
    facts = {
        "unit": code,
        "kind": kind.value,
        "opened_on": opened_on.isoformat(),
        "duties": [post.duty for post in opened],
    }
    record("unit.open", subject=("unit", unit.pk), by=hand, at=at, facts=facts, rows=[unit, *opened])
    return unit


@act
def correct(
    unit: Unit,
    *,
    name: str,
    short_name: str,
    paper_code: str,
    address: str,
    telephone: str,
    superior: str,
    superior_above: str,
    by: Officer | Hand,
    at: datetime,
) -> Unit:
    """更正: how a unit is called and reached, and who stands above it. Papers already issued keep what they said."""
    hand = policies.configurer(by)
    new = {
        "name": name,
        "short_name": short_name,
        "paper_code": paper_code,
        "address": address,
        "telephone": telephone,
        "superior": superior,
        "superior_above": superior_above,
    }
    _forbid_no_name(name, short_name)
    changed = {field: value for field, value in new.items() if getattr(unit, field) != value}
    if "paper_code" in changed:
        _forbid_taken_paper_code(paper_code)
    for field, value in changed.items():
        setattr(unit, field, value)
    unit.pinyin = initials(unit.short_name)
    unit.save(update_fields=[*changed, "pinyin"])
    record("unit.correct", subject=("unit", unit.pk), by=hand, at=at, facts={"unit": unit.code, **changed})
    return unit


@act
def move(
    unit: Unit,
    *,
    code: str,
    parent: Unit,
    division: Division | None,
    paper_code: str,
    on: date,
    by: Officer | Hand,
    at: datetime,
) -> Unit:
    """划转: under another superior from a day on. What a unit is never changes, so it ends and one like it begins.

    The new one has its posts and none of its officers: who gives the posts gives them again.
    """
    hand = policies.configurer(by)
    if parent.pk in (unit.pk, unit.parent_id) or not parent.is_open_on(on):
        raise Refused("新的上级必须是当日仍在运行的另一个单位。", field="parent")
    after = open(
        code=code,
        name=unit.name,
        short_name=unit.short_name,
        kind=UnitKind(unit.kind),
        parent=parent,
        division=division,
        opened_on=on,
        paper_code=paper_code,
        address=unit.address,
        telephone=unit.telephone,
        superior=unit.superior,
        superior_above=unit.superior_above,
        posts=[(Duty(duty), name) for duty, name in unit.posts.values_list("duty", "name")],
        by=by,
        at=at,
    )
    abolish(unit, on=on, successor=after, by=by, at=at)
    facts = {"unit": unit.code, "after": after.code, "above": parent.code, "on": on.isoformat()}
    record("unit.move", subject=("unit", unit.pk), by=hand, at=at, facts=facts)
    return after


@act
def abolish(unit: Unit, *, on: date, successor: Unit | None, by: Officer | Hand, at: datetime) -> Unit:
    """撤销或合并: from this day on the unit is closed and its successor does its work. Its seats end with it."""
    hand = policies.configurer(by)
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    _forbid_bad_end(unit, on, successor)
    unit.abolished_on, unit.successor = on, successor
    unit.save(update_fields=["abolished_on", "successor"])
    facts = {"unit": unit.code, "on": on.isoformat(), "successor": successor.code if successor else None}
    record("unit.abolish", subject=("unit", unit.pk), by=hand, at=at, facts=facts)
    return unit


def _forbid_no_name(*names: str) -> None:
    if not all(name.strip() for name in names):
        raise Refused("请填写单位名称。", field="name")


def _forbid_taken(code: str, serial: int | None, paper_code: str) -> None:
    if Unit.objects.filter(code=code).exists():
        raise Refused("单位代码已被使用。", field="code")
    if serial is not None and Unit.objects.filter(serial=serial).exists():
        raise Refused("节点号已被使用。", field="serial")
    _forbid_taken_paper_code(paper_code)


def _forbid_taken_paper_code(paper_code: str) -> None:
    if paper_code and Unit.objects.filter(paper_code=paper_code).exists():
        raise Refused("文号代字已被使用。", field="paper_code")


def _forbid_bad_end(unit: Unit, on: date, successor: Unit | None) -> None:
    if unit.abolished_on is not None:
        raise Refused("该单位已经撤销。")
    if on < unit.opened_on:
        raise Refused("撤销日期不能早于设立日期。", field="on")
    if successor is not None and (successor.pk == unit.pk or not successor.is_open_on(on)):
        raise Refused("承接单位必须是当日仍在运行的另一个单位。", field="successor")
