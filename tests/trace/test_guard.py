"""The database itself refuses to change or remove what the trace has written."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from tests.trace.notes import noted
from xinfang.trace import guard, sequencer
from xinfang.trace.models import Checkpoint, Cosignature, Entry, Leaf, Node, Place

pytestmark = pytest.mark.django_db

ON_BOTH = [
    "UPDATE trace_entry SET act = 'petition.nothing'",
    "UPDATE trace_entry SET id = id + 1",
    "UPDATE trace_entry SET facts = facts",
    "DELETE FROM trace_entry",
    "DELETE FROM trace_entry WHERE act = 'test.note'",
    "UPDATE trace_place SET n = n + 100",
    "DELETE FROM trace_place",
    "UPDATE trace_leaf SET n = n + 100",
    "DELETE FROM trace_leaf WHERE n = 2",
    "INSERT INTO trace_place (n, entry_id) SELECT n, entry_id FROM trace_place WHERE true"
    " ON CONFLICT (n) DO UPDATE SET entry_id = excluded.entry_id",
]
ON_ONE = {
    "sqlite": [
        "INSERT OR REPLACE INTO trace_entry SELECT * FROM trace_entry",
        "REPLACE INTO trace_place SELECT * FROM trace_place",
        "UPDATE OR REPLACE trace_place SET n = 1",
        "REPLACE INTO trace_leaf SELECT * FROM trace_leaf",
    ],
    "postgresql": [
        "TRUNCATE trace_entry CASCADE",
        "TRUNCATE trace_place",
        "TRUNCATE trace_leaf",
        "TRUNCATE trace_place, trace_entry, trace_waiting",
    ],
}


@pytest.fixture(autouse=True)
def _written() -> None:
    noted(2)
    sequencer.place_all()
    connection.check_constraints()  # PostgreSQL truncates no table that still has rows to check


def rows() -> list[list[tuple[object, ...]]]:
    return [list(model.objects.order_by("pk").values_list()) for model in (Entry, Place, Leaf)]


@pytest.mark.parametrize("statement", ON_BOTH + ON_ONE[connection.vendor])
def test_sql_that_changes_or_removes_is_refused(statement: str, raw: Callable[..., None]) -> None:
    before = rows()
    with pytest.raises(DatabaseError, match="the trace is insert-only"), transaction.atomic():
        raw(statement)
    assert rows() == before


def update_one() -> None:
    Entry.objects.first().save(update_fields=["post"])


def replace_one() -> None:
    Place.objects.first().save(force_update=True)


CHANGES: dict[str, Callable[[], object]] = {
    "save": update_one,
    "save a place": replace_one,
    "update": lambda: Entry.objects.update(unit="0"),
    "update places": lambda: Place.objects.update(entry=None),
    "delete a row": lambda: Place.objects.first().delete(),
    "delete rows": lambda: Place.objects.all().delete(),
    "delete entries as fast as Django can": lambda: Entry.objects.all()._raw_delete("default"),
    "bulk_update": lambda: Entry.objects.bulk_update(Entry.objects.all(), ["post"]),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_the_orm_cannot_either(change: Callable[[], object]) -> None:
    before = rows()
    with pytest.raises(DatabaseError, match="the trace is insert-only"), transaction.atomic():
        change()
    assert rows() == before


def test_an_entry_with_a_place_is_not_deleted_past_its_place() -> None:
    from django.db.models import ProtectedError

    with pytest.raises(ProtectedError):
        Entry.objects.first().delete()


def test_the_guard_covers_what_the_trace_keeps() -> None:
    assert set(guard.GUARDED) == {model._meta.db_table for model in (Entry, Place, Leaf, Node, Checkpoint, Cosignature)}


def test_the_guard_can_be_taken_away_and_put_back(unguarded: None, raw: Callable[..., None]) -> None:
    raw("UPDATE trace_entry SET post = post")
    guard.install(connection)
    with pytest.raises(DatabaseError, match="the trace is insert-only"), transaction.atomic():
        raw("UPDATE trace_entry SET post = post")
