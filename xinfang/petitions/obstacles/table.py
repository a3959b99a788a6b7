"""The rules of the ordinary road, and all of them by move. Each returns the sentence that says what is missing, or nothing."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeAlias

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xinfang.deadlines.queries import lapsed, running_of
from xinfang.deadlines.terms import Clock
from xinfang.deadlines.words import Kind
from xinfang.foundation.prepared import Prepared
from xinfang.organizations.models import Unit
from xinfang.petitions.codes import (
    AssignmentKind,
    CallAbout,
    EvaluationStatus,
    Way,
)
from xinfang.petitions.latest import (
    discipline_case,
    latest_draft,
    latest_lead,
    latest_proposal,
    open_co_handlers,
    open_follow_up,
)
from xinfang.petitions.lifecycle import BEFORE_THE_OPINION, OPINION_IS_OUT, AssignmentStatus, PetitionStatus
from xinfang.petitions.models import Answer, Assignment, Demand, FollowUp, Petition
from xinfang.petitions.obstacles import looking_again, turnings, whose_matter
from xinfang.petitions.obstacles.looking_again import ended_by_final_review, under_review

Rule: TypeAlias = Callable[[Any, date], str]


def obstacle(verb: str, subject: Any, on: date) -> str:
    """The sentence, empty when the road is free."""
    rule = _RULES.get(verb)
    return rule(subject, on) if rule else ""


_UNANSWERED = Prepared(
    lambda petition, opinion: Demand.objects.filter(petition=petition).exclude(
        pk__in=Answer.objects.filter(opinion=opinion).values("demand")
    )
)
WAYS = {f"petition.{way.value}": way for way in Way if way != Way.SELF} | {"petition.self_handle": Way.SELF}


def _not_to_be_taken_up(petition: Petition, on: date) -> str:
    if not petition.is_accusation:
        return _("只有检举控告件由纪检监察机关接收。")
    case = discipline_case(petition)
    return _("%(unit)s已经接收这一件。") % {"unit": case.unit.name} if case else ""


def _not_to_be_answered(petition: Petition, on: date) -> str:
    case = discipline_case(petition)
    if case is None:
        return _("请先接收，再反馈。")
    return _("已经书面反馈。") if case.answered_at else ""


def _unchecked(petition: Petition, on: date) -> str:
    return "" if petition.duplicate_checked_at else _("请先判重，再拟办。")


def _nothing_to_approve(petition: Petition, on: date) -> str:
    proposal = latest_proposal(petition)
    if proposal and proposal.needs_approval and not hasattr(proposal, "approval"):
        return ""
    return _("没有等待批办的拟办意见。")


_SENT_AWAY = frozenset({Way.DECLINE, Way.DECLINE_FINAL, Way.FILE_AWAY})


def ends_its_own_complaint(petition: Petition, way: Way, respondent: Unit | None) -> str:
    """Who is complained of does not make the complaint disappear (条例 二十八)."""
    if way not in _SENT_AWAY or respondent is None or respondent.pk != petition.organ_id:
        return ""
    return _("反映本单位的件，本单位不能以“%(way)s”了结；请拟办为转送、交办，由信访局交有权处理的单位。") % {
        "way": way.label
    }


def _proposed(way: Way) -> Rule:
    def rule(petition: Petition, on: date) -> str:
        proposal = latest_proposal(petition)
        if proposal is None or proposal.disposition != way:
            return _("拟办意见不是“%(way)s”。") % {"way": way.label}
        if petition.taken_back_at and proposal.proposed_at <= petition.taken_back_at:
            return _("该件已从承办单位收回，请改派，或者退回重新拟办。")
        if proposal.needs_approval and not hasattr(proposal, "approval"):
            return _unapproved(petition)
        if petition.is_instructed and way == Way.TRANSFER:
            return _("领导批示件应当交办，不能转送；请退回重新拟办为交办。")
        if proposal.lead_unit:
            return whose_matter.not_this_unit(petition, proposal.lead_unit, way)
        return ends_its_own_complaint(petition, way, petition.respondent_unit)

    return rule


def _unapproved(petition: Petition) -> str:
    if petition.is_accusation:
        return _("检举控告件须由另一名专人批办后才能转出。")
    return _("该件须经负责人批办后才能交出。")


def _lead_not_done(petition: Petition, on: date) -> str:
    lead = latest_lead(petition)
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


def _nothing_to_review(petition: Petition, on: date) -> str:
    """What the petitioner may ask for, or the sentence why he may not."""
    if petition.is_accusation:
        return _("检举控告由有权处理的机关按照管理权限处理，不适用复查、复核。")
    lead = latest_lead(petition)
    if lead is None or lead.status not in _IS_SAID or not lead.opinion_at:
        return _("该件现在没有处理意见，收到处理意见后才能申请复查。")
    if under_way := under_review(petition):
        return _("该事项正在%(level)s（%(number)s），结束前不能再次申请。") % {
            "level": under_way.get_level_display(),
            "number": under_way.number,
        }
    return ended_by_final_review(petition, lead)


_IS_SAID = (
    *(AssignmentStatus.OPINION_ISSUED, AssignmentStatus.DELIVERED),
    *(AssignmentStatus.REPORTED, AssignmentStatus.DONE),
)


_WINDOWS = (Clock.D9, Clock.D11, Clock.D14)


def _windows_open(petition: Petition, on: date) -> str:
    if under_way := under_review(petition):
        return _("该事项正在%(level)s（%(number)s），结束后才能归档。") % {
            "level": under_way.get_level_display(),
            "number": under_way.number,
        }
    if (case := discipline_case(petition)) and not case.answered_at:
        return _("%(unit)s已经接收这一件，书面反馈以后才能归档。") % {"unit": case.unit.name}
    if open_follow_up(petition):
        return _("信访人评价不满意，核查结果记下以后才能归档。")
    is_early = petition.status == PetitionStatus.CLOSED and petition.due_on and petition.due_on >= on
    if is_early and running_of("petition", petition.pk).filter(clock__in=_WINDOWS).exists():
        return _("复查期、评价期要到 %(day)s 届满，届满后才能归档。") % {"day": petition.due_on}
    return ""


def _waits_for_co_opinions(assignment: Assignment, on: date) -> str:
    """Until their last day, and no longer: the petitioner's own date stands (条例 三十四)."""
    if not assignment.petition.has_co_handlers:
        return ""
    for work in open_co_handlers(assignment.petition):
        if work.status != AssignmentStatus.CO_OPINION_GIVEN and work.notice_due >= on:
            return _("%(unit)s还没有提出协办意见，最迟 %(day)s；到期后可以先行出具。") % {
                "unit": work.unit.name,
                "day": work.notice_due,
            }
    return ""


