"""Paging by key: a page starts after the last row of the one before, so page 500 costs what page 1 costs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core import signing
from django.db.models import Model, Q, QuerySet

from xinfang.foundation.prepared import Prepared

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Page(Generic[Row]):
    rows: list[Row]
    after: str
    """The mark of the next page, empty on the last."""


def _past(keys: Sequence[str], values: Sequence[Any]) -> Q:
    """Lexicographic order as SQL: (a > x) or (a = x and b > y) …, ascending or with a leading minus descending."""
    condition, equal = Q(pk__in=[]), Q()
    for key, value in zip(keys, values, strict=True):
        field, compare = (key[1:], "lt") if key.startswith("-") else (key, "gt")
        condition |= equal & Q(**{f"{field}__{compare}": value})
        equal &= Q(**{field: value})
    return condition


def page(rows: QuerySet[Row], keys: Sequence[str], *, size: int, after: str = "") -> Page[Row]:
    """Rows ordered by `keys` (the last one unique). A mark that was tampered with, or that another list gave, starts
    again at the first page."""
    ordered = rows.order_by(*keys)
    if marks := _read(after, keys):
        ordered = ordered.filter(_past(keys, marks))
    return _cut(list(ordered[: size + 1]), keys, size)


def first_page(rows: QuerySet[Row], keys: Sequence[str], *, size: int) -> Prepared[Row]:
    """The first page, for `first` to read as often as it is asked for."""
    return Prepared(lambda: rows.order_by(*keys)[: size + 1])


def first(page: Prepared[Row], keys: Sequence[str], *, size: int) -> Page[Row]:
    """What `page` would give, without working the query out anew."""
    return _cut(page.all(), keys, size)


def _cut(found: list[Row], keys: Sequence[str], size: int) -> Page[Row]:
    return Page(found[:size], _mark(found[size - 1], keys) if len(found) > size else "")


def _mark(row: Model, keys: Sequence[str]) -> str:
    values = [getattr(row, key.lstrip("-")) for key in keys]
    return signing.dumps([v.isoformat() if hasattr(v, "isoformat") else v for v in values], salt=_salt(keys))


def _read(after: str, keys: Sequence[str]) -> list[Any]:
    try:
        return list(signing.loads(after, salt=_salt(keys))) if after else []
    except signing.BadSignature:
        return []


def _salt(keys: Sequence[str]) -> str:
    return f"paging:{','.join(keys)}"
