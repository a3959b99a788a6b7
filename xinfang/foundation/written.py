"""Rows written with statements that are worked out once for each model and connection (docs/decisions/0009).

What `save` and `bulk_create` do for our rows, and no more: no signals, keys that were made before, defaults that were set
when the row was made.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

Row = TypeVar("Row", bound=Model)


def insert(rows: Sequence[Model]) -> None:
    """New rows of one model, in one statement."""
    if not rows:
        return
    connection, model = connections[DEFAULT_DB_ALIAS], type(rows[0])
    params = [_bound(row, field, connection, add=True) for row in rows for field in model._meta.concrete_fields]
    with connection.cursor() as cursor:
        cursor.execute(_insert(model, len(rows)), params)
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def update(row: Model, names: Iterable[str]) -> None:
    """These fields of one row, which must be there."""
    connection, names = connections[DEFAULT_DB_ALIAS], tuple(names)
    params = [_bound(row, field, connection, add=False) for field in _fields(type(row), names)]
    with connection.cursor() as cursor:
        cursor.execute(_update(type(row), names), [*params, row.pk])
        if cursor.rowcount != 1:
            raise DatabaseError("The row to be changed is not there.")


def add(row: Row) -> Row:
    """One new row."""
    insert([row])
    return row


def _bound(row: Model, field: Any, connection: BaseDatabaseWrapper, *, add: bool) -> Any:
    value = field.pre_save(row, add)
    if value is None or type(value) is _PLAIN.get(field.get_internal_type()):
        return value  # as it is to the database as to us
    return field.get_db_prep_save(value, connection=connection)


_PLAIN = {"CharField": str, "TextField": str, "BigIntegerField": int, "PositiveIntegerField": int, "BooleanField": bool}
_PLAIN |= {"ForeignKey": int, "OneToOneField": int}


@cache
def _fields(model: type[Model], names: tuple[str, ...]) -> list[Any]:
    return [model._meta.get_field(name) for name in names]


# The names in these are those of our own models.
@cache
def _insert(model: type[Model], count: int) -> str:
    columns = [f'"{field.column}"' for field in model._meta.concrete_fields]
    rows = ", ".join([f"({', '.join(['%s'] * len(columns))})"] * count)
    return f'INSERT INTO "{model._meta.db_table}" ({", ".join(columns)}) VALUES {rows}'  # noqa: S608


@cache
def _update(model: type[Model], names: tuple[str, ...]) -> str:
    columns = ", ".join(f'"{field.column}" = %s' for field in _fields(model, names))
    return f'UPDATE "{model._meta.db_table}" SET {columns} WHERE "{model._meta.pk.column}" = %s'  # noqa: S608
