"""The page × role table: every page, every role, his own, another's and the sealed petitions. A page without a row fails.

A row says who gets the page (200); of the others who may know of the petition, who is told that it is not theirs or comes
too late (403, 409); for everyone else it is not there (404). *Own* is a petition of the bureau, given to the street that
the unit's roles sit in; *other* one that was given to the department, *confidential* the same, sealed; *accusation* one that
is just registered: it goes to no unit.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from tests.archives.shelves import bound_long_ago
from tests.archives.test_borrow import lend
from tests.archives.test_destroy import propose
from tests.cast import BRANCHES, Cast, Life, assemble
from tests.desk.hall import signed_in
from tests.files.handed_in import sealed
from tests.meetings.plans import plan
from tests.publishing.texts import released
from xinfang.deadlines.models import Promise
from xinfang.documents.models import Paper
from xinfang.legislation import library
from xinfang.meetings.actions import book, offer_places, schedule_reception
from xinfang.organizations.models import Duty, Officer, Post, Tenure
from xinfang.petitions import actions
from xinfang.petitions.actions.opinion import AnswerText, Shared
from xinfang.petitions.actions.originals import Kept
from xinfang.petitions.codes import AssignmentKind, Channel, InquiryGround, OpinionResult, PleaWay, Purpose
from xinfang.petitions.models import ErasureRequest, Named, Original, Petition
from xinfang.petitions.models.correction import CorrectedField
from xinfang.trace.acts import Hand

Roles = frozenset[str]
D = Duty
ANYONE = "anyone"
OFFICERS: Roles = frozenset(D.values)
ALL = OFFICERS | {ANYONE}
NOBODY: Roles = frozenset()
BY_POST = {
    "desk:petition-reveal",
    "desk:officer-lift_lock",
    "desk:search-name",
    "desk:candidates",
    "desk:draft-save",
    "desk:draft-drop",
    "desk:slip-again",
    "desk:booking-print",
    "desk:phrase-retire",
    "desk:unit-seal-withdraw",
    "desk:batch",
    "desk:prints",
    "desk:envelopes",
    "desk:notices-send",
}
WHO = {D.UNIT_HEAD: "street_head", D.CASE_HANDLER: "street_handler"}

BUREAU = {D.BUREAU_HEAD, D.REGISTRAR, D.DISPATCHER, D.SUPERVISOR, D.REVIEW_OFFICE, D.ARCHIVIST, D.JOINT_CONFERENCE}
COUNTY: Roles = frozenset({*BUREAU, D.LEADER, D.AUDITOR})
STREET: Roles = frozenset({D.UNIT_HEAD, D.CASE_HANDLER})
DESKS: Roles = STREET | {D.REGISTRAR, D.DISPATCHER, D.BUREAU_HEAD, D.VILLAGE_COLLECTOR}
NAME_SEEKERS: Roles = STREET | {D.LEADER, D.BUREAU_HEAD, D.REGISTRAR, D.DISPATCHER, D.SUPERVISOR, D.REVIEW_OFFICE}
CUSTODY: Roles = frozenset({D.BUREAU_HEAD, D.DISCIPLINE})
KEEPERS: Roles = frozenset({D.BUREAU_HEAD, D.UNIT_HEAD, D.ADMINISTRATOR})
ROUNDS: Roles = COUNTY | STREET | {D.REGISTRAR}
WRITERS: Roles = STREET | {D.DISPATCHER, D.BUREAU_HEAD}
SCHEDULERS: Roles = frozenset({D.BUREAU_HEAD, D.REGISTRAR})
TRIAGE: Roles = frozenset({D.REGISTRAR, D.DISPATCHER})

# The administrator's pages: who comes in.
# After an opinion: who asks the petitioner, who helps him to relief.
ASKERS: Roles = TRIAGE | {D.SUPERVISOR, D.BUREAU_HEAD}
REFERRERS: Roles = ASKERS | STREET

LOOKERS: Roles = frozenset({D.BUREAU_HEAD, D.ADMINISTRATOR})
ENROLLERS: Roles = frozenset({D.UNIT_HEAD, D.ADMINISTRATOR})
KEPT = (
    *("desk:administration", "desk:accounts", "desk:officer", "desk:officer-reset_password", "desk:officer-leave"),
    *("desk:officers-sheet", "desk:officers-blank", "desk:tenure-begin", "desk:tenure-end", "desk:phrases"),
)
ENROLLED = ("desk:officer-enrol", "desk:first-passwords")
LOOKED_AT = (
    *("desk:drills", "desk:wordings", "desk:units"),
    *("desk:categories", "desk:code-lists", "desk:calendar"),
)
ADMINISTERED = (
    *("desk:wording", "desk:unit-seal"),
    *("desk:unit-open", "desk:unit-correct", "desk:unit-move", "desk:unit-abolish", "desk:units-sheet"),
    *("desk:units-blank", "desk:category-open", "desk:category-rename", "desk:category-retire", "desk:calendar-load"),
)

# The archive: whose room it is, who knows of a file of the bureau that the street handled, and who of a list.
ARCHIVE: Roles = frozenset({D.ARCHIVIST, D.UNIT_HEAD, D.BUREAU_HEAD, D.DISCIPLINE})
NO_DISCIPLINE, NO_HEAD = OFFICERS - {D.DISCIPLINE}, OFFICERS - {D.UNIT_HEAD}
KEEPING = ("desk:case-file-seal", "desk:case-file-term", "desk:volume-lend", "desk:volume-move", "desk:volume-note")
LISTED = {"approve": D.BUREAU_HEAD, "agree": D.DISCIPLINE, "carry_out": D.ARCHIVIST}

# What is published: who writes and releases, who approves.
PUBLISHERS: Roles = TRIAGE | {D.BUREAU_HEAD}
EDITED = tuple(f"desk:publication-{step}" for step in ("draft", "revise", "submit", "release"))

# Who may know of each petition; the registrar entered the sealed ones and the dispatcher was named to them.
SEES: dict[str, Roles] = {
    "own": COUNTY | STREET,
    "other": COUNTY,
    "confidential": frozenset({D.REGISTRAR, D.DISPATCHER, D.BUREAU_HEAD}),
    "accusation": frozenset({D.REGISTRAR, D.DISPATCHER, D.DISCIPLINE}),
}


@dataclass(frozen=True)
class Row:
    """Who gets the page; what the others hear who may know of its subject, or anyone who is signed in."""

    gets: Roles
    others: int = 404
    got: int = 200


# Pages about no petition, or about one seat or one draft: (who may know of the subject, row).
PLAIN: dict[str, tuple[Roles, Row]] = {
    "portal:home": (ALL, Row(ALL)),
    "portal:file": (ALL, Row(ALL)),
    "portal:write": (ALL, Row(ALL)),
    "portal:look": (ALL, Row(ALL, got=302)),
    "portal:query": (ALL, Row(ALL)),
    **dict.fromkeys(("portal:news", "portal:published-search", "portal:figures"), (ALL, Row(ALL))),
    **dict.fromkeys(("portal:article", "portal:column"), (ALL, Row(ALL))),
    **dict.fromkeys(("portal:book", "portal:booking"), (ALL, Row(ALL))),
    "portal:booking-cancel": (ALL, Row(ALL, got=302)),
    "portal:evaluate": (ALL, Row(ALL, got=302)),
    "portal:act": (ALL, Row(ALL, got=302)),
    "desk:slip-renew": (OFFICERS, Row(DESKS - {D.VILLAGE_COLLECTOR}, others=403)),
    "desk:telephone": (OFFICERS, Row(DESKS - {D.VILLAGE_COLLECTOR}, others=403)),
    # Nothing has been published yet.
    **dict.fromkeys(("portal:log-checkpoint", "portal:log-tile", "portal:log-entries"), (ALL, Row(NOBODY))),
    "portal:log-keys": (ALL, Row(ALL)),
    "portal:log-cosignature": (ALL, Row(ALL, got=405)),
    "portal:receipt": (ALL, Row(ALL)),
    "portal:receipt-take": (ALL, Row(ALL, got=405)),
    "portal:receipt-tool": (ALL, Row(ALL)),
    "portal:witness": (ALL, Row(ALL)),
    "set_language": (ALL, Row(ALL, got=302)),
    "desk:sign-in": (ALL, Row(frozenset({ANYONE}), others=302)),
    "desk:sign-out": (OFFICERS, Row(OFFICERS, got=405)),
    "desk:password": (OFFICERS, Row(OFFICERS)),
    "desk:worklist": (OFFICERS, Row(OFFICERS)),
    "desk:view-save": (OFFICERS, Row(OFFICERS, got=302)),
    "desk:view-drop": (OFFICERS, Row(OFFICERS, got=302)),
    # Nothing is ticked: back to the worklist.
    "desk:batch": (OFFICERS, Row(OFFICERS, got=302)),
    "desk:prints": (OFFICERS, Row(OFFICERS, got=302)),
    # One text for many: nothing is ticked; a batch of the street.
    "desk:one-text-begin": (OFFICERS, Row(OFFICERS, got=302)),
    "desk:one-text-write": (OFFICERS, Row(WRITERS, others=403, got=302)),
    "desk:one-texts": (OFFICERS, Row(WRITERS, others=403)),
    "desk:one-text": (STREET, Row(STREET)),
    "desk:ink": (OFFICERS, Row((DESKS | {D.REVIEW_OFFICE, D.SUPERVISOR}) - {D.VILLAGE_COLLECTOR}, others=403)),
    "desk:envelopes": (OFFICERS, Row(NAME_SEEKERS, others=403, got=302)),
    "desk:bells": (OFFICERS, Row(OFFICERS)),
    "desk:bells-read": (OFFICERS, Row(OFFICERS, got=405)),
    "desk:bells-mail": (OFFICERS, Row(OFFICERS)),
    "desk:rounds": (OFFICERS, Row(ROUNDS | {D.DISCIPLINE}, others=403)),
    "desk:notices-send": (OFFICERS, Row(OFFICERS, got=302)),
    "desk:rounds-of": (OFFICERS, Row(ROUNDS, others=403)),  # what was signed and is not served
    "desk:find": (OFFICERS, Row(OFFICERS)),
    "desk:register": (OFFICERS, Row(OFFICERS)),
    **dict.fromkeys(("desk:laws", "desk:law", "desk:law-citing", "desk:law-compare"), (OFFICERS, Row(OFFICERS))),
    "desk:article": (OFFICERS, Row(OFFICERS)),
    "desk:law-cite": (OFFICERS, Row(OFFICERS)),
    "desk:law-import": (OFFICERS, Row(frozenset({D.ADMINISTRATOR}), others=403)),
    "desk:law-repeal": (OFFICERS, Row(frozenset({D.ADMINISTRATOR}), others=403)),
    "desk:search": (OFFICERS, Row(OFFICERS)),
    "desk:search-name": (OFFICERS, Row(NAME_SEEKERS, others=403, got=422)),
    "desk:intake": (OFFICERS, Row(DESKS, others=403)),
    "desk:candidates": (OFFICERS, Row(DESKS, others=403)),
    "desk:draft-save": (OFFICERS, Row(OFFICERS, got=400)),  # of no page
    "desk:draft-drop": (OFFICERS, Row(OFFICERS, got=302)),
    "desk:petition-receive": (OFFICERS, Row(DESKS, others=403)),
    # Not there where there is no demonstration.
    **dict.fromkeys(("desk:enter", "desk:tour", "desk:questions", "desk:parts", "desk:cheat"), (ALL, Row(NOBODY))),
    "desk:receptions": (OFFICERS, Row(OFFICERS)),
    "desk:reception-schedule": (OFFICERS, Row(SCHEDULERS | {D.UNIT_HEAD}, others=403)),
    "desk:reception-change": (OFFICERS, Row(SCHEDULERS, others=403)),
    "desk:reception-cancel": (OFFICERS, Row(SCHEDULERS, others=403)),
    "desk:ledger": (OFFICERS, Row(frozenset({D.AUDITOR, D.BUREAU_HEAD, D.DISCIPLINE}), others=403)),
    **dict.fromkeys(
        ("desk:inquiries", "desk:inquiry-open", "desk:inquiry-close"),
        (OFFICERS, Row(frozenset({D.DISCIPLINE}), others=403)),
    ),
    "desk:erasures": (OFFICERS, Row(DESKS | {D.ARCHIVIST, D.DISCIPLINE}, others=403)),
    # Of a petition that the street handled: the village's collector does not know of it.
    **dict.fromkeys(
        ("desk:erasure-approve", "desk:erasure-refuse"),
        (OFFICERS - {D.VILLAGE_COLLECTOR}, Row(frozenset({D.ARCHIVIST, D.DISCIPLINE}), others=403)),
    ),
    **dict.fromkeys(
        ("desk:erasure-tell", "desk:erasure-drop"),
        (OFFICERS - {D.VILLAGE_COLLECTOR}, Row(TRIAGE | {D.BUREAU_HEAD}, others=403)),
    ),
    "desk:reception-offer": (OFFICERS, Row(SCHEDULERS, others=403)),
    # Of a reception at the bureau.
    **dict.fromkeys(
        ("desk:bookings", "desk:booking-print", "desk:booking-add", "desk:booking-cancel"),
        (OFFICERS, Row(TRIAGE | {D.BUREAU_HEAD}, others=403)),
    ),
    **dict.fromkeys(
        ("desk:booking-call_in", "desk:booking-no_show"), (OFFICERS, Row(TRIAGE | {D.BUREAU_HEAD}, others=403))
    ),
    "desk:custodians": (OFFICERS, Row(CUSTODY, others=403)),
    "desk:custodian-appoint": (OFFICERS, Row(frozenset({D.BUREAU_HEAD}), others=403)),
    "desk:custodian-confirm": (OFFICERS, Row(frozenset({D.DISCIPLINE}), others=403)),
    "desk:custodian-relieve": (OFFICERS, Row(CUSTODY, others=403)),
    # Of a confidential petition that the registrar entered.
    "desk:naming-end": (frozenset({D.REGISTRAR, D.BUREAU_HEAD}), Row(frozenset({D.BUREAU_HEAD}), others=403, got=302)),
    "desk:officers": (OFFICERS, Row(KEEPERS, others=403)),
    **dict.fromkeys(("desk:publications", "desk:publication"), (OFFICERS, Row(PUBLISHERS, others=403))),
    **dict.fromkeys(EDITED, (OFFICERS, Row(TRIAGE, others=403))),
    **dict.fromkeys(
        ("desk:publication-approve", "desk:publication-send_back"),
        (OFFICERS, Row(frozenset({D.BUREAU_HEAD}), others=403)),
    ),
    "desk:publication-withdraw": (OFFICERS, Row(PUBLISHERS, others=403)),
    **dict.fromkeys(("desk:archives", "desk:destructions"), (OFFICERS, Row(ARCHIVE, others=403))),
    "desk:case-file-bind": (NO_DISCIPLINE, Row(frozenset({D.ARCHIVIST}), others=403)),
    **dict.fromkeys(("desk:case-file", "desk:volume"), (NO_DISCIPLINE, Row(ARCHIVE, others=403))),
    **dict.fromkeys(
        (*KEEPING, "desk:volume-check", "desk:borrowing-return"),
        (NO_DISCIPLINE, Row(frozenset({D.ARCHIVIST}), others=403)),
    ),
    "desk:case-file-open": (NO_DISCIPLINE, Row(frozenset({D.BUREAU_HEAD}), others=403)),
    "desk:destruction-propose": (OFFICERS, Row(frozenset({D.ARCHIVIST, D.UNIT_HEAD}), others=403)),
    "desk:destruction": (NO_HEAD, Row(ARCHIVE, others=403)),
    **{f"desk:destruction-{step}": (NO_HEAD, Row(frozenset({duty}), others=403)) for step, duty in LISTED.items()},
    "desk:destruction-refuse": (NO_HEAD, Row(frozenset({D.BUREAU_HEAD, D.DISCIPLINE}), others=403)),
    "desk:officer-lift_lock": (OFFICERS, Row(KEEPERS, others=403, got=302)),
    "desk:tenure-hand_over": (OFFICERS, Row(KEEPERS, others=403)),
    "desk:tenure-cover": (OFFICERS, Row(KEEPERS, others=403)),
    **dict.fromkeys(KEPT, (OFFICERS, Row(KEEPERS, others=403))),
    **dict.fromkeys(ENROLLED, (OFFICERS, Row(ENROLLERS, others=403))),
    **dict.fromkeys(LOOKED_AT, (OFFICERS, Row(LOOKERS, others=403))),
    **dict.fromkeys(ADMINISTERED, (OFFICERS, Row(frozenset({D.ADMINISTRATOR}), others=403))),
    "desk:log": (OFFICERS, Row(frozenset({D.ADMINISTRATOR, D.AUDITOR, D.BUREAU_HEAD}), others=403)),
    "desk:witness-enrol": (OFFICERS, Row(frozenset({D.ADMINISTRATOR}), others=403)),
    "desk:witness-end": (OFFICERS, Row(frozenset({D.ADMINISTRATOR}), others=403, got=404)),  # of no witness
    "desk:unit-seal-withdraw": (OFFICERS, Row(frozenset({D.ADMINISTRATOR}), others=403, got=302)),
    "desk:phrase-retire": (OFFICERS, Row(KEEPERS, others=403, got=404)),  # of no phrase
    "desk:plea-reply": (COUNTY, Row(TRIAGE | {D.BUREAU_HEAD}, others=403)),
    "desk:correction-confirm": (COUNTY, Row(frozenset({D.BUREAU_HEAD}), others=403)),
    "desk:commitment-carry_out": (COUNTY | STREET, Row(STREET, others=403)),
    "desk:commitment-check": (COUNTY | STREET, Row(ASKERS, others=403)),
    "desk:referral-answer": (COUNTY | STREET, Row(REFERRERS, others=403)),
    "desk:letters": (OFFICERS, Row(STREET | TRIAGE, others=403)),
    "desk:original-move": (COUNTY, Row(TRIAGE | {D.ARCHIVIST}, others=403)),
    "desk:original-lend": (COUNTY, Row(TRIAGE | {D.ARCHIVIST}, others=403)),
    **dict.fromkeys(
        ("desk:original-hand_back", "desk:original-receipt"), (COUNTY, Row(TRIAGE | {D.ARCHIVIST}, others=403))
    ),
    "desk:original-take_back": (COUNTY, Row(TRIAGE | {D.ARCHIVIST}, others=403)),
    "desk:petition-register": (COUNTY, Row(frozenset({D.REGISTRAR, D.DISPATCHER, D.BUREAU_HEAD}), others=403)),
    "desk:draft-evidence": (COUNTY, Row(COUNTY - {D.AUDITOR})),
    "desk:draft-void": (COUNTY, Row(frozenset({D.BUREAU_HEAD}), others=403)),
}

# Pages about a petition, whatever its state.
REVEALERS = OFFICERS - {D.AUDITOR, D.ARCHIVIST, D.JOINT_CONFERENCE, D.DISCIPLINE}
ABOUT: dict[str, Row] = {
    "desk:petition": Row(OFFICERS),
    "desk:slip": Row(OFFICERS),
    "desk:slip-proof": Row(OFFICERS),
    "desk:slip-proof-file": Row(NOBODY),  # nothing has its place yet
    "desk:slip-again": Row(TRIAGE | {D.BUREAU_HEAD}, others=422),
    "desk:petition-reveal": Row(REVEALERS, others=422),
    "desk:paper": Row(frozenset(BUREAU)),  # the registration form, which bears the query code
    "desk:paper-page": Row(frozenset(BUREAU)),
    "desk:paper-ink": Row(frozenset(BUREAU)),
    "desk:signed-sheet": Row(NOBODY),  # none came back yet
    "desk:evidence": Row(OFFICERS - {D.AUDITOR}),
    **dict.fromkeys(("desk:correction-ask", "desk:receipt-annotate"), Row(TRIAGE | {D.BUREAU_HEAD}, others=403)),
    "desk:evidence-add": Row(OFFICERS - {D.AUDITOR}, others=403),
    "desk:withdrawal-ask": Row(TRIAGE, others=403),
    "desk:plea-enter": Row(TRIAGE, others=403),
    "desk:material-receipt": Row(OFFICERS - {D.AUDITOR}, others=403),
    "desk:named": Row(NOBODY, others=403),
    "desk:pack": Row(frozenset({D.BUREAU_HEAD, D.ARCHIVIST}), others=403),
    **dict.fromkeys(
        ("desk:access-list", "desk:erasure-ask", "desk:own-pack"), Row(TRIAGE | {D.BUREAU_HEAD}, others=403)
    ),
    "desk:why": Row(OFFICERS),
    "desk:why-day": Row(OFFICERS),
    "desk:why-correct": Row(frozenset(), others=403),  # the day of receipt is never corrected
}

# Moves: the last step before, the way it went, who may make it then.
T, A, S = AssignmentKind.TRANSFER, AssignmentKind.ASSIGN, AssignmentKind.SELF
OFFICE: Roles = frozenset({D.REVIEW_OFFICE})
LEADING: Roles = frozenset({D.LEADER, D.BUREAU_HEAD})
RECUSERS: Roles = STREET | TRIAGE | {D.BUREAU_HEAD, D.SUPERVISOR, D.REVIEW_OFFICE, D.JOINT_CONFERENCE}
MOVES: dict[str, tuple[str | None, AssignmentKind, Roles]] = {
    "desk:petition-check_duplicate": (None, T, TRIAGE | {D.BUREAU_HEAD, D.REVIEW_OFFICE}),
    "desk:petition-void": (None, T, frozenset({D.BUREAU_HEAD})),
    "desk:petition-propose": ("check_duplicate", T, TRIAGE),
    "desk:petition-approve": ("propose", A, frozenset({D.BUREAU_HEAD})),
    "desk:petition-transfer": ("propose", T, frozenset({D.DISPATCHER})),
    "desk:petition-assign": ("approve", A, frozenset({D.DISPATCHER})),
    "desk:petition-self_handle": ("propose", S, frozenset({D.DISPATCHER})),
    "desk:petition-close": ("check_result", A, frozenset({D.DISPATCHER, D.BUREAU_HEAD})),
    "desk:petition-evaluate": ("deliver", T, frozenset({D.REGISTRAR})),
    "desk:petition-call_back": ("deliver", T, ASKERS),
    "desk:petition-conclude_follow_up": ("deliver", T, frozenset()),  # nobody was dissatisfied
    "desk:petition-resolve": ("deliver", T, ASKERS),
    "desk:petition-refer": ("dispatch", T, REFERRERS),
    "desk:petition-report_urgent": ("dispatch", T, TRIAGE | {D.BUREAU_HEAD, D.UNIT_HEAD}),
    "desk:petition-archive": ("deliver", T, frozenset()),  # its windows are open
    "desk:petition-return_proposal": ("propose", T, TRIAGE | {D.BUREAU_HEAD}),
    "desk:petition-merge": ("repeat", T, frozenset({D.DISPATCHER})),
    "desk:petition-reply_direct": ("propose_reply", T, frozenset({D.DISPATCHER})),
    "desk:petition-decline": ("propose_decline", T, frozenset({D.DISPATCHER})),
    "desk:petition-decline_final": ("propose_final", T, frozenset({D.DISPATCHER})),
    "desk:petition-route_out": ("propose_out", T, TRIAGE | {D.BUREAU_HEAD}),
    "desk:petition-take_up": ("route_out", T, frozenset()),  # no accusation
    "desk:petition-answer_accusation": ("route_out", T, frozenset()),
    "desk:petition-file_away": ("propose_file", T, frozenset({D.DISPATCHER})),
    "desk:petition-decide_owner": ("return_twice", T, frozenset({D.JOINT_CONFERENCE, D.BUREAU_HEAD})),
    "desk:petition-reassign": ("return_assignment", T, frozenset({D.DISPATCHER})),
    "desk:petition-reopen": ("deliver", T, frozenset({D.BUREAU_HEAD})),
    "desk:petition-withdraw": ("ask_withdrawal", T, TRIAGE | {D.SUPERVISOR}),
    "desk:withdrawal-drop": ("ask_withdrawal", T, TRIAGE | {D.SUPERVISOR}),
    "desk:petition-add_co_handler": ("dispatch", T, frozenset({D.DISPATCHER})),
    "desk:petition-instruct": ("dispatch", T, LEADING),
    "desk:petition-sponsor": ("dispatch", T, LEADING),
    "desk:petition-log_sponsor_visit": ("sponsor", T, LEADING),
    "desk:petition-end_sponsorship": ("sponsor", T, LEADING),
    "desk:petition-recuse": ("dispatch", T, RECUSERS),
    "desk:petition-recuse_unit": ("dispatch", T, frozenset({D.DISPATCHER, D.BUREAU_HEAD})),
    "desk:petition-allow_unit": ("recuse_unit", T, frozenset({D.BUREAU_HEAD})),
    "desk:assignment-mediate": ("handle", T, STREET),
    "desk:assignment-co_work": ("co", T, STREET),
    "desk:assignment-give_co_opinion": ("co_work", T, frozenset({D.UNIT_HEAD})),
    "desk:assignment-raise_objection": ("sign_for", T, frozenset()),  # its five days are over
    "desk:assignment-return_assignment": ("object", T, frozenset({D.DISPATCHER})),
    "desk:assignment-refuse_objection": ("object", T, frozenset({D.DISPATCHER})),
    "desk:assignment-cancel": ("sign_for", T, frozenset({D.BUREAU_HEAD})),
    "desk:assignment-move_feedback": ("sign_for", A, frozenset()),  # its day is the last of handling
    "desk:assignment-accept_simple": ("sign_for", T, frozenset()),  # its three days are over
    "desk:assignment-leave_simple": ("accept_simple", T, STREET),
    "desk:assignment-accept_procedure": ("sign_for", T, STREET),
    "desk:assignment-route_to_procedure": ("handle", T, frozenset({D.UNIT_HEAD})),
    "desk:assignment-procedure_taken": ("route_to_procedure", T, STREET),
    "desk:assignment-ask_supplement": ("accept", T, STREET),
    "desk:assignment-end_supplement": ("ask_supplement", T, STREET),
    "desk:assignment-ask_extension": ("handle", T, STREET),
    "desk:assignment-extend": ("ask_extension", T, frozenset({D.UNIT_HEAD})),
    "desk:assignment-refuse_extension": ("ask_extension", T, frozenset({D.UNIT_HEAD})),
    "desk:assignment-return_result": ("report", A, frozenset({D.BUREAU_HEAD, D.DISPATCHER, D.SUPERVISOR})),
    "desk:assignment-handle_again": ("return_result", A, STREET),
    "desk:assignment-sign_for": ("dispatch", T, STREET),
    "desk:assignment-accept": ("sign_for", T, STREET),
    "desk:assignment-pass_on": ("accept", T, STREET),
    "desk:assignment-handle": ("accept", T, STREET),
    "desk:assignment-log_work": ("accept", T, STREET),
    "desk:assignment-draft_opinion": ("handle", T, STREET),
    "desk:assignment-write_in_word": ("handle", T, STREET),
    "desk:assignment-issue_opinion": ("draft_opinion", T, frozenset({D.UNIT_HEAD})),
    "desk:assignment-deliver": ("issue_opinion", T, STREET),
    "desk:assignment-report": ("deliver", A, STREET),
    "desk:assignment-check_result": ("report", A, frozenset({D.BUREAU_HEAD, D.DISPATCHER, D.SUPERVISOR})),
    "desk:petition-apply_review": ("deliver", T, OFFICE | {D.REGISTRAR}),
    "desk:review-ask_review_supplement": ("apply_review", T, OFFICE),
    "desk:review-end_review_supplement": ("ask_review_supplement", T, OFFICE),
    "desk:review-admit_review": ("apply_review", T, OFFICE),
    "desk:review-refuse_review": ("apply_review", T, OFFICE),
    "desk:review-ask_review_withdrawal": ("apply_review", T, OFFICE | {D.REGISTRAR}),
    "desk:review-withdraw_review": ("ask_review_withdrawal", T, OFFICE),
    "desk:review-keep_review": ("ask_review_withdrawal", T, OFFICE),
    "desk:review-examine_review": ("admit_review", T, OFFICE),
    "desk:review-propose_hearing": ("examine_review", T, OFFICE),
    "desk:review-decide_review": ("examine_review", T, OFFICE),
    "desk:review-record_review": ("apply_review", T, frozenset()),  # it is decided here
    "desk:review-deliver_review": ("decide_review", T, OFFICE),
    "desk:review-order_redo": ("deliver_revoked", T, OFFICE | {D.BUREAU_HEAD}),
    "desk:assignment-propose_hearing": ("handle", T, STREET),
    "desk:hearing-approve_hearing": ("propose_hearing", T, frozenset({D.UNIT_HEAD})),
    "desk:hearing-notice_hearing": ("approve_hearing", T, STREET),
    "desk:hearing-replace_host": ("notice_hearing", T, frozenset({D.UNIT_HEAD})),
    "desk:hearing-hold_hearing": ("notice_hearing", T, STREET),
    "desk:hearing-conclude_hearing": ("hold_hearing", T, STREET),
    "desk:hearing-drop_hearing": ("propose_hearing", T, STREET),
}
# The department has not signed for the other petitions: not theirs to move from there, and too late for every other move.
UNSIGNED = {name: Row(frozenset(), others=409) for name in MOVES} | dict.fromkeys(
    (
        "desk:petition-close",
        "desk:petition-withdraw",
        "desk:withdrawal-drop",
        "desk:assignment-sign_for",
        "desk:assignment-pass_on",
        "desk:petition-apply_review",
    ),
    Row(frozenset(), others=403),
)
UNSIGNED["desk:assignment-cancel"] = Row(frozenset({D.BUREAU_HEAD}), others=403)
UNSIGNED["desk:assignment-move_feedback"] = Row(frozenset(), others=403)
# Beside the road: while it is under way, whatever its state.
ASIDE = {
    **dict.fromkeys(("desk:petition-instruct", "desk:petition-sponsor"), Row(LEADING, others=403)),
    "desk:petition-recuse": Row(RECUSERS, others=403),
    "desk:petition-recuse_unit": Row(frozenset({D.DISPATCHER, D.BUREAU_HEAD}), others=403),
    **dict.fromkeys(
        ("desk:petition-log_sponsor_visit", "desk:petition-end_sponsorship", "desk:petition-allow_unit"),
        Row(frozenset(), others=403),
    ),
}
ASIDE |= {
    "desk:petition-refer": Row(REFERRERS, others=403),
    "desk:petition-report_urgent": Row(TRIAGE | {D.BUREAU_HEAD}, others=403),
}
UNSIGNED |= {"desk:petition-resolve": Row(ASKERS, others=403)}
UNSIGNED |= {**ASIDE, "desk:petition-add_co_handler": Row(frozenset({D.DISPATCHER}), others=403)}
# The accusation is registered and not checked yet.
REGISTERED = UNSIGNED | {
    **dict.fromkeys(
        (
            *("desk:petition-close", "desk:petition-add_co_handler", "desk:petition-apply_review"),
            "desk:petition-resolve",
        ),
        Row(frozenset(), others=409),
    ),
    "desk:petition-check_duplicate": Row(TRIAGE, others=403),
    "desk:petition-take_up": Row(frozenset({D.DISCIPLINE}), others=403),
    "desk:petition-propose": Row(frozenset(), others=403),
    "desk:petition-merge": Row(frozenset(), others=403),
    "desk:petition-withdraw": Row(frozenset(), others=403),
    "desk:withdrawal-drop": Row(frozenset(), others=403),
    "desk:petition-void": Row(frozenset(), others=403),
}
# Of these only the one that was made for the page has a review or a hearing; elsewhere there is none to be found.
AGAIN = re.compile(r"desk:(review|hearing)-")
BEFORE_DISPATCH = {None, "check_duplicate", "propose", "approve", "repeat", "route_out"} | {
    name for name in BRANCHES if name.startswith("propose") and not name.endswith("hearing")
}


def names(resolver: URLResolver | None = None, space: str = "") -> Iterator[str]:
    """Every named page of the house."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from names(one, f"{one.namespace}:" if one.namespace else space)
        elif isinstance(one, URLPattern):
            yield f"{space}{one.name}"


