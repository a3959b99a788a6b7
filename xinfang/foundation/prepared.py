"""Queries that are asked often, by id: worked out once for each connection (docs/decisions/0009).

Django works a query out anew each time it is asked, at a cost that grows with the width of its tables: for ours five to ten
times what the database needs to answer it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators  # type: ignore[attr-defined]
from django.db.transaction import TransactionManagementError

Row = TypeVar("Row", bound=Model)
_FIRST_STAND_IN = -(2**62)  # no id of ours is negative


@dataclass(frozen=True)
class _Plan(Generic[Row]):
    """One query as one connection runs it. `slots` are the places in `params` that ids go to."""

    model: type[Row]
    sql: str
    params: tuple[Any, ...]
    slots: tuple[tuple[int, int], ...]
    names: tuple[str, ...]
    columns: slice
    converters: tuple[tuple[int, Sequence[Any], Any], ...]
    related: tuple[Any, ...]
    is_locking: bool

    @classmethod
    def of(cls, query: QuerySet[Row], stand_ins: range) -> "_Plan[Row]":
        compiler = query.query.get_compiler(using=query.db)
        sql, params = compiler.as_sql()
        info, select = compiler.klass_info, compiler.select
        assert info is not None, "whole rows, not values"
        own = info["select_fields"]
        converters = compiler.get_converters(column[0] for column in select)
        return cls(
            model=query.model,
            sql=sql,
            params=tuple(params),
            slots=tuple((at, stand_ins.index(param)) for at, param in enumerate(params) if param in stand_ins),
            names=tuple(select[n][0].target.attname for n in own),
            columns=slice(own[0], own[-1] + 1),
            converters=tuple((n, functions, column) for n, (functions, column) in converters.items()),
            related=tuple(get_related_populators(info, select, query.db)),
            is_locking=query.query.select_for_update,
        )

    def run(self, ids: Sequence[int], connection: BaseDatabaseWrapper) -> list[Row]:
        if self.is_locking and not connection.in_atomic_block:
            raise TransactionManagementError("A row is locked inside a transaction only.")
        params = list(self.params)
        for at, n in self.slots:
            params[at] = type(params[at])(ids[n])
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
        return found


class Prepared(Generic[Row]):
    """`build` makes the query from its ids. It is called with stand-ins for them, once for each connection.

    One that takes `*ids` is worked out once for each number of them.
    """

    def __init__(self, build: Callable[..., QuerySet[Row]]) -> None:
        self._build = build
        self._plans: WeakKeyDictionary[BaseDatabaseWrapper, dict[int, _Plan[Row]]] = WeakKeyDictionary()

    def all(self, *ids: int) -> list[Row]:
        connection = connections[DEFAULT_DB_ALIAS]
        return self._plan(connection, len(ids)).run(ids, connection)

    def first(self, *ids: int) -> Row | None:
        return next(iter(self.all(*ids)), None)

    def get(self, *ids: int) -> Row:
        """The row, or DoesNotExist of its model."""
        connection = connections[DEFAULT_DB_ALIAS]
        plan = self._plan(connection, len(ids))
        for row in plan.run(ids, connection):
            return row
        raise plan.model.DoesNotExist  # type: ignore[attr-defined]

    def _plan(self, connection: BaseDatabaseWrapper, count: int) -> _Plan[Row]:
        plans = self._plans.setdefault(connection, {})
        if count not in plans:
            stand_ins = range(_FIRST_STAND_IN, _FIRST_STAND_IN + count)
            plans[count] = _Plan.of(self._build(*stand_ins), stand_ins)
        return plans[count]
