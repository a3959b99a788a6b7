"""What stands before a review and a hearing, and what they stand before."""

from collections.abc import Callable
from datetime import date
from enum import Enum, auto
from typing import Any

from django.db.models import Subquery
from django.utils.translation import gettext as _

from xinfang.deadlines import promises
from xinfang.petitions.codes import STATUTORY, Procedure, ReviewDecision, ReviewLevel
from xinfang.petitions.lifecycle import (
    ENDED_ASSIGNMENT,
    ENDED_HEARING,
    ENDED_REVIEW,
    HearingStatus,
    PetitionStatus,
    ReviewStatus,
)
from xinfang.petitions.models import Answer, Assignment, Hearing, Opinion, Petition, ReviewCase


def under_review(petition: Petition) -> ReviewCase | None:
    """What is under way for the matter; asked only where there ever was a review."""
    if not petition.has_reviews:
        return None
    found = ReviewCase.objects.filter(matter=petition.matter_id).exclude(status__in=ENDED_REVIEW)
    return found.order_by("-id").first()


def ended_by_final_review(petition: Petition, lead: Assignment) -> str:
    """Of the opinion that stands; one that was sent back took its reviews with it."""
    if not petition.has_reviews:
        return ""
    standing = Opinion.objects.filter(assignment=lead, issued_at__isnull=False).order_by("-id").values("pk")[:1]
    final = ReviewCase.objects.filter(
        opinion=Subquery(standing), level=ReviewLevel.FINAL_REVIEW, status=ReviewStatus.CLOSED
    ).exclude(decision=ReviewDecision.REVOKED)
    if final.exists():
        return _("该事项已有复核意见，信访程序已经终结；同一事实和理由不再受理。")
    return ""


def review_not_decided(petition: Petition, on: date) -> str:
    """What is being looked at again is not taken up anew; the order to do so ends the review first."""
    under_way = under_review(petition)
    if under_way is None:
        return ""
    return _("该事项正在%(level)s（%(number)s），结束后再办。") % {
        "level": under_way.get_level_display(),
        "number": under_way.number,
    }


def cannot_be_admitted(review: ReviewCase, on: date) -> str:
    """Nor asked for more, nor ended by what came back: who skipped the review still has it (条例 三十六)."""
    if review.level == ReviewLevel.FINAL_REVIEW and not review.previous_id:
        return _("该事项没有经过复查，不能受理复核；请以“未经复查直接申请复核”为由不予受理，并告知先申请复查。")
    return ""


def has_nothing_to_ask_for(review: ReviewCase, on: date) -> str:
    if hasattr(review, "supplement"):
        return _("补正只能要求一次。")
    return cannot_be_admitted(review, on)


def is_asked_back(review: ReviewCase, on: date) -> str:
    return _("已有撤回申请等待核实。") if review.withdrawal_asked_at else ""


def nobody_asked_back(review: ReviewCase, on: date) -> str:
    return "" if review.withdrawal_asked_at else _("没有等待核实的撤回申请。")


def decided_here(is_outside: bool) -> Callable[[Any, date], str]:
    def rule(review: ReviewCase, on: date) -> str:
        if review.is_outside == is_outside:
            if open_hearing(review.petition, review=review.pk):
                return _("听证还没有结论。")
            return cannot_be_admitted(review, on)
        if review.is_outside:
            return _("该件由%(organ)s%(level)s，收到其意见书后请办理“录入上级复查、复核结果”。") % {
                "organ": review.organ,
                "level": review.get_level_display(),
            }
        return _("该件由本级%(level)s，请办理“作出复查、复核意见”。") % {"level": review.get_level_display()}

    return rule


def is_outside(review: ReviewCase, on: date) -> str:
    return _("由本系统以外的机关审查，请等候其结果。") if review.is_outside else ""


def upheld_or_changed(review: ReviewCase, on: date) -> str:
    is_revoked = review.decision == ReviewDecision.REVOKED
    return _("撤销的，须先责令重新办理。") if is_revoked else ""


def cannot_order_redo(review: ReviewCase, on: date) -> str:
    if review.decision != ReviewDecision.REVOKED:
        return _("只有撤销的才责令重新办理。")
    if review.petition.status != PetitionStatus.CLOSED:
        return _("该件还没有办结；请先审核办结报告、办结，再责令重新办理。")
    return ""


def open_hearing(petition: Petition, **of: int) -> bool:
    """Asked only where there ever was a hearing."""
    if not petition.has_hearings:
        return False
    return Hearing.objects.filter(petition=petition, **of).exclude(status__in=ENDED_HEARING).exists()


def no_room_for_a_hearing(subject: Assignment | ReviewCase, on: date) -> str:
    petition = subject.petition
    if open_hearing(petition):
        return _("已有听证在进行。")
    if petition.is_judicial or (isinstance(subject, Assignment) and subject.procedure in STATUTORY):
        return _("已经复议、诉讼或者按其他法定程序处理的，不举行听证。")
    if isinstance(subject, Assignment) and subject.procedure == Procedure.SIMPLE_PROCEDURE:
        return _("简易办理的不举行听证；重大、复杂、疑难的请先转普通程序。")
    if isinstance(subject, ReviewCase) and subject.is_outside:
        return is_outside(subject, on)
    return ""


def not_held_yet(hearing: Hearing, on: date) -> str:
    assert hearing.starts_at is not None
    day = promises.local_day(hearing.starts_at)
    return _("听证定在 %(day)s，到时再记。") % {"day": day} if on < day else ""


def still_to_be_weighed(hearing: Hearing, on: date) -> str:
    """What was heard is concluded as long as somebody handles what it was heard for."""
    if hearing.status != HearingStatus.HELD or (hearing.assignment and hearing.assignment.status in ENDED_ASSIGNMENT):
        return ""
    return _("听证已经举行，请记听证结论。")


def hearing_of_work(assignment: Assignment, on: date) -> str:
    """Neither opinion nor another procedure while what was said at a hearing is not yet weighed."""
    return _("听证还没有结论。") if open_hearing(assignment.petition, assignment=assignment.pk) else ""


def says_the_same(assignment: Assignment, draft: Opinion) -> str:
    if assignment.petition.has_reviews and repetition_of(assignment, draft) is Repetition.WHOLE:
        return _("复查（复核）撤销了原意见：不得以同一事实和理由作出与原意见相同的结果，请重新调查后另行拟写。")
    return ""


class Repetition(Enum):
    """How far a new opinion says again what a review set aside."""

    NONE = auto()
    RESULT = auto()
    """The same result on every demand, from other facts or reasons: allowed, and shown to whoever reads it."""
    WHOLE = auto()
    """The same result on the same facts and reasons."""


def repetition_of(assignment: Assignment, draft: Opinion) -> Repetition:
    """Against the opinion that was set aside last."""
    revoked = ReviewCase.objects.filter(matter=assignment.matter_id, decision=ReviewDecision.REVOKED)
    before = revoked.exclude(opinion__assignment=assignment).order_by("-id").first()
    if before is None:
        return Repetition.NONE
    then, now = _said_in(before.opinion_id), _said_in(draft.pk)
    if {n: result for n, (result, _why) in then.items()} != {n: result for n, (result, _why) in now.items()}:
        return Repetition.NONE
    return Repetition.WHOLE if then == now else Repetition.RESULT


def _said_in(opinion: int) -> dict[int, tuple[str, str]]:
    """By demand: the result, and the facts and reasons without the blanks between their words."""
    answers = Answer.objects.filter(opinion=opinion).select_related("demand__petition")
    return {one.demand_id: (one.result, "".join((one.finding + one.basis).split())) for one in answers}
