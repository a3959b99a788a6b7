"""补充材料: asked for once; nothing stands still meanwhile."""

from datetime import date, datetime
from typing import Any

from xinfang.deadlines import promises
from xinfang.foundation import written
from xinfang.foundation.errors import Refused
from xinfang.petitions import fitting, road
from xinfang.petitions.letters import issuer_of, names_on_letters, telephone_on
from xinfang.petitions.models import Assignment, Supplement
from xinfang.petitions.policies import By
from xinfang.trace.acts import act


@act
def ask_supplement(assignment: Assignment, *, missing: str, until: date, by: By, at: datetime) -> Supplement:
    """要求补充材料: one list of everything that is missing, and a day. The clocks run on."""
    assignment = road.hold_assignment(assignment)
    step = road.enter("assignment.ask_supplement", assignment, by=by, at=at)
    if not missing.strip():
        raise Refused("请一次列明还缺哪些材料。", field="missing")
    _refuse_day(assignment, until, promises.local_day(at))
    asked = fitting.add(Supplement, assignment=assignment, missing=missing, until=until, asked_at=at)
    road.advance(step, turned_at=at)
    road.issue(step, issuer_of(assignment), supplement_notice=lambda: _notice(assignment, asked))
    road.leave(step, rows=[asked], until=until)
    return asked


def _refuse_day(assignment: Assignment, until: date, today: date) -> None:
    if until <= today:
        raise Refused("提交日期要晚于今天，给信访人留出时间。", field="until")
    if assignment.handling_due and until > assignment.handling_due:
        raise Refused(
            "提交日期不能晚于办理期限的最后一日%(day)s：等待材料不延长办理期限。",
            field="until",
            article="条例 三十四",
            day=assignment.handling_due,
        )


@act
def end_supplement(assignment: Assignment, *, is_arrived: bool, by: By, at: datetime) -> Supplement:
    """结束补充材料: it has come, or its day has passed; the work goes on with what there is."""
    assignment = road.hold_assignment(assignment)
    step = road.enter("assignment.end_supplement", assignment, by=by, at=at)
    asked = assignment.supplement
    if not is_arrived and promises.local_day(at) <= asked.until:
        raise Refused("材料可以交到%(day)s，届满前没有收到的，先等到那一天。", field="is_arrived", day=asked.until)
    asked.is_arrived, asked.ended_at = is_arrived, at
    written.update(asked, ["is_arrived", "ended_at"])
    road.advance(step, turned_at=at)
    road.leave(step, rows=[asked], is_arrived=is_arrived)
    return asked


def _notice(assignment: Assignment, asked: Supplement) -> dict[str, Any]:
    return {
        "to": names_on_letters(assignment.petition),
        "number": assignment.petition.number,
        "missing": asked.missing,
        "until": asked.until.isoformat(),
        "note": "逾期没有补充的，按已有材料办理；补充材料期间，办理期限照常计算。",
        "telephone": telephone_on(assignment.petition, assignment.unit.telephone),
    }
