"""撤回复查、复核: asked by the petitioner, found voluntary by the review office, never by the unit whose opinion it is."""

from datetime import datetime
from typing import Any

from xinfang.deadlines import promises
from xinfang.foundation import written
from xinfang.foundation.errors import Refused
from xinfang.organizations.models import Officer
from xinfang.petitions import fitting, reviews, road
from xinfang.petitions.codes import ReviewLevel
from xinfang.petitions.letters import TELEPHONE, names_on_letters, opinion_on, unit_on
from xinfang.petitions.models import Evidence, ReviewCase, ReviewWithdrawal
from xinfang.petitions.policies import By
from xinfang.trace.acts import act


@act
def ask_review_withdrawal(
    review: ReviewCase,
    *,
    statement: str,
    by: By,
    at: datetime,
    act_secret: str = "",
    scan: Evidence | None = None,
) -> ReviewWithdrawal:
    """申请撤回: by the petitioner with his act secret, or entered by the bureau from his paper. Nothing stops yet."""
    review = road.hold_review(review)
    step = road.enter("review.ask_review_withdrawal", review, by=by, at=at)
    reviews.refuse_applicant(review.petition, by, act_secret, scan)
    if not statement.strip():
        raise Refused("请写明撤回的意思和理由。", field="statement")
    row = fitting.add(
        ReviewWithdrawal,
        review=review,
        statement=statement,
        is_on_paper=isinstance(by, Officer),
        scan=scan,
        asked_at=at,
    )
    road.advance(step, withdrawal_asked_at=at)
    road.leave(step, rows=[row])
    return row


@act
def withdraw_review(review: ReviewCase, *, called_back: str, by: By, at: datetime) -> ReviewCase:
    """撤回: the office has spoken with the petitioner. What is left of his thirty days is his again."""
    review = road.hold_review(review)
    step = road.enter("review.withdraw_review", review, by=by, at=at)
    row = _called_back(review, called_back, is_voluntary=True, at=at)
    road.stop_clocks(step)
    road.advance(step, ended_at=at, due_on=None, withdrawal_asked_at=None)
    window = [reviews.WINDOWS[ReviewLevel(review.level)]]
    promises.resume(window, subject="petition", subject_id=review.petition_id, stopped_at=review.applied_at)
    # An organ outside tells the petitioner itself.
    writers = {} if review.is_outside else {"review_withdrawal": lambda: _told(review, row)}
    road.issue(step, review.petition.organ, review.organ, **writers)
    road.leave(step, rows=[row])
    return review


def _told(review: ReviewCase, row: ReviewWithdrawal) -> dict[str, Any]:
    """撤回告知书: that it has ended, and until which day it may be asked for again."""
    assert row.called_back_at is not None
    level, until = review.get_level_display(), review.window_until
    if until is None:
        again = f"申请期限没有起算，可以再次申请{level}。"
    elif until >= promises.local_day(row.called_back_at):
        again = f"申请期限到 {until} 届满，在此以前可以再次申请{level}。"
    else:
        again = f"申请期限已经在 {until} 届满；有新的事实和理由的，可以作为新的信访事项提出。"
    return {
        "to": names_on_letters(review.petition),
        "review": f"{level} {review.number}",
        "respondent": unit_on(review.petition, review.respondent.name),
        "opinion": opinion_on(review),
        "asked_on": promises.local_day(row.asked_at).isoformat(),
        "confirmed_on": promises.local_day(row.called_back_at).isoformat(),
        "again": again,
        "telephone": review.petition.organ.telephone or TELEPHONE,
    }


@act
def keep_review(review: ReviewCase, *, called_back: str, by: By, at: datetime) -> ReviewCase:
    """不予撤回: it was not his own will, or he changed his mind; the review goes on as if he had never asked."""
    review = road.hold_review(review)
    step = road.enter("review.keep_review", review, by=by, at=at)
    row = _called_back(review, called_back, is_voluntary=False, at=at)
    road.advance(step, withdrawal_asked_at=None)
    road.leave(step, rows=[row])
    return review


def _called_back(review: ReviewCase, said: str, *, is_voluntary: bool, at: datetime) -> ReviewWithdrawal:
    if not said.strip():
        raise Refused("请写明核实的时间、方式和信访人的意思。", field="called_back")
    row: ReviewWithdrawal = review.withdrawals.get(is_voluntary__isnull=True)
    row.review = review
    row.is_voluntary, row.called_back, row.called_back_at = is_voluntary, said, at
    written.update(row, ["is_voluntary", "called_back", "called_back_at", "words_sealed"])
    return row
