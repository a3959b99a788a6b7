"""Where the road branches, on the desk: what was written stands beside its act; a withdrawal has two pages of its own."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import Cast, Life
from tests.desk.hall import words
from tests.petitions.facts import begun, promises_of
from xinfang.petitions import actions
from xinfang.petitions.codes import AssignmentKind
from xinfang.petitions.models import Petition, Withdrawal

Desk = Callable[[str], Client]
STATEMENT = "街道说撤了才给修，我撤。"


def sheet(client: Client, petition: Petition) -> str:
    return words(client.get(reverse("desk:petition", args=[petition.number])))


def sent(client: Client, name: str, petition: Petition, **typed: str) -> str:
    return words(client.post(reverse(name, args=[petition.number]), typed, follow=True))


# 撤回


def test_the_registrar_enters_a_withdrawal_from_paper_and_everything_goes_on(at_desk: Desk, cast: Cast) -> None:
    petition = Life(cast).until("sign_for").petition
    client = at_desk("registrar")
    address = reverse("desk:withdrawal-ask", args=[petition.number])
    assert address in sheet(client, petition)
    page = sent(client, "desk:withdrawal-ask", petition, statement=STATEMENT)
    assert "撤回申请已录入，请回访信访人本人。" in page
    assert Petition.objects.get().status == "dispatched"
    assert Withdrawal.objects.get().is_on_paper


def test_the_call_back_that_finds_pressure_drops_it(at_desk: Desk, cast: Cast) -> None:
    petition = Life(cast).until("ask_withdrawal").petition
    client = at_desk("dispatcher")
    address = reverse("desk:withdrawal-drop", args=[petition.number])
    assert address in sheet(client, petition)
    assert address in words(client.get(reverse("desk:petition-withdraw", args=[petition.number])))
    page = sent(client, "desk:withdrawal-drop", petition, called_back="他说是被劝的。")
    assert "已记为不是自愿，该件继续办理。" in page
    assert "他说是被劝的。" in page
    assert Withdrawal.objects.get().is_voluntary is False
    assert client.get(address).status_code == 403


def test_a_unit_is_led_to_no_withdrawal_and_told_who_may(at_desk: Desk, cast: Cast) -> None:
    petition = Life(cast).until("sign_for").petition
    client, address = at_desk("street_handler"), reverse("desk:withdrawal-ask", args=[petition.number])
    assert address not in sheet(client, petition)
    refused = client.get(address)
    assert refused.status_code == 403
    assert "承办单位不能代为撤回" in words(refused)


def test_an_urgent_petition_leads_to_no_withdrawal_and_the_page_says_why(at_desk: Desk, cast: Cast) -> None:
    petition = Life(cast, is_urgent=True).petition
    client = at_desk("registrar")
    assert reverse("desk:withdrawal-ask", args=[petition.number]) not in sheet(client, petition)
    page = sent(client, "desk:withdrawal-ask", petition, statement=STATEMENT)
    assert "检举控告和涉及人身安全的紧急件不因撤回停止办理。" in page
    assert "条例 三十" in page


def test_a_unit_does_not_read_why_the_petitioner_withdraws(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast).until("sign_for")
    actions.ask_withdrawal(life.petition, statement=STATEMENT, by=cast.registrar, at=life.later())
    assert STATEMENT in sheet(at_desk("supervisor"), life.petition)
    for name in ("street_handler", "street_head", "auditor"):
        page = sheet(at_desk(name), life.petition)
        assert STATEMENT not in page
        assert "申请撤回" in page


# 办理过程


def test_an_objection_and_its_answer_stand_beside_their_acts(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast).until("return_assignment")
    for name in ("dispatcher", "street_head"):
        page = sheet(at_desk(name), life.petition)
        for said in ("提出异议", "不属本单位职权。", "权责清单", "区住房和城乡建设局", "同意退回", "属实。"):
            assert said in page


def test_an_end_stands_there_with_its_reason_and_the_right_road(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast).until("propose_decline")
    actions.decline(life.petition, right_road="请向法院起诉。", by=cast.dispatcher, at=life.later())
    page = sheet(at_desk("registrar"), life.petition)
    for said in ("不予受理", "属于或者应当通过诉讼等政法程序处理", "请向法院起诉。"):
        assert said in page


def test_reasons_and_decisions_stand_there_and_not_for_an_auditor(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast).until("return_twice")
    reason = "“三定”规定第八条。"
    actions.decide_owner(life.petition, unit=cast.dept, reason=reason, by=cast.bureau_head, at=life.later())
    actions.reassign(life.petition, unit=cast.dept, reason="按裁定改派。", by=cast.dispatcher, at=life.later())
    page = sheet(at_desk("dispatcher"), life.petition)
    assert reason in page
    assert "按裁定改派。" in page
    audited = sheet(at_desk("auditor"), life.petition)
    assert reason not in audited
    assert "改派" in audited


# 改派, 裁定


@pytest.mark.parametrize(("last", "verb", "name"), [("return_assignment", "reassign", "dispatcher")])
def test_who_reassigns_sees_who_had_it_why_it_came_back_and_which_day_stands(
    at_desk: Desk, cast: Cast, last: str, verb: str, name: str
) -> None:
    petition = Life(cast).until(last).petition
    page = words(at_desk(name).get(reverse(f"desk:petition-{verb}", args=[petition.number])))
    for said in ("骊山街道办事处", "不属本单位职权。", "建议由谁办理", "2026-06-30", "不因退回重新计算"):
        assert said in page


def test_after_the_decision_the_page_names_the_unit_that_was_decided_on(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast).until("return_twice")
    actions.decide_owner(life.petition, unit=cast.dept, reason="三定。", by=cast.bureau_head, at=life.later())
    answer = at_desk("dispatcher").get(reverse("desk:petition-reassign", args=[life.petition.number]))
    assert answer.context["form"].initial["unit"] == cast.dept.code
    assert "三定。" in words(answer)


def test_a_branch_costs_a_statement_for_each_kind_of_words_and_no_more(
    at_desk: Desk, cast: Cast, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    life = Life(cast).until("return_twice")
    client = at_desk("dispatcher")
    sheet(client, life.petition)  # his first look in an hour is an entry
    with django_assert_max_num_queries(24):  # type: ignore[attr-defined]
        sheet(client, life.petition)


def test_the_unit_that_the_objection_names_is_filled_in_for_the_dispatcher_to_look_at(
    at_desk: Desk, cast: Cast
) -> None:
    petition = Life(cast).until("return_assignment").petition
    answer = at_desk("dispatcher").get(reverse("desk:petition-reassign", args=[petition.number]))
    assert answer.context["form"].initial["unit"] == cast.dept.code


def test_who_objects_sees_his_last_day_and_why(at_desk: Desk, cast: Cast) -> None:
    life = begun(cast, timezone.now() - timedelta(days=1)).until("sign_for")
    last = promises_of(life.assignment).get(clock="D3")
    page = words(at_desk("street_head").get(reverse("desk:assignment-raise_objection", args=[life.assignment.pk])))
    assert last.due_on.isoformat() in page
    assert reverse("desk:why", args=[last.pk]) in page


# 延期, 补充材料, 其他法定程序, 退回重办


def told(client: Client, petition: Petition, *sentences: str) -> list[str]:
    """Those of the sentences that the petition page does not say."""
    page = sheet(client, petition)
    return [sentence for sentence in sentences if sentence not in page]


def test_what_was_asked_and_answered_of_an_extension_stands_in_the_timeline(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast).until("ask_extension")
    client = at_desk("street_head")
    page = words(client.get(reverse("desk:assignment-extend", args=[life.assignment.pk])))
    assert "需委托测绘。" in page
    actions.refuse_extension(life.assignment, answer="理由不足。", by=life.head, at=life.later())
    assert told(client, life.petition, "需委托测绘。", "理由不足。") == []


def test_what_is_missing_and_until_when_stands_there_too(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast).until("ask_supplement")
    assert told(at_desk("street_handler"), life.petition, "房产证复印件。", "2026-06-26") == []


def test_the_road_to_another_procedure_and_its_proof_stand_there(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast).until("route_to_procedure")
    actions.procedure_taken(life.assignment, proof="临劳仲案字〔2026〕8号。", by=life.handler, at=life.later())
    said = ("向劳动人事争议仲裁委员会申请仲裁。", "临劳仲案字〔2026〕8号。", "仲裁")
    assert told(at_desk("street_handler"), life.petition, *said) == []


def test_the_term_of_another_law_stands_where_the_sixty_days_would_and_tells_why(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast).until("route_to_procedure")
    client, due = at_desk("street_handler"), life.assignment.procedure_due
    assert told(client, life.petition, "已导入其他程序 · 仲裁", str(due)) == []
    page = words(client.get(reverse("desk:why-day", args=[life.pk, due])))
    assert "第三十一条" in page


def test_why_a_result_was_sent_back_stands_there_and_before_the_unit_begins_again(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast, way=AssignmentKind.ASSIGN).until("return_result")
    client = at_desk("street_handler")
    assert told(client, life.petition, "第2项诉求未答复。") == []
    again = reverse("desk:assignment-handle_again", args=[life.assignment.pk])
    assert "第2项诉求未答复。" in words(client.get(again))


def test_thirty_one_days_are_refused_beside_their_field(
    at_desk: Desk, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    life = Life(cast).until("handle")
    monkeypatch.setattr(timezone, "now", life.later)
    address = reverse("desk:assignment-ask_extension", args=[life.assignment.pk])
    page = at_desk("street_handler").post(address, {"days": "31", "ground": "需委托测绘。"})
    assert (page.status_code, "延长期限最短1日，最长30日。" in words(page)) == (422, True)


def test_an_objection_waits_on_the_dispatchers_worklist_and_what_came_back_does_too(at_desk: Desk, cast: Cast) -> None:
    for last in ("object", "return_assignment"):
        petition = Life(cast).until(last).petition
        assert petition.number in words(at_desk("dispatcher").get(reverse("desk:worklist")))


# 异议


def test_an_objection_stands_in_sight_with_its_last_day_while_it_is_open(at_desk: Desk, cast: Cast) -> None:
    life = begun(cast, timezone.now() - timedelta(hours=20)).until("sign_for")
    client, address = at_desk("street_head"), reverse("desk:assignment-raise_objection", args=[life.assignment.pk])
    until = promises_of(life.assignment).get(clock="D3").due_on
    page = client.get(reverse("desk:petition", args=[life.petition.number]))
    link = next(one for one in page.context["plain"] if one.href == address)
    assert link.until == f"到 {until} 为止，逾期视为认可。"
    assert link.until in words(page)
    assert address not in {one.href for one in page.context["rare"]}
    late = begun(cast, timezone.now() - timedelta(days=12)).until("sign_for")
    assert "raise_objection" not in sheet(client, late.petition)
