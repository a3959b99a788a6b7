"""The rows that a life left behind, read back from every table of the house."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import AutoField, BigAutoField, Field, IntegerField, Max, Model

from xinfang.documents.models import Series
from xinfang.trace.models import Place

# Written once for all copies, at the end: the counters, and the one order.
AFTERWARDS: frozenset[type[Model]] = frozenset({Series, Place})


class NotKnown(Exception):
    """A row that cannot be copied: the fill must learn it first."""


def models() -> list[type[Model]]:
    """Every table of facts, in the order of the floors. Derived ones follow from these."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("xinfang.") and not model._meta.proxy]
    return [model for model in ours if not hasattr(model, "Derived") and model not in AFTERWARDS]


def is_numbered_by_database(model: type[Model]) -> bool:
    return isinstance(model._meta.pk, AutoField | BigAutoField)


def columns(model: type[Model]) -> "list[Field[Any, Any]]":
    """Without the key, where the database gives it."""
    fields = model._meta.concrete_fields
    return [field for field in fields if not (field.primary_key and is_numbered_by_database(model))]


class Ground:
    """What stood in the tables before."""

    def __init__(self) -> None:
        self._last = {model: self._mark(model) for model in models()}

    def rows(self) -> Iterator[Model]:
        """What has come since."""
        for model, last in self._last.items():
            if not isinstance(model._meta.pk, IntegerField):
                self._refuse_news(model, last)
                continue
            rows = model._default_manager.order_by("pk")
            yield from rows.filter(pk__gt=last) if last is not None else rows

    def _mark(self, model: type[Model]) -> int | None:
        rows = model._default_manager.order_by()
        if not isinstance(model._meta.pk, IntegerField):
            return rows.count()
        last: int | None = rows.aggregate(last=Max("pk"))["last"]
        return last

    def _refuse_news(self, model: type[Model], count: int | None) -> None:
        if model._default_manager.count() != count:
            raise NotKnown(f"A life leaves rows in {model._meta.label}, whose keys the fill cannot make.")
