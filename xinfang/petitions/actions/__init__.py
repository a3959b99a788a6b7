"""The verbs: one function, one transaction, a named hand, one entry each."""

from xinfang.petitions.actions.annotate_receipt import annotate_receipt
from xinfang.petitions.actions.answer_call import answer_call
from xinfang.petitions.actions.archive import archive
from xinfang.petitions.actions.call_back import call_back, conclude_follow_up, resolve
from xinfang.petitions.actions.cancel import cancel
from xinfang.petitions.actions.care import answer_referral, refer, report_urgent
from xinfang.petitions.actions.check_duplicate import check_duplicate
from xinfang.petitions.actions.close import close, evaluate, expire_evaluation
from xinfang.petitions.actions.cohandling import add_co_handler, co_work, drop_co, finish_co, give_co_opinion
from xinfang.petitions.actions.commitments import carry_out, check_commitment, replace_commitments
from xinfang.petitions.actions.correct_start import correct_start
from xinfang.petitions.actions.corrections import ask_correction, confirm_correction
from xinfang.petitions.actions.custodians import appoint_custodian, confirm_custodian, relieve_custodian
from xinfang.petitions.actions.deliver import deliver, finish
from xinfang.petitions.actions.discipline import answer_accusation, take_up
from xinfang.petitions.actions.dispatch import assign, self_handle, transfer
from xinfang.petitions.actions.endings import decline, decline_final, file_away, merge, reply_direct, route_out
from xinfang.petitions.actions.erase import erase
from xinfang.petitions.actions.erasure_requests import (
    approve_erasure,
    ask_erasure,
    carry_out_erasure,
    drop_erasure,
    refuse_erasure,
    tell_erasure,
)
from xinfang.petitions.actions.evidence import add_evidence
from xinfang.petitions.actions.extension import ask_extension, extend, refuse_extension
from xinfang.petitions.actions.handle import accept, handle, log_work, pass_on, presume_accepted, sign_for
from xinfang.petitions.actions.hearing import (
    approve_hearing,
    back_from_hearing,
    conclude_hearing,
    drop_hearing,
    go_to_hearing,
    hold_hearing,
    notice_hearing,
    propose_hearing,
    replace_host,
)
from xinfang.petitions.actions.help_lines import load_help_lines
from xinfang.petitions.actions.leadership import end_sponsorship, instruct, log_sponsor_visit, sponsor
from xinfang.petitions.actions.letter_room import open_letter
from xinfang.petitions.actions.look import close_inquiry, give_access_list, look, look_into_each, open_inquiry
from xinfang.petitions.actions.mediate import mediate
from xinfang.petitions.actions.move_feedback import move_feedback
from xinfang.petitions.actions.naming import end_naming, name_officer
from xinfang.petitions.actions.notices import send_notice
from xinfang.petitions.actions.objection import (
    decide_owner,
    raise_objection,
    reassign,
    refuse_objection,
    return_assignment,
    take_back,
)
from xinfang.petitions.actions.opinion import draft_opinion, issue_opinion
from xinfang.petitions.actions.originals import (
    hand_back_original,
    keep_original,
    lend_original,
    move_original,
    take_back_original,
)
from xinfang.petitions.actions.phrases import add_phrase, retire_phrase
from xinfang.petitions.actions.pleas import ask_to_correct, reply_to, urge
from xinfang.petitions.actions.procedures import (
    accept_procedure,
    accept_simple,
    leave_simple,
    procedure_taken,
    route_to_procedure,
)
from xinfang.petitions.actions.recusal import allow_unit, recuse, recuse_unit
from xinfang.petitions.actions.register import receive, register
from xinfang.petitions.actions.renew_codes import refuse_renewal, renew_codes
from xinfang.petitions.actions.reopen import reopen
from xinfang.petitions.actions.repeats import look_for_repeats
from xinfang.petitions.actions.report import check_result, report
from xinfang.petitions.actions.reprint import reprint_slip
from xinfang.petitions.actions.return_result import handle_again, return_result
from xinfang.petitions.actions.reveal import reveal, see_phone
from xinfang.petitions.actions.review import (
    admit_review,
    apply_review,
    ask_review_supplement,
    end_review_supplement,
    examine_review,
    refuse_review,
)
from xinfang.petitions.actions.review_opinion import (
    close_review,
    decide_review,
    deliver_review,
    order_redo,
    record_review,
)
from xinfang.petitions.actions.review_withdrawal import ask_review_withdrawal, keep_review, withdraw_review
from xinfang.petitions.actions.search import search_by_name
from xinfang.petitions.actions.supplement import ask_supplement, end_supplement
from xinfang.petitions.actions.triage import approve, propose, return_proposal, seal_repeat
from xinfang.petitions.actions.void import void
from xinfang.petitions.actions.withdraw import ask_withdrawal, drop_withdrawal, withdraw

