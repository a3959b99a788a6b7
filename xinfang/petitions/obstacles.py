"""What a move needs beside its state and its hand. Each rule returns the sentence that says what is missing, or nothing."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeAlias

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xinfang.deadlines.queries import lapsed
from xinfang.deadlines.terms import Clock
from xinfang.foundation.prepared import Prepared
from xinfang.petitions.codes import AssignmentKind, AssignmentRole, EvaluationStatus
from xinfang.petitions.lifecycle import AssignmentStatus
from xinfang.petitions.models import Assignment, Opinion, Petition, Proposal

Rule: TypeAlias = Callable[[Any, date], str]


def obstacle(verb: str, subject: Any, on: date) -> str:
    """The sentence, empty when the road is free."""
    rule = _RULES.get(verb)
    return rule(subject, on) if rule else ""


_PROPOSAL = Prepared(
    lambda petition: (
        Proposal.objects.filter(petition=petition).select_related("approval", "lead_unit").order_by("-id")[:1]
    )
)
_LEAD = Prepared(
    lambda petition: Assignment.objects.filter(petition=petition, role=AssignmentRole.LEAD).order_by("-id")[:1]
)
_DRAFT = Prepared(lambda assignment: Opinion.objects.filter(assignment=assignment).order_by("-id")[:1])


def latest_proposal(petition: Petition) -> Proposal | None:
    return _PROPOSAL.first(petition.pk)


def latest_draft(assignment: Assignment) -> Opinion | None:
    return _DRAFT.first(assignment.pk)


def _unchecked(petition: Petition, on: date) -> str:
    return "" if petition.duplicate_checked_at else _("请先判重，再拟办。")


def _nothing_to_approve(petition: Petition, on: date) -> str:
    proposal = latest_proposal(petition)
    if proposal and proposal.needs_approval and not hasattr(proposal, "approval"):
        return ""
    return _("没有等待批办的拟办意见。")


def _proposed(kind: AssignmentKind) -> Rule:
    def rule(petition: Petition, on: date) -> str:
        proposal = latest_proposal(petition)
        if proposal is None or proposal.disposition != kind:
            return _("拟办意见不是“%(way)s”。") % {"way": kind.label}
        if proposal.needs_approval and not hasattr(proposal, "approval"):
            return _("该件须经负责人批办后才能交出。")
        return ""

    return rule


def _lead_not_done(petition: Petition, on: date) -> str:
    lead = _LEAD.first(petition.pk)
    return (
        ""
        if lead and lead.status == AssignmentStatus.DONE
        else _("主办单位尚未送达处理意见或办结报告尚未审核，不能办结。")
    )


def _not_open_for_rating(petition: Petition, on: date) -> str:
    if petition.evaluation_status == EvaluationStatus.RATED:
        return ""
    if petition.evaluation_status == EvaluationStatus.PENDING and not _has_lapsed(Clock.D14, petition, on):
        return ""
    return _("评价期已过，或该件不在评价范围。")


def _has_lapsed(clock: Clock, petition: Petition, on: date) -> bool:
    """The sweep that closes windows comes once an hour; the last day is exact."""
    return lapsed(clock, on).filter(subject="petition", subject_id=petition.pk).exists()


def _windows_open(petition: Petition, on: date) -> str:
    if petition.due_on and petition.due_on >= on:
        return _("复查期、评价期要到 %(day)s 届满，届满后才能归档。") % {"day": petition.due_on}
    return ""


def _unanswered(assignment: Assignment, on: date) -> str:
    draft = latest_draft(assignment)
    if draft is None:
        return _("请先拟写处理意见。")
    missing = assignment.petition.demands.exclude(pk__in=draft.answers.values("demand")).count()
    if not missing:
        return ""
    return ngettext("还有 %(count)s 项诉求没有答复。", "还有 %(count)s 项诉求没有答复。", missing) % {"count": missing}


def _only(*kinds: AssignmentKind) -> Rule:
    def rule(assignment: Assignment, on: date) -> str:
        return "" if assignment.kind in kinds else _("只有交办件需要办结报告。")

    return rule


def _has_repeats(petition: Petition, on: date) -> str:
    return _("该件已有重件，不能作废。") if petition.repeats.exists() else ""


_RULES: dict[str, Rule] = {
    "petition.propose": _unchecked,
    "petition.approve": _nothing_to_approve,
    "petition.transfer": _proposed(AssignmentKind.TRANSFER),
    "petition.assign": _proposed(AssignmentKind.ASSIGN),
    "petition.self_handle": _proposed(AssignmentKind.SELF),
    "petition.close": _lead_not_done,
    "petition.evaluate": _not_open_for_rating,
    "petition.archive": _windows_open,
    "petition.void": _has_repeats,
    "assignment.issue_opinion": _unanswered,
    "assignment.report": _only(AssignmentKind.ASSIGN),
    "assignment.finish": _only(AssignmentKind.TRANSFER, AssignmentKind.SELF),
}
