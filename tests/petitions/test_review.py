"""复查、复核: asked for in time, taken up or refused in writing, decided by whoever had no part in it (条例 三十五、三十六)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from tests.cast import Cast, Life
from tests.petitions.facts import a_city_above, hands_that_may, moment, refused, running, stopped
from xinfang.deadlines.models import Promise
from xinfang.documents import papers
from xinfang.documents.kinds import PaperKind
from xinfang.documents.models import Paper
from xinfang.petitions import actions, progress, reviews, slip_codes, sweeps
from xinfang.petitions.actions.opinion import AnswerText
from xinfang.petitions.codes import (
    AssignmentKind,
    DeliveryMode,
    LateGround,
    OpinionResult,
    ReopenGround,
    ReviewDecision,
    ReviewLevel,
    ReviewRefusal,
)
from xinfang.petitions.errors import NotOnTheRoad, NotReady, NotYourMove
from xinfang.petitions.letters import opinions_given
from xinfang.petitions.models import Commitment, Delivery, Evidence, Matter, Petition, ReviewCase, ReviewDelivery
from xinfang.trace import sequencer, verify
from xinfang.trace.models import Entry

D = ReviewDecision
GOVERNMENT, CITY = "临潼区人民政府", "西安市人民政府"


@pytest.fixture(autouse=True)
def _a_city_above(cast: Cast) -> None:
    a_city_above(cast)


@pytest.fixture
def life(cast: Cast) -> Life:
    return Life(cast).until("deliver")


@pytest.fixture
def applied(cast: Cast) -> Life:
    return Life(cast).until("apply_review")


def clocks(review: ReviewCase) -> dict[str, date]:
    found = Promise.objects.filter(subject="review", subject_id=review.pk, stopped_at__isnull=True)
    return dict(found.values_list("clock", "due_on"))


def said(kind: PaperKind, life: Life) -> dict[str, Any]:
    paper = Paper.objects.filter(kind=kind).latest("id")
    return papers.data_of(paper, key=life.petition.key)


def scan(life: Life) -> Evidence:
    from io import BytesIO

    from xinfang.files import store

    file = store.seal(store.take(BytesIO("意见书扫描".encode())), key=life.petition.key)
    return actions.add_evidence(
        life.petition, file=file, name="扫描.txt", label="扫描件", by=life.cast.registrar, at=life.later()
    )


def delivered_on(life: Life) -> date:
    return Delivery.objects.get(assignment=life.assignment).delivered_on


# 申请


def test_the_petitioner_applies_with_his_act_secret_and_his_window_stops(life: Life) -> None:
    assert Promise.objects.get(clock="D9").due_strict == delivered_on(life) + timedelta(days=30)
    review = life.apply_review()
    assert (review.status, review.level, review.respondent) == ("applied", "review", life.cast.street)
    assert (review.is_outside, review.is_on_paper, review.is_late) == (False, False, False)
    assert stopped(life.petition)["D9"] == life.now
    assert review.number == f"{life.petition.number}-FC1"


def test_the_organs_thirty_days_count_from_the_day_it_had_the_request(life: Life) -> None:
    review = life.apply_review()
    day = life.now.date()
    assert clocks(review) == {"D10": day + timedelta(days=30), "D10A": day + timedelta(days=15)}
    assert review.due_on == day + timedelta(days=15)


def test_without_the_act_secret_nobody_applies_in_the_petitioners_name(life: Life) -> None:
    with refused("办事密码不对。", field="act_secret"):
        life.apply_review(act_secret="XXXX")


def test_the_review_office_and_the_registrar_enter_a_paper_application_and_no_unit_does(
    cast: Cast, life: Life, store: None
) -> None:
    file = scan(life)
    may = hands_that_may(cast, lambda by: life.apply_review(by=by, scan=file, at=life.later(minutes=1)))
    assert may == {"petitioner", "review_office", "registrar"}


def test_a_paper_application_needs_its_scan(life: Life) -> None:
    with refused("书面申请须附申请书的扫描件。", field="scan"):
        life.apply_review(by=life.cast.review_office)


def test_what_came_by_post_is_in_time_by_its_postmark_and_counts_from_its_arrival(life: Life, store: None) -> None:
    last = running(life.petition)["D9"]
    life.now = moment(last + timedelta(days=4))
    review = life.apply_review(
        by=life.cast.registrar, scan=scan(life), applied_on=last, received_on=last + timedelta(days=3), at=life.later()
    )
    assert not review.is_late
    assert clocks(review)["D10"] == last + timedelta(days=33)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"request": "  "}, "request"),
        ({"organ": CITY}, "organ"),
        ({"received_on": date(2030, 1, 1)}, "received_on"),
        ({"received_on": date(2020, 1, 1)}, "received_on"),
        ({"applied_on": date(2020, 1, 1)}, "applied_on"),
    ],
)
def test_what_is_missing_or_wrong_is_told_beside_its_field(life: Life, changes: dict[str, Any], field: str) -> None:
    before = ReviewCase.objects.count(), Entry.objects.count()
    with refused("", field=field):
        life.apply_review(**changes)
    assert (ReviewCase.objects.count(), Entry.objects.count()) == before


def test_the_refusal_names_the_organs_that_may_be_asked(life: Life) -> None:
    with refused("对骊山街道办事处的意见申请复查，应当向临潼区人民政府提出。", field="organ", article="条例 三十五"):
        life.apply_review(organ=CITY)


def test_about_a_department_the_competent_bureau_of_the_city_may_be_asked_and_it_works_outside(cast: Cast) -> None:
    life = Life(cast).until("check_duplicate")
    life.propose(lead_unit=cast.dept)
    life.dispatch()
    by = {"by": cast.dept_handler}
    actions.sign_for(life.assignment, **by, at=life.later())
    actions.accept(life.assignment, **by, at=life.later())
    actions.handle(life.assignment, text="联系。", **by, at=life.later())
    answers = {n: AnswerText("属实。", "《民法典》", OpinionResult.EXPLAINED) for n in (1, 2)}
    actions.draft_opinion(life.assignment, answers=answers, remedy_organ=GOVERNMENT, **by, at=life.later())
    actions.issue_opinion(life.assignment, draft=life.draft, by=cast.dept_head, at=life.later())
    day = life.later(days=1).date()
    actions.deliver(life.assignment, mode=DeliveryMode.MAIL, delivered_on=day, proof="EMS 20260001", **by, at=life.now)
    review = life.apply_review(organ="西安市住房和城乡建设局")
    assert review.is_outside
    assert set(clocks(review)) == {"D10"}
    told = progress.of(life.petition, today=life.now.date())
    assert (told.unit, told.telephone) == (review.organ, "")
    assert told.state == f"已收到您的复查申请，由{review.organ}审查。"
    assert (told.next.due, told.next.article) == (clocks(review)["D10"], "《信访工作条例》第三十五条")
    assert "将决定是否受理并直接告知您" in told.next.text


def test_before_an_opinion_there_is_nothing_to_review(cast: Cast) -> None:
    with refused("收到处理意见后才能申请复查。", NotReady):
        Life(cast).until("handle").apply_review()


def test_one_review_at_a_time(applied: Life) -> None:
    with refused("该事项正在复查", NotReady):
        applied.apply_review()


def test_an_opinion_that_was_issued_and_not_delivered_began_no_window(cast: Cast) -> None:
    life = Life(cast).until("issue_opinion")
    review = life.apply_review(at=life.later(days=60))
    assert (review.window_until, review.is_late) == (None, False)


# 受理、不予受理 (S14)


def late(life: Life) -> Life:
    life.now = moment(running(life.petition)["D9"] + timedelta(days=12))
    life.apply_review(at=life.now)
    return life


def test_the_review_office_alone_takes_up_and_refuses(cast: Cast, applied: Life) -> None:
    assert hands_that_may(cast, lambda by: applied.admit_review(by=by, at=applied.later(minutes=1))) == {
        "review_office"
    }


def test_taken_up_the_applicant_is_told_in_writing_by_the_organ_that_reviews(applied: Life) -> None:
    applied.admit_review()
    text = said(PaperKind.REVIEW_ADMISSION, applied)
    assert (text["due"], text["basis"]) == (str(applied.review.due_on), "《信访工作条例》第三十五条")
    assert signer(PaperKind.REVIEW_ADMISSION, applied) == GOVERNMENT


def test_an_organ_outside_tells_him_itself(life: Life) -> None:
    life.apply_review()
    ReviewCase.objects.update(is_outside=True)
    life.admit_review()
    assert not Paper.objects.filter(kind=PaperKind.REVIEW_ADMISSION).exists()


def signer(kind: PaperKind, life: Life) -> str:
    return papers.frame_of(Paper.objects.get(kind=kind), key=life.petition.key)["issuer"]


def test_taken_up_in_time_it_has_a_handler_and_the_last_day_of_the_organ(applied: Life) -> None:
    applied.admit_review()
    review = applied.review
    assert (review.status, review.handler) == ("admitted", applied.cast.review_office)
    assert review.due_on == clocks(review)["D10"]


def test_what_is_late_is_registered_and_refused_with_the_right_road(life: Life) -> None:
    review = late(life).review
    assert review.is_late
    actions.refuse_review(
        review,
        ground=ReviewRefusal.OUT_OF_TIME,
        reason="期限已于7月18日届满。",
        right_road="原处理意见有效；有新的事实和理由的，可以另行提出。",
        by=life.cast.review_office,
        at=life.later(),
    )
    assert (life.review.status, life.review.refusal, life.review.due_on) == ("refused", "out_of_time", None)
    text = said(PaperKind.REVIEW_REFUSAL, life)
    assert (text["ground"], text["basis"]) == ("超过申请期限", "《信访工作条例》第三十五条")
    assert clocks(life.review) == {}


def test_the_refusal_is_due_on_the_fifteenth_day(life: Life) -> None:
    review = late(life).review
    assert clocks(review)["D10A"] == review.received_on + timedelta(days=15)


def test_late_and_without_a_reason_it_is_not_taken_up(life: Life) -> None:
    with refused("申请已经逾期", field="late_ground", article="条例 三十五"):
        late(life).admit_review()
    with refused("请写明查明的情况和证据。", field="late_excuse"):
        life.admit_review(late_ground=LateGround.FORCE_MAJEURE)


def test_a_reason_too_long_to_keep_is_refused_beside_its_field(life: Life) -> None:
    late(life)
    with refused("不能超过 500 个字", field="late_excuse"):
        life.admit_review(late_ground=LateGround.FORCE_MAJEURE, late_excuse="长" * 501)
    with refused("不能超过 500 个字", field="reason"):
        refuse(life, ReviewRefusal.OUT_OF_TIME, reason="长" * 501)
    with refused("含有不能保存的字符", field="late_excuse"):
        life.admit_review(late_ground=LateGround.FORCE_MAJEURE, late_excuse="\0")


def test_force_majeure_or_flawed_service_admits_it_all_the_same(life: Life) -> None:
    late(life).admit_review(late_ground=LateGround.FORCE_MAJEURE, late_excuse="7月暴雨断路，有村委会证明。")
    assert (life.review.status, life.review.late_ground) == ("admitted", "force_majeure")


def test_in_time_no_excuse_is_needed(applied: Life) -> None:
    with refused("申请没有逾期", field="late_ground"):
        applied.admit_review(late_ground=LateGround.FLAWED_SERVICE, late_excuse="没有。")


def test_a_service_without_proof_began_no_window_and_the_review_must_be_taken_up(life: Life) -> None:
    Delivery.objects.update(proof="")  # as an older record has it
    life.now = moment(running(life.petition)["D9"] + timedelta(days=40))
    life.apply_review(at=life.now)
    with refused("申请期限没有起算，不能以逾期为由不予受理，应当受理。", field="ground"):
        refuse(life, ReviewRefusal.OUT_OF_TIME)
    life.admit_review()
    assert life.review.status == "admitted"


def refuse(life: Life, ground: ReviewRefusal, **changes: Any) -> ReviewCase:
    facts = {"reason": "经查。", "right_road": "另行提出。", "by": life.cast.review_office, "at": life.later()}
    return actions.refuse_review(life.review, ground=ground, **(facts | changes))


def test_in_time_it_is_not_refused_as_late(applied: Life) -> None:
    with refused("申请没有逾期：最后一日是", field="ground"):
        refuse(applied, ReviewRefusal.OUT_OF_TIME)


@pytest.mark.parametrize("field", ["reason", "right_road"])
def test_a_refusal_says_why_and_where_to_go(applied: Life, field: str) -> None:
    with refused("请写明不予受理的具体理由", field=field):
        refuse(applied, ReviewRefusal.OTHER_REMEDY, **{field: " "})


def test_a_strangers_request_takes_nothing_from_the_petitioner(applied: Life) -> None:
    last = Promise.objects.get(clock="D9").due_on
    refuse(applied, ReviewRefusal.NOT_THE_PETITIONER)
    assert running(applied.petition)["D9"] == last
    assert applied.apply_review().number.endswith("-FC2")


def test_a_strangers_request_does_not_bring_back_the_window_of_an_opinion_that_was_sent_back(cast: Cast) -> None:
    life = Life(cast, way=AssignmentKind.ASSIGN).until("return_result")
    actions.handle_again(life.assignment, by=life.handler, at=life.later())
    life.draft_opinion()
    life.issue_opinion()
    life.apply_review()
    refuse(life, ReviewRefusal.NOT_THE_PETITIONER)
    assert "D9" not in running(life.petition)
    life.deliver()
    assert Promise.objects.get(clock="D9", stopped_at=None).started_on == life.now.date()


def test_final_review_without_a_review_is_registered_and_refused(life: Life) -> None:
    life.apply_review(level=ReviewLevel.FINAL_REVIEW, organ=CITY)
    assert "D9" in running(life.petition)
    with refused("没有经过复查，不能受理复核", NotReady):
        life.admit_review()
    refuse(life, ReviewRefusal.SKIPPED_LEVEL)
    assert life.apply_review().level == "review"


def test_what_skipped_the_review_is_asked_for_nothing_more_and_ends_nothing(life: Life, store: None) -> None:
    life.apply_review(level=ReviewLevel.FINAL_REVIEW, organ=CITY)
    with refused("没有经过复查，不能受理复核", NotReady):
        life.ask_review_supplement()
    with refused("没有经过复查，不能受理复核", NotReady):
        actions.record_review(
            life.review,
            decision=D.UPHELD,
            outside_number="市政复核〔2026〕12号",
            decided_on=life.now.date(),
            findings="经查。",
            outcome="维持。",
            scan=scan(life),
            by=life.cast.review_office,
            at=life.later(),
        )
    refuse(life, ReviewRefusal.SKIPPED_LEVEL)


def test_a_supplement_is_asked_for_once_and_its_day_ends_it(applied: Life) -> None:
    until = applied.later().date() + timedelta(days=3)
    by = applied.cast.review_office
    actions.ask_review_supplement(applied.review, missing="身份证复印件。", until=until, by=by, at=applied.now)
    assert (applied.review.status, clocks(applied.review).keys()) == ("supplement", {"D10", "D10A"})
    assert sweeps.end_review_supplements(applied.now) == 0
    assert sweeps.end_review_supplements(moment(until + timedelta(days=1))) == 1
    assert applied.review.status == "applied"
    applied.now = moment(until + timedelta(days=2))
    with refused("补正只能要求一次。", NotReady):
        actions.ask_review_supplement(
            applied.review, missing="还有。", until=until + timedelta(days=5), by=by, at=applied.later()
        )


def test_the_material_arrives_or_its_day_is_waited_for(applied: Life) -> None:
    until = applied.later().date() + timedelta(days=3)
    by = applied.cast.review_office
    with refused("", field="until"):
        actions.ask_review_supplement(
            applied.review, missing="材料。", until=until + timedelta(days=60), by=by, at=applied.now
        )
    actions.ask_review_supplement(applied.review, missing="材料。", until=until, by=by, at=applied.now)
    with refused("届满前没有收到的，先等到那一天。", field="is_arrived"):
        actions.end_review_supplement(applied.review, is_arrived=False, by=by, at=applied.later())
    actions.end_review_supplement(applied.review, is_arrived=True, by=by, at=applied.later())
    assert applied.review.supplement.is_arrived


# 回避


def test_nobody_who_took_part_in_the_first_opinion_looks_at_it_again(cast: Cast, life: Life) -> None:
    from xinfang.organizations.models import Post, Tenure

    post = Post.objects.get(unit=cast.bureau, duty="review_office")
    Tenure.objects.create(post=post, officer=cast.street_handler, since=date(2020, 1, 1))
    life.apply_review()
    with refused("您参与过原处理意见", NotYourMove, article="条例 二十八"):
        life.admit_review(by=cast.again("street_handler"))


def test_who_reviewed_does_not_review_finally(cast: Cast, life: Life) -> None:
    life.apply_review()
    life.reviewed()
    final = life.apply_review(level=ReviewLevel.FINAL_REVIEW, organ=CITY, at=life.later(days=3))
    from xinfang.petitions.policies import participants_of

    assert cast.review_office.pk in participants_of(final)


# 决定


def test_upheld_the_organ_answers_in_writing_and_names_who_is_asked_next(applied: Life) -> None:
    applied.admit_review()
    applied.examine_review()
    applied.decide_review()
    text = said(PaperKind.REVIEW_OPINION, applied)
    assert text["decision"].startswith("维持。")
    assert "30日内向西安市人民政府请求复核" in text["remedy"]
    assert (text["respondent"], text["organ"]) == ("骊山街道办事处", GOVERNMENT)
    assert signer(PaperKind.REVIEW_OPINION, applied) == GOVERNMENT
    assert set(clocks(applied.review)) == {"D19"}


@pytest.mark.parametrize("field", ["examined", "findings", "basis", "outcome"])
def test_an_opinion_lacks_nothing(cast: Cast, field: str) -> None:
    life = Life(cast).until("examine_review")
    with refused("请写明", field=field):
        life.decide_review(**{field: "  "})


@pytest.mark.parametrize("days", [None, 0, 61])
def test_set_aside_it_names_the_days_of_the_new_handling(cast: Cast, days: int | None) -> None:
    with refused("1至60日。", field="redo_days"):
        Life(cast).until("examine_review").decide_review(D.REVOKED, redo_days=days)


def test_delivered_it_ends_and_the_window_for_final_review_opens(applied: Life) -> None:
    applied.reviewed()
    review = applied.review
    assert (review.status, review.ended_at, review.due_on) == ("closed", applied.now, None)
    assert Entry.objects.get(act="review.close_review").hand == "system"
    assert Promise.objects.get(clock="D11").due_strict == review.delivery.delivered_on + timedelta(days=30)
    assert applied.petition.due_on == running(applied.petition)["D11"]
    offer = reviews.offer(applied.petition)
    assert offer is not None
    assert (offer.level, offer.organs) == (ReviewLevel.FINAL_REVIEW, (CITY,))


def test_a_delivery_has_its_day_and_its_proof(cast: Cast) -> None:
    life = Life(cast).until("decide_review")
    facts = {"mode": DeliveryMode.MAIL, "by": cast.review_office, "at": life.later(days=1)}
    with refused("送达日期", field="delivered_on"):
        actions.deliver_review(life.review, delivered_on=date(2026, 6, 1), proof="EMS", **facts)
    with refused("请写明签收", field="proof"):
        actions.deliver_review(life.review, delivered_on=life.now.date(), proof=" ", **facts)


def test_what_was_reviewed_is_not_reviewed_again_but_finally(applied: Life) -> None:
    applied.reviewed()
    with refused("已经复查过；不服复查意见的，可以请求复核。", field="level"):
        applied.apply_review()


# 变更, 撤销: what the opinion promised


def promised(life: Life) -> list[tuple[str, date, str]]:
    rows = Commitment.objects.filter(petition=life.pk).order_by("id")
    return [(row.what, row.due_on, row.status) for row in rows]


def to_the_decision(cast: Cast) -> Life:
    life = Life(cast).until("apply_review")
    assert {status for _what, _by, status in promised(life)} == {"open"}
    life.admit_review()
    life.examine_review()
    return life


def test_changed_what_it_decided_takes_the_place_of_what_was_promised(cast: Cast) -> None:
    life = to_the_decision(cast)
    day = life.now.date() + timedelta(days=40)
    life.decide_review(D.CHANGED, to_do="更换整栋楼的防水层。", to_do_by=day)
    assert "open" in {status for _what, _by, status in promised(life)}, "it holds until it is delivered"
    life.deliver_review()
    *before, now = promised(life)
    assert {status for _what, _by, status in before} == {"dropped"}
    assert now == ("更换整栋楼的防水层。", day, "open")
    made = Commitment.objects.latest("id")
    assert (made.unit, made.answer) == (cast.street, None)
    entry = Entry.objects.get(act="assignment.replace_commitments")
    assert (entry.subject_id, entry.facts["ended"]) == (life.assignment.pk, len(before))
    assert "前落实：更换整栋楼的防水层。" in said(PaperKind.REVIEW_OPINION, life)["decision"]
    sequencer.place_all()
    assert verify.verify() is None


@pytest.mark.parametrize("decision", [D.CHANGED, D.REVOKED])
def test_without_anything_instead_the_promise_ends_all_the_same(cast: Cast, decision: ReviewDecision) -> None:
    life = to_the_decision(cast)
    life.decide_review(decision)
    life.deliver_review()
    assert {status for _what, _by, status in promised(life)} == {"dropped"}


def test_upheld_what_was_promised_stands(cast: Cast) -> None:
    life = to_the_decision(cast)
    life.decide_review(D.UPHELD, to_do="不相干", to_do_by=date(2030, 1, 1))
    life.deliver_review()
    assert {status for _what, _by, status in promised(life)} == {"open"}
    assert life.review.finding.to_do == ""


@pytest.mark.parametrize(
    ("to_do", "by", "field"),
    [("", date(2030, 1, 1), "to_do"), ("更换。", None, "to_do_by"), ("更换。", date(2026, 6, 1), "to_do_by")],
)
def test_what_is_done_instead_has_its_day_and_is_said(cast: Cast, to_do: str, by: date | None, field: str) -> None:
    life = to_the_decision(cast)
    with refused("", field=field):
        life.decide_review(D.CHANGED, to_do=to_do, to_do_by=by)


# 复核


def both_say_the_same(life: Life) -> None:
    seen = progress.of(slip_codes.by_code(str(life.petition.number), life.registered.query_code), today=life.now.date())
    assert seen.offer == reviews.offer(life.petition)


def test_what_his_page_offers_is_what_the_verb_takes(cast: Cast, store: None) -> None:
    """The page reads once what the verb asks step by step."""
    for last in ("handle", "issue_opinion", "deliver", "evaluate"):
        both_say_the_same(Life(cast).until(last))
    life = Life(cast).until("evaluate")
    life.apply_review()
    both_say_the_same(life)
    life.reviewed()
    both_say_the_same(life)
    life.apply_review(level=ReviewLevel.FINAL_REVIEW, organ=CITY, at=life.later(days=5))
    both_say_the_same(life)


def finally_decided(life: Life, decision: ReviewDecision = D.UPHELD) -> None:
    life.apply_review()
    life.reviewed()
    life.apply_review(level=ReviewLevel.FINAL_REVIEW, organ=CITY, at=life.later(days=5))
    actions.record_review(
        life.review,
        decision=decision,
        outside_number="市政复核〔2026〕12号",
        decided_on=life.later(days=20).date(),
        findings="经查。",
        outcome="维持复查意见。",
        redo_days=30 if decision == D.REVOKED else None,
        scan=scan(life),
        by=life.cast.review_office,
        at=life.later(),
    )


def test_what_the_city_decided_is_entered_from_its_paper(life: Life, store: None) -> None:
    finally_decided(life)
    review = life.review
    assert (review.status, review.level, review.is_outside) == ("decided", "final_review", True)
    assert review.previous is not None
    assert review.finding.outside_number == "市政复核〔2026〕12号"
    assert not Paper.objects.filter(kind=PaperKind.FINAL_REVIEW_OPINION).exists()
    assert stopped(life.petition).keys() >= {"D9", "D11"}


def test_what_is_looked_at_again_is_named_by_its_document_number(life: Life, store: None) -> None:
    life.apply_review()
    opinion = Paper.objects.get(kind=PaperKind.HANDLING_OPINION)
    day = timezone.localdate(opinion.issued_at)
    first = f"{day} 作出的《信访事项处理意见书》（{opinion.number}）"
    assert said(PaperKind.REVIEW_APPLICATION, life)["opinion"] == first
    life.reviewed()
    review = Paper.objects.get(kind=PaperKind.REVIEW_OPINION)
    life.apply_review(level=ReviewLevel.FINAL_REVIEW, organ=CITY, at=life.later(days=5))
    both = f"{first}和{GOVERNMENT}《信访事项复查意见书》（{review.number}）"
    assert said(PaperKind.REVIEW_APPLICATION, life)["opinion"] == both


def test_the_final_review_ends_the_matter(life: Life, store: None) -> None:
    finally_decided(life)
    life.deliver_review()
    both_say_the_same(life)
    matter = Matter.objects.get(pk=life.petition.matter_id)
    assert matter.terminated_at == life.now
    assert reviews.final_review_of(life.petition) == life.review
    assert reviews.offer(life.petition) is None
    with refused("信访程序已经终结；同一事实和理由不再受理。", NotReady):
        life.apply_review(level=ReviewLevel.FINAL_REVIEW, organ=CITY)


def test_a_repeat_of_an_ended_matter_is_declined_with_the_opinions_given(life: Life, store: None) -> None:
    finally_decided(life)
    life.deliver_review()
    again = Petition(matter_id=life.petition.matter_id)
    final = reviews.final_review_of(again)
    assert final == life.review
    assert final is not None
    text = opinions_given(final)
    first, second, last = text.split("；")
    assert first == "2026-06-17 骊山街道办事处处理意见（临street字〔2026〕意见 1 号）"
    assert "临潼区人民政府复查意见（" in second
    assert "复查 1 号）" in second
    assert last.endswith("西安市人民政府复核意见（市政复核〔2026〕12号）。")
    assert reviews.final_review_of(Petition(related_to=life.petition)) == final
    assert reviews.final_review_of(Petition()) is None
    assert reviews.final_review_of(Petition(related_to=life.petition, confidentiality="confidential")) is None


def test_what_came_back_needs_its_scan_its_number_and_its_day(life: Life, store: None) -> None:
    life.apply_review()
    life.reviewed()
    life.apply_review(level=ReviewLevel.FINAL_REVIEW, organ=CITY, at=life.later(days=5))
    file = scan(life)
    good = {
        "decision": D.UPHELD,
        "outside_number": "市政复核〔2026〕12号",
        "decided_on": life.now.date(),
        "findings": "经查。",
        "outcome": "维持。",
        "scan": file,
        "by": life.cast.review_office,
        "at": life.later(),
    }
    wrong: list[tuple[str, Any]] = [
        ("scan", None),
        ("outside_number", " "),
        ("decided_on", date(2026, 1, 1)),
        ("findings", ""),
        ("outcome", ""),
    ]
    for field, value in wrong:
        with refused("", field=field):
            actions.record_review(life.review, **(good | {field: value}))


def test_a_review_here_is_not_entered_and_one_outside_not_decided_here(life: Life, store: None) -> None:
    life.apply_review()
    life.admit_review()
    with refused("请办理“作出复查、复核意见”", NotReady):
        actions.record_review(
            life.review,
            decision=D.UPHELD,
            outside_number="1",
            decided_on=life.now.date(),
            findings="查。",
            outcome="维持。",
            scan=scan(life),
            by=life.cast.review_office,
            at=life.later(),
        )


# 撤销


def redone(cast: Cast) -> Life:
    life = Life(cast).until("deliver_revoked")
    life.order_redo()
    return life


def test_set_aside_it_waits_until_the_handling_anew_is_ordered(cast: Cast) -> None:
    life = Life(cast).until("deliver_revoked")
    review = life.review
    assert review.status == "delivered"
    assert review.due_on == review.delivery.delivered_on + timedelta(days=30)
    assert "D11" not in running(life.petition)


def test_what_is_set_aside_is_reopened_by_that_order_alone(cast: Cast) -> None:
    """Else the review stays open, and the next one of the matter cannot be asked for."""
    life = Life(cast).until("deliver_revoked")
    facts = {"unit": cast.street, "reason": "重新办理。", "by": cast.bureau_head}
    for ground in (ReopenGround.NEW_FACTS, ReopenGround.REVIEW_DECISION):
        with refused("结束后再办。", NotReady):
            actions.reopen(life.petition, ground=ground, at=life.later(), **facts)
    life.order_redo()
    assert life.review.status == "closed"
    again = Life(cast, at=life.now, received_at=life.now)
    again.now = life.now
    again.until("deliver")
    with refused("请在该复查、复核里办理“责令重新办理”。", field="ground"):
        actions.reopen(again.petition, ground=ReopenGround.REVIEW_DECISION, at=again.later(), **facts)


def test_the_unit_gets_it_anew_with_the_days_and_what_it_may_not_do_again(cast: Cast) -> None:
    life = redone(cast)
    assert (life.review.status, life.petition.status) == ("closed", "dispatched")
    assert life.assignment.kind == AssignmentKind.ASSIGN
    assert life.assignment.feedback_due == life.review.delivery.delivered_on + timedelta(days=30)
    text = said(PaperKind.ASSIGNMENT_LETTER, life)
    assert "不得以同一事实和理由作出与原处理意见相同" in text["request"]
    assert Entry.objects.get(act="petition.reopen").facts["ground"] == ReopenGround.REVIEW_DECISION


def drafted(life: Life, finding: str, result: OpinionResult) -> None:
    actions.sign_for(life.assignment, by=life.handler, at=life.later())
    life.accept()
    life.handle()
    answers = {n: AnswerText(finding, "《物业管理条例》", result) for n in (1, 2)}
    actions.draft_opinion(life.assignment, answers=answers, remedy_organ=GOVERNMENT, by=life.handler, at=life.later())


def test_the_same_result_on_the_same_facts_is_not_issued_again(cast: Cast) -> None:
    life = redone(cast)
    drafted(life, "漏水 属实。", OpinionResult.SUPPORTED)
    with refused("不得以同一事实和理由作出与原意见相同的结果", NotReady):
        life.issue_opinion()


def test_the_same_result_on_other_facts_is_issued_and_flagged(cast: Cast) -> None:
    life = redone(cast)
    drafted(life, "经第三方检测，系顶层管道破裂。", OpinionResult.SUPPORTED)
    life.issue_opinion()
    assert Entry.objects.filter(act="assignment.issue_opinion").latest("id").facts["same_result"] is True


def test_another_result_is_issued_and_can_be_reviewed_again(cast: Cast) -> None:
    life = redone(cast)
    drafted(life, "漏水属实。", OpinionResult.EXPLAINED)
    life.issue_opinion()
    life.deliver()
    assert "same_result" not in Entry.objects.filter(act="assignment.issue_opinion").latest("id").facts
    assert life.apply_review(at=life.later()).number.endswith("-FC2")


def test_only_what_was_set_aside_is_ordered_anew(cast: Cast) -> None:
    with refused("现在不能“责令重新办理”", NotOnTheRoad):
        Life(cast).until("deliver_review").order_redo()


def test_while_it_is_reviewed_it_is_neither_archived_nor_reopened(applied: Life) -> None:
    with refused("结束后才能归档。", NotReady):
        actions.archive(applied.petition, by=applied.cast.archivist, at=applied.later(days=90))
    with refused("结束后再办。", NotReady):
        actions.reopen(
            applied.petition,
            ground=ReopenGround.NEW_FACTS,
            unit=applied.cast.street,
            reason="新证据。",
            by=applied.cast.bureau_head,
            at=applied.later(),
        )


def test_reviewed_and_the_windows_over_it_is_archived(applied: Life) -> None:
    applied.reviewed()
    with refused("届满后才能归档。", NotReady):
        actions.archive(applied.petition, by=applied.cast.archivist, at=applied.later())
    actions.archive(applied.petition, by=applied.cast.archivist, at=applied.later(days=60))
    assert running(applied.petition) == {}


# 保密、痕迹


def sealed(cast: Cast) -> Life:
    """The review office is not among the named."""
    life = Life(cast, is_confidential=True, by=cast.dispatcher)
    life.until("dispatch")
    actions.sign_for(life.assignment, by=cast.street_head, at=life.later())
    actions.accept(life.assignment, by=cast.street_head, handler=cast.street_handler, at=life.later())
    for step in ("handle", "draft_opinion", "issue_opinion", "deliver"):
        getattr(life, step)()
    life.apply_review()
    return life


def test_of_a_sealed_petition_no_word_of_a_review_lies_in_a_column_or_an_entry(cast: Cast) -> None:
    life = sealed(cast)
    [row] = ReviewCase.objects.values()
    assert row["request"] == ""
    assert life.review.request == "没有查清漏水的原因，请求复查。"
    entry = Entry.objects.get(act="petition.apply_review")
    assert set(entry.facts) <= {"sealed", "organ", "from", "to", "rows"}
    assert "没有查清" not in str(said(PaperKind.REVIEW_APPLICATION, life))
    opinion = Paper.objects.get(kind=PaperKind.HANDLING_OPINION)
    assert opinion.number not in str(said(PaperKind.REVIEW_APPLICATION, life))  # it tells whose it is


def test_a_review_office_that_is_not_named_sees_no_sealed_review(cast: Cast) -> None:
    life = sealed(cast)
    with refused("您看不到这件信访件。", NotYourMove):
        life.admit_review()
    actions.name_officer(life.petition, officer=cast.review_office, by=cast.bureau_head, at=life.later())
    life.admit_review()


def test_a_review_that_nobody_has_touched_yet_stands_as_the_trace_has_it(applied: Life) -> None:
    sequencer.place_all()
    assert verify.verify() is None


def test_the_trace_vouches_for_every_step(life: Life, store: None) -> None:
    finally_decided(life)
    life.deliver_review()
    sequencer.place_all()
    assert verify.verify() is None
    ReviewCase.objects.filter(level="review").update(request="改过。")
    assert verify.verify() is not None


@pytest.mark.parametrize(
    ("mode", "said", "field", "sentence"),
    [
        ("in_person", {"proof": "本人拒收"}, "mode", "送达方式选“留置”"),
        ("mail", {"proof": "已寄"}, "proof", "邮寄送达要写邮寄单号"),
        ("electronic", {}, "consented_on", "电子送达须经信访人同意"),
        ("left_with", {"witnesses": ("张某",)}, "witnesses", "留置送达须有两名见证人"),
        ("announced", {}, "announced_on", "公告送达请填写公告的第一日。"),
        ("filed", {}, "mode", "只有匿名件"),
    ],
)
def test_a_review_is_served_by_the_same_proof_as_an_opinion(
    cast: Cast, mode: str, said: dict[str, object], field: str, sentence: str
) -> None:
    life = Life(cast).until("decide_review")
    facts = {"proof": "不开门", "delivered_on": life.now.date(), "by": cast.review_office, "at": life.later()}
    with refused(sentence, field=field):
        actions.deliver_review(life.review, mode=DeliveryMode(mode), **(facts | said))
    assert not ReviewDelivery.objects.exists()
    assert "D11" not in running(life.petition)


def test_left_with_two_witnesses_the_window_for_final_review_opens(cast: Cast) -> None:
    life = Life(cast).until("decide_review")
    day, at = life.now.date(), life.later()
    facts = {"proof": "不开门", "witnesses": ("张某", "李某"), "carried_by": cast.street}
    with refused("由本单位自己送达的", field="carried_by"):
        actions.deliver_review(
            life.review,
            mode=DeliveryMode.LEFT_WITH,
            delivered_on=day,
            by=cast.review_office,
            at=at,
            **facts | {"carried_by": cast.bureau},
        )
    row = actions.deliver_review(
        life.review, mode=DeliveryMode.LEFT_WITH, delivered_on=day, by=cast.review_office, at=at, **facts
    )
    assert row.content()["witnesses"] == ["张某", "李某"]
    assert Promise.objects.get(clock="D11").started_on == day


def test_its_receipt_is_there_to_be_signed_before_it_is_served(cast: Cast) -> None:
    life = Life(cast).until("decide_review")
    receipt = Paper.objects.get(kind="delivery_receipt", subject_kind="review", subject_id=life.review.pk)
    opinion = Paper.objects.get(kind="review_opinion")
    said = papers.data_of(receipt, key=life.petition.key)
    assert said["document"] == f"《信访事项复查意见书》{opinion.number}"
    assert "存档备查" not in said["mode"]


def test_what_the_government_signs_is_numbered_in_its_own_series(life: Life, settings: Settings) -> None:
    """Not by the bureau that does the work: its code stands on no paper that another organ signs."""
    life.apply_review()
    life.admit_review()
    life.examine_review()
    settings.GOVERNMENT_CODE = "临政"
    life.decide_review()
    opinion = Paper.objects.get(kind=PaperKind.REVIEW_OPINION)
    assert opinion.number == f"临政字〔{life.now.year}〕复查 1 号"
    assert papers.frame_of(opinion, key=life.petition.key)["issuer"] == GOVERNMENT
    receipt = said(PaperKind.DELIVERY_RECEIPT, life)
    assert opinion.number in receipt["document"]


def test_a_government_without_a_code_is_named(life: Life) -> None:
    life.apply_review()
    life.admit_review()
    life.examine_review()
    life.decide_review()
    assert Paper.objects.get(kind=PaperKind.REVIEW_OPINION).number == f"{GOVERNMENT}字〔{life.now.year}〕复查 1 号"
