"""Verb to form. A move without a row here has no page; a test holds the list against the table of moves."""

from xinfang.desk.forms import dispatch, handling, triage, visit
from xinfang.desk.forms.move import MoveForm

FORMS: dict[str, type[MoveForm]] = {
    "petition.check_duplicate": triage.CheckDuplicate,
    "petition.propose": triage.Propose,
    "petition.approve": triage.Approve,
    "petition.transfer": triage.WithProposal,
    "petition.assign": dispatch.Assign,
    "petition.self_handle": triage.WithProposal,
    "petition.close": MoveForm,
    "petition.evaluate": dispatch.Evaluate,
    "petition.archive": MoveForm,
    "petition.void": dispatch.Void,
    "assignment.sign_for": MoveForm,
    "assignment.accept": handling.Accept,
    "assignment.pass_on": handling.PassOn,
    "assignment.handle": handling.Handle,
    "assignment.log_work": visit.LogWork,
    "assignment.draft_opinion": handling.DraftOpinion,
    "assignment.issue_opinion": handling.IssueOpinion,
    "assignment.deliver": handling.Deliver,
    "assignment.report": handling.Report,
    "assignment.check_result": handling.CheckResult,
}