class Petitions:
    """One of each kind, and for every move one that has come as far as it."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.made = cast, {}
        for last, way, _roles in MOVES.values():
            if (last, way) not in self.made:
                self.made[last, way] = self._life(way, last)
        self.kinds = {
            "own": self.made["dispatch", T].petition,
            "other": self._away(),
            "confidential": self._away(is_confidential=True),
            "accusation": self._life(T, None, purpose=Purpose.ACCUSE).petition,
        }
        self.evidence = {kind: self._evidence(petition) for kind, petition in self.kinds.items()}

    def _life(self, way: AssignmentKind, last: str | None, **changes: Any) -> Life:
        life = Life(self.cast, way=way, **changes)
        life.now = timezone.now() - timezone.timedelta(days=20)
        Named.objects.bulk_create([Named(petition=life.petition, officer=self.cast.dispatcher)] if changes else [])
        return life.until(last) if last else life

    def _away(self, **changes: Any) -> Petition:
        """As far as a letter to the department."""
        life = self._life(T, None, **changes)
        life.check_duplicate()
        life.propose(lead_unit=self.cast.dept)
        life.dispatch()
        return life.petition

    def _evidence(self, petition: Petition) -> int:
        file = sealed("屋顶漏水".encode(), petition)
        by = self.cast.registrar
        return actions.add_evidence(petition, file=file, name="a.txt", label="信", by=by, at=timezone.now()).pk

    def address(self, name: str, kind: str) -> str:
        petition = self.made[MOVES[name][:2]].petition if name in MOVES and kind == "own" else self.kinds[kind]
        if again := AGAIN.match(name):
            last = getattr(petition, f"{again[1]}s").last()
            return reverse(name, args=[last.pk if last else 1])
        if name.startswith("desk:assignment-"):
            return reverse(name, args=[petition.assignments.latest("id").pk])
        promise = Promise.objects.filter(subject="petition", subject_id=petition.pk, clock="D2").latest("id")
        if name.startswith("desk:why"):
            return reverse(name, args=[petition.pk, promise.due_on] if name == "desk:why-day" else [promise.pk])
        more = {
            "desk:correction-ask": "title",
            "desk:paper": self._form_of(petition),
            "desk:evidence": self.evidence.get(kind),
        }
        if name == "desk:paper-ink":
            return reverse(name, args=[petition.number, self._form_of(petition)])
        if name in ("desk:paper-page", "desk:signed-sheet"):
            return reverse(name, args=[petition.number, self._form_of(petition), 1])
        return reverse(name, args=[petition.number, *([more[name]] if name in more else [])])

    def _form_of(self, petition: Petition) -> int:
        return Paper.objects.get(subject_id=petition.pk, kind="registration_form").pk


def kept_paper(cast: Cast, barcode: str) -> Original:
    """A letter that was opened and waits."""
    now, kept = timezone.now(), Kept(barcode=barcode, description="来信", place="一号柜")
    return actions.open_letter(kept, received_at=now, organ=cast.bureau, by=cast.registrar, at=now)


def drafted_together(cast: Cast) -> int:
    """A batch of one, of the street."""
    life, shared = Life(cast, demands=("补足过渡费",)).until("handle"), Shared(1, 1, "{}", "{}")
    said = {1: AnswerText("属实。", "《信访工作条例》第三十二条", OpinionResult.SUPPORTED)}
    at = {"by": life.handler, "at": life.later(), "shared": shared}
    actions.draft_opinion(life.assignment, answers=said, remedy_organ="临潼区人民政府", **at)
    return shared.batch


def expected(name: str, kind: str, role: str) -> int:
    if role == ANYONE:
        return 403 if name in BY_POST else 302
    if role not in seers(name, kind) or (kind != "own" and AGAIN.match(name)):
        return 404
    row = row_of(name, kind)
    return row.got if role in row.gets else row.others


def kinds(name: str) -> list[str]:
    given = ("desk:assignment-", "desk:review-", "desk:hearing-")
    return [kind for kind in SEES if kind != "accusation" or not name.startswith(given)]


def row_of(name: str, kind: str) -> Row:
    if name == "desk:named" and kind == "confidential":
        return Row(frozenset({D.BUREAU_HEAD, D.DISPATCHER}), others=403)
    if name == "desk:pack" and kind == "accusation":
        return Row(frozenset({D.DISCIPLINE}), others=403)
    if name in ABOUT:
        return ABOUT[name]
    if kind == "own":
        return Row(MOVES[name][2], others=403)
    return (REGISTERED if kind == "accusation" else UNSIGNED)[name]


def seers(name: str, kind: str) -> Roles:
    """A petition that has not left the bureau yet is not the street's."""
    is_inside = kind == "own" and name in MOVES and (MOVES[name][0] in BEFORE_DISPATCH or MOVES[name][1] == S)
    return SEES[kind] - STREET if is_inside else SEES[kind]


