"""领导批示 and 包案 (条例 十八): a leader's day may be earlier than the law's, never later (C4)."""

from datetime import date, datetime

from xinfang.deadlines import promises
from xinfang.deadlines.terms import Clock
from xinfang.foundation import written
from xinfang.foundation.errors import Refused
from xinfang.organizations import policies as organizations
from xinfang.organizations.models import Duty, Officer
from xinfang.petitions import fitting, road
from xinfang.petitions.codes import AssignmentKind
from xinfang.petitions.latest import latest_lead
from xinfang.petitions.lifecycle import BEFORE_THE_OPINION
from xinfang.petitions.models import Assignment, Instruction, Petition, Sponsorship, SponsorVisit
from xinfang.petitions.policies import By
from xinfang.trace.acts import act

LEADERS = frozenset({Duty.LEADER})


@act
def instruct(
    petition: Petition, *, leader: Officer, text: str, by: By, at: datetime, due_on: date | None = None
) -> Instruction:
    """领导批示: by the leader himself, or entered for him by the bureau's head. From now on it is a 交办."""
    petition = road.hold_petition(petition)
    step = road.enter("petition.instruct", petition, by=by, at=at)
    _refuse_leader(leader, by)
    if not text.strip():
        raise Refused("请写明批示内容。", field="text")
    lead = latest_lead(petition)
    working = lead if lead and lead.status in BEFORE_THE_OPINION else None
    _refuse_day(working, due_on, promises.local_day(at))
    row = fitting.add(Instruction, petition=petition, leader=leader, text=text, due_on=due_on, given_at=at)
    if working and due_on:
        _bring_forward(step, working, due_on)
    road.advance(step, is_instructed=True)
    road.leave(step, rows=[row], leader=leader.pk, instructed_due=due_on)
    return row


def _refuse_leader(leader: Officer, by: By) -> None:
    """Nobody speaks for a leader but himself, or the bureau's head who enters what he wrote."""
    if not organizations.holds(leader, LEADERS):
        raise Refused("批示人须是区领导岗位的人员。", field="leader", article="条例 十八")
    if isinstance(by, Officer) and not organizations.holds(by, {Duty.BUREAU_HEAD}) and by != leader:
        raise Refused("领导本人只能录入自己的批示；代录由信访局负责人办理。", field="leader", article="条例 十八")


def _refuse_day(lead: Assignment | None, due_on: date | None, today: date) -> None:
    if due_on is None:
        return
    if due_on <= today:
        raise Refused("批示的日期必须晚于今天。", field="due_on")
    last = lead.handling_due if lead and lead.handling_due else _latest_possible(today)
    if due_on > last:
        raise Refused(
            "批示的日期只能早于法定期限：最迟 %(day)s。要延长的，按条例第三十四条办理延期。",
            field="due_on",
            article="条例 三十四",
            day=last,
        )


def _latest_possible(today: date) -> date:
    """Were it given to a unit today."""
    return promises.due(Clock.D5, promises.due(Clock.D4, today).strict).strict


def _bring_forward(step: road.Step, lead: Assignment, due_on: date) -> None:
    """A 交办 that runs reports by the leader's day, where that is earlier; the law's own dates stand."""
    before = lead.feedback_due
    if lead.kind != AssignmentKind.ASSIGN or before is None or due_on >= before:
        return
    lead.petition = step.petition
    promises.stop([Clock.D7], subject="assignment", subject_id=lead.pk, at=step.at)
    road.start_clocks(step, Clock.D7, stated={Clock.D7: due_on}, of=lead)
    lead.feedback_due = due_on
    if lead.due_on == before:
        lead.due_on = due_on
    written.update(lead, ["feedback_due", "due_on"])


@act
def sponsor(petition: Petition, *, leader: Officer, plan: str, standard: str, by: By, at: datetime) -> Sponsorship:
    """包案: one leader answers for a hard matter until it is resolved."""
    petition = road.hold_petition(petition)
    step = road.enter("petition.sponsor", petition, by=by, at=at)
    _refuse_leader(leader, by)
    if not plan.strip():
        raise Refused("请写明化解方案。", field="plan")
    if not standard.strip():
        raise Refused("请写明达到什么标准算化解。", field="standard")
    if Sponsorship.objects.filter(matter=petition.matter_id, until=None).exists():
        raise Refused("同一事项已有领导包案。", article="条例 十八")
    row = fitting.add(
        Sponsorship,
        petition=petition,
        matter_id=petition.matter_id,
        leader=leader,
        plan=plan,
        standard=standard,
        since=at,
    )
    road.advance(step, is_sponsored=True)
    road.leave(step, rows=[row], leader=leader.pk)
    return row


@act
def log_sponsor_visit(petition: Petition, *, text: str, visited_on: date, by: By, at: datetime) -> SponsorVisit:
    """包案记录: a visit, a meeting, a call of the sponsor."""
    petition = road.hold_petition(petition)
    step = road.enter("petition.log_sponsor_visit", petition, by=by, at=at)
    if not text.strip():
        raise Refused("请写明做了什么。", field="text")
    if visited_on > promises.local_day(at):
        raise Refused("日期不能晚于今天。", field="visited_on")
    row = fitting.add(SponsorVisit, sponsorship=_open(petition, by), text=text, visited_on=visited_on)
    road.leave(step, rows=[row])
    return row


@act
def end_sponsorship(petition: Petition, *, result: str, by: By, at: datetime) -> Sponsorship:
    """结束包案: with what came of it."""
    petition = road.hold_petition(petition)
    step = road.enter("petition.end_sponsorship", petition, by=by, at=at)
    if not result.strip():
        raise Refused("请写明化解结果。", field="result")
    row = _open(petition, by)
    row.until, row.result = at, result
    fitting.refuse(row, ["result"])
    written.update(row, ["until", "result"])
    road.advance(step, is_sponsored=False)
    road.leave(step, rows=[row])
    return row


def _open(petition: Petition, by: By) -> Sponsorship:
    row = petition.sponsorships.select_related("leader").get(until=None)
    if isinstance(by, Officer) and not organizations.holds(by, {Duty.BUREAU_HEAD}) and by.pk != row.leader_id:
        raise Refused("由包案领导本人或者信访局负责人办理。", article="条例 十八")
    return row
