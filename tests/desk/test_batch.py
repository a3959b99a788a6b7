"""批量办理: one move for many rows, each its own act, each refused by its own sentence."""

import re
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.cast import Cast, Life, registered
from tests.desk.hall import words
from xinfang.desk.forms.moves import BATCH, FORMS, ONE_WORD_FOR_ALL
from xinfang.desk.ticked import MOST
from xinfang.petitions import actions
from xinfang.petitions.codes import AssignmentKind, Purpose
from xinfang.petitions.models import Assignment, Petition
from xinfang.trace.models import Entry

Desk = Callable[[str], Client]


def send(client: Client, verb: str, ids: list[int], **more: str) -> HttpResponse:
    form = {"of": verb.partition(".")[0], "verb": verb, "row": [str(pk) for pk in ids], **more}
    return client.post("/desk/batch/", form, follow=True)


def do(client: Client, verb: str, ids: list[int], **more: str) -> HttpResponse:
    return send(client, verb, ids, once=str(uuid.uuid4()), **more)


def given(cast: Cast, many: int) -> list[int]:
    return [Life(cast).until("dispatch").assignment.pk for _ in range(many)]


def boxes(page: HttpResponse) -> dict[str, str]:
    """The boxes of a page: the row's id, and what the row is open to."""
    return dict(re.findall(r'name="row" value="([0-9]+)" data-moves="([^"]*)"', words(page)))


ORDINARY = {
    *("petition.transfer", "petition.self_handle", "petition.close", "petition.archive"),
    *("assignment.sign_for", "assignment.accept", "assignment.pass_on"),
}


def test_only_moves_that_need_no_further_words_are_done_to_many() -> None:
    assert set(BATCH) >= ORDINARY
    asks = {verb for verb, form in FORMS.items() if any(field.required for field in form.base_fields.values())}
    assert asks & set(BATCH) == ONE_WORD_FOR_ALL


def test_what_must_be_read_first_is_done_one_by_one() -> None:
    assert "assignment.issue_opinion" not in BATCH


def test_each_row_can_be_ticked_and_says_what_it_is_open_to(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast).until("dispatch")
    shown = boxes(at_desk("street_handler").get("/desk/"))
    assert shown == {str(life.assignment.pk): "assignment.sign_for assignment.pass_on"}
    page = words(at_desk("street_handler").get("/desk/"))
    assert '<button name="verb" value="assignment.sign_for">签收…</button>' in page
    assert "petition.transfer" not in page


def test_all_rows_of_a_page_are_ticked_without_a_script(at_desk: Desk, cast: Cast) -> None:
    given(cast, 3)
    client = at_desk("street_handler")
    assert words(client.get("/desk/")).count(" checked></td>") == 0
    address = client.get("/desk/").context["tables"][1].all_page
    assert words(client.get(f"/desk/{address}")).count(" checked></td>") == 3


def test_someone_who_is_still_being_received_cannot_be_ticked(at_desk: Desk, cast: Cast) -> None:
    now = timezone.now()
    actions.receive(channel="visit", received_at=now, organ=cast.bureau, by=cast.registrar, at=now)
    assert boxes(at_desk("registrar").get("/desk/")) == {}


def test_it_is_asked_once_more_with_the_norm_and_the_rows_and_nothing_is_done(at_desk: Desk, cast: Cast) -> None:
    ids = given(cast, 2)
    page = words(send(at_desk("street_handler"), "assignment.sign_for", ids))
    for said in ("收到即签收；签收不改变任何期限。", "将办理 2 件", *Petition.objects.values_list("number", flat=True)):
        assert said in page
    assert set(Assignment.objects.values_list("status", flat=True)) == {"awaiting_sign"}


def test_each_is_its_own_act(at_desk: Desk, cast: Cast) -> None:
    ids = given(cast, 3)
    shown = do(at_desk("street_handler"), "assignment.sign_for", ids)
    assert "已办理 3 件。" in words(shown)
    assert set(Assignment.objects.values_list("status", flat=True)) == {"signed"}
    entries = Entry.objects.filter(act="assignment.sign_for")
    assert {entry.subject_id for entry in entries} == set(ids)
    assert {entry.cause for entry in entries} == {None}


def test_a_row_on_which_someone_acted_first_is_refused_by_its_sentence_and_the_others_go_on(
    at_desk: Desk, cast: Cast
) -> None:
    ids = given(cast, 3)
    stale = Assignment.objects.get(pk=ids[1])
    actions.sign_for(stale, by=cast.street_head, at=timezone.now())
    shown = do(at_desk("street_handler"), "assignment.sign_for", ids)
    assert [line.pk for line in shown.context["done"]] == [ids[0], ids[2]]
    (line,) = shown.context["refused"]
    assert line.pk == stale.pk
    assert "该件当前状态为“已签收待办理”" in line.why
    assert "最近一次办理：骊山街道办事处" in line.why


