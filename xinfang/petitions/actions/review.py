"""复查、复核: asked for, looked at for whether it is taken up, and examined (条例 三十五、三十六)."""

from datetime import date, datetime
from typing import Any

from xinfang.deadlines import promises
from xinfang.deadlines.models import Promise
from xinfang.deadlines.queries import of
from xinfang.deadlines.terms import Clock
from xinfang.foundation import written
from xinfang.foundation.errors import Refused
from xinfang.foundation.text import listed
from xinfang.organizations.models import Officer
from xinfang.petitions import fitting, remedies, reviews, road
from xinfang.petitions.codes import LateGround, ReviewLevel, ReviewRefusal
from xinfang.petitions.letters import TELEPHONE, names_on_letters, opinion_on, unit_on
from xinfang.petitions.lifecycle import ReviewStatus
from xinfang.petitions.models import Evidence, Opinion, Petition, ReviewCase, ReviewSupplement
from xinfang.petitions.policies import By
from xinfang.trace.acts import act

ARTICLE = {ReviewLevel.REVIEW: "条例 三十五", ReviewLevel.FINAL_REVIEW: "条例 三十六"}
BASIS = {
    ReviewLevel.REVIEW: "《信访工作条例》第三十五条",
    ReviewLevel.FINAL_REVIEW: "《信访工作条例》第三十六条",
}
_LETTERS = {ReviewLevel.REVIEW: "FC", ReviewLevel.FINAL_REVIEW: "FH"}


@act
def apply_review(
    petition: Petition,
    *,
    level: ReviewLevel,
    organ: str,
    request: str,
    by: By,
    at: datetime,
    act_secret: str = "",
    scan: Evidence | None = None,
    applied_on: date | None = None,
    received_on: date | None = None,
) -> ReviewCase:
    """申请复查、复核: by the petitioner with his act secret, or entered by the bureau from his paper with its scan.

    Whatever comes is registered, late or not; whether it is taken up is decided after. `applied_on` is the postmark of
    a letter, `received_on` the day it came in: the window is held against the first, the organ's days count from the second.
    """
    petition = road.hold_petition(petition)
    step = road.enter("petition.apply_review", petition, by=by, at=at)
    reviews.refuse_applicant(petition, by, act_secret, scan)
    opinion = reviews.opinion_of(petition)
    assert opinion is not None
    assert petition.matter_id is not None
    before = _before(opinion, level)
    _refuse_organ(opinion, level, before, organ)
    came = _days(opinion, applied_on, received_on, promises.local_day(at))
    if not request.strip():
        raise Refused("请写明请求、事实和理由。", field="request", article=ARTICLE[level])
    unit = opinion.assignment.unit
    review = fitting.add(
        ReviewCase,
        number=_number(petition, level),
        petition=petition,
        matter_id=petition.matter_id,
        level=level,
        status=ReviewStatus.APPLIED,
        opinion=opinion,
        previous=before,
        respondent=unit,
        organ=organ,
        is_outside=organ != remedies.own_government(unit),
        is_on_paper=isinstance(by, Officer),
        request=request,
        scan=scan,
        window_until=reviews.window_until(petition, opinion, level),
        applied_at=at,
        **came,
    )
    _promise(step, review)
    road.advance(step, has_reviews=True)
    road.issue(step, petition.organ, review_application=lambda: _application(review))
    road.leave(step, rows=[review], level=level, outside=review.is_outside or None, late=review.is_late or None)
    return review


def _before(opinion: Opinion, level: ReviewLevel) -> ReviewCase | None:
    """The review that a final review looks at. One that skipped it is registered all the same."""
    before = reviews.review_of(opinion)
    if level == ReviewLevel.REVIEW and before:
        raise Refused("这份处理意见已经复查过；不服复查意见的，可以请求复核。", field="level", article="条例 三十六")
    return before


def _refuse_organ(opinion: Opinion, level: ReviewLevel, before: ReviewCase | None, organ: str) -> None:
    """条例 三十五: the organ above the one that decided, and no other (S16)."""
    organs = reviews.organs_for(opinion, level, before)
    if organ in organs:
        return
    if not organs:
        raise Refused(
            "还没有登记%(unit)s的上一级机关，请系统管理员在单位里填写。",
            field="organ",
            unit=opinion.assignment.unit.name,
        )
    raise Refused(
        "对%(unit)s的意见申请%(level)s，应当向%(organs)s提出。",
        field="organ",
        article=ARTICLE[level],
        unit=opinion.assignment.unit.name,
        level=level.label,
        organs=listed(organs),
    )


