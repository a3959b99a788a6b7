"""The petition page: what this officer may see of it, and exactly the moves that are open to him."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.cast import WANG, Cast, Life, registered
from tests.desk.hall import TOKEN, words
from xinfang.petitions import openings
from xinfang.petitions.codes import AssignmentKind, Purpose
from xinfang.petitions.models import Assignment, Petition
from xinfang.trace.models import Entry

Desk = Callable[[str], Client]
SEERS = ("dispatcher", "bureau_head", "registrar", "supervisor", "archivist", "leader")
MOST_STATEMENTS = 20


def seers(petition: Petition) -> tuple[str, ...]:
    return (*SEERS, "street_head", "street_handler") if petition.assignments.filter(unit__kind="street") else SEERS


def page(client: Client, petition: Petition):
    return client.get(f"/desk/petitions/{petition.number}/")


def test_facts_demands_clocks_and_timeline_stand_on_it(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast).until("accept")
    text = words(page(at_desk("dispatcher"), life.petition))
    for said in ("修好屋顶", "赔偿损失", "骊山街道办事处", "已交转", "办理", "《信访工作条例》第三十四条", "受理告知"):
        assert said in text


def test_people_are_masked(at_desk: Desk, cast: Cast) -> None:
    text = words(page(at_desk("bureau_head"), Life(cast).petition))
    assert "王**" in text
    for secret in (WANG.name, WANG.id_no, WANG.phone, WANG.address):
        assert secret not in text


def test_the_timeline_names_posts_and_units_and_no_officer(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast).until("handle")
    text = words(page(at_desk("supervisor"), life.petition))
    assert "骊山街道办事处 承办人" in text
    assert cast.street_handler.name not in text


@pytest.mark.parametrize(
    "last", ["check_duplicate", "propose", "dispatch", "handle", "draft_opinion", "deliver", "report"]
)
def test_exactly_the_open_moves_are_drawn(at_desk: Desk, cast: Cast, last: str) -> None:
    petition = Life(cast, way=AssignmentKind.ASSIGN).until(last).petition
    for name in seers(petition):
        drawn = [move.label for move in page(at_desk(name), petition).context["moves"]]
        opened = openings.open_moves(cast.again(name), petition, petition.assignments.all(), timezone.localdate())
        assert sorted(drawn) == sorted(str(one.move.label) for one in opened), name


def test_what_leads_on_stands_before_what_does_not(at_desk: Desk, cast: Cast) -> None:
    petition = Life(cast).until("handle").petition
    drawn = [str(move.label) for move in page(at_desk("street_handler"), petition).context["moves"]]
    assert drawn == ["办理记录", "拟写处理意见", "转交同事", "回避", "救助转介", "调解和解", "要求补充材料", "提出听证"]


def test_a_draft_that_waits_for_his_signature_stands_first_for_the_head(at_desk: Desk, cast: Cast) -> None:
    petition = Life(cast).until("draft_opinion").petition
    drawn = page(at_desk("street_head"), petition).context
    assert drawn["plain"][0].label == drawn["near"][0].label == "出具处理意见"


def test_looking_for_repeats_again_is_folded_away_once_it_was_done(at_desk: Desk, cast: Cast) -> None:
    life, client = Life(cast), at_desk("dispatcher")
    assert page(client, life.petition).context["plain"][0].label == "判重"
    life.check_duplicate()
    drawn = page(client, life.petition).context
    assert drawn["plain"][0].label == "拟办"
    assert "判重" not in [link.label for link in drawn["plain"]]
    assert "判重" in [link.label for link in drawn["rare"]]


def test_what_ends_today_says_so(at_desk: Desk, cast: Cast) -> None:
    now = timezone.now()
    petition = registered(cast, received_at=now - timedelta(days=15), at=now).petition
    assert petition.due_on == timezone.localdate()
    assert "红色预警，今天到期" in [clock.state for clock in page(at_desk("dispatcher"), petition).context["clocks"]]


def test_the_pack_is_offered_to_whoever_may_take_it_and_to_nobody_else(at_desk: Desk, cast: Cast) -> None:
    petition = Life(cast).until("dispatch").petition
    for name in cast.officers:
        page, pack = (at_desk(name).get(f"/desk/petitions/{petition.number}/{end}") for end in ("", "pack/"))
        assert (pack.status_code == 200) == (f"/desk/petitions/{petition.number}/pack/" in words(page)), name


def test_every_drawn_move_opens_its_form(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast, way=AssignmentKind.ASSIGN).until("draft_opinion")
    for name in ("street_head", "street_handler", "dispatcher"):
        client = at_desk(name)
        for move in page(client, life.petition).context["moves"]:
            assert client.get(move.href).status_code == 200


def test_unknown_and_forbidden_look_the_same(at_desk: Desk, cast: Cast) -> None:
    client, petition = at_desk("dept_handler"), Life(cast).until("dispatch").petition
    assert page(client, petition).status_code == 404
    assert client.get("/desk/petitions/6101152026LX999999/").status_code == 404
    forbidden, unknown = page(client, petition), client.get("/desk/petitions/6101152026LX999999/")
    assert TOKEN.sub("", words(forbidden)) == TOKEN.sub("", words(unknown))


def test_an_accusation_is_opened_to_the_discipline_organ_and_its_enterer(at_desk: Desk, cast: Cast) -> None:
    petition = registered(cast, purpose=Purpose.ACCUSE).petition
    assert page(at_desk("discipline"), petition).status_code == 200
    assert page(at_desk("registrar"), petition).status_code == 200
    for name in ("bureau_head", "dispatcher", "leader", "auditor", "street_head"):
        assert page(at_desk(name), petition).status_code == 404


def test_an_auditor_sees_the_procedure_and_not_the_words(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast).until("deliver")
    text = words(page(at_desk("auditor"), life.petition))
    assert "签收" in text
    for hidden in ("屋顶", "修好", "漏水属实", "王桂兰"):
        assert hidden not in text.replace("反映小区漏水无人维修", "")


def test_a_draft_opinion_is_its_units_own(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast).until("draft_opinion")
    assert "漏水属实" in words(page(at_desk("street_head"), life.petition))
    assert "漏水属实" not in words(page(at_desk("dispatcher"), life.petition))
    life.issue_opinion()
    assert "漏水属实" in words(page(at_desk("dispatcher"), life.petition))


def test_only_the_newest_draft_is_called_a_draft(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast).until("draft_opinion")
    life.draft_opinion()
    text = words(page(at_desk("street_head"), life.petition))
    assert text.count("已被替换的草稿，写于") == 1
    assert text.index("已被替换的草稿") < text.index(
        "草稿，写于", text.index("</details>", text.index("已被替换的草稿"))
    )
    life.issue_opinion()
    assert words(page(at_desk("street_head"), life.petition)).count("已被替换的草稿，写于") == 1


def test_what_was_typed_is_never_markup(at_desk: Desk, cast: Cast) -> None:
    petition = registered(cast, text="<script>alert(1)</script>", title="<b>急</b>").petition
    text = words(page(at_desk("dispatcher"), petition))
    assert "<script>" not in text
    assert "&lt;script&gt;alert(1)" in text


@pytest.mark.parametrize("way", list(AssignmentKind))
@pytest.mark.parametrize("last", ["propose", "draft_opinion", "evaluate"])
def test_the_page_is_read_in_few_statements(
    at_desk: Desk, cast: Cast, way: AssignmentKind, last: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    petition = Life(cast, way=way).until(last).petition
    for name in seers(petition):
        client = at_desk(name)
        page(client, petition)  # the handler's first look in an hour is an entry
        with django_assert_max_num_queries(MOST_STATEMENTS):
            page(client, petition)


def test_looking_at_the_page_writes_one_line_in_the_ledger_and_none_in_the_timeline(at_desk: Desk, cast: Cast) -> None:
    petition, client = Life(cast).petition, at_desk("dispatcher")
    before = Entry.objects.count()
    steps = len(page(client, petition).context["steps"])
    assert len(page(client, petition).context["steps"]) == steps
    assert [entry.act for entry in Entry.objects.order_by("id")[before:]] == ["petition.look"]


def test_how_far_the_unit_is_stands_beside_that_it_was_given_out(at_desk: Desk, cast: Cast) -> None:
    life, client = Life(cast).until("accept"), at_desk("dispatcher")
    work, address = Assignment.objects.select_related("unit").get(), f"/desk/petitions/{life.petition.number}/"
    head = f'<span class="state">{work.unit.short_name} {work.get_status_display()}</span>'
    assert head in words(client.get(address))
    closed = Life(cast).until("deliver").petition.number
    assert f'<span class="state">{work.unit.short_name} ' not in words(client.get(f"/desk/petitions/{closed}/"))