def test_sent_twice_it_acts_once_and_says_done_both_times(at_desk: Desk, cast: Cast) -> None:
    ids, client, once = given(cast, 2), at_desk("street_handler"), str(uuid.uuid4())
    for _ in range(2):
        shown = send(client, "assignment.sign_for", ids, once=once)
        assert len(shown.context["done"]) == 2
    assert Entry.objects.filter(act="assignment.sign_for").count() == 2


def test_the_mark_of_one_officers_page_does_nothing_for_another(at_desk: Desk, cast: Cast) -> None:
    ids, once = given(cast, 1), str(uuid.uuid4())
    send(at_desk("street_handler"), "assignment.sign_for", ids, once=once)
    (line,) = send(at_desk("street_head"), "assignment.sign_for", ids, once=once).context["refused"]
    assert "已签收待办理" in line.why


def test_petitions_are_transferred_each_to_the_unit_that_was_proposed(at_desk: Desk, cast: Cast) -> None:
    lives = [Life(cast), Life(cast)]
    for life, unit in zip(lives, (cast.street, cast.dept), strict=True):
        life.check_duplicate()
        life.propose(lead_unit=unit)
    ids, client = [life.pk for life in lives], at_desk("dispatcher")
    page = words(send(client, "petition.transfer", ids))
    assert "骊山街道办事处" in page
    assert "区住房和城乡建设局" in page
    assert len(do(client, "petition.transfer", ids).context["done"]) == 2
    assert {one.unit_id for one in Assignment.objects.all()} == {cast.street.pk, cast.dept.pk}


def test_what_cannot_be_done_is_told_before_and_is_not_in_the_form(at_desk: Desk, cast: Cast) -> None:
    ready = Life(cast).until("propose")
    other = Life(cast, way=AssignmentKind.ASSIGN).until("propose")
    shown = send(at_desk("dispatcher"), "petition.transfer", [ready.pk, other.pk])
    assert [line.pk for line in shown.context["open"]] == [ready.pk]
    assert [line.why for line in shown.context["shut"]] == ["拟办意见不是“转送”。"]
    assert f'name="row" value="{other.pk}"' not in words(shown)


def test_one_word_for_all_is_asked_once(at_desk: Desk, cast: Cast) -> None:
    ids, client = given(cast, 2), at_desk("street_head")
    assert "接手人" in words(send(client, "assignment.pass_on", ids))
    empty = do(client, "assignment.pass_on", ids)
    assert empty.status_code == 422
    assert "请选择接手人。" in words(empty)
    assert len(do(client, "assignment.pass_on", ids, to="street_handler").context["done"]) == 2
    assert {one.handler for one in Assignment.objects.all()} == {cast.street_handler}


def test_archiving_waits_for_each_window(at_desk: Desk, cast: Cast) -> None:
    old, new = Life(cast), Life(cast)
    new.now = timezone.now() - timedelta(days=10)
    ids = [life.until("evaluate").pk for life in (old, new)]
    shown = do(at_desk("archivist"), "petition.archive", ids)
    assert [line.pk for line in shown.context["done"]] == [old.pk]
    assert "届满后才能归档" in shown.context["refused"][0].why


def test_what_he_may_not_know_of_is_nobodys(at_desk: Desk, cast: Cast) -> None:
    accusation = registered(cast, purpose=Purpose.ACCUSE).petition
    shown = do(at_desk("dispatcher"), "petition.transfer", [accusation.pk])
    assert "选中的件没有找到，或者不对您开放。" in words(shown)
    assert str(accusation.number) not in words(shown)


@pytest.mark.parametrize(
    ("verb", "ids", "said"),
    [
        ("assignment.sign_for", [], "请先选中要办理的件。"),
        ("assignment.sign_for", [0, 10**20], "请先选中要办理的件。"),
        ("assignment.sign_for", list(range(1, MOST + 2)), "一次最多选 100 件，现在选了 101 件。"),
        ("petition.void", [1], "请选择要办理的步骤。"),
        ("assignment.issue_opinion", [1], "请选择要办理的步骤。"),
    ],
)
def test_what_cannot_be_asked_leads_back_with_a_sentence(at_desk: Desk, verb: str, ids: list[int], said: str) -> None:
    shown = do(at_desk("street_head"), verb, ids)
    assert shown.redirect_chain == [("/desk/", 302)]
    assert said in words(shown)


def test_a_link_to_it_leads_to_the_worklist(at_desk: Desk) -> None:
    assert at_desk("dispatcher").get("/desk/batch/").url == "/desk/"


def test_looking_before_costs_at_most_one_question_a_row(at_desk: Desk, cast: Cast) -> None:
    ids, client, counted = [Life(cast).until("propose").pk for _ in range(5)], at_desk("dispatcher"), []
    for rows in (ids[:1], ids):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            send(client, "petition.transfer", rows)
        counted.append(len(asked))
    assert counted[1] - counted[0] == 4
