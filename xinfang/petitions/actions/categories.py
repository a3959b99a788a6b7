"""内容分类: loaded from a file; opened, renamed and retired from a day on. Nothing recorded changes with them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from xinfang.foundation import canonical
from xinfang.foundation.errors import Refused
from xinfang.organizations.models import Officer
from xinfang.organizations.policies import configurer
from xinfang.petitions.models.category import OTHER, Category, CategoryName, used_on
from xinfang.trace.acts import Hand, act, record

FIRST_LINE = 2


@act
def load_categories(rows: Sequence[Mapping[str, str]], *, by: Hand, at: datetime, version: str = "2023") -> int:
    """Put the tree of one version in place. A wrong row refuses the whole file, with its line."""
    known: set[str] = set()
    parents = {row.get("code") for row in rows} | set(Category.objects.values_list("code", flat=True))
    for line, row in enumerate(rows, start=FIRST_LINE):
        if reason := _wrong(row, known, parents):
            raise Refused("内容分类第 %(line)s 行：%(reason)s", line=line, reason=reason)
        known.add(row["code"])
    for row in sorted(rows, key=lambda row: bool(row["parent"])):
        Category.objects.update_or_create(
            code=row["code"],
            defaults={"name": row["name"], "parent_id": row["parent"] or None, "version": version},
        )
    facts = {"count": len(rows), "version": version, "content": canonical.digest([dict(row) for row in rows])}
    record("category.load", subject=("category", 0), by=by, at=at, facts=facts)
    return len(rows)


@act
def open_category(
    *, code: str, name: str, parent: Category | None, since: date, by: Officer | Hand, at: datetime
) -> Category:
    """新设分类: to be chosen from a day on."""
    hand = configurer(by)
    _forbid_past(since, at, "since")
    _forbid_bad_code(code, parent, since)
    name = _cleaned(name)
    _forbid_taken_name(name, parent, since)
    category = Category.objects.create(code=code, name=name, parent=parent, version=since.isoformat(), opened_on=since)
    first = CategoryName.objects.create(category=category, name=name, since=since)
    facts = {"category": code, "parent": parent.pk if parent else None, "name": name, "since": since.isoformat()}
    record("category.open", subject=("category", int(code)), by=hand, at=at, facts=facts, rows=[first])
    return category


@act
def rename_category(category: Category, *, name: str, since: date, by: Officer | Hand, at: datetime) -> CategoryName:
    """分类改名: from a day on. What was registered before keeps the name it was registered under."""
    hand = configurer(by)
    category, name = _held(category), _cleaned(name)
    _forbid_past(since, at, "since")
    if category.called_on(since) == name:
        raise Refused("那一天的名称已经是这个。", field="name")
    if category.names.filter(since=since).exists():
        raise Refused("这个分类在那一天已经改过一次名。", field="since")
    _forbid_taken_name(name, category.parent, since)
    renamed = CategoryName.objects.create(category=category, name=name, since=since)
    category.renamed_on = min(since, category.renamed_on or since)
    category.save(update_fields=["renamed_on"])
    facts = {"category": category.pk, "name": name, "since": since.isoformat()}
    record("category.rename", subject=("category", int(category.pk)), by=hand, at=at, facts=facts, rows=[renamed])
    return renamed


@act
def retire_category(category: Category, *, on: date, by: Officer | Hand, at: datetime) -> Category:
    """停用分类: from a day on nobody can choose it. What carries it keeps it."""
    hand = configurer(by)
    category = _held(category)
    _forbid_past(on, at, "on")
    if category.pk in (OTHER, f"{OTHER[:2]}0000"):
        raise Refused("“其他”不能停用：没有别的分类可选时要用它。")
    if category.children.filter(Q(retired_on__isnull=True) | Q(retired_on__gt=on)).exists():
        raise Refused("请先停用它下面的分类。", field="on")
    category.retired_on = on
    category.save(update_fields=["retired_on"])
    facts = {"category": category.pk, "on": on.isoformat()}
    record("category.retire", subject=("category", int(category.pk)), by=hand, at=at, facts=facts)
    return category


def _held(category: Category) -> Category:
    category = Category.objects.select_for_update(of=("self",)).select_related("parent").get(pk=category.pk)
    if category.retired_on is not None:
        raise Refused("这个分类已经停用，或者已经定了停用的日期。")
    return category


def _forbid_past(day: date, at: datetime, field: str) -> None:
    if day < timezone.localdate(at):
        raise Refused("生效日期不能早于今天。", field=field)


def _cleaned(name: str) -> str:
    if not name.strip():
        raise Refused("名称不能为空。", field="name")
    return name.strip()


def _forbid_bad_code(code: str, parent: Category | None, since: date) -> None:
    if len(code) != 6 or not (code.isascii() and code.isdigit()):
        raise Refused("编码须为六位数字。", field="code")
    if Category.objects.filter(pk=code).exists():
        raise Refused("这个编码已有，停用的编码也不能再用。", field="code")
    if parent is None and not code.endswith("0000"):
        raise Refused("一级分类的编码后四位须为 0000。", field="code")
    if parent is not None and (code[:2] != parent.pk[:2] or code.endswith("0000")):
        raise Refused("二级分类的编码前两位须与上级相同，后四位不能是 0000。", field="code")
    if parent is not None and (parent.parent_id or not parent.is_used_on(since)):
        raise Refused("上级须是当日在用的一级分类。", field="parent")


def _forbid_taken_name(name: str, parent: Category | None, since: date) -> None:
    if used_on(since).filter(parent=parent, called=name).exists():
        raise Refused("同一级里已有这个名称。", field="name")


def _wrong(row: Mapping[str, str], known: Collection[str], parents: Collection[str | None]) -> str:
    code = row.get("code") or ""
    if len(code) != 6 or not code.isdigit():
        return _("编码须为六位数字。")
    if code in known:
        return _("编码 %(code)s 重复。") % {"code": code}
    if not row.get("name"):
        return _("名称不能为空。")
    if row["parent"] and row["parent"] not in parents:
        return _("上级 %(code)s 不在文件中。") % {"code": row["parent"]}
    return ""
