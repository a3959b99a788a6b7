"""One life: asked again and again what comes next, until the archive, or until the next step would lie in the future."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.utils import timezone

from xinfang.deadlines.queries import running_of
from xinfang.deadlines.terms import Clock
from xinfang.foundation.errors import Refused
from xinfang.organizations.models import Duty, Officer, Unit
from xinfang.petitions import actions, reply_gate
from xinfang.petitions.actions.opinion import AnswerText
from xinfang.petitions.actions.triage import Disposition
from xinfang.petitions.codes import (
    AssignmentKind,
    CallAbout,
    DeliveryMode,
    DuplicateOutcome,
    EvaluationStatus,
    EvaluationValue,
    FollowUpOutcome,
    MatterKind,
    Procedure,
    Purpose,
    Way,
)
from xinfang.petitions.latest import latest_draft, latest_proposal
from xinfang.petitions.lifecycle import AssignmentStatus, PetitionStatus
from xinfang.petitions.look_alikes import repeat_candidates
from xinfang.petitions.models import Assignment, Petition, Proposal
from xinfang.petitions.play import phrases
from xinfang.petitions.play.casting import Casting
from xinfang.petitions.play.company import Company
from xinfang.petitions.play.paper import rating_form
from xinfang.petitions.play.script import Script, at_minute
from xinfang.petitions.sweeps import HAND as SWEEPER

_NEXT = {
    AssignmentStatus.AWAITING_SIGN: "sign_for",
    AssignmentStatus.SIGNED: "accept",
    AssignmentStatus.ACCEPTED: "handle",
    AssignmentStatus.OPINION_ISSUED: "deliver",
    AssignmentStatus.DELIVERED: "report",
    AssignmentStatus.REPORTED: "check_result",
    AssignmentStatus.DONE: "close",
}

ALL_DEMANDS = range(1, 100)
"""The heads of the play have looked up every basis."""


@dataclass(frozen=True)
class Stage:
    """What all lives of a run share."""

    company: Company
    casting: Casting
    now: datetime


class Life:
    """The life of one petition. Each step reads it again: others may act on it too."""

    def __init__(self, petition: Petition, stage: Stage, script: Script | None = None) -> None:
        self.pk, self.organ, self.stage = petition.pk, petition.organ, stage
        self.script = script or Script(petition.number or "")

    def go_on(self, *, until: Collection[str] = ()) -> bool:
        """Live until the archive, or until one of these steps comes next. False when the future stopped it."""
        while (step := self._fresh().next_step()) and step not in until:
            at = self.when(step)
            if at > self.stage.now:
                return False
            self._take(step, at)
        return True

    def _take(self, step: str, at: datetime) -> None:
        try:
            getattr(self, step)(at)
        except Refused:
            # Somebody else, a sweep or an officer at his desk, may have taken the step meanwhile.
            if self._fresh().next_step() == step:
                raise

    def _fresh(self) -> "Life":
        for name in ("petition", "proposal", "assignment"):
            self.__dict__.pop(name, None)
        return self

    @cached_property
    def petition(self) -> Petition:
        return Petition.objects.select_related("organ").get(pk=self.pk)

    @cached_property
    def proposal(self) -> Proposal:
        proposal = latest_proposal(self.petition)
        assert proposal is not None
        return proposal

    @cached_property
    def assignment(self) -> Assignment:
        return self.petition.assignments.select_related("unit").latest("id")

    def next_step(self) -> str:
        """Empty when the road has ended."""
        status = self.petition.status
        if status == PetitionStatus.REGISTERED:
            return "propose" if self.petition.duplicate_checked_at else "check_duplicate"
        if status == PetitionStatus.TRIAGED:
            return "approve" if self.proposal.needs_approval and not hasattr(self.proposal, "approval") else "dispatch"
        if status == PetitionStatus.CLOSED:
            is_open = self.petition.evaluation_status == EvaluationStatus.PENDING
            return ("evaluate" if self.script.is_rated else "expire") if is_open else "archive"
        return "" if status == PetitionStatus.ARCHIVED else self._next_of_unit()

    def _next_of_unit(self) -> str:
        status = AssignmentStatus(self.assignment.status)
        if status != AssignmentStatus.HANDLING:
            return _NEXT.get(status, "")
        if self.assignment.notes.count() <= self.script.notes:
            return "log_work"
        return "issue_opinion" if latest_draft(self.assignment) else "draft_opinion"

    def when(self, step: str) -> datetime:
        if step == "expire":
            window = running_of("petition", self.pk).get(clock=Clock.D14)
            return at_minute(window.due_on + timedelta(days=1), 90)
        if step == "archive" and self.petition.due_on:
            after = max(self._last(), at_minute(self.petition.due_on + timedelta(days=1), 0))
            return self.script.moment(step, after)
        nth = self.assignment.notes.count() if step == "log_work" else 0
        return self.script.moment(step, self._last(), nth=nth)

    def _last(self) -> datetime:
        """When the petition was last moved on."""
        petition = self.petition
        moments = [petition.registered_at, petition.duplicate_checked_at, petition.triaged_at, petition.closed_at]
        moments += petition.approvals.values_list("approved_at", flat=True)
        moments += petition.evaluations.values_list("evaluated_at", flat=True)
        if petition.dispatched_at:
            moments += self._moments_of_unit()
        return max(moment for moment in moments if moment)

    def _moments_of_unit(self) -> list[datetime | None]:
        a = self.assignment
        own = [
            a.received_at,
            a.signed_at,
            a.accepted_at,
            a.contacted_at,
            a.opinion_at,
            a.delivered_at,
            a.reported_at,
            a.done_at,
        ]
        drafts = a.opinions.values_list("drafted_at", flat=True)
        return [*own, *a.notes.values_list("happened_at", flat=True), *drafts]

    # The hands.

    def bureau(self, duty: Duty) -> Officer:
        return self.stage.company.one(self.organ, duty)

    @property
    def handler(self) -> Officer:
        is_own = self.assignment.kind == AssignmentKind.SELF
        return self.stage.company.one(self.assignment.unit, Duty.DISPATCHER if is_own else Duty.CASE_HANDLER)

    @property
    def head(self) -> Officer:
        is_own = self.assignment.kind == AssignmentKind.SELF
        return self.stage.company.one(self.assignment.unit, Duty.BUREAU_HEAD if is_own else Duty.UNIT_HEAD)

    # The steps.

    def check_duplicate(self, at: datetime) -> None:
        outcome, other = self._same_matter(at)
        actions.check_duplicate(
            self.petition,
            outcome=outcome,
            other=other,
            reason=phrases.DUPLICATE[outcome],
            by=self.bureau(Duty.DISPATCHER),
            at=at,
        )

    def _same_matter(self, at: datetime) -> tuple[DuplicateOutcome, Petition | None]:
        """A repeat is of a petition that has been answered; while that one is open, the two are related."""
        found = repeat_candidates(self.petition, self.bureau(Duty.DISPATCHER))
        earlier = [c.petition for c in found if c.petition.received_at < self.petition.received_at]
        same = next((petition for petition in earlier if petition.title == self.petition.title), None)
        if same and same.closed_at and same.closed_at <= at:
            return DuplicateOutcome.REPEAT, same
        related = same or next(iter(earlier), None)
        return (DuplicateOutcome.RELATED, related) if related else (DuplicateOutcome.INITIAL, None)

    def propose(self, at: datetime) -> None:
        way, casting = self.script.way, self.stage.casting
        unit = self.organ
        if way != AssignmentKind.SELF:
            unit = casting.lead(self.petition, self.script)
        disposition = Disposition(
            kind=_kind(self.petition),
            procedure=Procedure.PETITION_PROCEDURE,
            category=casting.category(self.petition),
            way=Way(way),
            lead_unit=unit,
            opinion=f"属{unit.name}职责，建议{way.label}。",
        )
        actions.propose(self.petition, disposition, by=self.bureau(Duty.DISPATCHER), at=at)

    def approve(self, at: datetime) -> None:
        actions.approve(self.petition, note="同意，按期办理并报结果。", by=self.bureau(Duty.BUREAU_HEAD), at=at)

    def dispatch(self, at: datetime) -> None:
        by = self.bureau(Duty.DISPATCHER)
        if self.proposal.disposition == AssignmentKind.TRANSFER:
            actions.transfer(self.petition, by=by, at=at)
        elif self.proposal.disposition == AssignmentKind.SELF:
            actions.self_handle(self.petition, by=by, at=at)
        else:
            due = self.script.feedback_due(at)
            actions.assign(self.petition, requirement=phrases.REQUIREMENT, feedback_due=due, by=by, at=at)

    def sign_for(self, at: datetime) -> None:
        actions.sign_for(self.assignment, by=self.handler, at=at)

    def accept(self, at: datetime) -> None:
        actions.accept(self.assignment, by=self.handler, at=at)

    def handle(self, at: datetime) -> None:
        text = self.script.phrase(phrases.CONTACT, "contact")
        actions.handle(self.assignment, text=text, by=self.handler, at=at)

    def log_work(self, at: datetime) -> None:
        nth = self.assignment.notes.count()
        kind = self.script.note(nth)
        text = self.script.phrase(phrases.WORK[kind], f"work {nth}")
        actions.log_work(self.assignment, kind=kind, text=text, happened_at=at, by=self.handler, at=at)

    def draft_opinion(self, at: datetime) -> None:
        answers = {demand.n: self._answer(demand.n) for demand in self.petition.demands.all()}
        actions.draft_opinion(
            self.assignment, answers=answers, remedy_organ=_remedy_organ(self.assignment.unit), by=self.handler, at=at
        )

    def _answer(self, n: int) -> AnswerText:
        result = self.script.result(n)
        return AnswerText(self.script.phrase(phrases.FINDING[result], f"finding {n}"), phrases.BASIS, result)

    def issue_opinion(self, at: datetime) -> None:
        draft = latest_draft(self.assignment)
        assert draft is not None
        actions.issue_opinion(self.assignment, draft=draft.pk, looked_up=ALL_DEMANDS, by=self.head, at=at)

    def deliver(self, at: datetime) -> None:
        mode = DeliveryMode.FILED if self.petition.is_anonymous else self.script.mode
        on, proof = timezone.localdate(at), phrases.PROOF[mode]
        actions.deliver(
            self.assignment, mode=mode, delivered_on=on, proof=proof, consented_on=on, by=self.handler, at=at
        )

    def report(self, at: datetime) -> None:
        process = self.script.phrase(phrases.PROCESS, "process")
        actions.report(self.assignment, process=process, view=self.script.view, by=self.handler, at=at)

    def check_result(self, at: datetime) -> None:
        by = self.bureau(Duty.SUPERVISOR)
        actions.check_result(self.assignment, note="事实清楚，逐项答复，送达齐备。", by=by, at=at)

    def close(self, at: datetime) -> None:
        actions.close(self.petition, by=self.bureau(Duty.DISPATCHER), at=at)

    def evaluate(self, at: datetime) -> None:
        bureau, unit = self.script.ratings
        is_bad = EvaluationValue.DISSATISFIED in (bureau, unit)
        reason = self.script.phrase(phrases.DISSATISFIED, "reason") if is_bad else ""
        by = self.bureau(Duty.REGISTRAR)
        scan = rating_form(self.petition, by=by, at=at)
        actions.evaluate(self.petition, bureau=bureau, unit=unit, reason=reason, scan=scan, by=by, at=at)
        if is_bad:
            self._follow_up(at)

    def _follow_up(self, at: datetime) -> None:
        """Who was dissatisfied is called, and told what is done."""
        by, about = self.bureau(Duty.SUPERVISOR), CallAbout.RATING
        actions.call_back(self.petition, about=about, is_reached=True, said=phrases.CALLED, by=by, at=at)
        outcome = FollowUpOutcome.PROCEDURE
        actions.conclude_follow_up(self.petition, outcome=outcome, text=phrases.PUT_RIGHT, by=by, at=at)

    def expire(self, at: datetime) -> None:
        actions.expire_evaluation(self.petition, by=SWEEPER, at=at)

    def archive(self, at: datetime) -> None:
        actions.archive(self.petition, by=self.bureau(Duty.ARCHIVIST), at=at)


def _kind(petition: Petition) -> MatterKind:
    is_advice = petition.purpose in (Purpose.SUGGESTION, Purpose.CONSULT)
    return MatterKind.SUGGESTION if is_advice else MatterKind.APPEAL_CLAIM


def _remedy_organ(unit: Unit) -> str:
    """The usual organ of 复查; where the county has named none, the government above."""
    return reply_gate.organ_of(unit) or "本级人民政府"
