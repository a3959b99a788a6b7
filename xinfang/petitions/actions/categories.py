"""内容分类 as rows of a file."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from xinfang.foundation import canonical
from xinfang.foundation.errors import Refused
from xinfang.petitions.models import Category
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
