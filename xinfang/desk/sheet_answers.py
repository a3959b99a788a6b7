"""What was answered to each demand, on the petition page: as issued, as drafted, and what the draft still misses."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from xinfang.desk import sheet_rows
from xinfang.organizations.models import Officer
from xinfang.petitions import sight
from xinfang.petitions.models import Answer, Assignment, Demand
from xinfang.petitions.reply_gate import gaps_before_signing


def of(given: Sequence[Assignment], officer: Officer) -> list[Answer]:
    """The answers of what was issued; to the unit itself also those of its draft."""
    if not given:
        return []
    works = {assignment.pk: assignment for assignment in given}
    found = [
        answer
        for answer in sheet_rows.ANSWERS.all(*works)
        if answer.opinion.issued_at or sight.reads_draft(officer, works[answer.opinion.assignment_id].unit_id)
    ]
    for answer in found:
        answer.opinion.assignment = works[answer.opinion.assignment_id]
    last = {answer.opinion.assignment_id: answer.opinion_id for answer in found}
    for answer in found:  # a draft that has a later one beside it will not be signed
        is_last = last[answer.opinion.assignment_id] == answer.opinion_id
        answer.opinion.is_replaced = not (answer.opinion.issued_at or is_last)  # type: ignore[attr-defined]
    return found


def with_gaps(answers: list[Answer], demands: list[Demand], today: date) -> dict[str, Any]:
    """Beside each answer of the draft that would be signed next what it misses, and what is missing beside them all."""
    gaps = gaps_before_signing(demands, answers, on=today)
    for answer in answers:
        answer.gaps = [gap for gap in gaps if gap.n == answer.demand.n] if _is_draft(answer) else []  # type: ignore[attr-defined]
    said = {answer.demand.n for answer in answers if _is_draft(answer)}
    return {"answers": answers, "draft_gaps": [gap for gap in gaps if gap.n not in said]}


def _is_draft(answer: Answer) -> bool:
    """Of the draft that would be signed next."""
    return not (answer.opinion.issued_at or answer.opinion.is_replaced)  # type: ignore[attr-defined]
