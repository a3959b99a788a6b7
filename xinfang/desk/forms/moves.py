"""Verb to form. A move without a row here has no page; a test holds the list against the table of moves."""

from xinfang.desk.forms import (
    after,
    branches,
    cohandling,
    discipline,
    dispatch,
    endings,
    handling,
    hearings,
    leadership,
    reviews,
    triage,
    turnings,
    visit,
)
from xinfang.desk.forms.move import MoveForm

FORMS: dict[str, type[MoveForm]] = {
    "petition.check_duplicate": triage.CheckDuplicate,
    "petition.propose": triage.Propose,
    "petition.approve": triage.Approve,
    "petition.transfer": triage.WithProposal,
    "petition.assign": dispatch.Assign,
    "petition.self_handle": triage.WithProposal,
    "petition.return_proposal": triage.ReturnProposal,
    "petition.merge": MoveForm,
    "petition.reply_direct": endings.ReplyDirect,
    "petition.decline": endings.Decline,
    "petition.decline_final": endings.DeclineFinal,
    "petition.route_out": endings.RouteOut,
    "petition.take_up": discipline.TakeUp,
    "petition.answer_accusation": discipline.AnswerAccusation,
    "petition.file_away": triage.WithProposal,
    "petition.add_co_handler": cohandling.AddCoHandler,
    "petition.instruct": leadership.Instruct,
    "petition.sponsor": leadership.Sponsor,
    "petition.log_sponsor_visit": leadership.LogSponsorVisit,
    "petition.end_sponsorship": leadership.EndSponsorship,
    "petition.recuse": leadership.Recuse,
    "petition.recuse_unit": leadership.RecuseUnit,
    "petition.allow_unit": leadership.AllowUnit,
    "petition.decide_owner": branches.DecideOwner,
    "petition.reassign": branches.Reassign,
    "petition.reopen": branches.Reopen,
    "petition.withdraw": branches.Withdraw,
    "petition.apply_review": reviews.ApplyReview,
    "petition.close": MoveForm,
    "petition.evaluate": dispatch.Evaluate,
    "petition.call_back": after.CallBack,
    "petition.conclude_follow_up": after.ConcludeFollowUp,
    "petition.resolve": after.Resolve,
    "petition.refer": after.Refer,
    "petition.report_urgent": after.ReportUrgent,
    "petition.archive": MoveForm,
    "petition.void": dispatch.Void,
    "assignment.sign_for": MoveForm,
    "assignment.raise_objection": branches.RaiseObjection,
    "assignment.return_assignment": branches.AnswerObjection,
    "assignment.refuse_objection": branches.AnswerObjection,
    "assignment.cancel": branches.Cancel,
    "assignment.move_feedback": branches.MoveFeedback,
    "assignment.accept": handling.Accept,
    "assignment.pass_on": handling.PassOn,
    "assignment.handle": handling.Handle,
    "assignment.log_work": visit.LogWork,
    "assignment.draft_opinion": handling.DraftOpinion,
    "assignment.issue_opinion": handling.IssueOpinion,
    "assignment.mediate": cohandling.Mediate,
    "assignment.co_work": MoveForm,
    "assignment.give_co_opinion": cohandling.GiveCoOpinion,
    "assignment.deliver": handling.Deliver,
    "assignment.report": handling.Report,
    "assignment.check_result": handling.CheckResult,
    "assignment.accept_simple": turnings.AcceptSimple,
    "assignment.leave_simple": turnings.LeaveSimple,
    "assignment.accept_procedure": turnings.ToProcedure,
    "assignment.route_to_procedure": turnings.ToProcedure,
    "assignment.procedure_taken": turnings.ProcedureTaken,
    "assignment.ask_supplement": turnings.AskSupplement,
    "assignment.end_supplement": turnings.EndSupplement,
    "assignment.ask_extension": turnings.AskExtension,
    "assignment.extend": turnings.Extend,
    "assignment.refuse_extension": turnings.RefuseExtension,
    "assignment.return_result": turnings.ReturnResult,
    "assignment.handle_again": turnings.HandleAgain,
    "assignment.propose_hearing": hearings.ProposeHearing,
    "review.ask_review_supplement": reviews.AskReviewSupplement,
    "review.end_review_supplement": reviews.EndReviewSupplement,
    "review.admit_review": reviews.AdmitReview,
    "review.refuse_review": reviews.RefuseReview,
    "review.ask_review_withdrawal": reviews.AskReviewWithdrawal,
    "review.withdraw_review": reviews.CalledBack,
    "review.keep_review": reviews.CalledBack,
    "review.examine_review": reviews.OfReview,
    "review.propose_hearing": hearings.ProposeHearing,
    "review.decide_review": reviews.DecideReview,
    "review.record_review": reviews.RecordReview,
    "review.deliver_review": reviews.DeliverReview,
    "review.order_redo": reviews.OrderRedo,
    "hearing.approve_hearing": hearings.OfHearing,
    "hearing.notice_hearing": hearings.NoticeHearing,
    "hearing.replace_host": hearings.ReplaceHost,
    "hearing.hold_hearing": hearings.HoldHearing,
    "hearing.conclude_hearing": hearings.ConcludeHearing,
    "hearing.drop_hearing": hearings.DropHearing,
}


def _fits_many(form: type[MoveForm]) -> bool:
    """It must ask for nothing, or for what may be left out, and have no page of its own that must be read first."""
    return form.template_name == MoveForm.template_name and not any(one.required for one in form.base_fields.values())


# What ends a petition without an opinion is looked at one by one, however little its form asks.
ONE_BY_ONE = frozenset({"petition.merge", "petition.route_out", "petition.file_away"})
# Rows that are ticked are petitions and the work of units.
_TICKED = ("petition.", "assignment.")
# What may be done to many rows at once: moves that need no further words, and those whose one word fits all rows.
ONE_WORD_FOR_ALL = frozenset({"assignment.pass_on"})
BATCH = tuple(
    verb
    for verb, form in FORMS.items()
    if verb.startswith(_TICKED) and (verb in ONE_WORD_FOR_ALL or (_fits_many(form) and verb not in ONE_BY_ONE))
)