def _unanswered(assignment: Assignment, on: date) -> str:
    if waiting := _waits_for_co_opinions(assignment, on) or looking_again.hearing_of_work(assignment, on):
        return waiting
    draft = latest_draft(assignment)
    if draft is None:
        return _("请先拟写处理意见。")
    if draft.issued_at:
        return _("原来的意见已经退回，请重新拟写处理意见。")
    missing = len(_UNANSWERED.all(assignment.petition_id, draft.pk))
    if not missing:
        return looking_again.says_the_same(assignment, draft)
    return ngettext("还有 %(count)s 项诉求没有答复。", "还有 %(count)s 项诉求没有答复。", missing) % {"count": missing}


def _only(*kinds: AssignmentKind) -> Rule:
    def rule(assignment: Assignment, on: date) -> str:
        return "" if assignment.kind in kinds else _("只有交办件需要办结报告。")

    return rule


def _feedback_cannot_move(assignment: Assignment, on: date) -> str:
    if missing := _only(AssignmentKind.ASSIGN)(assignment, on):
        return missing
    running = running_of("assignment", assignment.pk).filter(clock=Clock.D7).first()
    if running is None or assignment.feedback_due is None:
        return _("反馈期限没有在计算，不需要调整。")
    if running.due_on < on:
        return _("反馈期限已于 %(day)s 届满，不能再调整。") % {"day": running.due_on}
    if running.shifts.filter(kind=Kind.EXTENSION).exists():
        return _("反馈期限已经往后调过一次，不能再调。")
    last = assignment.handling_due or assignment.procedure_due
    if last and assignment.feedback_due >= last:
        return _("反馈期限已经是办理期限的最后一日，不能再往后调。")
    return ""


def _cannot_be_sent_back(assignment: Assignment, on: date) -> str:
    return _only(AssignmentKind.ASSIGN)(assignment, on) or looking_again.review_not_decided(assignment.petition, on)


def _has_repeats(petition: Petition, on: date) -> str:
    return _("该件已有重件，不能作废。") if petition.repeats.exists() else ""


_OPEN_OR_CLOSED = (
    *(PetitionStatus.REGISTERED, PetitionStatus.TRIAGED, PetitionStatus.DISPATCHED),
    *(PetitionStatus.SELF_HANDLING, PetitionStatus.CLOSED),
)


def _no_initial(petition: Petition, on: date) -> str:
    if petition.repeat_of is None:
        return _("该件没有判为重件，不能并案。请先判重。")
    if petition.repeat_of.status not in _OPEN_OR_CLOSED:
        return _("初件已经了结，不能并入；请拟办。")
    return ""


def _nobody_leads(petition: Petition, on: date) -> str:
    lead = latest_lead(petition)
    return "" if lead and lead.status in BEFORE_THE_OPINION else _("主办单位不在办理中，不能增加协办。")


