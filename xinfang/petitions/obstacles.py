"""What a move needs beside its state and its hand. Each rule returns the sentence that says what is missing, or nothing."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeAlias

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xinfang.deadlines import promises
from xinfang.deadlines.queries import lapsed, running_of
from xinfang.deadlines.terms import Clock
from xinfang.deadlines.words import Kind
from xinfang.foundation.prepared import Prepared
from xinfang.organizations.models import Unit
from xinfang.petitions import looking_again
from xinfang.petitions.codes import (
    STATUTORY,
    AssignmentKind,
    AssignmentRole,
    CallAbout,
    EvaluationStatus,
    Procedure,
    Source,
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
from xinfang.petitions.looking_again import ended_by_final_review, under_review
from xinfang.petitions.models import Answer, Assignment, Demand, FollowUp, Objection, OwnerDecision, Petition

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
            return not_this_unit(petition, proposal.lead_unit, way)
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


FORCED_AFTER = 2


def _returns(petition: Petition) -> int:
    return petition.assignments.filter(status=AssignmentStatus.RETURNED).count()


def _not_taken_back(petition: Petition, on: date) -> str:
    proposal = latest_proposal(petition)
    if not petition.taken_back_at or (proposal and proposal.proposed_at > petition.taken_back_at):
        return _("该件没有从承办单位收回，不需要改派。")
    if _returns(petition) >= FORCED_AFTER and not petition.owner_decisions.exists():
        return _("该件已退回两次，须先由联席会议裁定责任单位。")
    return ""


def not_this_unit(petition: Petition, unit: Unit, kind: str) -> str:
    """Given anew it goes to whom the joint conference decided on, and not at once to the unit it was taken from (条例 二十四)."""
    if petition.taken_back_at is None:
        return ""
    if decision := petition.owner_decisions.select_related("unit").order_by("-id").first():
        said = _("联席会议已确定由%(unit)s办理，只能交给它。") % {"unit": decision.unit.name}
        return said if decision.unit_id != unit.pk else ""
    if _returns(petition) >= FORCED_AFTER:
        return _("该件已退回两次，须先由联席会议裁定责任单位。")
    last = latest_lead(petition)
    is_the_same = last is not None and last.unit_id == unit.pk and kind != AssignmentKind.SELF
    return _("不能再交给刚退回或者取消承办的单位。") if is_the_same else ""


def _still_led(petition: Petition, on: date) -> str:
    lead = latest_lead(petition)
    is_open = lead is not None and lead.status not in (AssignmentStatus.RETURNED, AssignmentStatus.CANCELLED)
    return _("主办单位的承办没有退回或者取消，不能收回。") if is_open else ""


def _returned_less_than_twice(petition: Petition, on: date) -> str:
    if petition.taken_back_at and _returns(petition) >= FORCED_AFTER:
        return ""
    return _("退回两次以后才由联席会议裁定责任单位。")


def _cannot_object(assignment: Assignment, on: date) -> str:
    if Objection.objects.filter(assignment=assignment).exists():
        return _("异议已经答复，不能再提。仍有争议的，请报联席会议办公室。")
    if OwnerDecision.objects.filter(petition=assignment.petition_id, unit=assignment.unit_id).exists():
        return _("责任单位已由联席会议确定，不再提异议。")
    clock = running_of("assignment", assignment.pk).filter(clock=Clock.D3).first()
    if clock is None:
        return _("本单位自办的件没有异议。")
    if clock.due_on < on:
        return _("异议期已过：最后一日是 %(day)s。确有困难的，请与信访局协商。") % {"day": clock.due_on}
    return ""


def _no_withdrawal(petition: Petition, on: date) -> str:
    if not petition.withdrawals.filter(is_voluntary__isnull=True).exists():
        return _("信访人没有申请撤回。")
    lead = latest_lead(petition)
    is_out = lead is not None and lead.status in OPINION_IS_OUT | {AssignmentStatus.DONE}
    return _("处理意见已经出具，不能再撤回；信访人可以不再申请复查。") if is_out else ""


_FROM_ABOVE = (Source.FROM_NATIONAL, Source.FROM_PROVINCE, Source.FROM_CITY, Source.FROM_LEADER)


def _not_simple(assignment: Assignment, on: date) -> str:
    """Each exclusion of the norm in its own words (domain 3.5). Whether a demand may be refused the form asks."""
    petition = assignment.petition
    if not petition.is_initial:
        return _("只有初次信访事项适用简易办理；重复提出的按普通程序受理。")
    if assignment.procedure in STATUTORY:
        return _("应当通过其他法定途径处理的，不适用简易办理；请按其他法定程序办理。")
    if assignment.kind == AssignmentKind.ASSIGN or petition.source in _FROM_ABOVE:
        return _("上级机关、信访部门交办的事项不适用简易办理；请按普通程序受理。")
    if petition.is_group or petition.assignments.filter(role=AssignmentRole.CO).exists():
        return _("集体联名或者涉及多个责任单位的事项不适用简易办理；请按普通程序受理。")
    last = last_day_of_simple(assignment)
    return _simple_is_late(last) if last < on else ""


def last_day_of_simple(assignment: Assignment) -> date:
    return promises.due(Clock.D8A, promises.local_day(assignment.came_at)).strict


def _simple_is_late(last: date) -> str:
    said = _("简易办理应当在收到之日起三个工作日内受理，最后一日是 %(day)s；请按普通程序受理。")
    return said % {"day": last}


def _not_presumed(assignment: Assignment, on: date) -> str:
    if on <= assignment.notice_due:
        return _("书面告知的期限要到 %(day)s 届满，不能推定受理。") % {"day": assignment.notice_due}
    is_presumed = running_of("assignment", assignment.pk).filter(clock=Clock.D5).exists()
    return _("已经推定受理。") if is_presumed else ""


def _was_supplemented(assignment: Assignment, on: date) -> str:
    if assignment.turned_at and hasattr(assignment, "supplement"):
        return _("补充材料只能要求一次；还需要的情况请自行调查核实。")
    return ""


def _cannot_be_extended(assignment: Assignment, on: date) -> str:
    """Asks the database only of work that has turned off the road before."""
    if assignment.procedure == Procedure.SIMPLE_PROCEDURE:
        return _("简易办理不延期；确需更长时间的，请先转普通程序。")
    if assignment.turned_at and assignment.extensions.filter(is_granted=True).exists():
        return _("该件已延期一次，不能再延期；请按期出具处理意见。")
    if assignment.handling_due and assignment.handling_due < on:
        return _("办理期限已于 %(day)s 届满，不能再申请延期；请尽快出具处理意见。") % {"day": assignment.handling_due}
    return ""


def _not_called(petition: Petition, on: date) -> str:
    row = open_follow_up(petition)
    if row is None:
        return _("没有不满意的评价等待核查。")
    if row.called_at or was_not_reached(row):
        return ""
    return _("请先回访信访人，再记核查结果。分三天联系都没有联系上的，也可以记。")


TRIES = 3
"""Who was called on so many days and never reached is written to: nothing waits for him for ever."""


def was_not_reached(row: FollowUp) -> bool:
    """Whether he was called about this rating on three days, each time in vain."""
    calls = row.petition.call_backs.filter(
        about=CallAbout.RATING, is_reached=False, called_at__gte=row.evaluation.evaluated_at
    )
    return len({timezone.localdate(at) for at in calls.values_list("called_at", flat=True)}) >= TRIES


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
    "petition.take_back": _still_led,
    "petition.reassign": _not_taken_back,
    "petition.decide_owner": _returned_less_than_twice,
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
    "assignment.raise_objection": _cannot_object,
    "assignment.move_feedback": _feedback_cannot_move,
    "assignment.accept_simple": _not_simple,
    "assignment.presume_accepted": _not_presumed,
    "assignment.ask_supplement": _was_supplemented,
    "assignment.ask_extension": _cannot_be_extended,
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
