"""Whole lives of petitions, led through the real verbs by the right hands."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from bench import words
from bench.county import County
from xinfang.organizations.models import Duty, Officer, Unit
from xinfang.petitions import actions, remedies
from xinfang.petitions.actions.opinion import AnswerText
from xinfang.petitions.actions.triage import Disposition
from xinfang.petitions.codes import (
    AssignmentKind,
    CallAbout,
    DeliveryMode,
    DuplicateOutcome,
    EvaluationValue,
    FollowUpOutcome,
    MatterKind,
    NoteKind,
    OpinionResult,
    PetitionerView,
    Procedure,
    Way,
)
from xinfang.petitions.intake import Intake, Registered
from xinfang.petitions.models import Assignment, Opinion, Petition
from xinfang.trace.acts import PETITIONER

# Each step and its day after registration, at the pace of a county that keeps its terms.
DAYS = {
    "receive": 0,
    "register": 0,
    "check_duplicate": 0,
    "propose": 1,
    "approve": 1,
    "dispatch": 2,
    "sign_for": 3,
    "accept": 6,
    "handle": 8,
    "log_work": 12,
    "draft_opinion": 25,
    "issue_opinion": 27,
    "deliver": 30,
    "report": 32,
    "check_result": 34,
    "close": 35,
    "evaluate": 40,
    "archive": 120,
}
STEPS = tuple(DAYS)


@dataclass(frozen=True)
class Script:
    """What is decided before a life begins."""

    intake: Intake
    way: AssignmentKind
    organ: Unit
    unit: Unit
    result: OpinionResult = OpinionResult.SUPPORTED
    rating: EvaluationValue | None = EvaluationValue.SATISFIED
    repeats: Petition | None = None
    is_received_first: bool = False


class Life:
    """One petition. Each step is one act, a few hours or days after the one before."""

    petition: Petition
    assignment: Assignment
    opinion: Opinion
    registered: Registered

    def __init__(self, county: County, script: Script) -> None:
        self.county, self.script = county, script
        self.begun = script.intake.received_at + timedelta(hours=1)
        self.remedy = remedies.review_organs(script.unit)[0]

    def lead(self, *, until: str = STEPS[-1]) -> "Life":
        for step in STEPS[: STEPS.index(until) + 1]:
            self.take(step)
        return self

    def take(self, step: str) -> Any:
        """Do it if this life has it."""
        return getattr(self, f"_{step}")(self.at(step)) if self.has(step) else None

    def has(self, step: str) -> bool:
        is_assigned = self.script.way == AssignmentKind.ASSIGN
        if step == "receive":
            return self.script.is_received_first
        if step == "approve":
            return is_assigned or self.petition.is_group or self.petition.is_urgent
        if step == "evaluate":
            is_open = not self.petition.is_anonymous and self.script.repeats is None
            return is_open and self.script.rating is not None
        return is_assigned or step not in ("report", "check_result", "close")

    def at(self, step: str) -> datetime:
        return self.begun + timedelta(days=DAYS[step], minutes=10 * STEPS.index(step))

    def _organ_hand(self, duty: Duty, at_a_street: Duty) -> Officer:
        organ = self.script.organ
        return self.county.officer(organ, duty if organ == self.county.bureau else at_a_street)

    @property
    def _handler(self) -> Officer:
        return self.county.officer(self.script.unit, Duty.CASE_HANDLER)

    @property
    def _head(self) -> Officer:
        is_bureau = self.script.unit == self.county.bureau
        return self.county.officer(self.script.unit, Duty.BUREAU_HEAD if is_bureau else Duty.UNIT_HEAD)

    def _receive(self, at: datetime) -> None:
        by, intake = self._organ_hand(Duty.REGISTRAR, Duty.CASE_HANDLER), self.script.intake
        self.petition = actions.receive(
            channel=intake.channel, received_at=intake.received_at, organ=self.script.organ, by=by, at=at
        )

    def _register(self, at: datetime) -> None:
        by = self._organ_hand(Duty.REGISTRAR, Duty.CASE_HANDLER)
        draft = self.petition if self.script.is_received_first else None
        self.registered = actions.register(self.script.intake, organ=self.script.organ, by=by, at=at, draft=draft)
        self.petition = self.registered.petition

    def _check_duplicate(self, at: datetime) -> None:
        initial = self.script.repeats
        actions.check_duplicate(
            self.petition,
            outcome=DuplicateOutcome.REPEAT if initial else DuplicateOutcome.INITIAL,
            reason="同一人再次反映同一事项。" if initial else "无同人同事。",
            other=initial,
            by=self._organ_hand(Duty.DISPATCHER, Duty.CASE_HANDLER),
            at=at,
        )

    def _propose(self, at: datetime) -> None:
        disposition = Disposition(
            kind=MatterKind.APPEAL_CLAIM,
            procedure=Procedure.PETITION_PROCEDURE,
            category=self.script.intake.category,
            way=Way(self.script.way),
            lead_unit=self.script.unit,
            opinion=f"属{self.script.unit.short_name}职责，建议由其办理并答复信访人。",
        )
        actions.propose(self.petition, disposition, by=self._organ_hand(Duty.DISPATCHER, Duty.CASE_HANDLER), at=at)

    def _approve(self, at: datetime) -> None:
        by = self._organ_hand(Duty.BUREAU_HEAD, Duty.UNIT_HEAD)
        actions.approve(self.petition, note="同意，请抓紧办理。", by=by, at=at)

    def _dispatch(self, at: datetime) -> None:
        if self.script.way == AssignmentKind.SELF:
            by = self._organ_hand(Duty.DISPATCHER, Duty.UNIT_HEAD)
            self.assignment = actions.self_handle(self.petition, by=by, at=at)
        elif self.script.way == AssignmentKind.TRANSFER:
            self.assignment = actions.transfer(self.petition, by=self.county.desk(Duty.DISPATCHER), at=at)
        else:
            by = self.county.desk(Duty.DISPATCHER)
            self.assignment = actions.assign(self.petition, requirement="请按期报送办结报告。", by=by, at=at)

    def _sign_for(self, at: datetime) -> None:
        actions.sign_for(self.assignment, by=self._handler, at=at)

    def _accept(self, at: datetime) -> None:
        actions.accept(self.assignment, by=self._handler, at=at)

    def _handle(self, at: datetime) -> None:
        actions.handle(self.assignment, text="电话联系信访人，听取事实和理由。", by=self._handler, at=at)

    def _log_work(self, at: datetime) -> None:
        text = words.WORK[len(self.script.intake.text) % len(words.WORK)]
        actions.log_work(self.assignment, kind=NoteKind.SITE_VISIT, text=text, happened_at=at, by=self._handler, at=at)

    def _draft_opinion(self, at: datetime) -> None:
        answer = AnswerText("经现场核实，所反映情况基本属实。", "《物业管理条例》第五十二条", self.script.result)
        answers = {n: answer for n, _ in enumerate(self.script.intake.demands, start=1)}
        self.opinion = actions.draft_opinion(
            self.assignment, answers=answers, remedy_organ=self.remedy, by=self._handler, at=at
        )

    def _issue_opinion(self, at: datetime) -> None:
        actions.issue_opinion(self.assignment, draft=self.opinion.pk, by=self._head, at=at)

    def _deliver(self, at: datetime) -> None:
        actions.deliver(
            self.assignment,
            mode=DeliveryMode.IN_PERSON,
            delivered_on=timezone.localdate(at),
            proof="本人签收",
            by=self._handler,
            at=at,
        )

    def _report(self, at: datetime) -> None:
        actions.report(self.assignment, process="已核实并整改。", view=PetitionerView.AGREE, by=self._handler, at=at)

    def _check_result(self, at: datetime) -> None:
        actions.check_result(self.assignment, note="事实清楚，同意办结。", by=self.county.desk(Duty.SUPERVISOR), at=at)

    def _close(self, at: datetime) -> None:
        actions.close(self.petition, by=self.county.desk(Duty.DISPATCHER), at=at)

    def _evaluate(self, at: datetime) -> None:
        assert self.script.rating is not None
        reason = "处理太慢。" if self.script.rating == EvaluationValue.DISSATISFIED else ""
        actions.evaluate(
            self.petition,
            bureau=EvaluationValue.SATISFIED,
            unit=self.script.rating,
            reason=reason,
            act_secret=self.registered.act_secret,
            by=PETITIONER,
            at=at,
        )
        if reason:
            self._follow_up(at)

    def _follow_up(self, at: datetime) -> None:
        """Who was dissatisfied is called, and answered before the archive."""
        by, about, outcome = self.county.desk(Duty.SUPERVISOR), CallAbout.RATING, FollowUpOutcome.PROCEDURE
        actions.call_back(self.petition, about=about, is_reached=True, said="电话回访。", by=by, at=at)
        actions.conclude_follow_up(self.petition, outcome=outcome, text="已说明并改进。", by=by, at=at)

    def _archive(self, at: datetime) -> None:
        by = self._organ_hand(Duty.ARCHIVIST, Duty.UNIT_HEAD)
        actions.archive(self.petition, by=by, at=at)
