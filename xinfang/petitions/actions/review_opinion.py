"""复查、复核意见: decided, or entered from an organ outside; delivered; handled again where it was set aside."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from xinfang.deadlines import promises
from xinfang.deadlines.terms import Clock
from xinfang.documents.kinds import PaperKind
from xinfang.foundation.errors import Refused
from xinfang.organizations.models import Unit
from xinfang.petitions import fitting, remedies, road, service_proof
from xinfang.petitions.actions.commitments import replace_commitments
from xinfang.petitions.actions.reopen import reopen
from xinfang.petitions.codes import DeliveryMode, ReopenGround, ReviewDecision, ReviewLevel
from xinfang.petitions.letters import (
    NOT_THE_SAME,
    names_on_letters,
    opinion_on,
    redo_order,
    served_with,
    to_be_served,
    unit_on,
)
from xinfang.petitions.lifecycle import PetitionStatus
from xinfang.petitions.models import Evidence, Matter, Petition, ReviewCase, ReviewDelivery, ReviewFinding
from xinfang.petitions.models.review import MOST_REDO_DAYS
from xinfang.petitions.policies import By
from xinfang.petitions.road import ROAD
from xinfang.petitions.service_proof import Proof
from xinfang.trace.acts import Hand, act


@act
def decide_review(
    review: ReviewCase,
    *,
    decision: ReviewDecision,
    examined: str,
    findings: str,
    basis: str,
    outcome: str,
    by: By,
    at: datetime,
    redo_days: int | None = None,
    to_do: str = "",
    to_do_by: date | None = None,
) -> ReviewFinding:
    """作出意见: 维持, 变更 with what is carried out instead, or 撤销 with the days in which it is handled again."""
    review = road.hold_review(review)
    step = road.enter("review.decide_review", review, by=by, at=at)
    said = {"examined": examined, "findings": findings, "basis": basis, "outcome": outcome}
    for name, text in said.items():
        if not text.strip():
            raise _missing(name)
    instead = _instead(decision, to_do, to_do_by, promises.local_day(at))
    finding = _decide(step, decision, redo_days, promises.local_day(at), **said, **instead)
    kind = "review_opinion" if review.level == ReviewLevel.REVIEW else "final_review_opinion"
    to = names_on_letters(review.petition)
    road.issue(
        step,
        review.petition.organ,
        review.organ,
        **{kind: lambda: _paper(review, finding, to)},
        delivery_receipt=lambda: to_be_served(review.petition, step.issued[0], to),
    )
    road.leave(step, rows=[finding], level=review.level, decision=decision)
    return finding


def _missing(name: str) -> Refused:
    return {
        "examined": Refused("请写明审查经过：调取了什么，听取了谁的意见。", field="examined"),
        "findings": Refused("请写明查明的事实。", field="findings"),
        "basis": Refused("请写明依据。", field="basis"),
        "outcome": Refused("请写明决定的内容。", field="outcome"),
    }[name]


@act
def record_review(
    review: ReviewCase,
    *,
    decision: ReviewDecision,
    outside_number: str,
    decided_on: date,
    findings: str,
    outcome: str,
    scan: Evidence | None,
    by: By,
    at: datetime,
    redo_days: int | None = None,
    to_do: str = "",
    to_do_by: date | None = None,
) -> ReviewFinding:
    """录入上级结果: what an organ outside this system decided, as it came back on paper."""
    review = road.hold_review(review)
    step = road.enter("review.record_review", review, by=by, at=at)
    if scan is None or scan.petition_id != review.petition_id:
        raise Refused("请附上级机关意见书的扫描件。", field="scan")
    if not review.received_on <= decided_on <= promises.local_day(at):
        raise Refused("作出日期不能早于收到申请之日，也不能晚于今天。", field="decided_on")
    if not outside_number.strip():
        raise Refused("请写明意见书的文号。", field="outside_number")
    for name, text in (("findings", findings), ("outcome", outcome)):
        if not text.strip():
            raise _missing(name)
    said = {"findings": findings, "outcome": outcome, "outside_number": outside_number, "scan": scan}
    instead = _instead(decision, to_do, to_do_by, promises.local_day(at))
    finding = _decide(step, decision, redo_days, decided_on, **said, **instead)
    kind = PaperKind.REVIEW_OPINION if review.level == ReviewLevel.REVIEW else PaperKind.FINAL_REVIEW_OPINION
    served = served_with(review.petition, kind, outside_number.strip(), names_on_letters(review.petition))
    road.issue(step, review.petition.organ, delivery_receipt=lambda: served)
    road.leave(step, rows=[finding], level=review.level, decision=decision, outside=True)
    return finding


def _decide(
    step: road.Step, decision: ReviewDecision, redo_days: int | None, decided_on: date, **said: Any
) -> ReviewFinding:
    review: ReviewCase = step.subject
    days = _redo_days(decision, redo_days)
    finding = fitting.add(
        ReviewFinding, review=review, decision=decision, redo_days=days, decided_on=decided_on, **said
    )
    road.stop_clocks(step)
    road.start_clocks(step)
    [delivery] = step.promises.values()
    admitted = {} if review.admitted_at else {"admitted_at": step.at}
    road.advance(step, decided_at=step.at, decision=decision, redo_days=days, due_on=delivery.due_on, **admitted)
    return finding


def _instead(decision: ReviewDecision, to_do: str, by: date | None, today: date) -> dict[str, Any]:
    """变更: what the unit carries out now, and until when. Both or neither; a promise without a day is none."""
    if decision != ReviewDecision.CHANGED or not (to_do.strip() or by):
        return {}
    if not to_do.strip():
        raise Refused("请写明变更以后要落实的事；没有要落实的，日期也不填。", field="to_do", article="条例 三十二")
    if by is None:
        raise Refused("请写明最迟哪一天落实。", field="to_do_by", article="条例 三十二")
    if by <= today:
        raise Refused("落实日期要晚于今天。", field="to_do_by")
    fitting.refuse_text(to_do, MOST_TO_DO, beside="to_do")
    return {"to_do": to_do.strip(), "to_do_by": by}


MOST_TO_DO = 500


def _redo_days(decision: ReviewDecision, days: int | None) -> int | None:
    if decision != ReviewDecision.REVOKED:
        return None
    if days is None or not 1 <= days <= MOST_REDO_DAYS:
        raise Refused("撤销的，请写明责令几日内重新办理，1至%(most)s日。", field="redo_days", most=MOST_REDO_DAYS)
    return days


def _paper(review: ReviewCase, finding: ReviewFinding, to: str) -> dict[str, Any]:
    petition, is_sealed = review.petition, review.petition.is_sealed
    return {
        "to": to,
        "respondent": unit_on(petition, review.respondent.name),
        "organ": review.organ,
        "review": f"{review.get_level_display()} {review.number}",
        "opinion": opinion_on(review),
        "request": "内容保密。" if is_sealed else review.request,
        "examined": "内容保密。" if is_sealed else finding.examined,
        "findings": finding.findings,
        "basis": finding.basis,
        "decision": _decision(review, finding),
        "remedy": _remedy(review, finding),
    }


def _decision(review: ReviewCase, finding: ReviewFinding) -> str:
    what = ReviewDecision(finding.decision).label
    return f"{what}。{finding.outcome}{_order(finding)}{_carried_out(review, finding)}"


def _order(finding: ReviewFinding) -> str:
    if finding.decision != ReviewDecision.REVOKED:
        return ""
    return f"责令自收到本意见书之日起{finding.redo_days}日内重新办理，{NOT_THE_SAME}"


def _carried_out(review: ReviewCase, finding: ReviewFinding) -> str:
    if finding.to_do_by is None or review.petition.is_sealed:
        return ""
    day = finding.to_do_by
    return f"由{review.respondent.name}于{day.year}年{day.month}月{day.day}日前落实：{finding.to_do}"


def _remedy(review: ReviewCase, finding: ReviewFinding) -> str:
    if finding.decision == ReviewDecision.REVOKED:
        return "对重新办理后出具的处理意见不服的，可以自收到之日起30日内请求复查。"
    if review.level == ReviewLevel.FINAL_REVIEW:
        return "本意见为信访程序终结意见。仍以同一事实和理由提出投诉请求的，各级机关、单位不再受理。"
    organs = "或者".join(remedies.final_review_organs(review.respondent, review.organ))
    return f"对本意见不服的，可以自收到本意见书之日起30日内向{organs or '本机关的上一级机关'}请求复核。"


@act
def deliver_review(
    review: ReviewCase,
    *,
    mode: DeliveryMode,
    delivered_on: date,
    proof: str,
    by: By,
    at: datetime,
    witnesses: Sequence[str] = (),
    consented_on: date | None = None,
    announced_on: date | None = None,
    carried_by: Unit | None = None,
    scan: Evidence | None = None,
) -> ReviewDelivery:
    """送达: the petitioner has it in hand, with the proof that its mode asks for; of a review his thirty days for the final
    one begin (条例 三十六). He asked for it, so he is somebody who can be found: nothing is only kept on file.
    """
    review = road.hold_review(review)
    step = road.enter("review.deliver_review", review, by=by, at=at)
    days = {"consented_on": consented_on, "announced_on": announced_on}
    proved = Proof.of(mode, delivered_on, proof, witnesses, **days)
    decided_on = review.finding.decided_on
    service_proof.refuse(proved, issued_on=decided_on, today=promises.local_day(at), is_anonymous=False)
    beside = service_proof.beside(review.petition, review.petition.organ_id, carried_by=carried_by, scan=scan)
    delivery = fitting.add(ReviewDelivery, review=review, **proved.kept(), **beside)
    road.stop_clocks(step)
    is_revoked = review.decision == ReviewDecision.REVOKED
    if review.level == ReviewLevel.REVIEW and not is_revoked:
        _open_window(step, delivered_on)
    redo = delivered_on + timedelta(days=review.redo_days) if review.redo_days else None
    road.advance(step, delivered_at=at, due_on=redo)
    road.leave(step, rows=[delivery], mode=mode)
    if review.decision != ReviewDecision.UPHELD:
        replace_commitments(review, by=ROAD, at=at)
    if not is_revoked:
        close_review(review, by=ROAD, at=at)
    return delivery


def _open_window(step: road.Step, delivered_on: date) -> None:
    """What is closed waits for the last of its windows before it is archived."""
    road.start_clocks(step, Clock.D11, on={Clock.D11: delivered_on})
    petition, until = step.petition, step.promises[Clock.D11].due_on
    if petition.status == PetitionStatus.CLOSED:
        Petition.objects.filter(pk=petition.pk).update(due_on=max(until, petition.due_on or until))


@act
def close_review(review: ReviewCase, *, by: Hand, at: datetime) -> ReviewCase:
    """结束: upheld or changed and delivered. After a final review the matter is ended; helping the person is not."""
    step = road.enter("review.close_review", review, by=by, at=at)
    road.advance(step, ended_at=at, due_on=None)
    if review.level == ReviewLevel.FINAL_REVIEW:
        Matter.objects.filter(pk=review.matter_id).update(terminated_at=at)
    road.leave(step, level=review.level, decision=review.decision)
    return review


@act
def order_redo(review: ReviewCase, *, unit: Unit, requirement: str, by: By, at: datetime) -> ReviewCase:
    """责令重新办理: the matter is given anew, with the days the decision names and what the unit may not do again."""
    review = road.hold_review(review)
    step = road.enter("review.order_redo", review, by=by, at=at)
    reason = redo_order(review, requirement)
    fitting.refuse_text(reason, 500, beside="requirement")
    assert review.redo_days is not None
    last = review.delivery.delivered_on + timedelta(days=review.redo_days)
    soonest = timezone.localdate(at) + timedelta(days=1)
    road.advance(step, ended_at=at, due_on=None)
    road.leave(step, unit=unit.pk)
    reopen(
        review.petition,
        ground=ReopenGround.REVIEW_DECISION,
        unit=unit,
        reason=reason,
        feedback_due=max(last, soonest),
        by=ROAD,
        at=at,
    )
    return review