__all__ = [
    "accept",
    "accept_procedure",
    "accept_simple",
    "add_co_handler",
    "add_evidence",
    "add_phrase",
    "admit_review",
    "allow_unit",
    "annotate_receipt",
    "answer_accusation",
    "answer_call",
    "answer_referral",
    "apply_review",
    "appoint_custodian",
    "approve",
    "approve_erasure",
    "approve_hearing",
    "archive",
    "ask_correction",
    "ask_erasure",
    "ask_extension",
    "ask_review_supplement",
    "ask_review_withdrawal",
    "ask_supplement",
    "ask_to_correct",
    "ask_withdrawal",
    "assign",
    "back_from_hearing",
    "call_back",
    "cancel",
    "carry_out",
    "carry_out_erasure",
    "check_commitment",
    "check_duplicate",
    "check_result",
    "close",
    "close_inquiry",
    "close_review",
    "co_work",
    "conclude_follow_up",
    "conclude_hearing",
    "confirm_correction",
    "confirm_custodian",
    "correct_start",
    "decide_owner",
    "decide_review",
    "decline",
    "decline_final",
    "deliver",
    "deliver_review",
    "draft_opinion",
    "drop_co",
    "drop_erasure",
    "drop_hearing",
    "drop_withdrawal",
    "end_naming",
    "end_review_supplement",
    "end_sponsorship",
    "end_supplement",
    "erase",
    "evaluate",
    "examine_review",
    "expire_evaluation",
    "extend",
    "file_away",
    "finish",
    "finish_co",
    "give_access_list",
    "give_co_opinion",
    "go_to_hearing",
    "hand_back_original",
    "handle",
    "handle_again",
    "hold_hearing",
    "instruct",
    "issue_opinion",
    "keep_original",
    "keep_review",
    "leave_simple",
    "lend_original",
    "load_help_lines",
    "log_sponsor_visit",
    "log_work",
    "look",
    "look_for_repeats",
    "look_into_each",
    "mediate",
    "merge",
    "move_feedback",
    "move_original",
    "name_officer",
    "notice_hearing",
    "open_inquiry",
    "open_letter",
    "order_redo",
    "pass_on",
    "presume_accepted",
    "procedure_taken",
    "propose",
    "propose_hearing",
    "raise_objection",
    "reassign",
    "receive",
    "record_review",
    "recuse",
    "recuse_unit",
    "refer",
    "refuse_erasure",
    "refuse_extension",
    "refuse_objection",
    "refuse_renewal",
    "refuse_review",
    "register",
    "relieve_custodian",
    "renew_codes",
    "reopen",
    "replace_commitments",
    "replace_host",
    "reply_direct",
    "reply_to",
    "report",
    "report_urgent",
    "reprint_slip",
    "resolve",
    "retire_phrase",
    "return_assignment",
    "return_proposal",
    "return_result",
    "reveal",
    "route_out",
    "route_to_procedure",
    "seal_repeat",
    "search_by_name",
    "see_phone",
    "self_handle",
    "send_notice",
    "sign_for",
    "sponsor",
    "take_back",
    "take_back_original",
    "take_up",
    "tell_erasure",
    "transfer",
    "urge",
    "void",
    "withdraw",
    "withdraw_review",
]
