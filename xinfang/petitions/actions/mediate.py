"""调解, 和解: within handling, when both sides want it (条例 三十三)."""

from datetime import date, datetime
from typing import Any

from xinfang.deadlines import promises
from xinfang.foundation.errors import Refused
from xinfang.petitions import fitting, road
from xinfang.petitions.codes import MediationOutcome
from xinfang.petitions.letters import demands_of, matters_on, names_on_letters
from xinfang.petitions.models import Assignment, Mediation
from xinfang.petitions.policies import By
from xinfang.trace.acts import act

ARTICLE = "条例 三十三"


@act
def mediate(
    assignment: Assignment,
    *,
    outcome: MediationOutcome,
    mediator: str,
    held_on: date,
    by: By,
    at: datetime,
    terms: str = "",
    perform_by: date | None = None,
) -> Mediation:
    """调解和解: settled with terms on paper, or not; the handling goes on either way and no date moves."""
    assignment = road.hold_assignment(assignment)
    step = road.enter("assignment.mediate", assignment, by=by, at=at)
    is_settled = outcome == MediationOutcome.SETTLED
    _refuse(terms, perform_by, held_on, is_settled=is_settled, today=promises.local_day(at))
    mediation = fitting.add(
        Mediation,
        assignment=assignment,
        outcome=outcome,
        mediator=mediator,
        terms=terms if is_settled else "",
        perform_by=perform_by if is_settled else None,
        held_on=held_on,
    )
    writers = {"settlement_agreement": lambda: _paper(assignment, mediation)} if is_settled else {}
    road.issue(step, assignment.unit, **writers)
    road.leave(step, rows=[mediation], outcome=outcome)
    return mediation


def _refuse(terms: str, perform_by: date | None, held_on: date, *, is_settled: bool, today: date) -> None:
    if held_on > today:
        raise Refused("调解日期不能晚于今天。", field="held_on")
    if not is_settled:
        return
    if not terms.strip():
        raise Refused("达成协议的，请写明协议内容。", field="terms", article=ARTICLE)
    if perform_by is None or perform_by < held_on:
        raise Refused("达成协议的，请写明履行日期，不能早于调解日期。", field="perform_by", article=ARTICLE)


def _paper(assignment: Assignment, mediation: Mediation) -> dict[str, Any]:
    return {
        "number": assignment.petition.number,
        "people": names_on_letters(assignment.petition),
        "unit": assignment.unit.name,
        "matters": matters_on(assignment.petition, [demand.text for demand in demands_of(assignment.petition)]),
        "mediator": mediation.mediator,
        "held_on": mediation.held_on.isoformat(),
        "terms": mediation.terms,
        "perform_by": mediation.perform_by.isoformat() if mediation.perform_by else "",
        "basis": "《信访工作条例》第三十三条",
    }