def expected_plain(name: str, role: str) -> int:
    knows, row = PLAIN[name]
    if role == ANYONE and ANYONE not in knows:
        return 403 if name in BY_POST else 302
    if role not in knows:
        return 404
    return row.got if role in row.gets else row.others


class Browsers(dict[str, Client]):
    """A browser for each role; two roles the cast has nobody for are given to newcomers of the bureau."""

    def __init__(self, cast: Cast) -> None:
        super().__init__({ANYONE: Client()})
        for duty in Duty:
            officer = cast.officers.get(WHO.get(duty, duty.value)) or self._appointed(cast, duty)
            self[duty.value] = signed_in(officer)

    def _appointed(self, cast: Cast, duty: Duty) -> Officer:
        officer = Officer.objects.create(username=duty.value, name=duty.label, must_change_password=False)
        post = Post.objects.create(unit=cast.bureau, duty=duty, name=duty.label)
        Tenure.objects.create(post=post, officer=officer, since="2020-01-01")
        return officer

    def status(self, role: str, name: str, address: str, form: dict[str, str]) -> int:
        ask = self[role].post if name in BY_POST else self[role].get
        return ask(address, form).status_code


def test_every_page_has_its_row() -> None:
    assert sorted(names()) == sorted([*PLAIN, *ABOUT, *MOVES])


