"""复查、复核 and 听证 as the petitioner reads of them: where they stand, what comes next, and what has been."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from xinfang.deadlines.terms import Clock, term
from xinfang.foundation.prepared import Prepared
from xinfang.petitions.codes import ReviewLevel
from xinfang.petitions.lifecycle import ENDED_REVIEW, MOVES, ReviewStatus
from xinfang.petitions.models import Hearing, Petition, ReviewCase
from xinfang.petitions.plain_words import ELSEWHERE, REVIEWS, TERMINATED, UNDER_FINAL_WINDOW, Stage

_REVIEWS = Prepared(lambda matter: ReviewCase.objects.filter(matter=matter).select_related("finding").order_by("id"))
_HEARINGS = Prepared(lambda petition: Hearing.objects.filter(petition=petition).order_by("id"))
_TERMS = {ReviewLevel.REVIEW: Clock.D10, ReviewLevel.FINAL_REVIEW: Clock.D12}


@dataclass(frozen=True)
class Reviewed:
    """What a review decided, in its own words, and what is carried out instead of what the opinion promised, by which day."""

    level: str
    organ: str
    decision: str
    outcome: str
    to_do: str = ""
    to_do_by: date | None = None


def reviewed(reviews: list[ReviewCase], petition: Petition) -> Reviewed | None:
    """The last one that has reached him."""
    served = [review for review in reviews if review.delivered_at and hasattr(review, "finding")]
    if not served:
        return None
    review = served[-1]
    review.petition = petition  # its key opens what is sealed
    finding = review.finding
    finding.review = review
    names = (review.get_level_display(), review.organ, finding.get_decision_display(), finding.outcome)
    return Reviewed(*names, finding.to_do, finding.to_do_by)


def reviews_of(petition: Petition, *, may_ask: bool) -> list[ReviewCase]:
    """Of the matter, whichever of its petitions they came with; read only where there was one, or one may be asked for."""
    is_read = petition.matter_id and (petition.has_reviews or may_ask)
    return _REVIEWS.all(petition.matter_id or 0) if is_read else []


def hearings_of(petition: Petition) -> list[Hearing]:
    found = _HEARINGS.all(petition.pk) if petition.has_hearings else []
    for hearing in found:
        hearing.petition = petition
    return found


def may_be_withdrawn(reviews: list[ReviewCase]) -> bool:
    """Not decided yet, and not asked to be withdrawn already."""
    last = reviews[-1] if reviews else None
    start = MOVES["review.ask_review_withdrawal"].start
    return last is not None and last.status in start and not last.withdrawal_asked_at


def stage_of(reviews: list[ReviewCase], *, has_window: bool) -> Stage | None:
    """Instead of where the handling stands: a review under way, its end, or the window for the final one."""
    last = reviews[-1] if reviews else None
    if last is None or last.status in (ReviewStatus.REFUSED, ReviewStatus.WITHDRAWN):
        return None
    if last.status not in ENDED_REVIEW:
        return ELSEWHERE if _is_new(last) and last.is_outside else REVIEWS[last.status]
    if last.is_terminal:
        return TERMINATED
    return UNDER_FINAL_WINDOW if has_window else None


def _is_new(review: ReviewCase) -> bool:
    return review.status in (ReviewStatus.APPLIED, ReviewStatus.SUPPLEMENT)


def last_day_of(review: ReviewCase) -> tuple[date | None, str]:
    """Until when the organ must do what comes next, and by which article."""
    if review.status in (ReviewStatus.DECIDED, ReviewStatus.DELIVERED) or review.due_on is None:
        return None, ""
    is_asked = _is_new(review) and not review.is_outside
    clock = Clock.D10_ADMISSION if is_asked else _TERMS[ReviewLevel(review.level)]
    return review.due_on, term(clock, review.received_on).article


def steps_of(reviews: list[ReviewCase], hearings: list[Hearing]) -> Iterator[tuple[date, str]]:
    """Each with its day."""
    for review in reviews:
        yield from _review(review)
    for hearing in hearings:
        yield from _hearing(hearing)


def _review(review: ReviewCase) -> Iterator[tuple[date, str]]:
    names = {"level": review.get_level_display(), "organ": review.organ}
    yield review.received_on, _("收到您的%(level)s申请（向%(organ)s）。") % names
    if review.refusal and review.ended_at:
        why = names | {"ground": review.get_refusal_display()}
        yield _day(review.ended_at), _("%(level)s申请不予受理：%(ground)s。见告知书。") % why
    if review.withdrawal_asked_at:
        yield _day(review.withdrawal_asked_at), _("您申请撤回%(level)s，核实以前照常办理。") % names
    if review.status == ReviewStatus.WITHDRAWN and review.ended_at:
        yield _day(review.ended_at), _("核实确属您自愿，%(level)s申请撤回。") % names
    if review.admitted_at and not review.is_outside:
        yield _day(review.admitted_at), _("%(organ)s受理%(level)s。") % names
    if review.decided_at:
        said = names | {"decision": review.get_decision_display()}
        yield _day(review.decided_at), _("%(organ)s提出%(level)s意见：%(decision)s。") % said
    if review.delivered_at:
        yield _day(review.delivered_at), _("%(level)s意见书送达。") % names


def _hearing(hearing: Hearing) -> Iterator[tuple[date, str]]:
    if hearing.noticed_at and hearing.starts_at:
        when = f"{timezone.localtime(hearing.starts_at):%Y-%m-%d %H:%M}"
        yield _day(hearing.noticed_at), _("通知听证：%(when)s，地点见听证通知书。") % {"when": when}
    if hearing.held_at and hearing.starts_at:
        yield _day(hearing.starts_at), _("举行听证。")
    if hearing.dropped_at and hearing.noticed_at:
        yield _day(hearing.dropped_at), _("听证不举行。")


def _day(at: datetime) -> date:
    return timezone.localdate(at)
