"""A page for every move an officer makes: its norm and article, its form, and the verb behind it."""

import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.cast import Cast, Life
from tests.desk.hall import shown, typed, words
from xinfang.desk.forms.moves import FORMS
from xinfang.petitions import openings
from xinfang.petitions.codes import AssignmentKind
from xinfang.petitions.models import Assignment, Petition
from xinfang.trace.models import Entry

Desk = Callable[[str], Client]
OWN_PAGE = {"petition.receive", "petition.register"}


def test_every_move_of_a_hand_has_a_page_and_no_other() -> None:
    by_hand = {verb for verb, move in openings.moves().items() if move.duties}
    assert set(FORMS) | OWN_PAGE == by_hand


class Road:
    """One petition led along the road through the pages alone."""

    def __init__(self, at_desk: Desk) -> None:
        self.at_desk = at_desk

    def send(self, name: str, verb: str, **form: Any) -> None:
        machine, _, word = verb.partition(".")
        path = (
            f"/desk/petitions/{self.petition.number}/{word}/"
            if machine == "petition"
            else f"/desk/assignments/{Assignment.objects.get().pk}/{word}/"
        )
        client = self.at_desk(name)
        drawn = client.get(path)
        assert drawn.status_code == 200, words(drawn)
        assert str(openings.moves()[verb].norm) in words(drawn)
        assert openings.moves()[verb].article in re.sub("<[^>]+>", "", words(drawn))
        marks = {"once": drawn.context["once"], "seen": drawn.context["seen"]}
        answer = client.post(path, {**form, **marks, **shown(drawn)})
        assert answer.status_code == 302, answer.context["form"].errors
        assert answer.url == f"/desk/petitions/{self.petition.number}/"

    @property
    def petition(self) -> Petition:
        return Petition.objects.get()


def test_a_petition_travels_the_whole_road_through_the_pages(at_desk: Desk, cast: Cast) -> None:
    road, today = Road(at_desk), timezone.localdate().isoformat()
    at_desk("registrar").post("/desk/intake/", typed())
    road.send("registrar", "petition.check_duplicate", outcome="initial", reason="无同人同事")
    road.send(
        "dispatcher",
        "petition.propose",
        kind="appeal_claim",
        procedure="petition_procedure",
        category="040200",
        way="assign",
        lead_unit=cast.street.code,
        opinion="属街道职责，建议交由其办理。",
    )
    road.send("bureau_head", "petition.approve", note="同意。")
    road.send("dispatcher", "petition.assign", requirement="请报送办结报告。")
    road.send("street_handler", "assignment.sign_for")
    road.send("street_head", "assignment.accept", handler=cast.street_handler.username)
    road.send("street_handler", "assignment.handle", text="电话联系信访人。")
    happened = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    road.send("street_handler", "assignment.log_work", kind="site_visit", text="入户查看。", happened_at=happened)
    answers = {f"{part}_{n}": said for n in (1, 2) for part, said in ANSWER.items()}
    road.send("street_handler", "assignment.draft_opinion", remedy_organ="临潼区人民政府", **answers)
    road.send("street_head", "assignment.issue_opinion")
    road.send("street_handler", "assignment.deliver", mode="in_person", delivered_on=today, proof="本人签收")
    road.send("street_handler", "assignment.report", process="已维修。", view="agree")
    road.send("supervisor", "assignment.check_result", note="合格。")
    road.send("dispatcher", "petition.close")
    scan = SimpleUploadedFile("评价表.txt", "来得太晚".encode())
    road.send(
        "registrar", "petition.evaluate", bureau="satisfied", unit="dissatisfied", reason="来得太晚", scan=scan, kept=""
    )
    assert road.petition.status == "closed"
    assert road.petition.evaluation_status == "rated"
    assert Assignment.objects.get().handler == cast.street_handler


ANSWER = {"finding": "漏水属实。", "basis": "《物业管理条例》", "result": "supported"}


def test_a_transfer_goes_out_and_a_matter_of_ones_own_is_handled(at_desk: Desk, cast: Cast) -> None:
    for way, verb in ((AssignmentKind.TRANSFER, "transfer"), (AssignmentKind.SELF, "self_handle")):
        life = Life(cast, way=way).until("propose")
        path = f"/desk/petitions/{life.petition.number}/{verb}/"
        assert "属街道职责" in words(at_desk("dispatcher").get(path))
        assert at_desk("dispatcher").post(path).status_code == 302
        assert life.assignment.kind == way


def test_what_is_archived_leaves_the_worklist(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast).until("evaluate")
    assert at_desk("archivist").post(f"/desk/petitions/{life.petition.number}/archive/").status_code == 302
    assert life.petition.status == "archived"


