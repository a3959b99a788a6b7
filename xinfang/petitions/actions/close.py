"""办结 and 评价."""

from datetime import datetime
from typing import Any

from xinfang.deadlines import promises
from xinfang.deadlines.queries import running_of
from xinfang.deadlines.terms import Clock
from xinfang.foundation.errors import Refused
from xinfang.foundation.prepared import Prepared
from xinfang.organizations.models import Officer
from xinfang.petitions import after, fitting, policies, road
from xinfang.petitions.codes import EvaluationStatus, EvaluationValue
from xinfang.petitions.errors import NotYourMove
from xinfang.petitions.latest import latest_lead
from xinfang.petitions.letters import (
    REASONS_TO_TICK,
    TO_TICK,
    names_on_letters,
    subject_on,
    unit_on,
)
from xinfang.petitions.models import Evaluation, Evidence, Petition
from xinfang.petitions.models.evaluation import MOST_RATINGS
from xinfang.petitions.policies import By
from xinfang.trace.acts import Hand, act, record

_RUNNING = Prepared(lambda petition: running_of("petition", petition))


@act
def close(petition: Petition, *, by: By, at: datetime) -> Petition:
    """办结: the procedure is finished; whether the dispute is over is another question. Rating opens (D14)."""
    petition = road.hold_petition(petition)
    step = road.enter("petition.close", petition, by=by, at=at)
    is_rated = not petition.is_anonymous and petition.is_initial and not petition.is_judicial
    if is_rated:
        road.start_clocks(step)
    ends = [promise.due_on for promise in _RUNNING.all(petition.pk)]
    road.advance(
        step,
        closed_at=at,
        due_on=max(ends, default=petition.due_on or promises.local_day(at)),
        evaluation_status=EvaluationStatus.PENDING if is_rated else EvaluationStatus.UNOPENED,
    )
    writers = {"evaluation_form": lambda: _form(petition, step)} if is_rated else {}
    road.issue(step, petition.organ, **writers)
    road.leave(step)
    return petition


def _form(petition: Petition, step: road.Step) -> dict[str, Any]:
    """评价表, for whoever rates on paper; the organ hands it out, never the unit that is rated."""
    lead = latest_lead(petition)
    assert lead is not None
    return {
        "number": petition.number,
        "people": names_on_letters(petition),
        "title": subject_on(petition, petition.title),
        "unit": unit_on(petition, lead.unit.name),
        "closed_on": promises.local_day(step.at).isoformat(),
        "until": step.promises[Clock.D14].due_on.isoformat(),
        "bureau_rating": TO_TICK,
        "unit_rating": TO_TICK,
        "reasons": REASONS_TO_TICK,
    }


@act
def evaluate(
    petition: Petition,
    *,
    bureau: EvaluationValue,
    unit: EvaluationValue,
    by: By,
    at: datetime,
    reason: str = "",
    act_secret: str = "",
    scan: Evidence | None = None,
) -> Evaluation:
    """评价: by the petitioner with his act secret, or from his paper form with its scan. The first is never overwritten (C8)."""
    petition = road.hold_petition(petition)
    step = road.enter("petition.evaluate", petition, by=by, at=at)
    _refuse_rater(petition, by, act_secret, scan)
    before = list(petition.evaluations.values_list("evaluated_at", flat=True))
    since = petition.closed_at
    assert since is not None
    _refuse_rating(petition, by, reason, {bureau, unit}, sum(given >= since for given in before))
    evaluation = fitting.add(
        Evaluation,
        petition=petition,
        nth=len(before) + 1,
        bureau=bureau,
        unit=unit,
        reason=reason,
        is_on_paper=isinstance(by, Officer),
        scan=scan,
        evaluated_at=at,
    )
    road.stop_clocks(step)
    asked = after.open_for(evaluation, step)
    road.advance(step, evaluation_status=EvaluationStatus.RATED)
    road.leave(step, rows=[evaluation, *asked], nth=evaluation.nth, bureau=bureau, unit_rating=unit)
    return evaluation


def _refuse_rater(petition: Petition, by: By, act_secret: str, scan: Evidence | None) -> None:
    if isinstance(by, Hand):
        if not policies.is_secret_of(petition, act_secret):
            raise Refused("办事密码不对。", field="act_secret")
        return
    if scan is None or scan.petition_id != petition.pk:
        raise Refused("纸质评价须附信访人填写的评价表扫描件。", field="scan", article="条例 二十一")
    if policies.worked_on(petition, by):
        raise NotYourMove("承办单位的人员不得代为评价。")


def _refuse_rating(petition: Petition, by: By, reason: str, values: set[EvaluationValue], given: int) -> None:
    """`given` are those since it was closed: handled anew it is rated anew."""
    if given >= MOST_RATINGS:
        raise Refused("已有两次评价，不再增加。信访人还有意见的，可以作为新的信访件登记。")
    if isinstance(by, Hand) and petition.evaluation_status == EvaluationStatus.RATED:
        raise Refused("您已经评价过。还有意见的，请联系信访局，由工作人员回访后记下第二次评价。")
    if EvaluationValue.DISSATISFIED in values and not reason.strip():
        raise Refused("不满意的请写明原因。", field="reason")


@act
def expire_evaluation(petition: Petition, *, by: Hand, at: datetime) -> Petition:
    """The rating window passed unused: 超期未评价, which is not 满意 (C8)."""
    petition = road.hold_petition(petition)
    if petition.evaluation_status != EvaluationStatus.PENDING:
        raise Refused("该件已评价。")
    petition.evaluation_status = EvaluationStatus.EXPIRED_UNRATED
    petition.save(update_fields=["evaluation_status"])
    promises.stop([Clock.D14], subject="petition", subject_id=petition.pk, at=at)
    record(
        "petition.expire_evaluation",
        subject=("petition", petition.pk),
        by=by,
        at=at,
        facts=road.told(petition),
    )
    return petition
