"""What acts after an opinion share: promises made, ratings to be called about, who may ask, and how soon is in time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from xinfang.deadlines import promises
from xinfang.deadlines.terms import Clock, term
from xinfang.foundation import written
from xinfang.foundation.errors import Refused
from xinfang.organizations.models import Officer, Unit
from xinfang.petitions import fitting, policies, road
from xinfang.petitions.codes import CommitmentStatus, EvaluationStatus, FollowUpOutcome, OpinionResult
from xinfang.petitions.latest import open_follow_up
from xinfang.petitions.models import Answer, Assignment, Commitment, Evaluation, FollowUp, Petition


def promise(assignment: Assignment, answers: Sequence[Answer], *, at: datetime) -> list[Commitment]:
    """Inside the act that signs the opinion: every demand that was supported, by whom and until when."""
    drop(assignment.petition)
    made = [_of(assignment, answer, at) for answer in answers if answer.result == OpinionResult.SUPPORTED]
    written.insert(made)
    return made


def drop(petition: Petition) -> int:
    """What was promised and not found kept is promised no more."""
    return Commitment.objects.filter(petition=petition, status__in=_WAITING).update(status=CommitmentStatus.DROPPED)


_WAITING = (CommitmentStatus.OPEN, CommitmentStatus.CARRIED_OUT)


@dataclass(frozen=True)
class Promised:
    """What a supported demand comes to: who carries out what until when."""

    unit: Unit
    what: str
    due_on: date


def promised(assignment: Assignment, answer: Answer, *, at: datetime) -> Promised | None:
    """As it would be promised by an opinion signed at this moment; none of what is not supported."""
    if answer.result != OpinionResult.SUPPORTED:
        return None
    return Promised(answer.doer or assignment.unit, answer.what or answer.demand.text, until(answer, at))


def _of(assignment: Assignment, answer: Answer, at: datetime) -> Commitment:
    said = promised(assignment, answer, at=at)
    assert said is not None
    found = {"petition": assignment.petition, "assignment": assignment, "answer": answer}
    return Commitment(**found, unit=said.unit, what=said.what, due_on=said.due_on, made_at=at)


def until(answer: Answer, at: datetime) -> date:
    """The day that the opinion names, or the county's own term from the day it is signed."""
    return answer.by_day or promises.due(Clock.FULFIL, promises.local_day(at)).strict


def hold(commitment: Commitment) -> Commitment:
    """Read again with its petition, which is locked: everything that is done after closing goes through it."""
    petition = road.hold_petition(commitment.petition)
    held = Commitment.objects.select_related("unit", "assignment").get(pk=commitment.pk)
    held.petition = petition
    return held


DISSATISFIED_CLOCKS = (Clock.D15, Clock.D15_RESULT)


def open_for(evaluation: Evaluation, step: road.Step) -> list[FollowUp]:
    """Inside the rating: the first since closing, of 不满意, is called about in five working days, answered in fifteen days."""
    if evaluation.petition.evaluation_status == EvaluationStatus.RATED:
        return []
    if not evaluation.is_dissatisfied:
        return []
    road.start_clocks(step, *DISSATISFIED_CLOCKS)
    call, result = (step.promises[clock].due_on for clock in DISSATISFIED_CLOCKS)
    found = {"petition": evaluation.petition, "evaluation": evaluation}
    return [fitting.add(FollowUp, **found, call_due=call, result_due=result)]


def concludes(row: FollowUp) -> tuple[FollowUpOutcome, ...]:
    """What may be found out by now. That it is handled again is said by handling it again."""
    if row.called_at is None:
        return (FollowUpOutcome.UNREACHED,)
    return tuple(one for one in FollowUpOutcome if one not in (FollowUpOutcome.UNREACHED, FollowUpOutcome.REOPENED))


def end_by_reopening(petition: Petition, reason: str, *, at: datetime) -> None:
    """What he was dissatisfied with is handled again, and he is told so: nothing else is to be found out first."""
    if row := open_follow_up(petition):
        row.outcome, row.text, row.concluded_at = FollowUpOutcome.REOPENED, reason, at
        row.save(update_fields=["outcome", "text", "concluded_at"])


def last_moments(learned_at: datetime) -> tuple[datetime, datetime]:
    """D17: until when it was to be telephoned and written."""
    day = promises.local_day(learned_at)
    phone, written = (timedelta(minutes=term(clock, day).minutes) for clock in (Clock.D17_PHONE, Clock.D17))
    return learned_at + phone, learned_at + written


def refuse_own_work(petition: Petition, by: Officer) -> None:
    """Nobody asks the petitioner about work that he handled himself; a unit never about its own (domain 3.15)."""
    if policies.worked_on(petition, by):
        raise Refused("承办人、承办单位不能回访、认定自己办理的件，请由信访局其他人员办理。")