def test_a_form_sent_twice_acts_once_and_says_so(at_desk: Desk, cast: Cast) -> None:
    life, once = Life(cast).until("accept"), str(uuid.uuid4())
    path = f"/desk/assignments/{life.assignment.pk}/handle/"
    form = {"text": "电话联系信访人。", "once": once, "seen": "accepted"}
    client = at_desk("street_handler")
    client.post(path, form)
    again = client.post(path, form, follow=True)
    assert again.redirect_chain[-1][0] == f"/desk/petitions/{life.petition.number}/"
    assert "这份表单已经提交过，没有重复办理。" in words(again)
    assert Entry.objects.filter(act="assignment.handle").count() == 1


def test_two_officers_with_the_same_mark_do_not_hinder_each_other(at_desk: Desk, cast: Cast) -> None:
    once = str(uuid.uuid4())
    for name in ("street_handler", "street_head"):
        life = Life(cast).until("dispatch")
        path = f"/desk/assignments/{life.assignment.pk}/sign_for/"
        assert at_desk(name).post(path, {"once": once}).status_code == 302
        assert life.assignment.status == "signed"


@pytest.mark.parametrize("mark", ["x" * 5000, "not-a-uuid", "\x00", ""])
def test_a_mark_that_is_none_does_no_harm(at_desk: Desk, cast: Cast, mark: str) -> None:
    life = Life(cast).until("dispatch")
    answer = at_desk("street_handler").post(f"/desk/assignments/{life.assignment.pk}/sign_for/", {"once": mark})
    assert answer.status_code == 302


def test_a_stale_page_says_who_acted_first_and_keeps_what_was_typed(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast).until("accept")
    client, path = at_desk("street_handler"), f"/desk/assignments/{life.assignment.pk}/handle/"
    seen = client.get(path).context["seen"]
    life.handle()
    answer = client.post(path, {"text": "我写了很久的联系情况", "seen": seen})
    page = words(answer)
    assert answer.status_code == 422
    assert "现在不能“承办”：该件当前状态为“办理中”" in page
    assert "最近一次办理：骊山街道办事处 承办人于" in page
    assert "我写了很久的联系情况" in page
    assert Entry.objects.filter(act="assignment.handle").count() == 1


def test_a_stale_form_whose_move_is_still_open_asks_to_look_again(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast).until("accept")
    client, path = at_desk("street_handler"), f"/desk/assignments/{life.assignment.pk}/log_work/"
    note = {"kind": "other", "text": "查了档案", "happened_at": "2026-06-19T10:00", "seen": "accepted"}
    life.handle()
    answer = client.post(path, note)
    assert "您填写期间该件的状态变成了“办理中”" in words(answer)
    assert answer.context["seen"] == "handling"
    assert client.post(path, {**note, "seen": "handling"}).status_code == 302


def test_without_its_mark_a_stale_form_is_refused_by_the_road(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast).until("handle")
    answer = at_desk("street_handler").post(f"/desk/assignments/{life.assignment.pk}/handle/", {"text": "再联系"})
    assert answer.status_code == 422
    assert "现在不能“承办”" in words(answer)
    assert "最近一次办理" in words(answer)


def test_a_move_that_was_done_meanwhile_is_told_instead_of_drawn(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast).until("sign_for")
    answer = at_desk("street_handler").get(f"/desk/assignments/{life.assignment.pk}/sign_for/")
    assert answer.status_code == 409
    assert "现在不能“签收”：该件当前状态为“已签收待办理”" in words(answer)


def test_a_move_of_another_post_is_not_drawn(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast).until("draft_opinion")
    answer = at_desk("street_handler").get(f"/desk/assignments/{life.assignment.pk}/issue_opinion/")
    assert answer.status_code == 403
    assert "您没有办理这一步的岗位" in words(answer)


def test_a_move_of_another_post_is_refused_with_what_was_typed(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast, way=AssignmentKind.ASSIGN).until("report")
    path = f"/desk/assignments/{life.assignment.pk}/check_result/"
    answer = at_desk("leader").post(path, {"note": "我看可以"})
    assert answer.status_code == 422
    assert "我看可以" in words(answer)
    assert life.assignment.status == "reported"


@pytest.mark.parametrize(
    "path", ["/desk/assignments/9223372036854775807/accept/", "/desk/assignments/9999999999999999999/accept/"]
)
def test_an_assignment_that_does_not_exist_is_not_found(at_desk: Desk, cast: Cast, path: str) -> None:
    assert at_desk("street_handler").get(path).status_code == 404
    assert at_desk("street_handler").post(path).status_code == 404


def test_a_unit_cannot_act_on_the_work_of_another(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast).until("dispatch")
    path = f"/desk/assignments/{life.assignment.pk}/sign_for/"
    assert at_desk("dept_handler").post(path).status_code == 404
    assert life.assignment.status == "awaiting_sign"
