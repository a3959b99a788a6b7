"""跟进: the lists of what waits after an opinion, and the pages that a row leads to."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast, Life
from tests.desk.hall import words
from xinfang.petitions import actions, progress
from xinfang.petitions.codes import CallAbout, EvaluationValue
from xinfang.petitions.models import Commitment, FollowUp, Performance, Petition, Referral
from xinfang.trace.acts import PETITIONER

Desk = Callable[[str], Client]
GOOD, BAD = EvaluationValue.SATISFIED, EvaluationValue.DISSATISFIED


def lived(cast: Cast, last: str, *, days: int = 20, **changes: Any) -> Life:
    life = Life(cast, **changes)
    life.now = timezone.now() - timedelta(days=days)
    return life.until(last)


def of(client: Client, which: str) -> str:
    return words(client.get(f"/desk/rounds/{which}/"))


def send(client: Client, path: str, **said: Any) -> Any:
    drawn = client.get(path)
    assert drawn.status_code == 200, words(drawn)
    return client.post(path, {"once": drawn.context["once"], "seen": drawn.context["seen"], **said})


def test_what_is_signed_and_not_served_stands_there_with_its_light(at_desk: Desk, cast: Cast) -> None:
    life = lived(cast, "issue_opinion")
    number = life.petition.number
    for name in ("street_handler", "supervisor"):
        page = of(at_desk(name), "unserved")
        assert number in page, name
        assert "超期" in page
    assert number not in of(at_desk("dept_handler"), "unserved")
    life.deliver()
    assert number not in of(at_desk("supervisor"), "unserved")


def test_each_list_is_for_those_who_have_it_and_a_wrong_one_is_not_there(at_desk: Desk, cast: Cast) -> None:
    assert at_desk("street_handler").get("/desk/rounds/calls/").status_code == 403
    assert at_desk("village_collector").get("/desk/rounds/").status_code == 403
    assert at_desk("supervisor").get("/desk/rounds/nothing/").status_code == 404
    assert "没有等待回访的不满意件。" in of(at_desk("supervisor"), "calls")


def test_a_commitment_is_reported_checked_and_gone(at_desk: Desk, cast: Cast) -> None:
    life = lived(cast, "deliver")
    one = Commitment.objects.earliest("id")
    unit, bureau = at_desk("street_handler"), at_desk("supervisor")
    assert life.petition.number in of(unit, "commitments")
    path = f"/desk/commitments/{one.pk}/carry_out/"
    answer = send(unit, path, text="修好了，附照片。", done_on="2020-01-01")
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["done_on"]
    assert "修好了，附照片。" in words(answer)
    assert send(unit, path, text="修好了，附照片。", done_on=timezone.localdate().isoformat()).status_code == 302
    assert Performance.objects.get().text == "修好了，附照片。"
    check = f"/desk/commitments/{one.pk}/check/"
    assert unit.get(check).status_code == 403
    assert list(send(bureau, check, is_kept="yes", said="").context["form"].errors) == ["said"]
    assert send(bureau, check, is_kept="yes", said="信访人说修好了。").status_code == 302
    one.refresh_from_db()
    assert one.status == "kept"
    page = words(bureau.get(f"/desk/petitions/{life.petition.number}/"))
    assert "已落实" in page
    assert "修好了，附照片。" in page


def test_a_stranger_finds_no_commitment_and_no_referral(at_desk: Desk, cast: Cast) -> None:
    life = lived(cast, "issue_opinion")
    one = Commitment.objects.earliest("id")
    need: dict[str, Any] = {"kind": "social", "organ": "区民政局", "reason": "住院欠费。"}
    actions.refer(life.petition, **need, by=cast.street_handler, at=life.later())
    client = at_desk("dept_handler")
    assert client.get(f"/desk/commitments/{one.pk}/carry_out/").status_code == 404
    assert client.get(f"/desk/referrals/{Referral.objects.get().pk}/answer/").status_code == 404
    assert client.get("/desk/commitments/1/check/").status_code == 404


def progress_of(life: Life) -> progress.Progress:
    found = Petition.objects.select_related("organ").get(pk=life.pk)
    return progress.of(found, today=timezone.localdate())


def test_a_dissatisfied_rating_waits_for_its_call_and_its_finding(at_desk: Desk, cast: Cast) -> None:
    life = lived(cast, "deliver", days=10)
    secret, by = life.registered.act_secret, PETITIONER
    said: dict[str, Any] = {"bureau": GOOD, "unit": BAD, "reason": "还在漏。"}
    actions.evaluate(life.petition, **said, act_secret=secret, by=by, at=life.later())
    client, number = at_desk("supervisor"), life.petition.number
    assert "评价不满意，等待回访" in of(client, "calls")
    assert (told := progress_of(life)).next.text == "您评价了不满意：信访局会在5个工作日内给您打电话回访。"
    assert told.next.due == FollowUp.objects.get().call_due
    sheet, row = client.get(f"/desk/petitions/{number}/"), FollowUp.objects.get()
    assert sheet.context["is_waiting"]
    assert sheet.context["plain"][0].label == "回访"
    assert sheet.context["plain"][0].until == f"评价不满意，最迟 {row.call_due}。"
    assert any(fact.name == "最迟日期" and str(row.call_due) in fact.value for fact in sheet.context["facts"])
    path = f"/desk/petitions/{number}/call_back/"
    assert "还在漏。" in words(client.get(path))
    assert send(client, path, about="rating", is_reached="yes", said="电话回访，说还在漏。").status_code == 302
    assert "已回访，等待核查结果" in of(client, "calls")
    assert "在15日内核查" in progress_of(life).next.text
    assert client.get(f"/desk/petitions/{number}/").context["plain"][0].label == "不满意核查"
    path = f"/desk/petitions/{number}/conclude_follow_up/"
    assert list(send(client, path, text="").context["form"].errors) == ["outcome", "text"]
    assert send(client, path, outcome="procedure", text="补发告知书。").status_code == 302
    assert not client.get(f"/desk/petitions/{number}/").context["is_waiting"]
    after = progress_of(life)
    steps = [step.text for step in after.steps]
    assert "因您评价不满意，信访局回访了您。" in steps
    assert "信访局核查了您不满意的事项。" in steps
    assert "不满意" not in after.next.text
    assert number not in of(client, "calls")


def test_who_is_never_reached_is_written_to_from_the_page(at_desk: Desk, cast: Cast) -> None:
    life = lived(cast, "deliver", days=10)
    said: dict[str, Any] = {"bureau": GOOD, "unit": BAD, "reason": "还在漏。", "act_secret": life.registered.act_secret}
    actions.evaluate(life.petition, **said, by=PETITIONER, at=life.later())
    client, path = at_desk("supervisor"), f"/desk/petitions/{life.petition.number}/conclude_follow_up/"
    assert "分三天联系都没有联系上的，也可以记。" in words(client.get(path))
    for _n in range(3):
        told: dict[str, Any] = {"about": CallAbout.RATING, "is_reached": False, "said": "无人接听。"}
        actions.call_back(life.petition, **told, by=cast.supervisor, at=life.later(days=1))
    drawn = client.get(path)
    assert [value for value, _label in drawn.context["form"].fields["outcome"].choices] == ["unreached"]
    assert list(send(client, path, outcome="procedure", text="打不通。").context["form"].errors) == ["outcome"]
    assert send(client, path, outcome="unreached", text="三次电话没有联系上，请来电。").status_code == 302
    assert life.petition.number not in of(client, "calls")
    assert "信访局核查了您不满意的事项，结果写在给您的答复函里。" in [step.text for step in progress_of(life).steps]
    assert "多次联系不上" in words(client.get(f"/desk/petitions/{life.petition.number}/"))


def test_an_urgent_matter_waits_until_it_is_reported_whoever_is_told(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast, is_urgent=True)
    client, number = at_desk("dispatcher"), life.petition.number
    assert number in of(client, "urgent")
    now = timezone.localtime()
    form = {
        "learned_at": now.strftime("%Y-%m-%dT%H:%M"),
        "phoned_at": now.strftime("%Y-%m-%dT%H:%M"),
        "phoned_to": "区委值班室",
        "facts": "二十余人聚集。",
        "measures": "已派人接谈。",
        "recipients": ["party"],
    }
    answer = send(client, f"/desk/petitions/{number}/report_urgent/", **form)
    assert list(answer.context["form"].errors) == ["recipients"]
    assert "还应当报本级政府。" in words(answer)
    everyone = ["party", "government", "conference", "competent", "higher", "national"]
    assert (
        send(client, f"/desk/petitions/{number}/report_urgent/", **{**form, "recipients": everyone}).status_code == 302
    )
    assert number not in of(client, "urgent")


@pytest.mark.parametrize("which", ["unserved", "commitments", "calls", "relief", "urgent"])
def test_sealed_petitions_stay_sealed_on_every_list(at_desk: Desk, cast: Cast, which: str) -> None:
    life = lived(cast, "issue_opinion")
    life.deliver()
    said: dict[str, Any] = {"bureau": GOOD, "unit": BAD, "reason": "还在漏。"}
    by, secret = PETITIONER, life.registered.act_secret
    actions.evaluate(life.petition, **said, act_secret=secret, by=by, at=life.later())
    need: dict[str, Any] = {"kind": "social", "organ": "区民政局", "reason": "住院欠费。"}
    actions.refer(life.petition, **need, by=cast.street_handler, at=life.later())
    other = lived(cast, "issue_opinion")
    Petition.objects.update(is_urgent=True)
    numbers = {life.petition.number, other.petition.number}
    client = at_desk("supervisor" if which != "urgent" else "registrar")
    assert any(number in of(client, which) for number in numbers)
    Petition.objects.update(confidentiality="confidential")
    page = of(client, which)
    assert not any(number in page for number in numbers)


def test_a_page_of_twenty_costs_as_many_statements_as_one_row(
    at_desk: Desk, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = at_desk("supervisor")
    for count in (1, 21):
        while Petition.objects.count() < count:
            lived(cast, "issue_opinion")
        for which in ("unserved", "commitments"):
            with django_assert_max_num_queries(8):
                page = of(client, which)
    assert "下一页" in page


def test_the_call_about_the_rating_is_offered_only_where_there_is_one(at_desk: Desk, cast: Cast) -> None:
    life = lived(cast, "deliver", days=10)
    form = at_desk("supervisor").get(f"/desk/petitions/{life.petition.number}/call_back/").context["form"]
    assert [value for value, _label in form.fields["about"].choices] == [CallAbout.RESOLVED]
