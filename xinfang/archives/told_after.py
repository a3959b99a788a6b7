"""What a case pack tells of the work itself and of what came after: 办理记录, 承诺, 评价, 回访. Reads, decides nothing."""

from datetime import date
from typing import Any

from xinfang.archives.moments import at
from xinfang.petitions.models import CallBack, Commitment, Evaluation, FollowUp, Petition, WorkNote


def notes(petition: Petition) -> list[dict[str, Any]]:
    """What the unit wrote as the work went."""
    rows = WorkNote.objects.filter(assignment__petition=petition).select_related(
        "assignment__petition", "assignment__unit"
    )
    return [
        {
            "at": at(one.happened_at),
            "unit": one.assignment.unit.name,
            "kind": one.kind,
            "kind_label": str(one.get_kind_display()),
            "place": one.place,
            "text": one.text,
        }
        for one in rows.order_by("happened_at", "id")
    ]


def commitments(petition: Petition) -> list[dict[str, Any]]:
    """What was promised, by whom, until when, and what came of it."""
    rows = Commitment.objects.filter(petition=petition).select_related("petition", "unit").order_by("due_on", "id")
    return [
        {
            "unit": one.unit.name,
            "what": one.what,
            "due_on": _day(one.due_on),
            "status": one.status,
            "status_label": str(one.get_status_display()),
            "kept_at": at(one.kept_at),
        }
        for one in rows
    ]


def evaluations(petition: Petition) -> list[dict[str, Any]]:
    """Every rating, and what came of looking into one of 不满意."""
    looked_into = {
        one.evaluation_id: one for one in FollowUp.objects.filter(petition=petition).select_related("petition")
    }
    rows = Evaluation.objects.filter(petition=petition).order_by("nth")
    return [
        {
            "bureau": one.bureau,
            "bureau_label": str(one.get_bureau_display()),
            "unit": one.unit,
            "unit_label": str(one.get_unit_display()),
            "reason": one.reason,
            "evaluated_at": at(one.evaluated_at),
            "follow_up": _follow_up(looked_into.get(one.pk)),
        }
        for one in rows
    ]


def _follow_up(one: FollowUp | None) -> dict[str, Any] | None:
    if one is None:
        return None
    said = {"outcome": one.outcome, "outcome_label": str(one.get_outcome_display()), "text": one.text}
    return {**said, "concluded_at": at(one.concluded_at)}


def calls(petition: Petition) -> list[dict[str, Any]]:
    """When the bureau asked him, and what he said."""
    rows = CallBack.objects.filter(petition=petition).select_related("petition").order_by("called_at", "id")
    return [
        {
            "called_at": at(one.called_at),
            "about": one.about,
            "about_label": str(one.get_about_display()),
            "is_reached": one.is_reached,
            "said": one.said,
        }
        for one in rows
    ]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
