"""Each list that a page asks for goes through the index made for it, in its order: among a million rows as among ten.

PostgreSQL reads and sorts a small table whole, so it is told to do so only where no index helps.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import QuerySet

from tests.cast import MORNING, Cast
from xinfang.petitions import queries, worklists
from xinfang.petitions.models import Petition, Petitioner
from xinfang.petitions.models.petitioner import blind_index

Question = Callable[[Cast], QuerySet]
READ_WHOLE = ("SCAN petitions_", "Seq Scan on petitions_", "TEMP B-TREE FOR ORDER BY", "Sort Key")


@pytest.fixture(autouse=True)
def as_among_many(db: None) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off"
            )


def petitions_waiting(cast: Cast) -> QuerySet:
    return worklists.worklist(cast.again("dispatcher")).order_by("due_on", "id")[:21]


def what_a_head_answers(cast: Cast) -> QuerySet:
    return worklists.worklist(cast.again("dept_head")).order_by("due_on", "id")[:21]


def waiting_from_elsewhere(cast: Cast) -> QuerySet:
    return worklists.waits_at_the_bureau(cast.again("dispatcher")).order_by("due_on", "id")[:21]


def work_waiting(cast: Cast) -> QuerySet:
    return worklists.assignments_waiting(cast.again("street_handler")).order_by("due_on", "id")[:21]


def of_that_number(cast: Cast) -> QuerySet:
    return queries.visible_to(cast.again("dispatcher")).filter(number="6101152026LX000001")


def told_to_its_petitioner(cast: Cast) -> QuerySet:
    return Petition.objects.filter(number="6101152026LX000001").select_related("organ")


def registered_on_a_day(cast: Cast) -> QuerySet:
    begins = MORNING.replace(hour=0)
    return queries.registered(cast.again("registrar"), cast.bureau.pk, begins, begins + timedelta(days=1))[:1001]


def people_of_the_same(field: str) -> Question:
    return lambda cast: Petitioner.objects.filter(**{f"{field}_index__in": [blind_index(field, "王桂兰")]})


@pytest.mark.parametrize(
    ("question", "index"),
    [
        (petitions_waiting, "petition_worklist"),
        (what_a_head_answers, "petition_worklist"),
        (waiting_from_elsewhere, "petition_waits_anywhere"),
        (work_waiting, "assignment_worklist"),
        (of_that_number, "petitions_petition"),
        (told_to_its_petitioner, "petitions_petition"),
        (registered_on_a_day, "petition_register_of_the_day"),
        (people_of_the_same("id_no"), "petitioner_same_id_no"),
        (people_of_the_same("phone"), "petitioner_same_phone"),
        (people_of_the_same("name"), "petitioner_same_name"),
    ],
)
def test_a_list_goes_through_its_index(cast: Cast, question: Question, index: str) -> None:
    plan = question(cast).explain()
    assert index in plan
    assert not [sign for sign in READ_WHOLE if sign in plan], plan


def test_a_list_without_an_index_is_found_out(cast: Cast) -> None:
    plan = Petition.objects.filter(title="屋顶漏水").order_by("title").explain()
    assert [sign for sign in READ_WHOLE if sign in plan], plan
