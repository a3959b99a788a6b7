"""What people wrote where the road branched, to stand beside the act in the timeline.

A table is read only where an act of its kind stands there, so an ordinary petition costs no statement more.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, TypeAlias

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xinfang.desk.words import moment
from xinfang.foundation.text import noted
from xinfang.organizations.models import Officer
from xinfang.petitions import sight
from xinfang.petitions.codes import GROUNDS, PleaKind, Procedure, ReviewDecision, Way
from xinfang.petitions.models import (
    Approval,
    CheckResult,
    DisciplineCase,
    Ending,
    Extension,
    NoticeSent,
    Objection,
    OwnerDecision,
    Petition,
    Plea,
    Remark,
    ReviewCase,
    ReviewWithdrawal,
    Supplement,
    Withdrawal,
)
from xinfang.trace.models import Entry

Line: TypeAlias = tuple[str, str]
"""What it is, and what was written."""
Words: TypeAlias = dict[tuple[str, datetime], list[Line]]
"""By the act and the moment of its entry."""
Told: TypeAlias = tuple[str, datetime | None, list[Line]]

# The ordinary road: whoever walks it leaves his words in tables that the page shows elsewhere.
ORDINARY = frozenset(
    {
        *("petition.receive", "petition.register", "petition.check_duplicate", "petition.propose", "petition.transfer"),
        *("petition.assign", "petition.self_handle", "petition.approve", "petition.close", "petition.evaluate"),
        *("petition.archive", "petition.reveal", "petition.add_evidence", "petition.look_for_repeats"),
        *(
            "petition.reprint_slip",
            "petition.renew_codes",
            "petition.open_letter",
            "petition.ask_correction",
            "petition.confirm_correction",
            "petition.annotate_receipt",
        ),
        *("petition.urge", "petition.ask_to_correct", "petition.reply_to"),
        *("petition.expire_evaluation", "original.keep", "original.move", "original.lend", "original.take_back"),
        "original.hand_back",
        *("case_file.bind", "case_file.seal", "case_file.open", "case_file.set_term", "volume.lend"),
        *("volume.take_back", "volume.move", "volume.note", "volume.check", "case_pack.ask", "case_pack.give_own"),
        *("assignment.sign_for", "assignment.accept", "assignment.pass_on", "assignment.handle"),
        *("assignment.log_work", "assignment.draft_opinion", "assignment.issue_opinion", "assignment.deliver"),
        *("assignment.report", "assignment.check_result", "assignment.finish", "deadline.recompute"),
        *("petition.call_back", "petition.conclude_follow_up", "petition.resolve", "petition.refer"),
        *("petition.report_urgent", "petition.carry_out", "petition.check_commitment", "petition.answer_referral"),
        "assignment.replace_commitments",
        *("petition.send_notice", "petition.take_up", "petition.answer_accusation"),
    }
)
_ENDS = frozenset(
    {
        *("petition.merge", "petition.reply_direct", "petition.decline", "petition.decline_final"),
        *("petition.route_out", "petition.file_away", "assignment.procedure_taken", "petition.take_up"),
    }
)
_OBJECTIONS = frozenset({f"assignment.{word}" for word in ("raise_objection", "return_assignment", "refuse_objection")})
_EXTENSIONS = frozenset({f"assignment.{word}" for word in ("ask_extension", "extend", "refuse_extension")})
_TO_PROCEDURE = frozenset({"assignment.accept_procedure", "assignment.route_to_procedure"})
_HEARD = frozenset({"assignment.propose_hearing", "review.propose_hearing"})
_PLEAS = frozenset({"petition.urge", "petition.ask_to_correct"})
_WITHDRAWALS = frozenset({f"petition.{word}" for word in ("ask_withdrawal", "withdraw", "drop_withdrawal")})


def of(petition: Petition, given: Sequence[int], entries: Iterable[Entry], officer: Officer) -> Words:
    """For him, by act and moment."""
    acts = {entry.act for entry in entries}
    found: Words = {}
    if not sight.reads_text(officer):
        return found
    for wanted, read in _READERS:
        if wanted(acts, officer):
            for act, at, lines in read(petition, given):
                if at:
                    found.setdefault((act, at), []).extend(line for line in lines if line[1])
    return found


def _remarks(petition: Petition, given: Sequence[int]) -> Iterator[Told]:
    for row in Remark.objects.filter(petition=petition).order_by("id"):
        yield row.act, row.made_at, [(_("具体途径") if row.act in _TO_PROCEDURE else _("理由"), row.text)]


def _endings(petition: Petition, given: Sequence[int]) -> Iterator[Told]:
    for row in Ending.objects.filter(petition=petition).order_by("id"):
        lines = [
            (_("理由"), _ground(row)),
            (_("转到"), row.destination),
            (_("内容"), row.text),
            (_("告知信访人的话") if row.act == "petition.route_out" else _("应走的途径"), row.road),
        ]
        yield row.act, row.ended_at, lines


def _ground(ending: Ending) -> str:
    if ending.act == "assignment.procedure_taken":
        return str(Procedure(ending.ground).label)
    return str(GROUNDS[Way(ending.act.removeprefix("petition."))](ending.ground).label) if ending.ground else ""


def _notices(petition: Petition, given: Sequence[int]) -> Iterator[Told]:
    for row in NoticeSent.objects.filter(petition=petition).select_related("paper").defer("paper__data").order_by("id"):
        row.petition = petition  # its key opens what is sealed
        way = noted(row.get_mode_display(), row.sent_on.isoformat())
        paper = f"{row.paper.get_kind_display()} {row.paper.number or ''}".strip()
        yield "petition.send_notice", row.entered_at, [(_("文书"), paper), (_("送出"), way), (_("证明"), row.proof)]


def _objections(petition: Petition, given: Sequence[int]) -> Iterator[Told]:
    for row in Objection.objects.filter(assignment__in=given).select_related("suggested_unit").order_by("id"):
        suggested = row.suggested_unit.name if row.suggested_unit else ""
        said = [(_("理由"), row.reason), (_("依据"), row.basis), (_("建议由谁办理"), suggested)]
        yield "assignment.raise_objection", row.objected_at, said
        answered = "return_assignment" if row.is_upheld else "refuse_objection"
        yield f"assignment.{answered}", row.answered_at, [(_("核实的情况和理由"), row.answer)]


def _extensions(petition: Petition, given: Sequence[int]) -> Iterator[Told]:
    for row in Extension.objects.filter(assignment__in=given).order_by("id"):
        said = [
            (_("延长天数"), ngettext("%(days)s日", "%(days)s日", row.days) % {"days": row.days}),
            (_("延期理由"), row.ground),
        ]
        yield "assignment.ask_extension", row.asked_at, said
        answered = "extend" if row.is_granted else "refuse_extension"
        yield f"assignment.{answered}", row.answered_at, [(_("审批意见"), row.answer)]


def _supplements(petition: Petition, given: Sequence[int]) -> Iterator[Told]:
    for row in Supplement.objects.filter(assignment__in=given).order_by("id"):
        said = [(_("还缺的材料"), row.missing), (_("请在此日前提交"), row.until.isoformat())]
        yield "assignment.ask_supplement", row.asked_at, said
        came = _("已经收到") if row.is_arrived else _("没有收到，日期已过")
        yield "assignment.end_supplement", row.ended_at, [(_("材料收到没有"), came)]


def _returns(petition: Petition, given: Sequence[int]) -> Iterator[Told]:
    for row in CheckResult.objects.filter(assignment__in=given, is_passed=False).order_by("id"):
        yield "assignment.return_result", row.checked_at, [(_("退回理由"), row.note)]


def _withdrawals(petition: Petition, given: Sequence[int]) -> Iterator[Told]:
    for row in Withdrawal.objects.filter(petition=petition).order_by("id"):
        yield "petition.ask_withdrawal", row.asked_at, [(_("信访人的撤回申请"), row.statement)]
        ended = "withdraw" if row.is_voluntary else "drop_withdrawal"
        yield f"petition.{ended}", row.called_back_at, [(_("回访情况"), row.called_back)]


def _decisions(petition: Petition, given: Sequence[int]) -> Iterator[Told]:
    for row in OwnerDecision.objects.filter(petition=petition).select_related("unit").order_by("id"):
        said = [(_("责任单位"), row.unit.name), (_("裁定的理由和依据"), row.reason)]
        yield "petition.decide_owner", row.decided_at, said


def _approvals(petition: Petition, given: Sequence[int]) -> Iterator[Told]:
    for row in Approval.objects.filter(petition=petition).order_by("id"):
        yield "petition.approve", row.approved_at, [(_("批办意见"), row.note)]


def _reviews(petition: Petition, given: Sequence[int]) -> Iterator[Told]:
    for row in petition.reviews.select_related("supplement", "finding").order_by("id"):
        row.petition = petition
        yield (
            "petition.apply_review",
            row.applied_at,
            [
                (_("复查、复核编号"), row.number),
                (_("复查、复核机关"), row.organ),
                (_("请求、事实和理由"), row.request),
            ],
        )
        late = [
            (_("逾期仍受理的理由"), row.get_late_ground_display()),
            (_("查明的情况和证据"), row.late_excuse),
        ]
        yield "review.admit_review", row.admitted_at, late
        refused = [(_("理由"), row.get_refusal_display()), (_("具体说明"), row.refusal_reason)]
        yield "review.refuse_review", row.ended_at if row.refusal else None, refused
        yield from _supplement_of(row)
        yield from _finding_of(row)


def _supplement_of(review: ReviewCase) -> Iterator[Told]:
    asked = getattr(review, "supplement", None)
    if asked is None:
        return
    said = [(_("还缺的材料"), asked.missing), (_("请在此日前提交"), asked.until.isoformat())]
    yield "review.ask_review_supplement", asked.asked_at, said
    came = _("已经收到") if asked.is_arrived else _("没有收到，日期已过")
    yield "review.end_review_supplement", asked.ended_at, [(_("材料收到没有"), came)]


def _review_withdrawals(petition: Petition, given: Sequence[int]) -> Iterator[Told]:
    for row in ReviewWithdrawal.objects.filter(review__petition=petition).select_related("review").order_by("id"):
        row.review.petition = petition
        yield "review.ask_review_withdrawal", row.asked_at, [(_("信访人的撤回申请"), row.statement)]
        ended = "withdraw_review" if row.is_voluntary else "keep_review"
        yield f"review.{ended}", row.called_back_at, [(_("核实情况"), row.called_back)]


def _finding_of(review: ReviewCase) -> Iterator[Told]:
    found = getattr(review, "finding", None)
    if found is None:
        return
    act = "record_review" if review.is_outside else "decide_review"
    decision = str(ReviewDecision(found.decision).label)
    yield f"review.{act}", review.decided_at, [(_("决定"), decision), (_("决定的内容"), found.outcome)]


def _hearings(petition: Petition, given: Sequence[int]) -> Iterator[Told]:
    for row in petition.hearings.order_by("id"):
        row.petition = petition
        begun = "review" if row.review_id else "assignment"
        yield f"{begun}.propose_hearing", row.proposed_at, [(_("为什么需要听证"), row.reason)]
        told = [(_("时间"), moment(row.starts_at)), (_("地点"), row.place), (_("主持人"), row.host)]
        yield "hearing.notice_hearing", row.noticed_at, told
        yield "hearing.conclude_hearing", row.concluded_at, [(_("评议意见"), row.conclusion)]
        yield "hearing.drop_hearing", row.dropped_at, [(_("不举行的理由"), row.dropped_for)]


def _pleas(petition: Petition, given: Sequence[int]) -> Iterator[Told]:
    for row in Plea.objects.filter(petition=petition).select_related("reply").order_by("id"):
        row.petition = petition
        act = "petition.urge" if row.kind == PleaKind.URGE else "petition.ask_to_correct"
        yield act, row.made_at, [(_("信访人的话"), row.text), (_("他怎样提的"), str(row.get_way_display()))]
        if reply := getattr(row, "reply", None):
            reply.petition = petition
            yield "petition.reply_to", reply.replied_at, [(_("回话"), reply.text)]


def _discipline(petition: Petition, given: Sequence[int]) -> Iterator[Told]:
    for row in DisciplineCase.objects.filter(petition=petition):
        row.petition = petition
        yield "petition.take_up", row.taken_at, [(_("备注"), row.note)]
        told = [(_("结果"), str(row.get_outcome_display())), (_("转到"), row.destination), (_("反馈内容"), row.answer)]
        yield "petition.answer_accusation", row.answered_at, told


_READERS: tuple[tuple[Callable[[set[str], Officer], Any], Callable[[Petition, Sequence[int]], Iterator[Told]]], ...] = (
    (lambda acts, officer: acts - ORDINARY, _remarks),
    (lambda acts, officer: "petition.send_notice" in acts, _notices),
    (lambda acts, officer: acts & _ENDS, _endings),
    (lambda acts, officer: acts & _OBJECTIONS, _objections),
    (lambda acts, officer: acts & _WITHDRAWALS and sight.reads_withdrawals(officer), _withdrawals),
    (
        lambda acts, officer: "review.ask_review_withdrawal" in acts and sight.reads_withdrawals(officer),
        _review_withdrawals,
    ),
    (lambda acts, officer: acts & _PLEAS, _pleas),
    (lambda acts, officer: acts & _EXTENSIONS, _extensions),
    (lambda acts, officer: "assignment.ask_supplement" in acts, _supplements),
    (lambda acts, officer: "assignment.return_result" in acts, _returns),
    (lambda acts, officer: "petition.decide_owner" in acts, _decisions),
    (lambda acts, officer: "petition.return_proposal" in acts, _approvals),
    (lambda acts, officer: "petition.apply_review" in acts, _reviews),
    (lambda acts, officer: acts & _HEARD, _hearings),
    (lambda acts, officer: "petition.take_up" in acts, _discipline),
)
