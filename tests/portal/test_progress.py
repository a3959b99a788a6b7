"""What the petitioner is told at each place of the road, and what he is not told."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import MORNING, STEPS, Cast, Life
from tests.portal.conftest import ask, text
from xinfang.deadlines import shifts
from xinfang.deadlines.models import Promise
from xinfang.deadlines.shifts import Approver
from xinfang.organizations.models import Officer, Tenure
from xinfang.petitions import actions, progress
from xinfang.petitions.codes import AssignmentKind, Confidentiality, ReviewDecision
from xinfang.petitions.lifecycle import AssignmentStatus, PetitionStatus
from xinfang.petitions.models import Petition
from xinfang.petitions.plain_words import GIVEN, STAGES
from xinfang.petitions.progress import Progress

STREET = "骊山街道办事处"


def read(life: Life, today: date | None = None) -> Progress:
    return progress.of(life.petition, today=today or life.now.date())


def page_of(client: Client, life: Life) -> str:
    return text(ask(client, str(life.petition.number), life.registered.query_code))


def test_every_state_has_its_words() -> None:
    never_shown = {PetitionStatus.DRAFT, PetitionStatus.DISPATCHED, PetitionStatus.SELF_HANDLING}
    passed_over = {AssignmentStatus.RETURNED, AssignmentStatus.CANCELLED}
    passed_over |= {AssignmentStatus.CO_WORKING, AssignmentStatus.CO_OPINION_GIVEN}  # of a unit that only assists
    states = ({*PetitionStatus} - never_shown) | ({*AssignmentStatus} - passed_over)
    assert {str(state) for state in states} == {str(stage) for stage in STAGES}
    assert set(GIVEN) == set(AssignmentKind)


def test_after_registration_the_bureau_has_it_and_fifteen_days_to_pass_it_on(cast: Cast) -> None:
    reading = read(Life(cast))
    assert (reading.unit, reading.since) == ("区信访局", date(2026, 6, 15))
    assert (reading.next.due, reading.next.article) == (date(2026, 6, 30), "《信访工作条例》第二十二条第一款")


def test_after_transfer_the_unit_has_it_and_fifteen_days_to_give_notice(cast: Cast) -> None:
    reading = read(Life(cast).until("dispatch"))
    assert (reading.unit, reading.since) == (STREET, date(2026, 6, 15))
    assert reading.state == f"已交{STREET}办理，等待该单位签收。"
    assert (reading.next.due, reading.next.article) == (date(2026, 6, 30), "《信访工作条例》第二十三条第三款")


def test_after_acceptance_sixty_days_are_told(cast: Cast) -> None:
    reading = read(Life(cast).until("accept"))
    assert reading.state == f"{STREET}已受理。"
    assert (reading.next.due, reading.next.article) == (date(2026, 8, 15), "《信访工作条例》第三十四条")


def test_an_issued_opinion_shows_its_answers(cast: Cast) -> None:
    life = Life(cast).until("draft_opinion")
    assert [claim.result for claim in read(life).claims] == ["", ""]
    life.issue_opinion()
    claims = read(life).claims
    assert [(claim.n, claim.text, claim.result, claim.finding, claim.basis) for claim in claims] == [
        (1, "修好屋顶", "支持", "漏水属实。", "《物业管理条例》"),
        (2, "赔偿损失", "支持", "漏水属实。", "《物业管理条例》"),
    ]


def test_after_delivery_the_day_until_which_review_may_be_asked_is_told(cast: Cast) -> None:
    life = Life(cast).until("deliver")
    told = read(life).next
    assert "临潼区人民政府请求复查" in told.text
    # The thirtieth day is a Sunday, and nobody loses a right on one.
    assert (life.now.date(), told.due) == (date(2026, 6, 18), date(2026, 7, 20))
    assert told.article == "《信访工作条例》第三十五条"


def test_when_the_review_window_has_passed_it_is_said(cast: Cast) -> None:
    life = Life(cast).until("deliver")
    assert read(life, date(2026, 7, 21)).next.text == "请求复查的期限已过。"


def test_a_last_day_that_an_office_let_pass_is_called_late(cast: Cast) -> None:
    life = Life(cast).until("accept")
    assert not read(life, date(2026, 8, 15)).next.is_late
    assert read(life, date(2026, 8, 16)).next.is_late


@pytest.mark.parametrize("way", list(AssignmentKind))
def test_the_road_is_told_step_by_step(cast: Cast, way: AssignmentKind) -> None:
    life = Life(cast, way=way).until("archive")
    unit = life.assignment.unit.name
    given = {"transfer": f"转送{unit}。", "assign": f"交{unit}办理。", "self": f"由{unit}直接办理。"}[way]
    assert [step.text for step in read(life).steps] == [
        "区信访局登记，并给出编号和查询码。",
        given,
        f"{unit}受理，并发出受理告知书。",
        f"{unit}出具处理意见书。",
        "处理意见书送达（当面）。",
        "办结。",
        "您作出评价：对信访局满意，对办理单位基本满意。",
        "归档。",
    ]


def test_a_receipt_on_an_earlier_day_is_told_because_days_count_from_it(cast: Cast) -> None:
    life = Life(cast, received_at=MORNING - timedelta(days=3))
    assert read(life).steps[0] == progress.Step(date(2026, 6, 12), "收到您的信访（来信）。")
    assert read(life).next.due == date(2026, 6, 27)


def test_work_notes_and_requirements_between_offices_are_not_told(client: Client, cast: Cast) -> None:
    life = Life(cast, way=AssignmentKind.ASSIGN).until("archive")
    page = page_of(client, life)
    for words in ("电话联系信访人", "入户查看", "报送办结报告", "属街道职责", "已维修", "合格", "无同人同事", "王桂兰"):
        assert words not in page


def test_what_is_not_public_to_the_petitioner_is_only_said_to_be_registered(cast: Cast) -> None:
    life = Life(cast).until("accept")
    Petition.objects.filter(pk=life.pk).update(is_public_to_petitioner=False)
    reading = read(life)
    assert (reading.unit, reading.claims, len(reading.steps)) == ("", (), 1)


@pytest.mark.parametrize("last", STEPS)
def test_a_sealed_accusation_names_no_unit(client: Client, cast: Cast, last: str) -> None:
    """Whatever rows it has, at every place of the road."""
    life = Life(cast).until(last)
    Petition.objects.filter(pk=life.pk).update(confidentiality=Confidentiality.ACCUSATION_COMPARTMENT)
    page = page_of(client, life)
    is_given = STEPS.index(last) >= STEPS.index("dispatch")
    assert ("已转有关机关。" in page) is is_given
    for words in ("骊山", "街道", "区信访局", "纪委", "修好屋顶", "漏水", "评价</h2>"):
        assert words not in page, words


@pytest.fixture
def strangers(cast: Cast) -> list[Officer]:
    """The cast under ids and names that stand in no page by chance."""
    new = []
    for n, (name, officer) in enumerate(list(cast.officers.items())):
        stranger = Officer.objects.create(
            pk=77_000_000 + n, username=f"hand-{n}-of-{name}", name=f"岳无名{n}", must_change_password=False
        )
        Tenure.objects.filter(officer=officer).update(officer=stranger)
        cast.officers[name] = stranger
        new.append(stranger)
    return new


@pytest.mark.parametrize("way", list(AssignmentKind))
def test_no_page_tells_who_the_officers_are(
    client: Client, cast: Cast, strangers: list[Officer], way: AssignmentKind
) -> None:
    life = Life(cast, way=way)
    pages = [text(client.get(reverse(f"portal:{name}"))) for name in ("home", "file", "query")]
    for step in STEPS:
        getattr(life, step)()
        pages.append(page_of(client, life))
    for page in pages:
        for officer in strangers:
            assert officer.name not in page
            assert officer.username not in page
            assert str(officer.pk) not in page
    assert "您作出评价" in pages[-1]


def test_the_last_day_says_why_it_is_that_day(cast: Cast, client: Client) -> None:
    life = Life(cast).until("accept")
    assert read(life).next.why == (
        "依照《信访工作条例》第三十四条，期限是60日，休息日也算在内。2026年6月16日当天不算，从第二天算起。",
        "所以最后一日是2026年8月15日，到当天24时为止。",
    )
    page = page_of(client, life)
    assert "为什么是这一天" in page
    assert "2026年6月16日当天不算" in page


def test_an_extended_day_says_that_it_was_extended(cast: Cast) -> None:
    life = Life(cast).until("accept")
    promise = Promise.objects.get(clock="D5")
    shifts.extend(promise, days=30, ground="案情复杂", by=Approver("unit_head", "officer:1@1"), at=life.now)
    reading = read(life)
    assert reading.next.due == date(2026, 9, 14)
    assert "依照《信访工作条例》第三十四条，经批准延长30日，从原来的最后一日接着算。" in reading.next.why


@pytest.mark.parametrize("last", ["dispatch", "sign_for", "accept", "handle", "issue_opinion", "deliver", "close"])
def test_wherever_a_last_day_is_told_its_reasons_are_too(cast: Cast, last: str) -> None:
    life = Life(cast, way=AssignmentKind.ASSIGN).until(last)
    reading = read(life)
    assert bool(reading.next.due) == bool(reading.next.why)
    assert bool(reading.rating_until) == bool(reading.rating_why)
    told = reading.next.due or reading.rating_until
    spoken = [f"{day.year}年{day.month}月{day.day}日" for day in (told,) if day]
    assert all(
        any(f"最后一日是{day}" in sentence for sentence in (*reading.next.why, *reading.rating_why)) for day in spoken
    )


# Where the road branches.


def test_while_a_unit_objects_the_petitioner_hears_so_and_his_day_stays(cast: Cast) -> None:
    reading = read(Life(cast).until("object"))
    assert reading.state == f"{STREET}认为不属于自己的职权，区信访局正在核实由谁办理。"
    assert reading.next.due == date(2026, 6, 30)


def test_a_reassignment_is_told_with_both_units(cast: Cast) -> None:
    life = Life(cast).until("return_assignment")
    assert read(life).unit == "区信访局"
    reason = "物业监管属住建局。"
    actions.reassign(life.petition, unit=cast.dept, reason=reason, by=cast.dispatcher, at=life.later())
    reading = read(life)
    assert reading.unit == "区住房和城乡建设局"
    told = [step.text for step in reading.steps]
    assert f"{STREET}退回，重新确定办理单位。" in told
    assert told[-1] == "转送区住房和城乡建设局。"
    assert reason not in " ".join(told)


def test_declined_he_reads_the_right_road_itself(cast: Cast) -> None:
    life = Life(cast).until("propose_decline")
    actions.decline(life.petition, right_road="请向临潼区人民法院起诉。", by=cast.dispatcher, at=life.later())
    reading = read(life)
    assert (reading.state, reading.next.text) == ("不予受理。", "请向临潼区人民法院起诉。")
    assert reading.steps[-1].text == "区信访局不予受理，并发出告知书。"


def test_routed_out_he_reads_where_it_went_unless_it_is_an_accusation(cast: Cast) -> None:
    life = Life(cast).until("propose_out")
    actions.route_out(life.petition, right_road="", by=cast.dispatcher, at=life.later())
    assert read(life).steps[-1].text == "转区委政法委。"
    petition = life.petition
    petition.confidentiality = Confidentiality.ACCUSATION_COMPARTMENT
    sealed = progress.of(petition, today=life.now.date())
    assert sealed.state == sealed.steps[-1].text == "已转有关机关。"


def test_withdrawn_he_is_told_how_to_take_it_back(cast: Cast) -> None:
    life = Life(cast).until("ask_withdrawal")
    actions.withdraw(life.petition, called_back="自愿。", by=cast.registrar, at=life.later())
    reading = read(life)
    assert "撤回不是您本意的" in reading.next.text
    assert [step.text for step in reading.steps][-2:] == [f"不再由{STREET}办理。", "回访确认后，按您的申请撤回。"]


def test_archived_after_another_end_it_is_not_called_closed(cast: Cast) -> None:
    life = Life(cast).until("propose_file")
    actions.file_away(life.petition, by=cast.dispatcher, at=life.later())
    actions.archive(life.petition, by=cast.archivist, at=life.later(days=60))
    assert read(life).state == "已经了结，并已归档。"


@pytest.mark.parametrize("last", ["object", "return_assignment", "propose_decline", "ask_withdrawal"])
def test_a_branch_costs_no_more_statements(
    client: Client, cast: Cast, last: str, django_assert_num_queries: Any
) -> None:
    life = Life(cast).until(last)
    number, code = str(life.registered.petition.number), life.registered.query_code
    with django_assert_num_queries(3):
        ask(client, number, code)


def test_what_a_review_decided_is_told_in_its_own_words_once_it_has_reached_him(cast: Cast) -> None:
    life = Life(cast).until("apply_review")
    life.admit_review()
    life.examine_review()
    day = life.now.date() + timedelta(days=40)
    life.decide_review(ReviewDecision.CHANGED, to_do="更换整栋楼的防水层。", to_do_by=day)
    assert progress.of(life.petition, today=life.now.date()).reviewed is None
    life.deliver_review()
    told = progress.of(life.petition, today=life.now.date())
    assert told.reviewed is not None
    assert (told.reviewed.decision, told.reviewed.to_do, told.reviewed.to_do_by) == (
        "变更",
        "更换整栋楼的防水层。",
        day,
    )
    assert told.reviewed.outcome == "原处理意见事实清楚，依据正确。"


def test_what_fell_on_one_day_is_told_in_the_order_of_the_road(cast: Cast) -> None:
    life = Life(cast).until("deliver")
    life.apply_review(at=life.later())
    told = [step.text[:7] for step in read(life).steps]
    assert told.index("处理意见书送达") < told.index("办结。") < told.index("收到您的复查申")


def test_while_it_is_looked_at_again_the_organ_that_does_so_has_it(cast: Cast) -> None:
    life = Life(cast).until("apply_review")
    told = progress.of(life.petition, today=life.now.date())
    assert (told.unit, told.telephone, told.since) == ("临潼区人民政府", "", life.review.received_on)
    assert told.next.due == life.review.received_on + timedelta(days=15)
    assert (told.next.article, "自收到申请之日起30日内" in told.next.text) == ("本级工作惯例", True)
    life.admit_review()
    told = progress.of(life.petition, today=life.now.date())
    assert (told.next.due, told.next.article) == (
        life.review.received_on + timedelta(days=30),
        "《信访工作条例》第三十五条",
    )
    life.examine_review()
    life.decide_review()
    life.deliver_review()
    assert progress.of(life.petition, today=life.now.date()).unit == cast.street.name
