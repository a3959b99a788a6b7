"""The verbs: one function, one transaction, a named hand, one entry each."""

from xinfang.petitions.actions.archive import archive
from xinfang.petitions.actions.close import close, evaluate, expire_evaluation
from xinfang.petitions.actions.corrections import ask_correction, confirm_correction
from xinfang.petitions.actions.dispatch import assign, self_handle, transfer
from xinfang.petitions.actions.evidence import add_evidence
from xinfang.petitions.actions.handle import accept, handle, log_work, pass_on, sign_for
from xinfang.petitions.actions.letter_room import open_letter
from xinfang.petitions.actions.opinion import check_result, deliver, draft_opinion, finish, issue_opinion, report
from xinfang.petitions.actions.originals import (
    keep_original,
    lend_original,
    move_original,
    take_back_original,
)
from xinfang.petitions.actions.phrases import add_phrase, retire_phrase
from xinfang.petitions.actions.register import receive, register
from xinfang.petitions.actions.repeats import look_for_repeats
from xinfang.petitions.actions.reprint import reprint_slip
from xinfang.petitions.actions.reveal import reveal
from xinfang.petitions.actions.search import search_by_name
from xinfang.petitions.actions.triage import approve, check_duplicate, propose
from xinfang.petitions.actions.void import void

__all__ = [
    "accept",
    "add_evidence",
    "add_phrase",
    "approve",
    "archive",
    "ask_correction",
    "assign",
    "check_duplicate",
    "check_result",
    "close",
    "confirm_correction",
    "deliver",
    "draft_opinion",
    "evaluate",
    "expire_evaluation",
    "finish",
    "handle",
    "issue_opinion",
    "keep_original",
    "lend_original",
    "log_work",
    "look_for_repeats",
    "move_original",
    "open_letter",
    "pass_on",
    "propose",
    "receive",
    "register",
    "report",
    "reprint_slip",
    "retire_phrase",
    "reveal",
    "search_by_name",
    "self_handle",
    "sign_for",
    "take_back_original",
    "transfer",
    "void",
]