@pytest.mark.django_db
def test_every_page_about_a_petition_answers_each_role_as_its_row_says() -> None:
    cast = assemble()
    browsers, petitions, wrong = Browsers(cast), Petitions(cast), []
    for name, kind in [(page, kind) for page in (*ABOUT, *MOVES) for kind in kinds(page)]:
        address, form = petitions.address(name, kind), {}
        if name in BY_POST:
            form = {"petitioner": str(petitions.kinds[kind].petitioners.get().pk), "ground": "contact"}
        for role in sorted(ALL):
            said = browsers.status(role, name, address, form)
            if said != expected(name, kind, role):
                wrong.append((name, kind, role, said, expected(name, kind, role)))
    assert wrong == []


@pytest.mark.django_db
def test_every_other_page_answers_each_role_as_its_row_says() -> None:
    cast, now = assemble(), timezone.now()
    handler, tenure = cast.street_handler, Tenure.objects.get(officer=cast.street_handler)
    draft = actions.receive(channel=Channel.VISIT, received_at=now, organ=cast.bureau, by=cast.registrar, at=now)
    paper, lent = (kept_paper(cast, f"LX-000{n}") for n in (1, 2))
    actions.lend_original(lent, to=handler, purpose="核对", due_on=timezone.localdate(), by=cast.registrar, at=now)
    field, by = CorrectedField.TITLE, cast.registrar
    asked = actions.ask_correction(Life(cast).petition, field=field, new="新的标题", reason="错字", by=by, at=now)
    scan = actions.add_evidence(draft, file=sealed(b"a", draft), name="a.txt", label="信", by=cast.registrar, at=now)
    by, since = cast.bureau_head, timezone.localdate()
    waiting = actions.appoint_custodian(officer=cast.supervisor, since=since, by=by, at=now)
    ended = Life(cast).until("archive").petition
    request = ErasureRequest.objects.create(petition=ended, reason="unlawful", is_on_paper=False, asked_at=now)
    looked_into = Life(cast).petition
    inquiry = actions.open_inquiry(looked_into, ground=InquiryGround.LEAK, by=cast.officers["discipline"], at=now)
    reception = schedule_reception(plan(cast), by=cast.registrar, at=now)
    offer_places(reception, places=3, by=cast.registrar, at=now)
    booked = book(reception, name="王桂兰", phone="", by=cast.registrar, at=now).booking
    urged = actions.urge(Life(cast).petition, text="请快一点。", way=PleaWay.PAPER, by=cast.registrar, at=now)
    subjects: dict[str, Any] = {
        "desk:draft-evidence": (draft.pk, scan.pk),
        "desk:correction-confirm": asked.pk,
        "desk:plea-reply": urged.pk,
        "portal:act": "urge",
        **dict.fromkeys(("desk:original-move", "desk:original-hand_back", "desk:original-receipt"), paper.pk),
        "desk:original-lend": paper.pk,
        "desk:original-take_back": lent.pk,
        "desk:tour": 1,
        "portal:receipt-tool": "py",
        "portal:log-tile": (0, "000.p/1"),
        "portal:log-entries": ("000.p/1",),
        **dict.fromkeys(("desk:reception-change", "desk:reception-cancel", "desk:reception-offer"), reception.pk),
        **dict.fromkeys(("desk:bookings", "desk:booking-print", "desk:booking-add"), reception.pk),
        **dict.fromkeys(("desk:booking-cancel", "desk:booking-call_in", "desk:booking-no_show"), booked.pk),
        "desk:officer-lift_lock": handler.pk,
        "desk:tenure-hand_over": tenure.pk,
        "desk:tenure-cover": tenure.pk,
        "desk:tenure-end": tenure.pk,
        **dict.fromkeys(("desk:officer", "desk:officer-reset_password", "desk:officer-leave"), handler.pk),
        **dict.fromkeys(
            ("desk:unit-seal", "desk:unit-seal-withdraw", "desk:unit-correct", "desk:unit-move", "desk:unit-abolish"),
            cast.street.code,
        ),
        "desk:tenure-begin": cast.street.code,
        **dict.fromkeys(("desk:category-rename", "desk:category-retire"), "040200"),
        "desk:phrase-retire": 1,
        "desk:witness-end": 1,
        "desk:wording": "transfer_letter",
        **dict.fromkeys(("desk:custodian-confirm", "desk:custodian-relieve"), waiting.pk),
        "desk:naming-end": Life(cast, is_confidential=True).petition.named.get().pk,
        "desk:petition-register": draft.pk,
        "desk:draft-void": draft.pk,
        "desk:inquiry-close": inquiry.pk,
        **{name: request.pk for name in PLAIN if name.startswith("desk:erasure-")},
        "desk:view-drop": 1,
        "desk:one-text": drafted_together(cast),
    }
    shown = released(cast).pk
    subjects |= {name: shown for name in PLAIN if name.startswith("desk:publication-") and name != EDITED[0]}
    subjects |= {"desk:publication": shown, "portal:article": shown, "portal:column": "guide"}
    shelved = bound_long_ago(Life(cast).until("archive"))
    volume, lent_one = shelved.volumes.get(), bound_long_ago(Life(cast).until("archive"))
    subjects |= dict.fromkeys(("desk:case-file", "desk:case-file-open", *KEEPING[:2]), shelved.pk)
    subjects |= dict.fromkeys(("desk:volume", "desk:volume-check", *KEEPING[2:]), volume.pk)
    subjects["desk:borrowing-return"] = lend(cast, lent_one.volumes.get()).pk
    subjects["desk:case-file-bind"] = Life(cast).until("archive").petition.number
    listed = propose(cast, shelved).pk
    subjects |= {f"desk:destruction{step}": listed for step in ("", "-refuse", *(f"-{one}" for one in LISTED))}
    library.load(by=Hand.system("test"), at=now)
    law = "xinfang-gongzuo-tiaoli"
    subjects |= {"desk:rounds-of": "unserved"}
    promised = Life(cast)
    promised.now = now - timezone.timedelta(days=20)
    promise = promised.until("issue_opinion").assignment.commitments.earliest("id")
    subjects |= dict.fromkeys(("desk:commitment-carry_out", "desk:commitment-check"), promise.pk)
    need, by = {"kind": "social", "organ": "区民政局", "reason": "住院欠费。"}, cast.dispatcher
    subjects["desk:referral-answer"] = actions.refer(promised.petition, **need, by=by, at=now).pk
    subjects |= dict.fromkeys(("desk:law", "desk:law-citing", "desk:law-repeal"), law)
    subjects |= {"desk:article": ("tiaoli-2022", "34"), "desk:law-compare": ("tiaoli-2005", "tiaoli-2022")}
    browsers, wrong = Browsers(cast), []
    for name in PLAIN:
        subject = subjects.get(name, ())
        address = reverse(name, args=subject if isinstance(subject, tuple) else [subject])
        for role in sorted(ALL):
            said = browsers.status(role, name, address, {})
            if said != expected_plain(name, role):
                wrong.append((name, role, said, expected_plain(name, role)))
    assert wrong == []
