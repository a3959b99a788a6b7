"""What is written this way is what `save` would have written."""

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from tests.cast import MORNING, Life, assemble
from xinfang.documents.models import Paper
from xinfang.foundation import written
from xinfang.foundation.ids import new_id
from xinfang.petitions.models import Demand, Petition
from xinfang.trace.models import Entry, Waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def petition() -> Petition:
    return Life(assemble()).petition


def stored(row: Any) -> dict[str, Any]:
    """As the table has it, read again."""
    values = type(row).objects.filter(pk=row.pk).values().get()
    return {name: bytes(value) if isinstance(value, memoryview) else value for name, value in values.items()}


def entry(**fields: Any) -> Entry:
    told = {"subject_kind": "petition", "subject_id": 1, "hand": "system", "at": MORNING, "recorded_at": MORNING}
    return Entry(act="petition.register", facts={"名称": ["一", 2, None]}, digest="0" * 64, **told, **fields)


def paper() -> Paper:
    told = {"kind": "proposal_form", "template_version": 1, "unit_code": "6", "subject_kind": "petition"}
    return Paper(subject_id=1, data=b"\x00sealed", issued_at=MORNING, **told)


@pytest.mark.parametrize("make", [entry, paper])
def test_an_inserted_row_is_the_saved_one(make: Any) -> None:
    inserted, saved = make(), make()
    written.insert([inserted])
    saved.save(force_insert=True)
    assert {**stored(inserted), "id": 0} == {**stored(saved), "id": 0}
    assert not inserted._state.adding


def test_several_rows_take_one_statement(petition: Petition) -> None:
    rows = [Demand(petition=petition, n=n, text=f"第 {n} 项") for n in (7, 8, 9)]
    with CaptureQueriesContext(connection) as asked:
        written.insert(rows)
    assert len(asked) == 1
    assert list(petition.demands.filter(n__gte=7).order_by("n").values_list("text", flat=True)) == [
        r.text for r in rows
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_what_goes_together_is_written_together(count: int) -> None:
    entries, papers = [entry() for _ in range(count)], [paper() for _ in range(count)]
    with CaptureQueriesContext(connection) as asked:
        written.insert_together(papers, entries, [Waiting(entry=one) for one in entries])
    assert len(asked) == (1 if connection.vendor == "postgresql" else 3)
    assert Paper.objects.filter(pk__in=[one.pk for one in papers]).count() == count
    assert {one.entry_id for one in Waiting.objects.all()} >= {one.pk for one in entries}
    assert not any(one._state.adding for one in entries)


def test_of_what_goes_together_some_may_be_missing() -> None:
    entries = [entry()]
    with CaptureQueriesContext(connection) as asked:
        written.insert_together([], entries)
        written.insert_together([], [])
    assert len(asked) == 1
    assert Entry.objects.filter(pk=entries[0].pk).exists()


def test_no_rows_take_none() -> None:
    with CaptureQueriesContext(connection) as asked:
        written.insert([])
    assert len(asked) == 0


def test_an_update_changes_the_named_fields_of_that_row_alone(petition: Petition) -> None:
    before = stored(petition)
    petition.title, petition.due_on, petition.is_urgent = "另一个标题", MORNING.date(), True
    written.update(petition, ["due_on", "is_urgent"])
    assert stored(petition) == before | {"due_on": MORNING.date(), "is_urgent": True}


def test_an_update_of_a_row_that_is_gone_is_an_error() -> None:
    with pytest.raises(DatabaseError):
        written.update(Demand(id=new_id(), n=1, text=""), ["n"])


def test_the_database_still_refuses_what_it_refuses(petition: Petition) -> None:
    petition.persons_count = 0
    with pytest.raises(IntegrityError):
        written.update(petition, ["persons_count"])
