"""Search by words, place and state at an address; by a name with a reason, and the name in no address."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from tests.cast import WANG, Cast, Life, registered
from tests.desk.hall import words
from xinfang.documents.models import Paper
from xinfang.petitions.codes import Purpose
from xinfang.petitions.models import Petition
from xinfang.trace.models import Entry

Desk = Callable[[str], Client]
# Session, officer, seats, places, petitions, who leads them, where they were given, their organs.
STATEMENTS = 8


def numbers(client: Client, **query: str) -> list[str]:
    return [row.number for row in client.get("/desk/search/", query).context.get("rows", [])]


def by_name(client: Client, name: str = WANG.name, ground: str = "duplicate"):
    return client.post("/desk/search/name/", {"name": name, "ground": ground})


def test_nothing_is_listed_before_something_is_asked(at_desk: Desk, cast: Cast) -> None:
    registered(cast)
    page = at_desk("dispatcher").get("/desk/search/")
    assert page.status_code == 200
    assert "找到的信访件" not in words(page)


def test_words_place_and_state_narrow_what_is_found(at_desk: Desk, cast: Cast) -> None:
    roof = registered(cast).petition.number
    wages = registered(cast, title="反映拖欠工资", text="工地拖欠工资。", division="610115004000").petition.number
    client = at_desk("dispatcher")
    assert numbers(client, words="漏水 物业") == [roof]
    assert numbers(client, place="610115004000") == [wages]
    assert numbers(client, state="registered") == [wages, roof]
    assert numbers(client, words="漏水", place="610115004000") == []
    assert "没有找到" in words(client.get("/desk/search/", {"words": "没有的词"}))


def test_what_was_served_and_what_waits_for_it_are_states(at_desk: Desk, cast: Cast) -> None:
    served, waits = Life(cast).until("deliver").petition.number, Life(cast).until("issue_opinion").petition.number
    client = at_desk("dispatcher")
    assert numbers(client, state="delivered") == [served]
    assert numbers(client, state="opinion_issued") == [waits]
    assert "已送达" in words(client.get("/desk/search/"))


@pytest.mark.parametrize(
    "typed", ["临street字〔2026〕意见 1 号", "临street字[2026]意见1号", " 临street（2026）意见 1 "]
)
def test_a_petition_is_found_by_the_number_of_its_paper(at_desk: Desk, cast: Cast, typed: str) -> None:
    own = Life(cast).until("issue_opinion").petition.number
    Life(cast).until("issue_opinion")
    for name in ("street_handler", "dispatcher"):
        assert numbers(at_desk(name), paper=typed) == [own]
    assert numbers(at_desk("dept_handler"), paper=typed) == []
    assert numbers(at_desk("dispatcher"), paper="临street字〔2026〕意见 9 号") == []


def test_the_paper_of_a_sealed_petition_leads_no_outsider_to_it(at_desk: Desk, cast: Cast) -> None:
    sealed = Life(cast, is_confidential=True, by=cast.dispatcher).until("dispatch")
    number = Paper.objects.get(kind="transfer_letter").number
    assert number
    assert numbers(at_desk("bureau_head"), paper=number) == [sealed.petition.number]
    client = at_desk("registrar")
    numbers(client, paper=number)
    for asked in (number, "临信访字〔2026〕转 999 号"):
        with CaptureQueriesContext(connection) as captured:
            assert numbers(client, paper=asked) == []
        assert len(captured) == 5


def test_people_are_masked_in_what_is_found(at_desk: Desk, cast: Cast) -> None:
    registered(cast)
    page = words(at_desk("dispatcher").get("/desk/search/", {"words": "漏水"}))
    assert "王**" in page
    assert WANG.name not in page


def test_a_unit_finds_its_own_and_nobody_finds_what_is_sealed(at_desk: Desk, cast: Cast) -> None:
    own = Life(cast).until("dispatch").petition.number
    registered(cast)
    registered(cast, purpose=Purpose.ACCUSE)
    assert numbers(at_desk("street_handler"), words="漏水") == [own]
    assert len(numbers(at_desk("dispatcher"), words="漏水")) == 2


def test_the_newest_stand_first_and_pages_keep_the_question(at_desk: Desk, cast: Cast) -> None:
    made = [registered(cast).petition.number for _ in range(22)]
    client = at_desk("dispatcher")
    first = client.get("/desk/search/", {"words": "漏水"})
    assert [row.number for row in first.context["rows"]] == made[:1:-1]
    assert "words=%E6%BC%8F%E6%B0%B4&amp;after=" in words(first)
    assert numbers(client, words="漏水", after=first.context["after"]) == made[1::-1]


@pytest.mark.parametrize("query", [{"place": "nowhere"}, {"state": "draft"}, {"words": "长" * 61}, {"words": "a\x00b"}])
def test_a_tampered_question_is_refused_in_a_sentence(at_desk: Desk, query: dict[str, str]) -> None:
    answer = at_desk("dispatcher").get("/desk/search/", query)
    assert answer.status_code == 422
    assert 'class="error"' in words(answer)


def test_a_name_needs_a_reason_and_leaves_an_entry(at_desk: Desk, cast: Cast) -> None:
    number = registered(cast).petition.number
    client = at_desk("dispatcher")
    assert "请选择查找原因。" in words(by_name(client, ground=""))
    assert not Entry.objects.filter(act="petition.search_by_name").exists()
    found = by_name(client)
    assert [row.number for row in found.context["rows"]] == [number]
    facts = Entry.objects.get(act="petition.search_by_name").facts
    assert (facts["ground"], {label for label, _pk in facts["rows"]}) == ("duplicate", {"petitions.look"})


def test_a_name_stands_in_no_address(at_desk: Desk, cast: Cast) -> None:
    registered(cast)
    client = at_desk("dispatcher")
    assert client.get("/desk/search/name/", {"name": WANG.name, "ground": "duplicate"})["Location"] == "/desk/search/"
    assert not Entry.objects.filter(act="petition.search_by_name").exists()
    assert "name=" + WANG.name not in words(by_name(client))


def test_what_needs_a_desk_is_offered_at_a_desk_alone(at_desk: Desk, cast: Cast) -> None:
    for name, offered in (("registrar", True), ("village_collector", False)):
        page = words(at_desk(name).get("/desk/search/"))
        assert ("/desk/telephone/" in page, "/desk/slip/renew/" in page) == (offered, offered)


def test_who_may_not_see_names_is_not_asked_for_one(at_desk: Desk, cast: Cast) -> None:
    registered(cast)
    client = at_desk("auditor")
    assert "按姓名" not in words(client.get("/desk/search/"))
    assert by_name(client).status_code == 403


def test_a_search_costs_the_same_for_any_number_of_rows(
    at_desk: Desk, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = at_desk("dispatcher")
    for rows in (1, 7):
        for _ in range(rows):
            Life(cast).until("dispatch")
        with django_assert_num_queries(STATEMENTS):
            client.get("/desk/search/", {"words": "漏水"})
    assert Petition.objects.count() == 8
