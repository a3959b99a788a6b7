"""复查、复核 and 听证 through the pages: taken up, decided, delivered, handled anew, heard; and what the page says of them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from tests.cast import Cast, Life
from tests.desk.hall import shown, words
from xinfang.documents.models import Paper
from xinfang.petitions import progress
from xinfang.petitions.codes import ReviewDecision
from xinfang.petitions.models import Evidence, Hearing, Petition, ReviewCase

Desk = Callable[[str], Client]


@pytest.fixture
def store(settings: Settings, tmp_path: object) -> None:
    settings.STORE = tmp_path / "files"  # type: ignore[operator]


class Hall:
    """Officers at the pages of one petition."""

    def __init__(self, at_desk: Desk, life: Life) -> None:
        self.at_desk, self.life = at_desk, life

    def path(self, verb: str) -> str:
        machine, _, word = verb.partition(".")
        life = self.life
        if machine == "petition":
            return f"/desk/petitions/{life.petition.number}/{word}/"
        pk = {"assignment": lambda: life.assignment, "review": lambda: life.review, "hearing": lambda: life.hearing}
        return f"/desk/{machine}s/{pk[machine]().pk}/{word}/"

    def send(self, name: str, verb: str, **form: Any) -> str:
        """What the page answers when it refuses, empty when it was done."""
        client = self.at_desk(name)
        drawn = client.get(self.path(verb))
        assert drawn.status_code == 200, words(drawn)
        marks = {"once": drawn.context["once"], "seen": drawn.context["seen"]}
        answer = client.post(self.path(verb), {**form, **marks, **shown(drawn)})
        return "" if answer.status_code == 302 else words(answer)

    def page(self, name: str) -> str:
        return words(self.at_desk(name).get(f"/desk/petitions/{self.life.petition.number}/"))


@pytest.fixture
def life(cast: Cast) -> Life:
    life = Life(cast)
    life.now = timezone.now() - timedelta(days=20)
    return life


def scan() -> SimpleUploadedFile:
    return SimpleUploadedFile("申请书.txt", "我不服。".encode(), "text/plain")


def test_a_review_goes_from_the_paper_application_to_its_delivery(at_desk: Desk, life: Life, store: None) -> None:
    hall, today = Hall(at_desk, life.until("deliver")), timezone.localdate().isoformat()
    facts = {"level": "review", "organ": "临潼区人民政府", "applied_on": today, "received_on": today}
    assert "请上传一份扫描件" in hall.send("review_office", "petition.apply_review", **facts, request="不服。")
    assert hall.send("review_office", "petition.apply_review", **facts, request="不服。", scan=scan()) == ""
    assert Evidence.objects.get().label == "复查（复核）申请书"
    assert "复查" in words(at_desk("review_office").get("/desk/"))
    assert life.petition.number in words(at_desk("review_office").get("/desk/"))
    assert hall.send("review_office", "review.admit_review") == ""
    assert hall.send("review_office", "review.examine_review") == ""
    said = {"examined": "调卷。", "findings": "属实。", "basis": "《民法典》", "outcome": "维持原意见。"}
    assert "请填写" in hall.send("review_office", "review.decide_review", decision="upheld", **said | {"basis": ""})
    assert hall.send("review_office", "review.decide_review", decision="upheld", **said) == ""
    service = {"mode": "in_person", "delivered_on": today, "proof": "本人签收"}
    assert hall.send("review_office", "review.deliver_review", **service) == ""
    assert ReviewCase.objects.get().status == "closed"
    seen = hall.page("street_handler")
    for words_of in ("复查、复核", "维持原意见。", "调卷。", "信访事项复查意见书", "请求复核"):
        assert words_of in seen


def test_a_late_application_is_refused_or_taken_up_with_its_reason(at_desk: Desk, life: Life) -> None:
    hall = Hall(at_desk, life.until("apply_review"))
    ReviewCase.objects.update(window_until=life.review.applied_on - timedelta(days=12))
    assert "申请已经逾期" in hall.send("review_office", "review.admit_review")
    form = {"ground": "out_of_time", "reason": "超过三十日。", "right_road": "原意见有效。"}
    assert hall.send("review_office", "review.refuse_review", **form) == ""
    assert "超过申请期限" in hall.page("review_office")


def test_what_was_set_aside_is_ordered_anew_through_the_pages(at_desk: Desk, life: Life) -> None:
    hall = Hall(at_desk, life.until("deliver_revoked"))
    assert "责令重新办理" in hall.page("bureau_head")
    form = {"unit": life.cast.street.code, "requirement": "查清渗漏原因。"}
    assert hall.send("review_office", "review.order_redo", **form) == ""
    assert Petition.objects.get().status == "dispatched"
    assert "不得以同一事实和理由" in life.assignment.requirement


def test_what_the_city_decided_is_entered_with_its_scan(at_desk: Desk, life: Life, store: None) -> None:
    hall = Hall(at_desk, life.until("apply_review"))
    ReviewCase.objects.update(is_outside=True, organ="西安市人民政府")
    form = {
        "decision": "upheld",
        "outside_number": "市政复查〔2026〕3号",
        "decided_on": timezone.localdate().isoformat(),
        "findings": "查明。",
        "outcome": "维持。",
    }
    assert hall.send("review_office", "review.record_review", **form, scan=scan()) == ""
    assert life.review.finding.outside_number == "市政复查〔2026〕3号"
    assert "市政复查〔2026〕3号" in hall.page("review_office")


def test_a_hearing_goes_through_the_pages(at_desk: Desk, life: Life) -> None:
    hall = Hall(at_desk, life.until("handle"))
    assert hall.send("street_handler", "assignment.propose_hearing", reason="争议大。") == ""
    assert hall.send("street_head", "hearing.approve_hearing") == ""
    soon = (timezone.localtime() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    form = {"starts_at": soon, "place": "二楼", "host": "周明", "members": "郑律师\n吴代表\n冯某"}
    assert "听证通知至少提前7日" in hall.send("street_handler", "hearing.notice_hearing", **form)
    later = (timezone.localtime() + timedelta(days=9)).strftime("%Y-%m-%dT%H:%M")
    two = form | {"starts_at": later, "members": "郑律师\n吴代表"}
    assert "听证员应为单数" in hall.send("street_handler", "hearing.notice_hearing", **two)
    assert hall.send("street_handler", "hearing.notice_hearing", **form | {"starts_at": later}) == ""
    assert "听证定在" in words(at_desk("street_handler").get(hall.path("hearing.hold_hearing")))
    Hearing.objects.update(starts_at=timezone.now())
    assert hall.send("street_handler", "hearing.hold_hearing", record="陈述。", signed="均签。") == ""
    assert hall.send("street_handler", "hearing.conclude_hearing", conclusion="三票一致。") == ""
    seen = hall.page("street_handler")
    for said in ("听证", "周明", "三票一致。", "听证通知书", "听证笔录", "听证结论"):
        assert said in seen


def test_its_papers_are_read_and_printed(at_desk: Desk, life: Life) -> None:
    life.until("hold_hearing")
    for step in ("conclude_hearing", "draft_opinion", "issue_opinion", "deliver", "apply_review"):
        getattr(life, step)()
    life.reviewed()
    client, number = at_desk("review_office"), life.petition.number
    for kind in ("hearing_notice", "hearing_record", "hearing_conclusion", "review_application", "review_opinion"):
        paper = Paper.objects.get(kind=kind)
        assert client.get(f"/desk/petitions/{number}/papers/{paper.pk}/").status_code == 200, kind
    printed = words(client.post("/desk/prints/", {"of": "petition", "row": str(life.pk)}))
    assert "信访事项复查意见书" in printed


def test_the_bureaus_head_finds_a_hearing_of_a_review_on_his_worklist(at_desk: Desk, life: Life) -> None:
    hall = Hall(at_desk, life.until("propose_review_hearing"))
    assert "等我办理的复查、复核" in words(at_desk("bureau_head").get("/desk/"))
    assert hall.send("bureau_head", "hearing.approve_hearing") == ""
    assert "等我办理的复查、复核" not in words(at_desk("bureau_head").get("/desk/"))


def test_an_office_without_reviews_is_told_that_there_are_none(at_desk: Desk, cast: Cast) -> None:
    assert "这里没有待办" in words(at_desk("review_office").get("/desk/"))


def test_looking_for_repeats_is_not_offered_to_the_review_office_as_its_business(at_desk: Desk, cast: Cast) -> None:
    """It may (domain 2.2), where there is cause; it stands folded below."""
    hall = Hall(at_desk, Life(cast))
    page = moves_of(hall.page("review_office"))
    plain, folded = page.split("<details", 1)
    assert "现在没有等您办理的步骤" in plain
    assert "check_duplicate/" not in plain
    assert "check_duplicate/" in folded
    assert "check_duplicate/" not in hall.page("review_office").split('<nav class="thumb"')[-1].split("</nav>")[0]
    assert "check_duplicate/" in moves_of(hall.page("dispatcher")).split("<details")[0]


def test_a_date_of_a_review_opens_its_explanation(at_desk: Desk, life: Life) -> None:
    life.until("admit_review")
    answer = at_desk("review_office").get(f"/desk/why/{life.pk}/{life.review.due_on.isoformat()}/")
    assert answer.status_code == 200
    assert "第三十五条" in words(answer)


def test_the_page_of_a_reviewed_petition_is_read_in_a_fixed_number_of_statements(
    at_desk: Desk, life: Life, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    hall = Hall(at_desk, life.until("deliver_review"))
    hall.page("review_office")
    with django_assert_max_num_queries(45):
        hall.page("review_office")


# 信访人读到的


def told(life: Life) -> progress.Progress:
    return progress.of(Petition.objects.select_related("organ").get(pk=life.pk), today=timezone.localdate())


def test_the_petitioner_reads_where_his_review_stands_and_until_when(life: Life) -> None:
    life.until("apply_review")
    assert told(life).state == "已收到您的复查申请，正在审查是否受理。"
    assert told(life).next.due == life.review.due_on
    life.admit_review()
    assert told(life).state == "临潼区人民政府已受理复查。"
    assert "第三十五条" in told(life).next.article
    life.examine_review()
    life.decide_review()
    life.deliver_review()
    assert told(life).state == "复查意见书已送达。"
    steps = [step.text for step in told(life).steps]
    assert "收到您的复查申请（向临潼区人民政府）。" in steps
    assert "临潼区人民政府提出复查意见：维持。" in steps


def test_refused_he_reads_why_and_his_petition_stands_where_it_stood(life: Life) -> None:
    from xinfang.petitions import actions
    from xinfang.petitions.codes import ReviewRefusal

    life.until("apply_review")
    actions.refuse_review(
        life.review,
        ground=ReviewRefusal.OTHER_REMEDY,
        reason="已起诉。",
        right_road="向法院。",
        by=life.cast.review_office,
        at=life.later(),
    )
    assert told(life).state == "已办结。"
    assert any("不予受理：应当或者已经通过其他法定途径救济" in step.text for step in told(life).steps)


def test_set_aside_he_reads_that_it_is_handled_anew(life: Life) -> None:
    life.until("deliver_revoked")
    assert "撤销了原意见" in told(life).state
    life.order_redo()
    assert "骊山街道办事处" in told(life).state
    assert str(ReviewDecision.REVOKED.label) in " ".join(step.text for step in told(life).steps)


def test_he_reads_when_he_is_heard(life: Life) -> None:
    life.until("notice_hearing")
    assert any(step.text.startswith("通知听证：") for step in told(life).steps)


def moves_of(page: str) -> str:
    return page.split('id="moves"')[1].split("</section>", maxsplit=1)[0]


def test_whoever_enters_a_review_sees_plainly_that_it_may_still_be_asked_for_and_until_when(
    at_desk: Desk, life: Life
) -> None:
    hall = Hall(at_desk, life.until("evaluate"))
    until = progress.of(Petition.objects.select_related("organ").get(pk=life.pk), today=timezone.localdate()).offer
    assert until is not None
    assert until.until is not None
    plain = moves_of(hall.page("review_office")).split("<details")[0]
    assert f"还可以申请复查，到 {until.until.isoformat()} 为止。" in plain
    assert "apply_review/" in plain
    life.apply_review()
    hall.life.reviewed()
    assert "还可以申请复核，到" in moves_of(hall.page("registrar")).split("<details")[0]


def test_what_is_said_instead_of_taking_a_review_up_is_not_folded_away(at_desk: Desk, life: Life) -> None:
    plain = moves_of(Hall(at_desk, life.until("apply_review")).page("review_office")).split("<details")[0]
    assert plain.index("admit_review/") < plain.index("ask_review_supplement/")
    assert "refuse_review/" in plain


def test_a_review_is_withdrawn_through_the_pages_and_no_unit_reads_why(at_desk: Desk, life: Life, store: None) -> None:
    hall = Hall(at_desk, life.until("apply_review"))
    assert "请上传一份扫描件" in hall.send("registrar", "review.ask_review_withdrawal", statement="村里让我撤。")
    assert hall.send("registrar", "review.ask_review_withdrawal", statement="村里让我撤。", scan=scan()) == ""
    page = hall.page("review_office")
    assert "申请撤回，请向本人核实" in page
    assert "keep_review/" in moves_of(page).split("<details")[0]
    assert "村里让我撤。" in page
    assert "村里让我撤。" not in hall.page("street_head")
    assert hall.send("review_office", "review.keep_review", called_back="当面核实，不是自愿。") == ""
    life.ask_review_withdrawal(at=timezone.now())
    assert hall.send("review_office", "review.withdraw_review", called_back="电话核实，自愿。") == ""
    assert life.review.status == "withdrawn"
    assert "已撤回" in hall.page("review_office")


def test_only_the_organs_above_are_offered(at_desk: Desk, life: Life) -> None:
    from xinfang.organizations.models import Division

    Division.objects.create(code="610100000000", name="西安市", kind="city")
    Division.objects.filter(pk="610115000000").update(parent="610100000000")
    hall = Hall(at_desk, life.until("deliver"))
    client, path = at_desk("review_office"), hall.path("petition.apply_review")
    drawn = client.get(path)
    assert [value for value, _label in drawn.context["form"].fields["organ"].choices if value] == ["临潼区人民政府"]
    marks = {"once": drawn.context["once"], "seen": drawn.context["seen"]}
    asked = {"level": "final_review", "organ": "临潼区人民政府", "request": "不服。", **marks, **shown(drawn)}
    again = client.post(path, asked)
    assert [value for value, _label in again.context["form"].fields["organ"].choices if value] == ["西安市人民政府"]
    assert "不服。" in words(again)


def test_each_last_day_of_a_review_stands_under_its_own_name(at_desk: Desk, life: Life) -> None:
    hall, page = Hall(at_desk, life.until("apply_review")), ""
    received = life.review.received_on
    for page in (hall.page("review_office"), words(at_desk("review_office").get(hall.path("review.admit_review")))):
        assert "决定是否受理，最迟" in page
        assert "提出意见，最迟" in page
        for days in (15, 30):
            assert (received + timedelta(days=days)).isoformat() in page
    assert "<dd>临潼区人民政府（复查）</dd>" in hall.page("review_office")
    life.admit_review()
    assert "决定是否受理，最迟" not in hall.page("review_office")
    life.examine_review()
    life.decide_review()
    assert "送达，最迟" in hall.page("review_office")