def _sponsored(petition: Petition, on: date) -> str:
    return _("该件已有领导包案。") if petition.is_sponsored else ""


def _not_sponsored(petition: Petition, on: date) -> str:
    return "" if petition.is_sponsored else _("该件没有领导包案。")


def _no_unit_kept_away(petition: Petition, on: date) -> str:
    return "" if petition.has_recusals or petition.respondent_unit_id else _("没有单位需要回避。")


def _no_withdrawal(petition: Petition, on: date) -> str:
    if not petition.withdrawals.filter(is_voluntary__isnull=True).exists():
        return _("信访人没有申请撤回。")
    lead = latest_lead(petition)
    is_out = lead is not None and lead.status in OPINION_IS_OUT | {AssignmentStatus.DONE}
    return _("处理意见已经出具，不能再撤回；信访人可以不再申请复查。") if is_out else ""


def _not_called(petition: Petition, on: date) -> str:
    row = open_follow_up(petition)
    if row is None:
        return _("没有不满意的评价等待核查。")
    if row.called_at or _was_not_reached(row):
        return ""
    return _("请先回访信访人，再记核查结果。分三天联系都没有联系上的，也可以记。")


_TRIES = 3
"""Who was called on so many days and never reached is written to: nothing waits for him for ever."""


def _was_not_reached(row: FollowUp) -> bool:
    """Whether he was called about this rating on three days, each time in vain."""
    calls = row.petition.call_backs.filter(
        about=CallAbout.RATING, is_reached=False, called_at__gte=row.evaluation.evaluated_at
    )
    return len({timezone.localdate(at) for at in calls.values_list("called_at", flat=True)}) >= _TRIES


def _is_resolved(petition: Petition, on: date) -> str:
    return _("已经认定化解。") if petition.resolved_at else ""


_RULES: dict[str, Rule] = {
    "petition.propose": _unchecked,
    "petition.approve": _nothing_to_approve,
    **{verb: _proposed(way) for verb, way in WAYS.items()},
    "petition.take_up": _not_to_be_taken_up,
    "petition.answer_accusation": _not_to_be_answered,
    "petition.merge": _no_initial,
    "petition.add_co_handler": _nobody_leads,
    "petition.sponsor": _sponsored,
    "petition.log_sponsor_visit": _not_sponsored,
    "petition.end_sponsorship": _not_sponsored,
    "petition.allow_unit": _no_unit_kept_away,
    "petition.take_back": whose_matter.still_led,
    "petition.reassign": whose_matter.not_taken_back,
    "petition.decide_owner": whose_matter.returned_less_than_twice,
    "petition.withdraw": _no_withdrawal,
    "petition.apply_review": _nothing_to_review,
    "petition.reopen": looking_again.review_not_decided,
    "review.ask_review_supplement": looking_again.has_nothing_to_ask_for,
    "review.ask_review_withdrawal": looking_again.is_asked_back,
    "review.withdraw_review": looking_again.nobody_asked_back,
    "review.keep_review": looking_again.nobody_asked_back,
    "review.admit_review": looking_again.cannot_be_admitted,
    "review.examine_review": looking_again.is_outside,
    "review.decide_review": looking_again.decided_here(is_outside=False),
    "review.record_review": looking_again.decided_here(is_outside=True),
    "review.close_review": looking_again.upheld_or_changed,
    "review.order_redo": looking_again.cannot_order_redo,
    "assignment.propose_hearing": looking_again.no_room_for_a_hearing,
    "review.propose_hearing": looking_again.no_room_for_a_hearing,
    "hearing.hold_hearing": looking_again.not_held_yet,
    "hearing.drop_hearing": looking_again.still_to_be_weighed,
    "assignment.route_to_procedure": looking_again.hearing_of_work,
    "assignment.raise_objection": whose_matter.cannot_object,
    "assignment.move_feedback": _feedback_cannot_move,
    "assignment.accept_simple": turnings.not_simple,
    "assignment.presume_accepted": turnings.not_presumed,
    "assignment.ask_supplement": turnings.was_supplemented,
    "assignment.ask_extension": turnings.cannot_be_extended,
    "assignment.return_result": _cannot_be_sent_back,
    "petition.close": _lead_not_done,
    "petition.evaluate": _not_open_for_rating,
    "petition.conclude_follow_up": _not_called,
    "petition.resolve": _is_resolved,
    "petition.archive": _windows_open,
    "petition.void": _has_repeats,
    "assignment.issue_opinion": _unanswered,
    "assignment.report": _only(AssignmentKind.ASSIGN),
    "assignment.finish": _only(AssignmentKind.TRANSFER, AssignmentKind.SELF),
}
