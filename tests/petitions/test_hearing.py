"""听证: seven days' notice, an odd number of officers who had no part in it, a record, a conclusion (条例 三十一(六)、三十六)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.cast import Cast, Life
from tests.petitions.facts import hands_that_may, moment, refused, running
from xinfang.deadlines.models import Promise, Shift
from xinfang.documents import papers
from xinfang.documents.kinds import PaperKind
from xinfang.documents.models import Paper
from xinfang.organizations.models import Officer, Post, Tenure
from xinfang.petitions import actions
from xinfang.petitions.codes import AssignmentKind, HearingClosed, ReviewLevel
from xinfang.petitions.errors import NotOnTheRoad, NotReady, NotYourMove
from xinfang.petitions.models import Hearing, NoticeWaiting, Remark, ReviewCase
from xinfang.trace import followers, sequencer, verify
from xinfang.trace.models import Entry

ODD = "郑律师 某律师事务所\n吴代表 区人大代表\n冯某 社区居民"


@pytest.fixture
def life(cast: Cast) -> Life:
    return Life(cast).until("propose_hearing")


@pytest.fixture
def approved(cast: Cast) -> Life:
    return Life(cast).until("approve_hearing")


def said(kind: PaperKind, life: Life) -> dict[str, Any]:
    return papers.data_of(Paper.objects.filter(kind=kind).latest("id"), key=life.petition.key)


# 提出、批准


def test_the_handling_unit_proposes_and_its_head_approves(cast: Cast, life: Life) -> None:
    assert (life.hearing.status, life.hearing.assignment, life.petition.has_hearings) == (
        "proposed",
        life.assignment,
        True,
    )
    may = hands_that_may(cast, lambda by: actions.approve_hearing(life.hearing, by=by, at=life.later(minutes=1)))
    assert may == {"street_head"}


def test_a_hearing_of_a_review_is_proposed_by_the_office_and_approved_by_the_bureaus_head(cast: Cast) -> None:
    life = Life(cast).until("propose_review_hearing")
    may = hands_that_may(cast, lambda by: actions.approve_hearing(life.hearing, by=by, at=life.later(minutes=1)))
    assert may == {"bureau_head"}


def test_it_needs_a_reason_and_one_is_enough(life: Life) -> None:
    with refused("已有听证在进行。", NotReady):
        life.propose_hearing()
    actions.drop_hearing(life.hearing, reason="已解决。", by=life.head, at=life.later())
    with refused("请写明为什么需要听证", field="reason"):
        actions.propose_hearing(life.assignment, reason=" ", by=life.handler, at=life.later())


def test_a_simple_matter_has_none(cast: Cast) -> None:
    life = Life(cast).until("accept_simple")
    life.handle()
    with refused("简易办理的不举行听证", NotReady):
        life.propose_hearing()


# 通知


def test_the_notice_goes_out_seven_days_ahead_and_names_everyone(approved: Life) -> None:
    approved.notice_hearing()
    assert approved.hearing.status == "noticed"
    text = said(PaperKind.HEARING_NOTICE, approved)
    assert (text["host"], text["manner"]) == ("周明", "公开举行")
    assert len(text["members"]) == 3
    assert "申请回避" in text["rights"]
    assert Paper.objects.get(kind=PaperKind.HEARING_NOTICE).unit_code == approved.cast.street.code


def test_a_day_too_soon_is_refused_with_the_first_possible_one(approved: Life) -> None:
    at = approved.later()
    first = at.date() + timedelta(days=7)
    with refused(f"最早可以定在{first}。", field="starts_at"):
        approved.notice_hearing(at=at, starts_at=at + timedelta(days=6))
    approved.notice_hearing(at=at, starts_at=moment(first))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"place": " "}, "place"),
        ({"host": " "}, "host"),
        ({"members": "郑律师\n吴代表"}, "members"),
        ({"members": "郑律师"}, "members"),
        ({"members": "\n".join("甲乙丙丁")}, "members"),
        ({"members": "郑律师\n郑律师\n吴代表"}, "members"),
        ({"members": "郑律师\n周明\n吴代表"}, "members"),
        ({"host": "长" * 51}, "host"),
        ({"place": "长" * 201}, "place"),
        ({"members": "郑\0律师\n吴代表\n冯某"}, "members"),
    ],
)
def test_place_host_and_an_odd_number_of_officers_are_needed(
    approved: Life, changes: dict[str, Any], field: str
) -> None:
    with refused("", field=field):
        approved.notice_hearing(**changes)
    assert approved.hearing.status == "approved"


def test_whoever_investigated_neither_hosts_nor_sits(approved: Life) -> None:
    handler = approved.cast.street_handler.name
    with refused("主持人不能是参与过调查", field="host", article="条例 二十八"):
        approved.notice_hearing(host=handler)
    with refused("听证员不能是参与过调查", field="members"):
        approved.notice_hearing(members=f"郑律师\n吴代表\n{handler}")


def test_a_hearing_that_is_not_open_says_why(approved: Life) -> None:
    approved.notice_hearing(closed_for=HearingClosed.PRIVACY)
    assert said(PaperKind.HEARING_NOTICE, approved)["manner"] == "不公开（涉及个人隐私）"
    assert not approved.hearing.is_open


def test_the_head_replaces_a_host_the_petitioner_objects_to(cast: Cast) -> None:
    life = Life(cast).until("notice_hearing")
    facts = {"by": life.head, "at": life.later()}
    with refused("", field="reason"):
        actions.replace_host(life.hearing, host="孙某", reason="", **facts)
    with refused("没有变化", field="host"):
        actions.replace_host(life.hearing, host="周明", reason="亲属。", **facts)
    with refused("同一个人", field="host"):
        actions.replace_host(life.hearing, host="冯某", reason="亲属。", **facts)
    actions.replace_host(life.hearing, host="孙某", reason="与物业经理是亲属。", **facts)
    assert (life.hearing.host, life.hearing.status) == ("孙某", "noticed")
    assert Remark.objects.get(act="hearing.replace_host").text == "与物业经理是亲属。"


# 举行、结论


def test_it_is_held_on_its_day_recorded_and_signed(cast: Cast) -> None:
    life = Life(cast).until("notice_hearing")
    with refused("到时再记。", NotReady):
        actions.hold_hearing(life.hearing, record="。", signed="。", by=life.handler, at=life.later())
    life.hold_hearing()
    assert life.hearing.status == "held"
    assert said(PaperKind.HEARING_RECORD, life)["record"] == "双方陈述、质证。"


def test_record_signatures_and_conclusion_are_not_left_out(cast: Cast) -> None:
    life = Life(cast).until("notice_hearing")
    at = life.later(days=8)
    for field in ("record", "signed"):
        with refused("请写明", field=field):
            actions.hold_hearing(
                life.hearing, **({"record": "。", "signed": "。"} | {field: " "}), by=life.handler, at=at
            )
    life.hold_hearing()
    with refused("请写明评议意见和票数。", field="conclusion"):
        actions.conclude_hearing(life.hearing, conclusion=" ", by=life.handler, at=life.later())


def test_a_units_hearing_moves_no_date(cast: Cast) -> None:
    life = Life(cast).until("notice_hearing")
    before = running(life.assignment)
    life.hold_hearing()
    life.conclude_hearing()
    assert life.hearing.status == "concluded"
    assert said(PaperKind.HEARING_CONCLUSION, life)["basis"] == "《信访工作条例》第三十一条第（六）项"
    assert running(life.assignment) == before
    assert not Shift.objects.exists()


def test_no_opinion_goes_out_before_the_conclusion(cast: Cast) -> None:
    life = Life(cast).until("hold_hearing")
    life.draft_opinion()
    with refused("听证还没有结论。", NotReady):
        life.issue_opinion()
    life.conclude_hearing()
    life.issue_opinion()


@pytest.mark.parametrize("last", ["propose_hearing", "approve_hearing", "notice_hearing"])
def test_it_may_be_dropped_until_it_is_held_and_says_why(cast: Cast, last: str) -> None:
    life = Life(cast).until(last)
    with refused("请写明不举行的理由。", field="reason"):
        actions.drop_hearing(life.hearing, reason="", by=life.head, at=life.later())
    actions.drop_hearing(life.hearing, reason="信访人放弃。", by=life.head, at=life.later())
    assert life.hearing.status == "dropped"


def test_who_was_invited_is_told_that_it_is_called_off_and_nobody_else(cast: Cast) -> None:
    life = Life(cast).until("approve_hearing")
    actions.drop_hearing(life.hearing, reason="事项已经解决。", by=life.head, at=life.later())
    assert not Paper.objects.filter(kind=PaperKind.DIRECT_REPLY).exists()
    life = Life(cast).until("notice_hearing")
    place = life.hearing.place
    actions.drop_hearing(life.hearing, reason="信访人放弃。", by=life.head, at=life.later())
    text = said(PaperKind.DIRECT_REPLY, life)
    assert f"在{place}举行的听证" in text["matters"][0]
    assert text["reply"] == "这次听证不再举行，请不要前往。理由：信访人放弃。"


def test_a_hearing_called_off_waits_to_be_told_on_the_same_day(cast: Cast) -> None:
    life = Life(cast)
    life.now = timezone.now() - timedelta(days=12)
    life.until("notice_hearing")
    actions.drop_hearing(life.hearing, reason="信访人放弃。", by=life.head, at=life.later())
    sequencer.place_all()
    followers.read_all()
    waiting = NoticeWaiting.objects.get(paper__kind=PaperKind.DIRECT_REPLY)
    assert waiting.due_on == timezone.localdate(life.now)


def test_what_was_held_is_not_dropped(cast: Cast) -> None:
    life = Life(cast).until("hold_hearing")
    with refused("听证已经举行，请记听证结论。", NotReady):
        actions.drop_hearing(life.hearing, reason="算了。", by=life.head, at=life.later())


@pytest.mark.parametrize("last", ["propose_hearing", "notice_hearing", "hold_hearing"])
def test_with_the_work_its_hearing_ends_and_the_next_unit_can_hold_its_own(cast: Cast, last: str) -> None:
    life = Life(cast).until(last)
    first = life.hearing
    actions.cancel(life.assignment, reason="交错单位。", by=cast.bureau_head, at=life.later())
    first.refresh_from_db()
    assert (first.status, first.dropped_at) == ("dropped", life.now)
    actions.reassign(life.petition, unit=cast.dept, reason="职责划转。", by=cast.dispatcher, at=life.later())
    work = life.assignment
    actions.sign_for(work, by=cast.dept_handler, at=life.later())
    actions.accept(work, by=cast.dept_handler, at=life.later())
    actions.handle(work, text="电话联系。", by=cast.dept_handler, at=life.later())
    assert actions.propose_hearing(work, reason="争议大。", by=cast.dept_handler, at=life.later()).status == "proposed"


# 复查、复核中的听证


def reviewing(cast: Cast, level: ReviewLevel) -> Life:
    """Under examination by the government of the county at this level, which at the final one is not usual but may be."""
    life = Life(cast).until("examine_review")
    if level == ReviewLevel.FINAL_REVIEW:
        life.decide_review()
        life.deliver_review()
        _final(life)
    life.propose_review_hearing()
    life.approve_hearing()
    return life


def another(cast: Cast) -> Officer:
    """Who reviewed does not review finally."""
    officer = Officer.objects.create(username="review_office_2", name="郭某", must_change_password=False)
    post = Post.objects.get(unit=cast.bureau, duty="review_office")
    Tenure.objects.create(post=post, officer=officer, since=date(2020, 1, 1))
    return officer


def _final(life: Life) -> None:
    """A department's branch was reviewed by the department, and the county's government looks at that."""
    review = ReviewCase.objects.get()
    life.cast.officers["review_office"] = another(life.cast)
    at = life.later(days=3)
    final = ReviewCase.objects.create(
        **{field: getattr(review, field) for field in ("petition", "matter", "opinion", "respondent", "organ")},
        number=f"{life.petition.number}-FH1",
        level=ReviewLevel.FINAL_REVIEW,
        status="examining",
        previous=review,
        is_on_paper=False,
        request="请求复核。",
        applied_on=at.date(),
        received_on=at.date(),
        applied_at=at,
        admitted_at=at,
    )
    from xinfang.deadlines import promises
    from xinfang.deadlines.terms import Clock

    promise = promises.start(Clock.D12, subject="review", subject_id=final.pk, unit=life.cast.bureau.code, at=at)
    ReviewCase.objects.filter(pk=final.pk).update(due_on=promise.due_on)


def due(life: Life, clock: str) -> Promise:
    return Promise.objects.get(subject="review", subject_id=life.review.pk, clock=clock)


def test_who_took_part_in_the_opinion_has_no_hand_in_the_hearing_of_its_review(cast: Cast) -> None:
    """条例 二十八: the head who signed it does not say whether it is heard."""
    life = Life(cast, way=AssignmentKind.SELF).until("propose_review_hearing")
    with refused("您参与过原处理意见", NotYourMove, article="条例 二十八"):
        life.approve_hearing()


def test_a_final_review_does_not_count_the_days_of_its_hearing(cast: Cast) -> None:
    life = reviewing(cast, ReviewLevel.FINAL_REVIEW)
    before = due(life, "D12").due_on
    life.later(days=2)
    life.notice_hearing()
    assert life.review.status == "hearing"
    first = life.now.date()
    life.hold_hearing()
    life.conclude_hearing()
    assert "第三十六条" in said(PaperKind.HEARING_CONCLUSION, life)["basis"]
    days = (life.now.date() - first).days + 1
    assert (life.review.status, due(life, "D12").due_on) == ("examining", before + timedelta(days=days))
    assert life.review.due_on == before + timedelta(days=days)
    shift = Shift.objects.get()
    assert (shift.first, shift.last, shift.ground) == (first, life.now.date(), "hearing")
    turns = Entry.objects.filter(act__in=["review.go_to_hearing", "review.back_from_hearing"]).order_by("id")
    assert [entry.facts["to"] for entry in turns] == ["hearing", "examining"]
    assert "三十六" in shift.article


def test_a_first_review_counts_them_all(cast: Cast) -> None:
    life = reviewing(cast, ReviewLevel.REVIEW)
    before = due(life, "D10").due_on
    for step in ("notice_hearing", "hold_hearing", "conclude_hearing"):
        getattr(life, step)()
    assert due(life, "D10").due_on == before
    assert not Shift.objects.exists()


def test_a_hearing_that_was_not_held_counts_in_full(cast: Cast) -> None:
    life = reviewing(cast, ReviewLevel.FINAL_REVIEW)
    before = due(life, "D12").due_on
    life.notice_hearing()
    actions.drop_hearing(life.hearing, reason="放弃。", by=cast.review_office, at=life.later(days=3))
    assert (life.review.status, due(life, "D12").due_on) == ("examining", before)


def test_what_was_overdue_before_the_notice_stays_so(cast: Cast) -> None:
    life = reviewing(cast, ReviewLevel.FINAL_REVIEW)
    last = due(life, "D12").due_on
    life.now = moment(last + timedelta(days=2))
    for step in ("notice_hearing", "hold_hearing", "conclude_hearing"):
        getattr(life, step)()
    assert due(life, "D12").due_on == last


def test_while_it_is_heard_nothing_is_decided(cast: Cast) -> None:
    life = reviewing(cast, ReviewLevel.REVIEW)
    with refused("听证还没有结论。", NotReady):
        life.decide_review()
    life.notice_hearing()
    with refused("现在不能“作出复查、复核意见”", NotOnTheRoad):
        life.decide_review()


def test_whoever_reviews_does_not_host(cast: Cast) -> None:
    life = reviewing(cast, ReviewLevel.REVIEW)
    with refused("主持人不能是", field="host"):
        life.notice_hearing(host=cast.review_office.name)


# 保密、痕迹


def test_of_a_sealed_petition_a_hearing_is_not_open_and_no_word_lies_in_a_column(cast: Cast) -> None:
    life = Life(cast, is_confidential=True, by=cast.dispatcher)
    life.until("dispatch")
    actions.sign_for(life.assignment, by=cast.street_head, at=life.later())
    actions.accept(life.assignment, by=cast.street_head, handler=cast.street_handler, at=life.later())
    for step in ("handle", "propose_hearing", "approve_hearing"):
        getattr(life, step)()
    with refused("保密的信访件不公开听证", field="closed_for"):
        life.notice_hearing()
    life.notice_hearing(closed_for=HearingClosed.PRIVACY)
    [row] = Hearing.objects.values()
    assert {row[name] for name in ("reason", "host", "members", "place")} == {""}
    assert life.hearing.host == "周明"
    text = said(PaperKind.HEARING_NOTICE, life)
    assert "漏水" not in str(text)
    assert Paper.objects.get(kind=PaperKind.HEARING_NOTICE).unit_code == cast.bureau.code


def test_the_trace_vouches_for_every_step(cast: Cast) -> None:
    life = Life(cast).until("hold_hearing")
    life.conclude_hearing()
    sequencer.place_all()
    assert verify.verify() is None
    Hearing.objects.update(status="dropped")
    assert verify.verify() is not None


@pytest.mark.parametrize(("after", "took"), [(0, 9), (1, 8), (3, 12), (11, 20), (29, 8), (30, 40)])
def test_the_last_day_is_the_one_that_counting_on_fingers_gives(cast: Cast, after: int, took: int) -> None:
    """Thirty days that count, one after the other; those from the notice to the conclusion do not."""
    life = reviewing(cast, ReviewLevel.FINAL_REVIEW)
    start, by = due(life, "D12").started_on, cast.review_office
    noticed, ended = start + timedelta(days=after), start + timedelta(days=after + took)
    life.now = moment(noticed, 22)
    life.notice_hearing(at=life.now, starts_at=moment(noticed + timedelta(days=8)))
    held = moment(noticed + timedelta(days=8))
    actions.hold_hearing(life.hearing, record="记。", signed="均签。", by=by, at=held)
    actions.conclude_hearing(life.hearing, conclusion="三票。", by=by, at=moment(ended, 22))
    day, left = start, 30
    while left:
        day += timedelta(days=1)
        left -= not noticed <= day <= ended
    assert (due(life, "D12").due_strict, life.review.due_on) == (day, day)
