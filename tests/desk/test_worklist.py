"""待办: what waits for me, most urgent first, at the same price for twenty rows and for a hundred."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries

from tests.cast import WANG, Cast, Life, registered
from tests.desk.hall import words
from xinfang.desk.lights import light
from xinfang.petitions import actions
from xinfang.petitions.codes import AssignmentKind, EvaluationValue, Purpose
from xinfang.petitions.intake import Person
from xinfang.petitions.models import Petition
from xinfang.trace.acts import PETITIONER

Desk = Callable[[str], Client]
# Session, officer, seats, petitions, who leads them, where they were given; the assignments of his unit;
# streets to choose from, saved filters.
BUREAU, UNIT = 10, 9  # one of them counts the bells
SUPERVISOR = 10  # he has no saved streets; one counts the calls


def rows_of(client: Client, table: int = 0, **query: str) -> list[str]:
    return [row.number for row in client.get("/desk/", query).context["tables"][table].rows]


def test_a_registered_petition_waits_for_the_dispatcher(at_desk: Desk, cast: Cast) -> None:
    petition = registered(cast).petition
    page = words(at_desk("dispatcher").get("/desk/"))
    for said in (petition.number, "反映小区漏水无人维修", "来信", "骊山街道", "王**", "已登记", "2026-06-30"):
        assert said in page
    assert f'<th scope="row"><a href="/desk/petitions/{petition.number}/">{petition.number}</a></th>' in page
    assert "王桂兰" not in page
    assert WANG.phone not in page


def test_an_assignment_waits_for_its_unit_and_for_no_other(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast).until("dispatch")
    assert rows_of(at_desk("street_handler"), 1) == [life.petition.number]
    assert rows_of(at_desk("dept_handler"), 1) == []


def test_a_draft_that_waits_for_the_head_says_so_until_it_is_signed(at_desk: Desk, cast: Cast) -> None:
    life, clients = Life(cast).until("handle"), [at_desk("street_head"), at_desk("street_handler")]

    def states() -> set[str]:
        return {row.state for client in clients for row in client.get("/desk/").context["tables"][1].rows}

    assert states() == {"办理中（转送）"}
    life.draft_opinion()
    life.draft_opinion()
    assert states() == {"待签发（转送）"}
    life.issue_opinion()
    assert states() == {"已处理待送达（转送）"}


def test_a_result_sent_back_is_drafted_again_and_only_then_waits(at_desk: Desk, cast: Cast) -> None:
    life, client = Life(cast, way=AssignmentKind.ASSIGN).until("draft_opinion"), at_desk("street_head")
    for step in (life.draft_opinion, life.issue_opinion, life.deliver, life.report):
        step()
    life.return_result()
    actions.handle_again(life.assignment, by=life.handler, at=life.later())
    assert client.get("/desk/").context["tables"][1].rows[0].state == "办理中（交办）"
    life.draft_opinion()
    assert client.get("/desk/").context["tables"][1].rows[0].state == "待签发（交办）"


def test_the_supervisor_sees_on_his_worklist_how_many_wait_for_a_call(at_desk: Desk, cast: Cast) -> None:
    life, client = Life(cast).until("deliver"), at_desk("supervisor")
    assert client.get("/desk/").context["calls"] == 0
    assert 'href="/desk/rounds/calls/"' not in words(client.get("/desk/"))
    actions.evaluate(
        life.petition,
        bureau=EvaluationValue.SATISFIED,
        unit=EvaluationValue.DISSATISFIED,
        reason="还在漏。",
        act_secret=life.registered.act_secret,
        by=PETITIONER,
        at=life.later(),
    )
    page = words(client.get("/desk/"))
    assert 'href="/desk/rounds/calls/">跟进 <span class="unread">1<' in page
    assert 'href="/desk/rounds/calls/"' not in words(at_desk("dispatcher").get("/desk/"))


def test_a_reported_result_waits_for_the_supervisor_who_checks_it(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast, way=AssignmentKind.ASSIGN).until("report")
    assert str(life.petition.number) in words(at_desk("supervisor").get("/desk/"))


def test_a_sealed_petition_waits_for_nobody_else(at_desk: Desk, cast: Cast) -> None:
    accusation = registered(cast, purpose=Purpose.ACCUSE).petition
    assert rows_of(at_desk("dispatcher")) == []
    assert rows_of(at_desk("registrar")) == [accusation.number]


def test_the_most_urgent_stands_first(at_desk: Desk, cast: Cast) -> None:
    now = timezone.now()
    late = [registered(cast, received_at=now - timedelta(days=days), at=now).petition.number for days in (1, 9, 5)]
    assert rows_of(at_desk("dispatcher")) == [late[1], late[2], late[0]]


@pytest.mark.parametrize(
    ("status", "left", "name", "said"),
    [
        ("registered", 9, "none", "剩 9 天"),
        ("registered", 3, "yellow", "黄色预警：剩 3 天"),
        ("registered", 2, "red", "红色预警：剩 2 天"),
        ("registered", 0, "red", "红色预警：今天到期"),
        ("registered", -1, "overdue", "超期 1 天"),
        ("handling", 10, "yellow", "黄色预警：剩 10 天"),
        ("handling", 11, "none", "剩 11 天"),
        ("closed", -5, "", ""),
    ],
)
def test_a_light_says_in_words_how_near_the_last_day_is(db: None, status: str, left: int, name: str, said: str) -> None:
    today = timezone.localdate()
    shown = light(status, today + timedelta(days=left), today)
    assert (shown.name, shown.text) == (name, said)


def test_who_came_in_numbers_is_masked_and_counted(at_desk: Desk, cast: Cast) -> None:
    registered(cast, persons_count=12, people=(Person(WANG),))
    assert "王**等12人" in words(at_desk("dispatcher").get("/desk/"))


def test_pages_follow_one_another_without_a_gap(at_desk: Desk, cast: Cast) -> None:
    for _ in range(23):
        registered(cast)
    client = at_desk("dispatcher")
    first = client.get("/desk/").context["tables"][0]
    second = rows_of(client, after=first.after)
    assert len(first.rows) == 20
    assert len({row.number for row in first.rows} | set(second)) == 23
    assert len(rows_of(client, size="100")) == 23


@pytest.mark.parametrize(
    "query", [{"after": "tampered"}, {"size": "1000000"}, {"size": "x"}, {"assigned_after": "x:y:z"}]
)
def test_a_tampered_address_shows_the_first_page(at_desk: Desk, cast: Cast, query: dict[str, str]) -> None:
    registered(cast)
    assert len(rows_of(at_desk("dispatcher"), **query)) == 1


def test_an_empty_worklist_says_so(at_desk: Desk) -> None:
    assert "这里没有待办" in words(at_desk("dispatcher").get("/desk/"))
    assert "您的岗位没有待办" in words(at_desk("auditor").get("/desk/"))


def test_someone_received_waits_to_be_registered(at_desk: Desk) -> None:
    client = at_desk("registrar")
    received = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    client.post("/desk/receive/", {"channel": "visit", "received_at": received})
    draft = Petition.objects.get()
    assert f"/desk/drafts/{draft.pk}/register/" in words(client.get("/desk/"))


@pytest.mark.parametrize(
    ("left", "said"), [(1, "Red warning: 1 day left"), (-1, "1 day overdue"), (-2, "2 days overdue")]
)
def test_in_english_one_day_is_a_day(db: None, left: int, said: str) -> None:
    today = timezone.localdate()
    with translation.override("en"):
        assert light("registered", today + timedelta(days=left), today).text == said


@pytest.mark.parametrize(
    ("name", "statements"), [("dispatcher", BUREAU), ("supervisor", SUPERVISOR), ("street_handler", UNIT)]
)
def test_the_worklist_costs_the_same_for_any_number_of_rows(
    at_desk: Desk, cast: Cast, name: str, statements: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = at_desk(name)
    for rows in (1, 22):
        for _ in range(rows):
            Life(cast, way=AssignmentKind.ASSIGN).until("report")
        for size in ("20", "100"):
            with django_assert_num_queries(statements):
                client.get("/desk/", {"size": size})
