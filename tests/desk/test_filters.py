"""The worklist narrowed by what stands in its address, and filters kept under a name."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast, Life, registered
from tests.desk.hall import words
from xinfang.desk.filters import Filter, choices
from xinfang.desk.lights import due_soon, light, overdue
from xinfang.desk.models import SavedView
from xinfang.desk.saved_views import MOST_VIEWS
from xinfang.petitions.codes import Channel
from xinfang.petitions.models import Assignment, Petition, ReviewCase

Desk = Callable[[str], Client]


def rows_of(client: Client, table: int = 0, **query: str) -> list[str]:
    return [row.number for row in client.get("/desk/", query).context["tables"][table].rows]


def save(client: Client, name: str = "骊山来信", query: str = "channel=letter&street=610115001000"):
    return client.post("/desk/views/", {"name": name, "query": query}, follow=True)


def test_each_list_narrows_what_is_shown(at_desk: Desk, cast: Cast) -> None:
    letter = registered(cast).petition.number
    visit = registered(cast, channel=Channel.VISIT, division="610115004000").petition.number
    life = Life(cast)
    life.check_duplicate()
    client = at_desk("dispatcher")
    assert sorted(rows_of(client, channel="letter")) == sorted([letter, life.petition.number])
    assert rows_of(client, street="610115004000") == [visit]
    assert rows_of(client, state="triaged") == ([life.petition.number] if life.petition.status == "triaged" else [])
    assert rows_of(client, channel="letter", street="610115004000") == []


def test_mine_is_what_i_entered_and_what_is_mine_to_handle(at_desk: Desk, cast: Cast) -> None:
    mine = registered(cast, by=cast.dispatcher).petition.number
    registered(cast)
    assert rows_of(at_desk("dispatcher"), mine="1") == [mine]
    handled, other = Life(cast).until("accept"), Life(cast).until("dispatch")
    client = at_desk("street_handler")
    assert set(rows_of(client, 1)) == {handled.petition.number, other.petition.number}
    taken = Assignment.objects.filter(handler=cast.street_handler).values_list("petition__number", flat=True)
    assert rows_of(client, 1, mine="1") == list(taken)


def test_overdue_and_soon_are_what_the_lights_say(cast: Cast) -> None:
    today, petition = timezone.localdate(), registered(cast).petition
    for status in ("registered", "dispatched", "closed"):
        for left in range(-3, 16):
            due = today + timedelta(days=left)
            Petition.objects.filter(pk=petition.pk).update(due_on=due, status=status, closed_at=timezone.now())
            name = light(status, due, today).name
            assert Petition.objects.filter(overdue(today)).exists() == (name == "overdue"), (status, left)
            assert Petition.objects.filter(due_soon(today)).exists() == (name in ("yellow", "red")), (status, left)


def test_the_filter_stays_from_page_to_page_and_in_the_form(at_desk: Desk, cast: Cast) -> None:
    for _ in range(21):
        registered(cast)
    registered(cast, channel=Channel.VISIT)
    client = at_desk("dispatcher")
    page = client.get("/desk/", {"channel": "letter"})
    assert '<option value="letter" selected>' in words(page)
    following = page.context["tables"][0].next_page
    second = client.get(f"/desk/{following}")
    assert "channel=letter" in following
    assert len(second.context["tables"][0].rows) == 1
    assert "channel=letter" in second.context["tables"][0].first_page


@pytest.mark.parametrize(
    "query", [{"state": "x"}, {"channel": "' OR 1=1"}, {"street": "%"}, {"street": "６" * 12}, {"due": "never"}]
)
def test_what_no_list_offers_narrows_nothing(at_desk: Desk, cast: Cast, query: dict[str, str]) -> None:
    registered(cast)
    assert len(rows_of(at_desk("dispatcher"), **query)) == 1


def test_nothing_that_fits_is_said_so(at_desk: Desk, cast: Cast) -> None:
    registered(cast)
    assert "没有符合筛选条件的待办。" in words(at_desk("dispatcher").get("/desk/", {"channel": "phone"}))


def test_a_filter_is_kept_under_a_name_and_deleted(at_desk: Desk, cast: Cast) -> None:
    client = at_desk("dispatcher")
    page = save(client)
    assert page.redirect_chain == [("/desk/?channel=letter&street=610115001000", 302)]
    assert '<a href="?channel=letter&amp;street=610115001000" aria-current="true">骊山来信</a>' in words(page)
    save(client, query="channel=visit")
    assert SavedView.objects.get().query == "channel=visit"
    client.post(f"/desk/views/{SavedView.objects.get().pk}/drop/")
    assert not SavedView.objects.exists()


def test_a_kept_filter_is_its_owners_alone(at_desk: Desk, cast: Cast) -> None:
    save(at_desk("dispatcher"))
    other = at_desk("registrar")
    other.post(f"/desk/views/{SavedView.objects.get().pk}/drop/")
    assert SavedView.objects.count() == 1
    assert "骊山来信" not in words(other.get("/desk/"))


@pytest.mark.parametrize(
    ("name", "query", "said"),
    [
        ("", "channel=letter", "请填写筛选名称。"),
        ("长" * 41, "channel=letter", "不能超过 40 个字"),
        ("空的", "", "现在没有筛选"),
        ("别的", "next=//elsewhere.invalid&name=王桂兰", "现在没有筛选"),
    ],
)
def test_a_view_without_a_name_or_a_filter_is_not_kept(at_desk: Desk, name: str, query: str, said: str) -> None:
    assert said in words(save(at_desk("dispatcher"), name, query))
    assert not SavedView.objects.exists()


def test_there_are_only_so_many(at_desk: Desk, cast: Cast) -> None:
    SavedView.objects.bulk_create(
        SavedView(officer=cast.dispatcher, name=str(n), query="mine=1") for n in range(MOST_VIEWS)
    )
    client = at_desk("dispatcher")
    assert "请先删去不用的" in words(save(client))
    save(client, name="3")
    assert SavedView.objects.get(name="3").query.startswith("channel")


def test_a_filtered_worklist_costs_what_a_whole_one_costs(
    at_desk: Desk, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    Life(cast).until("accept")
    client = at_desk("street_handler")
    for query in ({}, {"due": "soon", "mine": "1", "street": "610115001000", "channel": "letter"}):
        with django_assert_max_num_queries(9):
            client.get("/desk/", query)


def test_what_a_unit_objected_to_is_found_by_that_state_and_says_so(at_desk: Desk, cast: Cast) -> None:
    objected, other = Life(cast).until("sign_for"), Life(cast).until("sign_for")
    objected.object()
    client = at_desk("dispatcher")
    assert rows_of(client, state="objected") == [objected.petition.number]
    assert "已交转（已提异议）" in words(client.get("/desk/"))
    assert rows_of(client, state="reported") == []
    head = at_desk("street_head")
    assert rows_of(head, 1, state="objected") == [objected.petition.number]
    assert set(rows_of(head, 1, state="dispatched")) == {objected.petition.number, other.petition.number}


def test_every_state_stands_once_in_the_list(at_desk: Desk, cast: Cast) -> None:
    offered = [label for _value, label in choices(Filter())[0].options]
    assert len(offered) == len(set(offered))
    assert "已办结" in offered
    assert {"已退回", "已取消"}.isdisjoint(offered)


def test_the_review_office_has_its_reviews_first_and_narrows_them(at_desk: Desk, cast: Cast) -> None:
    registered(cast)
    life = Life(cast)
    life.now = timezone.now() - timedelta(days=20)
    life.until("deliver")
    life.apply_review()
    client = at_desk("review_office")
    page = client.get("/desk/")
    assert [table.caption for table in page.context["tables"]] == ["等我办理的复查、复核"]
    assert rows_of(client, state="applied") == rows_of(client, street="610115001000") == [life.petition.number]
    assert rows_of(client, state="examining") == rows_of(client, street="610115004000") == []
    life.admit_review()
    assert rows_of(client, state="accepted") == [life.petition.number]  # 已受理, of whichever machine
    assert rows_of(client, due="overdue") == []
    ReviewCase.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    assert rows_of(client, due="overdue") == [life.petition.number]
