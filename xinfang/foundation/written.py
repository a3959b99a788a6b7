"""Rows written with statements that are worked out once for each model and connection (docs/decisions/0009).

What `save` and `bulk_create` do for our rows, and no more: no signals, keys that were made before, defaults that were set
when the row was made.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import DateTimeField, Field, Model

Row = TypeVar("Row", bound=Model)


def insert(rows: Sequence[Model]) -> None:
    """New rows of one model, in one statement."""
    if not rows:
        return
    connection = connections[DEFAULT_DB_ALIAS]
    with connection.cursor() as cursor:
        cursor.execute(_insert(type(rows[0]), len(rows)), _params(rows, connection))
    _have_been_written(rows, connection)


def insert_together(*groups: Sequence[Model]) -> None:
    """New rows of several models that go together: in one statement where the database takes them in one."""
    groups, connection = tuple(filter(None, groups)), connections[DEFAULT_DB_ALIAS]
    if connection.vendor != "postgresql" or len(groups) < 2:
        for rows in groups:
            insert(rows)
        return
    *before, last = [_insert(type(rows[0]), len(rows)) for rows in groups]
    named = ", ".join(f"written_{n} AS ({statement})" for n, statement in enumerate(before))
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {named} {last}", [param for rows in groups for param in _params(rows, connection)])
    for rows in groups:
        _have_been_written(rows, connection)


def pour(model: type[Model], rows: Sequence[tuple[Any, ...]]) -> None:
    """New rows by the thousand, each a tuple of its columns as the driver takes them."""
    if not rows:
        return
    connection = connections[DEFAULT_DB_ALIAS]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(_copy(model)) as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            cursor.executemany(_insert(model, 1), rows)


def _params(rows: Sequence[Model], connection: BaseDatabaseWrapper) -> list[Any]:
    columns = _columns(type(rows[0]))
    return [_bound(row, column, connection, add=True) for row in rows for column in columns]


def _have_been_written(rows: Sequence[Model], connection: BaseDatabaseWrapper) -> None:
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def update(row: Model, names: Iterable[str]) -> None:
    """These fields of one row, which must be there."""
    connection, names = connections[DEFAULT_DB_ALIAS], tuple(names)
    params = [_bound(row, _column(field), connection, add=False) for field in _fields(type(row), names)]
    with connection.cursor() as cursor:
        cursor.execute(_update(type(row), names), [*params, row.pk])
        if cursor.rowcount != 1:
            raise DatabaseError("The row to be changed is not there.")


def add(row: Row) -> Row:
    """One new row."""
    insert([row])
    return row


@dataclass(frozen=True, slots=True)
class _Column:
    """What is asked of a field each time it is written: `name` is empty where it has a say in its own value."""

    field: Any
    name: str
    plain: type | None


@cache
def _column(field: Any) -> _Column:
    has_no_say = type(field).pre_save is Field.pre_save
    return _Column(field, field.attname if has_no_say else "", _PLAIN.get(field.get_internal_type()))


@cache
def _columns(model: type[Model]) -> list[_Column]:
    return [_column(field) for field in model._meta.concrete_fields]


def _bound(row: Model, column: _Column, connection: BaseDatabaseWrapper, *, add: bool) -> Any:
    value = getattr(row, column.name) if column.name else column.field.pre_save(row, add)
    if value is None or type(value) is column.plain:
        return value  # as it is to the database as to us
    if type(value) is datetime and type(column.field) is DateTimeField:
        return _moment(value, connection.vendor)
    return column.field.get_db_prep_save(value, connection=connection)


@lru_cache(maxsize=512)
def _moment(value: datetime, vendor: str) -> Any:
    """One moment stands in most rows of an act, and SQLite wants it spelled out. The zone is that of the settings."""
    return DateTimeField().get_db_prep_save(value, connection=connections[DEFAULT_DB_ALIAS])


_PLAIN = {"CharField": str, "TextField": str, "BigIntegerField": int, "PositiveIntegerField": int, "BooleanField": bool}
_PLAIN |= {"ForeignKey": int, "OneToOneField": int, "PositiveSmallIntegerField": int, "BinaryField": bytes}


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
def _copy(model: type[Model]) -> str:
    columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
    return f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN'


@cache
def _update(model: type[Model], names: tuple[str, ...]) -> str:
    columns = ", ".join(f'"{field.column}" = %s' for field in _fields(model, names))
    return f'UPDATE "{model._meta.db_table}" SET {columns} WHERE "{model._meta.pk.column}" = %s'  # noqa: S608
