"""Who must be told is told on paper: a move whose norm says so issues one that goes to him, and its verb freezes it."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.cast import Cast, Life, assemble
from xinfang.documents.kinds import PaperKind as K
from xinfang.documents.models import Paper
from xinfang.petitions import actions, openings, queries
from xinfang.petitions.codes import (
    AssignmentKind,
    DisciplineOutcome,
    EvaluationValue,
    FollowUpOutcome,
    Purpose,
    ReviewRefusal,
)
from xinfang.petitions.lifecycle import ENDED_REVIEW, Move, Where
from xinfang.petitions.telling import NEWS
from xinfang.trace.acts import PETITIONER

TELLS = re.compile("告知|通知|交信访人|书面答复|书面提出意见")
HANDED_OVER = frozenset({K.REGISTRATION_FORM, K.HANDLING_OPINION, K.REVIEW_OPINION, K.FINAL_REVIEW_OPINION})
"""To him too: handed over at the window, or served with proof."""
# Their norm has the word, and nobody is told by the move itself.
OTHERWISE = {
    "petition.refer": "told by whoever helps him, face to face",
    "petition.apply_review": "speaks of the answer that he received",
    "assignment.return_assignment": "speaks of the term in which the next unit tells him",
}
# Domain 3.3, 3.4, 3.11, 3.12 and 5: what the petitioner gets at each move.
DOMAIN: dict[str, frozenset[K]] = {
    "petition.register": frozenset({K.REGISTRATION_FORM}),
    **dict.fromkeys(("petition.transfer", "petition.assign", "petition.self_handle"), frozenset({K.ROUTING_NOTICE})),
    **dict.fromkeys(("petition.reassign", "petition.reopen", "petition.route_out"), frozenset({K.ROUTING_NOTICE})),
    "petition.merge": frozenset({K.REPEAT_NOTICE}),
    "petition.withdraw": frozenset({K.WITHDRAWAL_NOTICE}),
    "petition.reply_direct": frozenset({K.DIRECT_REPLY}),
    "petition.answer_accusation": frozenset({K.DIRECT_REPLY}),
    "petition.decline": frozenset({K.DECLINE_NOTICE}),
    "petition.decline_final": frozenset({K.FINAL_DECLINE_NOTICE}),
    "petition.conclude_follow_up": frozenset({K.DIRECT_REPLY}),
    **dict.fromkeys(
        ("assignment.accept", "assignment.accept_simple", "assignment.leave_simple"), frozenset({K.RECEIPT_NOTICE})
    ),
    **dict.fromkeys(("assignment.accept_procedure", "assignment.route_to_procedure"), frozenset({K.PROCEDURE_NOTICE})),
    **dict.fromkeys(("assignment.ask_supplement", "review.ask_review_supplement"), frozenset({K.SUPPLEMENT_NOTICE})),
    "assignment.extend": frozenset({K.EXTENSION_NOTICE}),
    "assignment.issue_opinion": frozenset({K.HANDLING_OPINION}),
    "review.admit_review": frozenset({K.REVIEW_ADMISSION}),
    "review.refuse_review": frozenset({K.REVIEW_REFUSAL}),
    "review.withdraw_review": frozenset({K.REVIEW_WITHDRAWAL}),
    "review.decide_review": frozenset({K.REVIEW_OPINION, K.FINAL_REVIEW_OPINION}),
    "hearing.notice_hearing": frozenset({K.HEARING_NOTICE}),
    "hearing.replace_host": frozenset({K.HEARING_NOTICE}),
    "hearing.drop_hearing": frozenset({K.DIRECT_REPLY}),
}


def untold(verb: str, move: Move) -> str:
    """What is wrong with one row of the table, empty when nothing is."""
    must = TELLS.search(str(move.norm)) is not None and move.where is not Where.SYSTEM and verb not in OTHERWISE
    if must and not (NEWS | HANDED_OVER).intersection(move.papers):
        return f"{verb} tells the petitioner, and no paper goes to him"
    if missing := set(DOMAIN.get(verb, ())) - set(move.papers):
        return f"{verb} lacks {', '.join(sorted(missing))}"
    if (NEWS - {K.DELIVERY_RECEIPT}).intersection(move.papers) and verb not in DOMAIN:
        return f"{verb} tells the petitioner, and the domain is silent"
    return ""


def test_every_move_that_tells_has_its_paper() -> None:
    assert [said for verb, move in openings.moves().items() if (said := untold(verb, move))] == []


# What he asked for ends there, and the paper that tells him came before it, or there is nobody to tell.
ENDS_OTHERWISE = {
    "petition.close": "the opinion was served on him",
    "petition.file_away": "it asks for nothing",
    "petition.void": "it was entered by mistake, and never his",
    "petition.take_up": "the discipline organ has it now, and answers him when it has dealt with it",
    "review.close_review": "the opinion on review was served on him",
    "review.order_redo": "the opinion on review, served on him, says so",
}
ENDS = {*map(str, queries.ENDED), *map(str, ENDED_REVIEW), "merged"}


def ends_untold(verb: str, move: Move) -> bool:
    """Whether it ends a petition or a review without a paper to him."""
    return ends(verb, move) and verb not in ENDS_OTHERWISE and not _tells(move)


def _tells(move: Move) -> bool:
    """A form that he may fill in tells him nothing."""
    return bool((NEWS | HANDED_OVER) & set(move.papers))


def ends(verb: str, move: Move) -> bool:
    """What had ended before is archived, or rated, and ends no second time."""
    is_his = verb.startswith(("petition.", "review."))
    return is_his and move.to in ENDS and not set(map(str, move.start)) <= ENDS


def test_what_ends_what_he_asked_for_tells_him_on_paper() -> None:
    assert [verb for verb, move in openings.moves().items() if ends_untold(verb, move)] == []


def test_an_end_without_a_paper_would_be_found_and_no_exception_is_stale() -> None:
    moves = openings.moves()
    silent = Move(*(getattr(moves["review.withdraw_review"], name) for name in NAMED))
    assert ends_untold("review.withdraw_review", silent)
    assert [verb for verb in ENDS_OTHERWISE if not ends(verb, moves[verb]) or _tells(moves[verb])] == []


NAMED = ("label", "start", "to", "where", "duties", "norm", "article")


def test_a_move_that_tells_nobody_would_be_found() -> None:
    accept = openings.moves()["assignment.accept"]
    silent = Move(*(getattr(accept, name) for name in NAMED))
    assert "no paper goes to him" in untold("assignment.other", silent)
    letter = Move(*(getattr(accept, name) for name in NAMED), papers=(K.DIRECT_REPLY,))
    assert "lacks receipt_notice" in untold("assignment.accept", letter)
    assert "the domain is silent" in untold("assignment.other", accept)


def test_every_exception_is_still_needed() -> None:
    moves = openings.moves()
    assert [verb for verb in OTHERWISE if not TELLS.search(str(moves[verb].norm))] == []


def test_whatever_goes_to_him_is_news() -> None:
    told = {kind for kinds in DOMAIN.values() for kind in kinds}
    assert told - HANDED_OVER <= NEWS


def to(last: str, **changes: Any) -> Callable[[Cast], Life]:
    return lambda cast: Life(cast, **changes).until(last)


def ended(last: str, verb: str, **words: str) -> Callable[[Cast], Life]:
    def lived(cast: Cast) -> Life:
        life = Life(cast).until(last)
        getattr(actions, verb)(life.petition, **words, by=cast.dispatcher, at=life.later())
        return life

    return lived


def extended(cast: Cast) -> Life:
    life = Life(cast).until("ask_extension")
    actions.extend(life.assignment, answer="同意。", by=life.head, at=life.later())
    return life


def turned_ordinary(cast: Cast) -> Life:
    life = Life(cast).until("accept_simple")
    actions.leave_simple(life.assignment, reason="不宜简易办理。", by=life.handler, at=life.later())
    return life


def refused_review(cast: Cast) -> Life:
    life = Life(cast).until("apply_review")
    said = {"ground": ReviewRefusal.OTHER_REMEDY, "reason": "已起诉。", "right_road": "等待判决。"}
    actions.refuse_review(life.review, **said, by=cast.review_office, at=life.later())  # type: ignore[arg-type]
    return life


def withdrawn(cast: Cast) -> Life:
    life = Life(cast).until("ask_withdrawal")
    actions.withdraw(life.petition, called_back="电话里说自愿。", by=cast.registrar, at=life.later())
    return life


def withdrawn_review(cast: Cast) -> Life:
    life = Life(cast).until("ask_review_withdrawal")
    actions.withdraw_review(life.review, called_back="电话里说自愿。", by=cast.review_office, at=life.later())
    return life


def another_host(cast: Cast) -> Life:
    life = Life(cast).until("notice_hearing")
    by, at = life.head, life.later(minutes=1)
    actions.replace_host(life.hearing, host="另一名主持人", reason="有利害关系。", by=by, at=at)
    return life


def explained(cast: Cast) -> Life:
    life = Life(cast).until("deliver")
    bad = {"bureau": EvaluationValue.SATISFIED, "unit": EvaluationValue.DISSATISFIED, "reason": "还在漏。"}
    secret = life.registered.act_secret
    actions.evaluate(life.petition, **bad, act_secret=secret, by=PETITIONER, at=life.later())  # type: ignore[arg-type]
    by, call = cast.supervisor, {"about": "rating", "is_reached": True, "said": "还在漏。"}
    actions.call_back(life.petition, **call, by=by, at=life.later())  # type: ignore[arg-type]
    said = {"outcome": FollowUpOutcome.UNSUPPORTED, "text": "没有依据，可以请求复查。"}
    actions.conclude_follow_up(life.petition, **said, by=by, at=life.later())  # type: ignore[arg-type]
    return life


def called_off(cast: Cast) -> Life:
    life = Life(cast).until("notice_hearing")
    actions.drop_hearing(life.hearing, reason="信访人放弃。", by=life.head, at=life.later())
    return life


def answered(cast: Cast) -> Life:
    life = Life(cast, purpose=Purpose.ACCUSE)
    actions.take_up(life.petition, by=cast.discipline_officer, at=life.later())
    told = {"outcome": DisciplineOutcome.FOUND, "answer": "属实，已经处理。"}
    actions.answer_accusation(life.petition, **told, by=cast.discipline_officer, at=life.later())  # type: ignore[arg-type]
    return life


LIVES: dict[str, tuple[Callable[[Cast], Life], K]] = {
    "petition.transfer": (to("dispatch"), K.ROUTING_NOTICE),
    "petition.assign": (to("dispatch", way=AssignmentKind.ASSIGN), K.ROUTING_NOTICE),
    "petition.self_handle": (to("dispatch", way=AssignmentKind.SELF), K.ROUTING_NOTICE),
    "petition.merge": (ended("repeat", "merge"), K.REPEAT_NOTICE),
    "petition.reply_direct": (ended("propose_reply", "reply_direct", text="可以。"), K.DIRECT_REPLY),
    "petition.decline": (ended("propose_decline", "decline", right_road="向法院起诉。"), K.DECLINE_NOTICE),
    "petition.route_out": (ended("propose_out", "route_out", right_road="由其处理。"), K.ROUTING_NOTICE),
    "petition.answer_accusation": (answered, K.DIRECT_REPLY),
    "petition.conclude_follow_up": (explained, K.DIRECT_REPLY),
    "assignment.accept": (to("accept"), K.RECEIPT_NOTICE),
    "assignment.accept_simple": (to("accept_simple"), K.RECEIPT_NOTICE),
    "assignment.leave_simple": (turned_ordinary, K.RECEIPT_NOTICE),
    "assignment.route_to_procedure": (to("route_to_procedure"), K.PROCEDURE_NOTICE),
    "assignment.ask_supplement": (to("ask_supplement"), K.SUPPLEMENT_NOTICE),
    "assignment.extend": (extended, K.EXTENSION_NOTICE),
    "assignment.issue_opinion": (to("issue_opinion"), K.HANDLING_OPINION),
    "review.ask_review_supplement": (to("ask_review_supplement"), K.SUPPLEMENT_NOTICE),
    "review.admit_review": (to("admit_review"), K.REVIEW_ADMISSION),
    "review.refuse_review": (refused_review, K.REVIEW_REFUSAL),
    "petition.withdraw": (withdrawn, K.WITHDRAWAL_NOTICE),
    "review.withdraw_review": (withdrawn_review, K.REVIEW_WITHDRAWAL),
    "review.decide_review": (to("decide_review"), K.REVIEW_OPINION),
    "hearing.notice_hearing": (to("notice_hearing"), K.HEARING_NOTICE),
    "hearing.replace_host": (another_host, K.HEARING_NOTICE),
    "hearing.drop_hearing": (called_off, K.DIRECT_REPLY),
}


@pytest.mark.django_db
def test_the_verbs_freeze_what_the_table_names() -> None:
    cast, silent = assemble(), []
    for verb, (live, kind) in LIVES.items():
        life = live(cast)
        last = Paper.objects.filter(kind=kind).order_by("-issued_at", "-id").first()
        if last is None or last.issued_at < life.now - timedelta(minutes=1):
            silent.append(verb)
    assert silent == []
