"""Queries that are asked often, by an id, a number or an index: worked out once for each connection (docs/decisions/0009).

Django works a query out anew each time it is asked, at a cost that grows with the width of its tables: for ours five to ten
times what the database needs to answer it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeAlias, TypeVar
from weakref import WeakKeyDictionary

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators  # type: ignore[attr-defined]
from django.db.transaction import TransactionManagementError

Row = TypeVar("Row", bound=Model)
Value: TypeAlias = int | str | bytes


def _stand_in(kind: type[Value], n: int) -> Value:
    """What no row of ours holds: an id below zero, a text with a control sign."""
    if issubclass(kind, int):
        return -(2**62) + n
    return f"\a{n}" if issubclass(kind, str) else b"\a%d" % n


@dataclass(frozen=True)
class _Plan(Generic[Row]):
    """One query as one connection runs it. `slots` are the places in `params` that values go to.

    Without SQL it is one that Django knows to find nothing.
    """

    model: type[Row]
    sql: str = ""
    params: tuple[Any, ...] = ()
    slots: tuple[tuple[int, int], ...] = ()
    names: tuple[str, ...] = ()
    columns: slice = field(default_factory=lambda: slice(0))
    annotations: tuple[tuple[str, int], ...] = ()
    converters: tuple[tuple[int, Sequence[Any], Any], ...] = ()
    related: tuple[Any, ...] = ()
    is_locking: bool = False

    @classmethod
    def of(cls, query: QuerySet[Row], stand_ins: list[Value]) -> "_Plan[Row]":
        compiler = query.query.get_compiler(using=query.db)
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:
            return cls(query.model)
        info, select = compiler.klass_info, compiler.select
        assert info is not None, "whole rows, not values"
        own = info["select_fields"]
        converters = compiler.get_converters(column[0] for column in select)
        return cls(
            model=query.model,
            sql=sql,
            params=tuple(params),
            slots=tuple((at, stand_ins.index(value)) for at, value in enumerate(_bare(params)) if value in stand_ins),
            names=tuple(select[n][0].target.attname for n in own),
            columns=slice(own[0], own[-1] + 1),
            annotations=tuple((compiler.annotation_col_map or {}).items()),
            converters=tuple((n, functions, column) for n, (functions, column) in converters.items()),
            related=tuple(get_related_populators(info, select, query.db)),
            is_locking=query.query.select_for_update,
        )

    def run(self, values: Sequence[Value], connection: BaseDatabaseWrapper) -> list[Row]:
        if self.is_locking and not connection.in_atomic_block:
            raise TransactionManagementError("A row is locked inside a transaction only.")
        if not self.sql:
            return []
        params = list(self.params)
        for at, n in self.slots:
            params[at] = type(params[at])(values[n])
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            return [self._row(list(row), connection) for row in cursor.fetchall()]

    def _row(self, row: list[Any], connection: BaseDatabaseWrapper) -> Row:
        for n, functions, column in self.converters:
            for function in functions:
                row[n] = function(row[n], column, connection)
        found = self.model.from_db(connection.alias, self.names, row[self.columns])
        for related in self.related:
            related.populate(row, found)
        for name, at in self.annotations:
            setattr(found, name, row[at])
        return found


def _bare(params: Iterable[Any]) -> list[Any]:
    """Both drivers wrap bytes, and keep what they wrap as `obj`."""
    return [getattr(param, "obj", param) for param in params]


class Prepared(Generic[Row]):
    """`build` makes the query from its values. It is called with stand-ins for them, once for each connection.

    One that takes `*values` is worked out once for each number of them.
    """

    def __init__(self, build: Callable[..., QuerySet[Row]]) -> None:
        self._build = build
        self._plans: WeakKeyDictionary[BaseDatabaseWrapper, dict[tuple[type[Value], ...], _Plan[Row]]] = (
            WeakKeyDictionary()
        )

    def all(self, *values: Value) -> list[Row]:
        connection = connections[DEFAULT_DB_ALIAS]
        return self._plan(connection, values).run(values, connection)

    def first(self, *values: Value) -> Row | None:
        return next(iter(self.all(*values)), None)

    def get(self, *values: Value) -> Row:
        """The row, or DoesNotExist of its model."""
        connection = connections[DEFAULT_DB_ALIAS]
        plan = self._plan(connection, values)
        for row in plan.run(values, connection):
            return row
        raise plan.model.DoesNotExist  # type: ignore[attr-defined]

    def _plan(self, connection: BaseDatabaseWrapper, values: Sequence[Value]) -> _Plan[Row]:
        plans, kinds = self._plans.setdefault(connection, {}), tuple(map(type, values))
        if kinds not in plans:
            stand_ins = [_stand_in(kind, n) for n, kind in enumerate(kinds)]
            plans[kinds] = _Plan.of(self._build(*stand_ins), stand_ins)
        return plans[kinds]
