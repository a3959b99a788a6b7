"""What the database would not take is refused beside its field before it is written, on both databases alike.

Left alone, PostgreSQL fails on a text that is too long where SQLite takes it, and both tell of an unknown code at the
commit, when nobody knows any more which field it stood in.
"""

from collections.abc import Collection
from datetime import date
from typing import Any, TypeVar

from django.db.models import ForeignKey, Model

from xinfang.foundation import written
from xinfang.foundation.errors import Refused
from xinfang.foundation.prepared import Prepared
from xinfang.organizations.models import Division
from xinfang.petitions.models.category import Category

Row = TypeVar("Row", bound=Model)


def add(model: type[Row], **facts: Any) -> Row:
    """A new row, when it fits."""
    row = model(**facts)
    refuse(row)
    if row.pk is None:  # the database gives it its number
        row.save(force_insert=True)
        return row
    return written.add(row)


def refuse(row: Model, only: Collection[str] = (), *, suffix: str = "") -> None:
    """Refuse what does not fit, in these fields or in all. `suffix` where a page has the field several times."""
    for field in row._meta.concrete_fields:
        if not only or field.name in only:
            _refuse_field(row, field, f"{field.name}{suffix}")


_CATEGORY = Prepared(lambda code: Category.objects.filter(pk=code))


def category(code: str, day: date, *, beside: str = "category") -> Category:
    """The category that was chosen, when it is in use that day."""
    found = _CATEGORY.first(code) if "\0" not in code else None
    if found is None:
        raise Refused("没有这个选项，请从列表中选择。", field=beside)
    if not found.is_used_on(day):
        raise Refused("内容分类“%(name)s”这一天不在使用，请从列表中另选。", field=beside, name=found.name)
    return found


_DIVISION = Prepared(lambda code: Division.objects.filter(pk=code))


def division(code: str) -> Division:
    """The place that was chosen."""
    found = _DIVISION.first(code) if "\0" not in code else None
    if found is None:
        raise Refused("没有这个选项，请从列表中选择。", field="division")
    return found


def refuse_text(text: str, limit: int | None, *, beside: str) -> None:
    """A text that is too long, or has in it what no database keeps."""
    if limit and len(text) > limit:
        raise Refused("不能超过 %(limit)s 个字，现在有 %(count)s 个字。", field=beside, limit=limit, count=len(text))
    if "\0" in text:
        raise Refused("含有不能保存的字符，请删去后再试。", field=beside)


def _refuse_field(row: Model, field: Any, beside: str) -> None:
    value = getattr(row, field.attname)
    if isinstance(field, ForeignKey):
        if value is not None and not field.is_cached(row) and not _is_there(field, value):
            raise Refused("没有这个选项，请从列表中选择。", field=beside)
    elif isinstance(value, str):
        refuse_text(value, field.max_length, beside=beside)


def _is_there(field: Any, value: Any) -> bool:
    """Whoever hands in a row has read it; a bare code may be anything."""
    is_there: bool = "\0" not in str(value) and field.related_model.objects.filter(pk=value).exists()
    return is_there
