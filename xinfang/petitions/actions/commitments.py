"""承诺事项: what an opinion promised is carried out by a unit with evidence, and found kept by asking the petitioner."""

from datetime import date, datetime

from xinfang.deadlines import promises
from xinfang.foundation import written
from xinfang.foundation.errors import Refused
from xinfang.organizations import policies as organizations
from xinfang.organizations.models import Officer
from xinfang.petitions import desks, fitting, policies, road
from xinfang.petitions.after import drop, hold, refuse_own_work
from xinfang.petitions.codes import CallAbout, CommitmentStatus
from xinfang.petitions.errors import NotOnTheRoad, NotYourMove
from xinfang.petitions.models import Assignment, CallBack, Commitment, Evidence, Performance, ReviewCase
from xinfang.trace.acts import Hand, act, record

ARTICLE = "条例 三十二"


@act
def carry_out(
    commitment: Commitment,
    *,
    text: str,
    done_on: date,
    by: Officer,
    at: datetime,
    file: Evidence | None = None,
) -> Performance:
    """报告落实: the unit says what it did and shows its evidence; whether that is so the bureau asks the petitioner."""
    commitment = hold(commitment)
    if not isinstance(by, Officer):
        raise NotYourMove("落实情况由承诺落实的单位报告。")
    hand = by.hand(organizations.seat_of(by, desks.CARRIERS, unit_id=commitment.unit_id))
    road.refuse_sealed(commitment.petition, by)
    policies.refuse_recused(commitment.petition, by)
    if commitment.status != CommitmentStatus.OPEN:
        raise NotOnTheRoad("报告落实", commitment.get_status_display())
    if not text.strip():
        raise Refused("请写明怎样落实的、有什么证明。", field="text", article=ARTICLE)
    if not promises.local_day(commitment.made_at) <= done_on <= promises.local_day(at):
        raise Refused("落实日期不能早于出具意见之日，也不能晚于今天。", field="done_on")
    if file and file.petition_id != commitment.petition_id:
        raise Refused("这份材料不是这件信访件的。", field="file")
    row = fitting.add(Performance, commitment=commitment, text=text, file=file, done_on=done_on, reported_at=at)
    commitment.status = CommitmentStatus.CARRIED_OUT
    written.update(commitment, ["status"])
    late = done_on > commitment.due_on
    road.note("petition.carry_out", commitment.petition, by=hand, at=at, rows=[row], late=late or None)
    return row


@act
def check_commitment(commitment: Commitment, *, is_kept: bool, said: str, by: Officer, at: datetime) -> Performance:
    """核查落实: the bureau has asked the petitioner. What was not done is open again, with its old date."""
    commitment = hold(commitment)
    hand = policies.hand_for("petition.call_back", commitment.petition, by)
    road.refuse_sealed(commitment.petition, by)
    if commitment.status != CommitmentStatus.CARRIED_OUT:
        raise NotOnTheRoad("核查落实", commitment.get_status_display())
    refuse_own_work(commitment.petition, by)
    if not said.strip():
        raise Refused("请写明回访的时间、方式和信访人怎样说。", field="said")
    call = fitting.add(
        CallBack, petition=commitment.petition, about=CallAbout.COMMITMENT, is_reached=True, said=said, called_at=at
    )
    row = commitment.performances.latest("id")
    row.is_confirmed, row.call_back = is_kept, call
    row.save(update_fields=["is_confirmed", "call_back"])
    commitment.status = CommitmentStatus.KEPT if is_kept else CommitmentStatus.OPEN
    commitment.kept_at = at if is_kept else None
    written.update(commitment, ["status", "kept_at"])
    road.note("petition.check_commitment", commitment.petition, by=hand, at=at, rows=[call], kept=is_kept)
    return row


@act
def replace_commitments(review: ReviewCase, *, by: Hand, at: datetime) -> list[Commitment]:
    """变更、撤销: what the opinion promised is promised no more; what the organ decided instead is, by its day.

    The entry is the unit's, so that its handler hears of it.
    """
    work = review.opinion.assignment
    work.petition = review.petition
    ended, made = drop(review.petition), _instead(review, work, at)
    record(
        "assignment.replace_commitments",
        subject=road.name_of(work),
        by=by,
        at=at,
        facts=road.beside(review.petition, decision=review.decision, ended=ended),
        rows=made,
        key=review.petition.key,
    )
    return made


def _instead(review: ReviewCase, work: Assignment, at: datetime) -> list[Commitment]:
    finding = review.finding
    if finding.to_do_by is None:
        return []
    finding.review = review
    facts = {"petition": review.petition, "assignment": work, "finding": finding, "unit": work.unit}
    return [fitting.add(Commitment, **facts, what=finding.to_do, due_on=finding.to_do_by, made_at=at)]