def _days(opinion: Opinion, applied_on: date | None, received_on: date | None, today: date) -> dict[str, date]:
    received = received_on or today
    applied = applied_on or received
    assert opinion.issued_at is not None
    if received > today or received < promises.local_day(opinion.issued_at):
        raise Refused("收到日期不能早于出具意见之日，也不能晚于今天。", field="received_on")
    if not promises.local_day(opinion.issued_at) <= applied <= received:
        raise Refused("申请日期不能早于出具意见之日，也不能晚于收到日期。", field="applied_on")
    return {"applied_on": applied, "received_on": received}


def _number(petition: Petition, level: ReviewLevel) -> str:
    nth = ReviewCase.objects.filter(petition=petition, level=level).count() + 1
    return f"{petition.number}-{_LETTERS[level]}{nth}"


def _promise(step: road.Step, review: ReviewCase) -> None:
    """The petitioner has used his window; the organ's days count from the day it had the request."""
    level = ReviewLevel(review.level)
    window = [reviews.WINDOWS[level]]  # who skips a level has not used the window of the one he skipped
    promises.stop(window, subject="petition", subject_id=review.petition_id, at=step.at)
    # An organ outside answers to nobody here for when it takes a request up.
    clocks = [reviews.TERMS[level], *([] if review.is_outside else [Clock.D10_ADMISSION])]
    road.start_clocks(step, *clocks, on=dict.fromkeys(clocks, review.received_on), of=review)
    review.due_on = min(promise.due_on for promise in step.promises.values())
    written.update(review, ["due_on"])


def _application(review: ReviewCase) -> dict[str, Any]:
    return {
        "number": review.petition.number,
        "review": f"{review.get_level_display()} {review.number}",
        "applicant": names_on_letters(review.petition),
        "respondent": unit_on(review.petition, review.respondent.name),
        "organ": review.organ,
        "opinion": opinion_on(review),
        "request": "内容保密。" if review.petition.is_sealed else review.request,
        "applied_on": review.applied_on.isoformat(),
        "received_on": review.received_on.isoformat(),
    }


@act
def ask_review_supplement(review: ReviewCase, *, missing: str, until: date, by: By, at: datetime) -> ReviewSupplement:
    """要求补正: one list of everything the application lacks, and a day. The clocks run on."""
    review = road.hold_review(review)
    step = road.enter("review.ask_review_supplement", review, by=by, at=at)
    if not missing.strip():
        raise Refused("请一次列明还缺哪些材料。", field="missing")
    if until <= promises.local_day(at):
        raise Refused("提交日期要晚于今天，给信访人留出时间。", field="until")
    if review.due_on and until > review.due_on:
        raise Refused(
            "提交日期不能晚于%(day)s：等待材料不延长期限。",
            field="until",
            article=ARTICLE[ReviewLevel(review.level)],
            day=review.due_on,
        )
    asked = fitting.add(ReviewSupplement, review=review, missing=missing, until=until, asked_at=at)
    road.advance(step, turned_at=at)
    road.issue(step, review.petition.organ, supplement_notice=lambda: _supplement(review, asked))
    road.leave(step, rows=[asked], until=until)
    return asked


def _supplement(review: ReviewCase, asked: ReviewSupplement) -> dict[str, Any]:
    return {
        "to": names_on_letters(review.petition),
        "number": review.number,
        "missing": asked.missing,
        "until": asked.until.isoformat(),
        "note": "逾期没有补正的，按已有材料决定是否受理；补正期间，期限照常计算。",
        "telephone": review.petition.organ.telephone or TELEPHONE,
    }


@act
def end_review_supplement(review: ReviewCase, *, is_arrived: bool, by: By, at: datetime) -> ReviewSupplement:
    """结束补正: it has come, or its day has passed; the application is looked at with what there is."""
    review = road.hold_review(review)
    step = road.enter("review.end_review_supplement", review, by=by, at=at)
    asked = review.supplement
    if not is_arrived and promises.local_day(at) <= asked.until:
        raise Refused("材料可以交到%(day)s，届满前没有收到的，先等到那一天。", field="is_arrived", day=asked.until)
    asked.is_arrived, asked.ended_at = is_arrived, at
    written.update(asked, ["is_arrived", "ended_at"])
    road.advance(step, turned_at=at)
    road.leave(step, rows=[asked], is_arrived=is_arrived)
    return asked


@act
def admit_review(
    review: ReviewCase, *, by: By, at: datetime, late_ground: LateGround | None = None, late_excuse: str = ""
) -> ReviewCase:
    """受理: in time; or late, with the reason why that is not held against the petitioner (S14)."""
    review = road.hold_review(review)
    step = road.enter("review.admit_review", review, by=by, at=at)
    _refuse_lateness(review, late_ground, late_excuse)
    assert isinstance(by, Officer)
    road.stop_clocks(step)
    road.advance(
        step,
        admitted_at=at,
        handler=by,
        due_on=_last_day(review),
        late_ground=late_ground or "",
        late_excuse=late_excuse if late_ground else "",
    )
    # An organ outside tells the petitioner itself.
    writers = {} if review.is_outside else {"review_admission": lambda: _admission(review)}
    road.issue(step, review.petition.organ, review.organ, **writers)
    road.leave(step, late_ground=late_ground)
    return review


