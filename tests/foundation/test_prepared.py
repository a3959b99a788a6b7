"""A prepared query gives what the ORM gives, and asks the database the same."""

import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Count, Q
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from tests.cast import Life, assemble
from xinfang.foundation.prepared import Prepared
from xinfang.petitions.models import Assignment, Petition, Petitioner, Proposal

pytestmark = pytest.mark.django_db
HELD = Prepared(lambda pk: Assignment.objects.select_for_update(of=("self",)).select_related("petition").filter(pk=pk))
PROPOSALS = Prepared(
    lambda petition: Proposal.objects.filter(petition=petition).select_related("approval").order_by("-id")
)


@pytest.fixture
def life() -> Life:
    return Life(assemble()).until("sign_for")


def told(row: object) -> dict[str, object]:
    return {name: value for name, value in vars(row).items() if name != "_state"}


def test_a_row_and_what_is_read_with_it_are_those_of_the_orm(life: Life) -> None:
    asked = Assignment.objects.select_related("petition").get(pk=life.assignment.pk)
    found = HELD.get(life.assignment.pk)
    assert told(found) == told(asked)
    assert told(found.petition) == told(asked.petition)
    assert (found._state.db, found._state.adding) == (asked._state.db, False)


def test_a_missing_one_to_one_is_known_to_be_missing(life: Life) -> None:
    proposal = PROPOSALS.first(life.petition.pk)
    with CaptureQueriesContext(connection) as asked:
        assert not hasattr(proposal, "approval")
    assert len(asked) == 0


def test_it_asks_what_the_orm_would_ask(life: Life) -> None:
    pk = life.assignment.pk
    HELD.get(pk)
    with CaptureQueriesContext(connection) as prepared:
        HELD.get(pk)
    with CaptureQueriesContext(connection) as plain:
        list(Assignment.objects.select_for_update(of=("self",)).select_related("petition").filter(pk=pk))
    assert prepared[0]["sql"] == plain[0]["sql"]


def test_each_call_asks_for_its_own_ids(life: Life) -> None:
    assert PROPOSALS.all(life.petition.pk)[0].petition_id == life.petition.pk
    assert PROPOSALS.all(1) == []
    assert PROPOSALS.first(1) is None


def test_a_row_that_is_not_there_does_not_exist(life: Life) -> None:
    with pytest.raises(Assignment.DoesNotExist):
        HELD.get(1)


def test_a_row_is_not_locked_outside_a_transaction(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    pk = life.assignment.pk
    monkeypatch.setattr(connections[DEFAULT_DB_ALIAS], "in_atomic_block", False)
    with pytest.raises(TransactionManagementError):
        HELD.get(pk)


def test_it_takes_as_many_ids_as_there_are(life: Life) -> None:
    some = Prepared(lambda *pks: Assignment.objects.filter(pk__in=pks))
    assert some.all(life.assignment.pk) == [life.assignment]
    assert some.all(1, life.assignment.pk) == [life.assignment]
    assert some.all(1, 2, 3) == []


def test_a_query_that_can_find_nothing_finds_nothing(life: Life) -> None:
    nothing = Prepared(lambda pk: Assignment.objects.filter(pk=pk, status__in=[]))
    assert nothing.all(life.assignment.pk) == []
    with pytest.raises(Assignment.DoesNotExist):
        nothing.get(life.assignment.pk)


def test_a_number_and_an_index_are_values_too(life: Life) -> None:
    same_name = Prepared(
        lambda number, *indexes: Petitioner.objects.filter(of_petition(number), name_index__in=indexes)
    )
    lead = life.petition.petitioners.get()
    assert life.petition.number
    assert lead.name_index
    assert same_name.all(life.petition.number, b"other", bytes(lead.name_index)) == [lead]
    assert same_name.all(life.petition.number, b"other", b"another") == []
    assert same_name.all("6101152026LX999999", b"other", bytes(lead.name_index)) == []


def of_petition(number: str) -> Q:
    return Q(petition__number=number)


def test_what_was_annotated_stands_on_the_row(life: Life) -> None:
    counted = Prepared(
        lambda number: (
            Petition.objects.select_related("organ")
            .only("number", "organ__name")
            .annotate(n=Count("demands"))
            .filter(number=number)
        )
    )
    found, asked = counted.get(str(life.petition.number)), counted._build(life.petition.number).get()
    assert told(found) == told(asked)
    assert (found.n, found.organ.name) == (life.petition.demands.count(), asked.organ.name)  # type: ignore[attr-defined]
