"""What each move's form refuses, beside its field; whatever is sent, nothing breaks and nothing is half done."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.cast import Cast, Life, registered
from tests.desk.hall import shown, words
from xinfang.petitions.codes import AssignmentKind, Purpose
from xinfang.petitions.models import DuplicateCheck, Petition
from xinfang.trace.models import Entry

Desk = Callable[[str], Client]
CHECK = {"outcome": "initial", "reason": "无同人同事"}
PROPOSE = {
    "kind": "appeal_claim",
    "procedure": "petition_procedure",
    "category": "040200",
    "way": "transfer",
    "lead_unit": "6101150010000001299",
    "opinion": "交街道办理。",
}
DELIVER = {"mode": "in_person", "delivered_on": "2026-06-18", "proof": "本人签收"}
NOTE = {"kind": "other", "text": "查了档案", "happened_at": "2026-06-19T10:00"}
RATE = {"bureau": "satisfied", "unit": "satisfied", "reason": ""}
SECOND_ANSWER = {"finding_2": "没有依据。", "basis_2": "《民法典》", "result_2": "not_supported"}
OPINION = {
    "remedy_organ": "临潼区人民政府",
    "finding_1": "属实。",
    "basis_1": "《物业管理条例》",
    "result_1": "supported",
}
FAR = [("0001-01-01", "日期须在"), ("9999-12-31", "日期须在"), ("2026-02-30", "日期不对"), ("明天", "日期不对")]

# Officer, the last step before, the verb, a form that is right, what is wrong in it, and the sentence beside that field.
WRONG: list[tuple[str, str | None, str, dict[str, Any], str, str, str]] = [
    ("registrar", None, "petition.check_duplicate", CHECK, "outcome", "same", "没有这个选项"),
    ("registrar", None, "petition.check_duplicate", CHECK, "outcome", "", "请选择判重结论。"),
    ("registrar", None, "petition.check_duplicate", CHECK, "reason", "", "请填写判定理由。"),
    (
        "registrar",
        None,
        "petition.check_duplicate",
        CHECK,
        "other",
        "6101152026LX999999",
        "没有编号为“6101152026LX999999”的信访件",
    ),
    (
        "registrar",
        None,
        "petition.check_duplicate",
        {**CHECK, "outcome": "repeat"},
        "other",
        "",
        "请指明与哪一件相同或相关。",
    ),
    ("dispatcher", "check_duplicate", "petition.propose", PROPOSE, "category", "nothing", "没有这个选项"),
    ("dispatcher", "check_duplicate", "petition.propose", PROPOSE, "lead_unit", "1", "没有这个选项"),
    ("dispatcher", "check_duplicate", "petition.propose", PROPOSE, "lead_unit", "6101150000000028299", "没有这个选项"),
    (
        "dispatcher",
        "check_duplicate",
        "petition.propose",
        PROPOSE,
        "lead_unit",
        "6101150000000035299",
        "自办的主办单位是登记机构本身",
    ),
    ("dispatcher", "check_duplicate", "petition.propose", PROPOSE, "way", "throw", "没有这个选项"),
    ("dispatcher", "check_duplicate", "petition.propose", PROPOSE, "procedure", "magic", "没有这个选项"),
    ("dispatcher", "check_duplicate", "petition.propose", PROPOSE, "opinion", "长" * 501, "不能超过 500 个字"),
    ("bureau_head", "propose", "petition.approve", {"note": "同意"}, "note", "", "请填写批办意见。"),
    ("dispatcher", "approve", "petition.assign", {"requirement": "报告"}, "requirement", "", "请填写交办要求。"),
    (
        "dispatcher",
        "approve",
        "petition.assign",
        {"requirement": "报告"},
        "feedback_due",
        "2020-01-01",
        "反馈期限必须晚于今天。",
    ),
    *(("dispatcher", "approve", "petition.assign", {"requirement": "报告"}, "feedback_due", *far) for far in FAR),
    ("street_handler", "sign_for", "assignment.accept", {}, "handler", "nobody", "没有这个选项"),
    ("street_handler", "sign_for", "assignment.accept", {}, "handler", "dept_handler", "没有这个选项"),
    ("street_handler", "accept", "assignment.handle", {"text": "联系"}, "text", "  ", "请填写与信访人联系的情况。"),
    (
        "street_handler",
        "handle",
        "assignment.log_work",
        NOTE,
        "happened_at",
        "2099-01-01T00:00",
        "办理时间不能晚于现在。",
    ),
    ("street_handler", "handle", "assignment.log_work", NOTE, "happened_at", "9999-01-01T00:00", "日期须在"),
    ("street_handler", "handle", "assignment.log_work", NOTE, "kind", "magic", "没有这个选项"),
    ("street_handler", "handle", "assignment.draft_opinion", OPINION, "remedy_organ", "", "请选择复查机关。"),
    ("street_handler", "handle", "assignment.draft_opinion", OPINION, "basis_1", "", "第 1 项诉求要写明事实和依据。"),
    ("street_handler", "handle", "assignment.draft_opinion", OPINION, "result_1", "", "请选择第 1 项诉求的结果。"),
    ("street_handler", "handle", "assignment.draft_opinion", OPINION, "result_1", "perhaps", "没有这个选项"),
    (
        "street_handler",
        "issue_opinion",
        "assignment.deliver",
        DELIVER,
        "delivered_on",
        "2000-01-01",
        "送达日期不能早于出具意见之日",
    ),
    ("street_handler", "issue_opinion", "assignment.deliver", DELIVER, "delivered_on", "2099-01-01", "也不能晚于今天"),
    *(("street_handler", "issue_opinion", "assignment.deliver", DELIVER, "delivered_on", *far) for far in FAR),
    ("street_handler", "issue_opinion", "assignment.deliver", DELIVER, "proof", "长" * 201, "不能超过 200 个字"),
    (
        "street_handler",
        "deliver",
        "assignment.report",
        {"process": "已修", "view": "agree"},
        "view",
        "",
        "请选择信访人态度。",
    ),
    ("supervisor", "report", "assignment.check_result", {"note": "合格"}, "note", "", "请填写审核意见。"),
    ("registrar", "close", "petition.evaluate", RATE, "bureau", "superb", "没有这个选项"),
    ("bureau_head", None, "petition.void", {"reason": "误录"}, "reason", "", "请填写作废理由。"),
    ("street_head", "accept", "assignment.pass_on", {}, "to", "", "请选择接手人。"),
]


def path_of(life: Life, verb: str) -> str:
    machine, _, word = verb.partition(".")
    if machine == "petition":
        return f"/desk/petitions/{life.petition.number}/{word}/"
    return f"/desk/assignments/{life.assignment.pk}/{word}/"


@pytest.mark.parametrize(("name", "last", "verb", "right", "field", "value", "sentence"), WRONG)
def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_done(
    at_desk: Desk,
    cast: Cast,
    name: str,
    last: str | None,
    verb: str,
    right: dict[str, Any],
    field: str,
    value: str,
    sentence: str,
) -> None:
    life = Life(cast, way=AssignmentKind.ASSIGN)
    if last:
        life.until(last)
    before = Entry.objects.exclude(subject_kind="look").count()
    answer = at_desk(name).post(path_of(life, verb), {**right, field: value})
    assert answer.status_code == 422
    errors = dict(answer.context["form"].errors)
    assert set(errors) == {field}
    assert sentence in str(errors[field])
    assert Entry.objects.exclude(subject_kind="look").count() == before


def test_a_draft_without_any_answer_is_refused(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast).until("handle")
    answer = at_desk("street_handler").post(
        path_of(life, "assignment.draft_opinion"), {"remedy_organ": "临潼区人民政府"}
    )
    assert "请至少写出一项诉求的答复。" in words(answer)


def test_a_later_draft_begins_where_the_last_one_ended(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast).until("draft_opinion")
    drawn = words(at_desk("street_handler").get(path_of(life, "assignment.draft_opinion")))
    assert drawn.count("漏水属实。") == 2
    assert 'value="临潼区人民政府"' in drawn


def test_the_head_reads_what_he_signs(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast).until("draft_opinion")
    assert words(at_desk("street_head").get(path_of(life, "assignment.issue_opinion"))).count("漏水属实。") == 2


def test_the_head_reads_a_newer_draft_before_he_signs(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast).until("draft_opinion")
    head, path = at_desk("street_head"), path_of(life, "assignment.issue_opinion")
    read = shown(head.get(path))
    at_desk("street_handler").post(path_of(life, "assignment.draft_opinion"), {**OPINION, **SECOND_ANSWER})
    answer = head.post(path, read)
    assert "您看过之后又有了新的拟稿。请看过新稿后再签发。" in words(answer)
    assert "没有依据。" in words(answer)
    assert head.post(path, shown(answer)).status_code == 302
    assert life.assignment.status == "opinion_issued"


def test_an_opinion_that_leaves_a_demand_out_is_not_offered_for_signature(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast).until("handle")
    at_desk("street_handler").post(path_of(life, "assignment.draft_opinion"), OPINION)
    answer = at_desk("street_head").post(path_of(life, "assignment.issue_opinion"))
    assert "还有 1 项诉求没有答复。" in words(answer)


def test_candidates_of_the_same_identity_are_shown_with_the_reason(at_desk: Desk, cast: Cast) -> None:
    first, second = registered(cast).petition, registered(cast).petition
    text = words(at_desk("registrar").get(f"/desk/petitions/{second.number}/check_duplicate/"))
    assert first.number in text
    assert "证件号码" in text
    assert "王桂兰" not in text


def test_a_candidate_he_may_not_know_of_is_not_shown(at_desk: Desk, cast: Cast) -> None:
    sealed = registered(cast, purpose=Purpose.ACCUSE).petition
    ordinary = registered(cast).petition
    text = words(at_desk("dispatcher").get(f"/desk/petitions/{ordinary.number}/check_duplicate/"))
    assert sealed.number not in text


def test_a_repeat_is_tied_to_its_initial_by_number(at_desk: Desk, cast: Cast) -> None:
    first, second = registered(cast).petition, registered(cast).petition
    form = {"outcome": "repeat", "other": f" {first.number.lower()} ", "reason": "同人同事"}
    client, path = at_desk("registrar"), f"/desk/petitions/{second.number}/check_duplicate/"
    client.post(path, form | shown(client.get(path)))
    assert Petition.objects.get(pk=second.pk).repeat_of == first


def test_what_came_in_while_he_looked_is_shown_before_he_decides(at_desk: Desk, cast: Cast) -> None:
    petition = registered(cast).petition
    client, path = at_desk("registrar"), f"/desk/petitions/{petition.number}/check_duplicate/"
    seen = shown(client.get(path))
    later = registered(cast).petition
    answer = client.post(path, CHECK | seen)
    assert "可能相同的件有了变化。" in words(answer)
    assert later.number in words(answer)
    assert client.post(path, CHECK | shown(answer)).status_code == 302
    assert [pk for pk, *_ in DuplicateCheck.objects.get().candidates] == [later.pk]


def test_a_dispatch_of_a_repeat_under_way_is_refused_with_the_article(at_desk: Desk, cast: Cast) -> None:
    first = Life(cast).until("dispatch").petition
    second = Life(cast)
    client = at_desk("dispatcher")
    path = path_of(second, "petition.check_duplicate")
    client.post(path, {"outcome": "repeat", "other": first.number, "reason": "同", **shown(client.get(path))})
    client.post(path_of(second, "petition.propose"), PROPOSE)
    answer = client.post(path_of(second, "petition.transfer"))
    assert "同一事项已有主办单位正在办理，不能再交。（条例 十九）" in words(answer)


def test_a_dissatisfied_petitioner_gives_his_reason(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast)
    life.now = timezone.now() - timedelta(days=10)
    life.until("deliver")
    client, path = at_desk("registrar"), path_of(life, "petition.evaluate")
    scan = SimpleUploadedFile("评价表.txt", "不满意".encode())
    answer = client.post(path, {**RATE, "unit": "dissatisfied", "scan": scan})
    assert answer.context["form"].errors["reason"] == ["不满意的请写明原因。"]
    again = {"unit": "dissatisfied", "reason": "来得太晚", "scan": SimpleUploadedFile("评价表.txt", "不满意".encode())}
    assert client.post(path, {**RATE, **again}).status_code == 302


def test_a_voided_petition_keeps_its_number_and_leaves_the_worklist(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast)
    number = life.petition.number
    assert at_desk("bureau_head").post(path_of(life, "petition.void"), {"reason": "录重了"}).status_code == 302
    assert life.petition.number == number
    assert number not in words(at_desk("dispatcher").get("/desk/"))


def test_work_is_passed_on_to_a_colleague_of_the_same_unit(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast).until("accept")
    form = {"to": cast.street_head.username}
    assert at_desk("street_handler").post(path_of(life, "assignment.pass_on"), form).status_code == 302
    assert life.assignment.handler == cast.street_head


def test_today_is_a_day_of_delivery(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast).until("issue_opinion")
    form = {**DELIVER, "delivered_on": timezone.localdate().isoformat()}
    assert at_desk("street_handler").post(path_of(life, "assignment.deliver"), form).status_code == 302
    assert life.petition.status == "closed"


def test_the_head_reads_what_would_be_promised_before_he_signs(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast).until("handle")
    promised = {"what_1": "更换屋顶防水层", "by_day_1": "2099-07-31"}
    at_desk("street_handler").post(path_of(life, "assignment.draft_opinion"), {**OPINION, **SECOND_ANSWER, **promised})
    text = words(at_desk("street_head").get(path_of(life, "assignment.issue_opinion")))
    assert "由骊山街道办事处在 2099-07-31 前落实：更换屋顶防水层" in text
    assert "没有登记电话" in text


def test_what_a_draft_may_lack_is_not_called_optional(at_desk: Desk, cast: Cast) -> None:
    drawn = words(at_desk("street_handler").get(path_of(Life(cast).until("handle"), "assignment.draft_opinion")))
    assert drawn.count("（存草稿可以不填，出具以前要填）") == 6  # three of each demand
    life = Life(cast).until("issue_opinion")
    assert "（留置送达的要填）" in words(at_desk("street_handler").get(path_of(life, "assignment.deliver")))