def _admission(review: ReviewCase) -> dict[str, Any]:
    return {
        "to": names_on_letters(review.petition),
        "review": f"{review.get_level_display()} {review.number}",
        "received_on": review.received_on.isoformat(),
        "respondent": unit_on(review.petition, review.respondent.name),
        "opinion": opinion_on(review),
        "due": review.due_on.isoformat() if review.due_on else "",
        "basis": BASIS[ReviewLevel(review.level)],
        "telephone": review.petition.organ.telephone or TELEPHONE,
    }


def _refuse_lateness(review: ReviewCase, ground: LateGround | None, excuse: str) -> None:
    if review.is_late and ground is None and not review.is_outside:  # an organ outside answers for itself
        raise Refused(
            "申请期限的最后一日是%(day)s，申请已经逾期。有不可抗力或者送达瑕疵的，写明理由后受理；没有的，不予受理。",
            field="late_ground",
            article=ARTICLE[ReviewLevel(review.level)],
            day=review.window_until,
        )
    if ground and not review.is_late:
        raise Refused("申请没有逾期，不需要逾期的理由。", field="late_ground")
    if ground and not excuse.strip():
        raise Refused("请写明查明的情况和证据。", field="late_excuse")
    fitting.refuse_text(excuse, 500, beside="late_excuse")


def _last_day(review: ReviewCase) -> date:
    clock = reviews.TERMS[ReviewLevel(review.level)]
    found: Promise | None = of("review", review.pk).filter(clock=clock).last()
    assert found is not None
    return found.due_on


@act
def refuse_review(
    review: ReviewCase, *, ground: ReviewRefusal, reason: str, right_road: str, by: By, at: datetime
) -> ReviewCase:
    """不予受理: told in writing within fifteen days, with the reason and where to go instead."""
    review = road.hold_review(review)
    step = road.enter("review.refuse_review", review, by=by, at=at)
    _refuse_ground(review, ground)
    for text, name in ((reason, "reason"), (right_road, "right_road")):
        if not text.strip():
            raise Refused("请写明不予受理的具体理由和信访人可以走的途径。", field=name)
    fitting.refuse_text(reason, 500, beside="reason")
    road.stop_clocks(step)
    road.advance(step, ended_at=at, due_on=None, refusal=ground, refusal_reason=reason)
    if ground == ReviewRefusal.NOT_THE_PETITIONER:  # a stranger's request takes nothing from the petitioner
        promises.resume(
            [reviews.WINDOWS[ReviewLevel(review.level)]],
            subject="petition",
            subject_id=review.petition_id,
            stopped_at=review.applied_at,
        )
    # An organ outside tells the petitioner itself.
    writers = {} if review.is_outside else {"review_refusal": lambda: _refusal(review, right_road)}
    road.issue(step, review.petition.organ, review.organ, **writers)
    road.leave(step, ground=ground)
    return review


def _refuse_ground(review: ReviewCase, ground: ReviewRefusal) -> None:
    article = ARTICLE[ReviewLevel(review.level)]
    if ground == ReviewRefusal.OUT_OF_TIME and review.window_until is None:
        raise Refused(
            "送达没有签收或者见证的证明，申请期限没有起算，不能以逾期为由不予受理，应当受理。",
            field="ground",
            article=article,
        )
    if ground == ReviewRefusal.OUT_OF_TIME and not review.is_late:
        raise Refused(
            "申请没有逾期：最后一日是%(day)s。", field="ground", article=article, day=review.window_until or "—"
        )
    is_skipping = review.level == ReviewLevel.FINAL_REVIEW and not review.previous_id
    if ground == ReviewRefusal.SKIPPED_LEVEL and not is_skipping:
        raise Refused("该申请没有越过复查。", field="ground", article=article)


def _refusal(review: ReviewCase, right_road: str) -> dict[str, Any]:
    return {
        "to": names_on_letters(review.petition),
        "review": f"{review.get_level_display()} {review.number}",
        "received_on": review.received_on.isoformat(),
        "ground": str(ReviewRefusal(review.refusal).label),
        "reason": "内容保密。" if review.petition.is_sealed else review.refusal_reason,
        "road": right_road,
        "basis": BASIS[ReviewLevel(review.level)],
        "telephone": review.petition.organ.telephone or TELEPHONE,
    }


@act
def examine_review(review: ReviewCase, *, by: By, at: datetime) -> ReviewCase:
    """审查: the file of the first handling is called for, both sides are heard."""
    review = road.hold_review(review)
    step = road.enter("review.examine_review", review, by=by, at=at)
    road.advance(step, turned_at=at, handler=by)
    road.leave(step)
    return review
