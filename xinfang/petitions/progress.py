"""办理进度: what a petitioner who has number and query code reads of his petition (domain 3.15). A pure reading.

Nothing of any officer is in it. Of a sealed accusation it tells only that it was passed on.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from xinfang.deadlines.models import Promise
from xinfang.deadlines.terms import Clock, Term, term
from xinfang.foundation.text import Text
from xinfang.organizations.models import Unit
from xinfang.petitions import came_directly, progress_again
from xinfang.petitions import progress_rows as rows
from xinfang.petitions.codes import (
    AssignmentRole,
    CommitmentStatus,
    Confidentiality,
    EvaluationStatus,
    FollowUpOutcome,
    Procedure,
    ReviewLevel,
)
from xinfang.petitions.lifecycle import MOVES, PetitionStatus
from xinfang.petitions.models import (
    Answer,
    Assignment,
    Commitment,
    Demand,
    Ending,
    Evaluation,
    Hearing,
    Petition,
    ReviewCase,
)
from xinfang.petitions.plain_words import (
    AFTER_HIS_RATING,
    ENDED,
    ENDED_AND_ARCHIVED,
    FINAL_REVIEW_IS_OVER,
    FOUND,
    GIVEN,
    GIVEN_BACK,
    LOOKED_INTO,
    PROMISES,
    REVIEW_IS_OVER,
    ROUTED_AND_CLOSED,
    STAGES,
    Stage,
    said,
)
from xinfang.petitions.reasons import why
from xinfang.petitions.reviews import IS_SAID, WINDOWS, Offer, is_proven, offered, under_way_of

_OF_HANDLING = (Clock.D5, Clock.D8B)
_GIVEN = frozenset({PetitionStatus.DISPATCHED, PetitionStatus.SELF_HANDLING})


@dataclass(frozen=True)
class Step:
    """What happened, and the day."""

    on: date
    text: str


@dataclass(frozen=True)
class Next:
    """What comes next, until when, which article says so and why that day. `is_late`: an office let its last day pass."""

    text: str
    due: date | None = None
    article: str = ""
    is_late: bool = False
    why: tuple[str, ...] = ()


@dataclass(frozen=True)
class Promised:
    """What was promised to one demand: by whom, until when, what came of it. `is_late`: its day has passed, and nothing did."""

    what: str
    unit: str
    due: date
    state: str
    is_late: bool = False


@dataclass(frozen=True)
class Claim:
    """One demand and, once an opinion was issued, its answer and what it promises."""

    n: int
    text: str
    result: str = ""
    finding: str = ""
    basis: str = ""
    promised: Promised | None = None


@dataclass(frozen=True, kw_only=True)
class Progress:
    """`unit` has had it since `since`. The petitioner may rate until `rating_until`, when that is set."""

    number: str
    state: str
    next: Next
    steps: tuple[Step, ...]
    unit: str = ""
    telephone: str = ""
    since: date | None = None
    claims: tuple[Claim, ...] = ()
    rating_until: date | None = None
    rating_why: tuple[str, ...] = ()
    organ: str = ""
    organ_telephone: str = ""
    title: str = ""
    text: str = ""
    materials: int = 0
    """What he wrote and how much he handed in; of a sealed petition nothing, whoever holds the slip."""
    offer: Offer | None = None
    """The review he may ask for now."""
    may_withdraw_review: bool = False
    reviewed: progress_again.Reviewed | None = None


def of(petition: Petition, *, today: date) -> Progress:
    """Two statements; with an opinion reviews and their organs beside it, what runs once it is delivered, then his rating."""
    if petition.confidentiality == Confidentiality.ACCUSATION_COMPARTMENT:
        return _of_accusation(petition)
    if not petition.is_public_to_petitioner:
        return _withheld(petition)
    facts = _read(petition)
    return Progress(
        number=str(petition),
        state=facts.says(facts.stage.state),
        next=facts.next_on(today),
        steps=tuple(sorted(facts.steps(), key=lambda step: step.on)),  # of one day in the order of the road
        **facts.held_by(),
        claims=facts.claims_on(today),
        rating_until=facts.rating_until(today),
        rating_why=facts.rating_why(today),
        organ=petition.organ.name,
        organ_telephone=petition.organ.telephone,
        **_of_his_own_words(petition),
        offer=facts.offer,
        may_withdraw_review=progress_again.may_be_withdrawn(facts.reviews),
        reviewed=progress_again.reviewed(facts.reviews, petition),
    )


def _of_his_own_words(petition: Petition) -> dict[str, Any]:
    if petition.is_sealed:
        return {}
    return {"title": petition.title, "text": petition.text, "materials": getattr(petition, "materials", 0) or 0}


def _of_accusation(petition: Petition) -> Progress:
    """检举控告: which organ has it is told to nobody through this door (条例 三十)."""
    case = rows.DISCIPLINE.first(petition.pk)
    steps = [Step(_day(petition.registered_at), _("登记。"))]
    state, coming = _("已收到并登记。"), _("将按照管理权限转有关机关处理。")
    if routed := petition.dispatched_at or petition.ended_at:
        state, coming = _("已转有关机关。"), _("有关机关将按照规定处理。")
        steps.append(Step(_day(routed), state))
    if case:
        state = _("有关机关已经接收，正在办理。")
        steps.append(Step(_day(case.taken_at), _("有关机关接收。")))
    if case and case.answered_at:
        state = _("有关机关已经办完。")
        coming = _("没有下一步。") if petition.is_anonymous else _("结果书面反馈给您，请留意收信。")
        steps.append(Step(_day(case.answered_at), _("有关机关作出反馈。")))
    return Progress(number=str(petition), state=state, next=Next(coming), steps=tuple(steps))


def _withheld(petition: Petition) -> Progress:
    organ = petition.organ
    return Progress(
        number=str(petition),
        state=_("已登记。本件的办理情况不在网上公布。"),
        next=Next(_("请到%(organ)s窗口或者打电话查询。") % {"organ": organ.name}),
        steps=(Step(_day(petition.registered_at), _("登记。")),),
        organ=organ.name,
        organ_telephone=organ.telephone,
    )


@dataclass(frozen=True)
class _Facts:
    """The rows a reading is made from."""

    petition: Petition
    assignments: list[Assignment]
    lead: Assignment | None
    demands: list[Demand]
    answers: list[Answer]
    promised: list[Promise]
    evaluations: list[Evaluation]
    ending: Ending | None = None
    asked: list[ReviewCase] = field(default_factory=list)
    hearings: list[Hearing] = field(default_factory=list)

    @property
    def running(self) -> dict[str, Promise]:
        return {promise.clock: promise for promise in self.promised if promise.stopped_at is None}

    @property
    def reviews(self) -> list[ReviewCase]:
        """Those of this petition, of all of its matter."""
        return [review for review in self.asked if review.petition_id == self.petition.pk]

    @property
    def offer(self) -> Offer | None:
        """What he may ask for now, where the opinion that was told is the one that stands."""
        if not self.answers or not may_ask(self.petition, self.assignments):
            return None
        return offered(self.petition, self.answers[0].opinion, self.asked, until=self._window)

    def _window(self, level: ReviewLevel) -> date | None:
        """As it was promised last, though it may have been used since."""
        delivery = getattr(self.answers[0].opinion, "delivery", None)
        if level == ReviewLevel.REVIEW and not is_proven(delivery):
            return None
        windows = [promise for promise in self.promised if promise.clock == WINDOWS[level]]
        return max(windows, key=lambda one: (one.started_on, one.pk)).due_on if windows else None

    @property
    def stage(self) -> Stage:
        """The assignment's state while a unit has the work, otherwise the petition's; a review comes before both."""
        if again := progress_again.stage_of(self.reviews, has_window=Clock.D11 in self.running):
            return again
        if self.petition.archived_at and self.petition.ended_at:
            return ENDED_AND_ARCHIVED
        if self.petition.status == PetitionStatus.CLOSED and self.lead and self.lead.procedure_due:
            return ROUTED_AND_CLOSED
        if self.petition.status not in _GIVEN:
            return STAGES[self.petition.status]
        return STAGES[self.lead.status if self.lead else PetitionStatus.TRIAGED]

    @property
    def clock(self) -> Clock | None:
        """Whose last day is told. Ten working days are the simple procedure's sixty days."""
        is_simple = self.lead is not None and self.lead.procedure == Procedure.SIMPLE_PROCEDURE
        return Clock.D8B if self.stage.clock == Clock.D5 and is_simple else self.stage.clock

    @property
    def holder(self) -> Unit:
        return self.lead.unit if self.lead else self.petition.organ

    @property
    def since(self) -> date:
        return _day(self.lead.received_at if self.lead else self.petition.registered_at)

    def held_by(self) -> dict[str, Any]:
        """While it is looked at again the organ that does so has it, and no telephone of a unit's answers for that organ."""
        if again := under_way_of(self.reviews):
            return {"unit": again.organ, "since": again.received_on}
        return {"unit": self.holder.name, "telephone": self.holder.telephone, "since": self.since}

    def claims_on(self, today: date) -> tuple[Claim, ...]:
        if not self.answers:
            return tuple(Claim(demand.n, demand.text) for demand in self.demands)
        return tuple(
            Claim(
                a.demand.n,
                a.demand.text,
                a.get_result_display(),
                a.finding,
                a.basis,
                _promised(a, self.petition, today),
            )
            for a in self.answers
        )

    def says(self, text: Text) -> str:
        remedy = self.answers[0].opinion.remedy_organ if self.answers else ""
        again = self.reviews[-1] if self.reviews else None
        above = {"organ_above": again.organ, "level": again.get_level_display()} if again else {}
        return said(text, organ=self.petition.organ.name, unit=self.holder.name, remedy=remedy, **above)

    def next_on(self, today: date) -> Next:
        if again := under_way_of(self.reviews):
            due, article = progress_again.last_day_of(again)
            return Next(self.says(self.stage.coming), due, article, is_late=due is not None and due < today)
        if waiting := self._after_his_rating(today):
            return waiting
        due, article = self._last_day(self.clock)
        is_past = due is not None and due < today
        if self.clock == Clock.D9 and (due is None or is_past):
            return Next(str(REVIEW_IS_OVER))
        if self.clock == Clock.D11 and is_past:
            return Next(str(FINAL_REVIEW_IS_OVER))
        if self.ending and self.ending.road:
            return Next(self.ending.road)
        reasons = self._why(self.clock, due) if self.clock and due else ()
        return Next(self.says(self.stage.coming), due, article or self.stage.article, is_late=is_past, why=reasons)

    def _after_his_rating(self, today: date) -> Next | None:
        """He said 不满意: the bureau calls, then tells him what it found. What he may ask for besides stands by itself."""
        for clock, text in AFTER_HIS_RATING.items():
            if promise := self.running.get(clock):
                return Next(str(text), promise.due_on, promise.term.article, is_late=promise.due_on < today)
        return None

    def _why(self, clock: Clock, due: date) -> tuple[str, ...]:
        """Counted from the day the clock started on."""
        petition, lead = ("petition", self.petition.pk), ("assignment", self.lead.pk if self.lead else 0)
        if clock == Clock.D2:
            return why(clock, _day(self.petition.received_at), due, petition, is_direct=self._is_direct(clock))
        if self.lead and clock == Clock.D4:
            return why(clock, self._came_on(self.lead), due, lead, is_direct=self._is_direct(clock))
        if self.lead and clock in _OF_HANDLING:
            return why(clock, min(_day(self.lead.accepted_at), self.lead.notice_due), due, lead)
        promise = self.running.get(clock)
        return why(clock, promise.started_on, due, petition) if promise else ()

    def _came_on(self, lead: Assignment) -> date:
        """What an organ handles itself reached it with the petition."""
        return _day(self.petition.received_at if came_directly.to_its_unit(lead) else lead.received_at)

    def _is_direct(self, clock: Clock) -> bool:
        if clock == Clock.D2:
            return came_directly.to_its_organ(self.petition)
        return self.lead is not None and came_directly.to_its_unit(self.lead)

    def _rule(self, clock: Clock, on: date) -> Term:
        return term(clock, on).received_directly() if self._is_direct(clock) else term(clock, on)

    def _last_day(self, clock: Clock | None) -> tuple[date | None, str]:
        """As it was promised, with the article in force when the clock started."""
        if clock == Clock.D2:
            return self.petition.due_on, self._rule(clock, _day(self.petition.received_at)).article
        if self.lead and clock == Clock.D4:
            return self.lead.notice_due, self._rule(clock, self._came_on(self.lead)).article
        if self.lead and self.lead.procedure_due and clock == Clock.D13:
            return self.lead.procedure_due, term(clock, self.lead.procedure_due).article
        if self.lead and clock in _OF_HANDLING:
            return self.lead.handling_due, term(clock, _day(self.lead.accepted_at)).article
        promise = self.running.get(clock) if clock else None
        return (promise.due_on, promise.term.article) if promise else (None, "")

    def rating_until(self, today: date) -> date | None:
        window = self.running.get(Clock.D14)
        is_pending = self.petition.evaluation_status == EvaluationStatus.PENDING
        return window.due_on if is_pending and window and window.is_open_on(today) else None

    def rating_why(self, today: date) -> tuple[str, ...]:
        until = self.rating_until(today)
        return self._why(Clock.D14, until) if until else ()

    def steps(self) -> Iterator[Step]:
        petition = self.petition
        registered_on, received_on = _day(petition.registered_at), _day(petition.received_at)
        if received_on != registered_on:
            yield Step(received_on, _("收到您的信访（%(channel)s）。") % {"channel": petition.get_channel_display()})
        yield Step(registered_on, _("%(organ)s登记，并给出编号和查询码。") % {"organ": petition.organ.name})
        for assignment in self.assignments:
            if assignment.role == AssignmentRole.LEAD:  # a unit that helps writes to him never
                yield from _steps_of(assignment)
        yield from self._steps_of_the_end()
        for on, text in progress_again.steps_of(self.reviews, self.hearings):
            yield Step(on, text)
        yield from _steps_of_his_own(petition)
        yield from self._steps_afterwards()

    def _steps_of_the_end(self) -> Iterator[Step]:
        delivery = getattr(self.answers[0].opinion, "delivery", None) if self.answers else None
        if delivery:
            mode = delivery.get_mode_display()
            yield Step(delivery.delivered_on, _("处理意见书送达（%(mode)s）。") % {"mode": mode})
        if self.petition.ended_at:
            act, destination = (self.ending.act, self.ending.destination) if self.ending else ("", "")
            text = said(ENDED[act], organ=self.petition.organ.name, destination=destination)
            yield Step(_day(self.petition.ended_at), text)
        if self.petition.closed_at:
            yield Step(_day(self.petition.closed_at), _("办结。"))
        for rating in self.evaluations:
            text = _("您作出评价：对信访局%(bureau)s，对办理单位%(unit)s。")
            marks = {"bureau": rating.get_bureau_display(), "unit": rating.get_unit_display()}
            yield Step(_day(rating.evaluated_at), text % marks)
        yield from self._steps_of_his_rating()

    def _steps_of_his_rating(self) -> Iterator[Step]:
        """That he was called and that it was looked into; what was found is in the letter."""
        is_bad = any(one.is_dissatisfied for one in self.evaluations)
        for one in rows.FOLLOW_UPS.all(self.petition.pk) if is_bad else ():
            if one.called_at:
                yield Step(_day(one.called_at), _("因您评价不满意，信访局回访了您。"))
            if one.concluded_at:
                yield Step(_day(one.concluded_at), str(FOUND.get(FollowUpOutcome(one.outcome), LOOKED_INTO)))

    def _steps_afterwards(self) -> Iterator[Step]:
        if self.petition.resolved_at:
            yield Step(_day(self.petition.resolved_at), _("认定化解：问题已经解决。"))
        if self.petition.archived_at:
            yield Step(_day(self.petition.archived_at), _("归档。"))


def _promised(answer: Answer, petition: Petition, today: date) -> Promised | None:
    commitment: Commitment | None = getattr(answer, "commitment", None)
    if commitment is None:
        return None
    commitment.petition = petition  # its key opens what is sealed
    status = CommitmentStatus(commitment.status)
    on = _day(commitment.kept_at).isoformat() if commitment.kept_at else ""
    state = str(PROMISES[status]) % {"on": on}
    is_late = status == CommitmentStatus.OPEN and commitment.due_on < today
    return Promised(commitment.what, commitment.unit.name, commitment.due_on, state, is_late)


def _steps_of_his_own(petition: Petition) -> Iterator[Step]:
    """What he asked for meanwhile, what he was told, and when his slip was replaced."""
    for plea in rows.PLEAS.all(petition.pk) if petition.has_pleas else ():
        plea.petition = petition
        said = {"kind": plea.get_kind_display(), "text": plea.text}
        yield Step(_day(plea.made_at), _("您提出%(kind)s：%(text)s") % said)
        if reply := getattr(plea, "reply", None):
            reply.petition = petition
            told = {"unit": reply.unit.name, "text": reply.text}
            yield Step(_day(reply.replied_at), _("%(unit)s回话：%(text)s") % told)
    for renewal in rows.RENEWALS.all(petition.pk) if petition.has_renewals else ():
        yield Step(_day(renewal.made_at), _("核对证件，补办登记单；原来的查询码和办事密码作废。"))


def _steps_of(assignment: Assignment) -> Iterator[Step]:
    unit = assignment.unit.name
    yield Step(_day(assignment.received_at), said(GIVEN[assignment.kind], unit=unit))
    if assignment.accepted_at and assignment.procedure_due and not assignment.contacted_at:
        yield Step(_day(assignment.accepted_at), _("%(unit)s告知按其他法定途径处理。") % {"unit": unit})
    elif assignment.accepted_at:
        yield Step(_day(assignment.accepted_at), _("%(unit)s受理，并发出受理告知书。") % {"unit": unit})
    if assignment.opinion_at:
        yield Step(_day(assignment.opinion_at), _("%(unit)s出具处理意见书。") % {"unit": unit})
    if assignment.status in GIVEN_BACK:
        yield Step(_day(assignment.done_at), said(GIVEN_BACK[assignment.status], unit=unit))


def _read(petition: Petition) -> _Facts:
    """Only what is told now: what an opinion or an end would say is read once there is one."""
    assignments = rows.assignments(petition)
    leads = [a for a in assignments if a.role == AssignmentRole.LEAD and a.status not in GIVEN_BACK]
    lead = leads[-1] if leads else None
    is_answered = lead is not None and lead.opinion_at is not None
    is_delivered = lead is not None and lead.delivered_at is not None
    is_rated = petition.evaluation_status == EvaluationStatus.RATED
    is_said = is_answered and may_ask(petition, assignments)
    return _Facts(
        petition=petition,
        assignments=assignments,
        lead=lead,
        demands=[] if is_answered else rows.demands(petition),
        answers=rows.answers(lead) if lead and is_answered else [],
        promised=rows.PROMISED.all(petition.pk) if is_delivered or petition.closed_at else [],
        evaluations=rows.evaluations(petition) if is_rated else [],
        ending=rows.ENDING.first(petition.pk) if petition.ended_at else None,
        asked=progress_again.reviews_of(petition, may_ask=is_said),
        hearings=progress_again.hearings_of(petition),
    )


def may_ask(petition: Petition, assignments: Iterable[Assignment]) -> bool:
    """Whether an opinion stands that can be looked at again."""
    leads = [one for one in assignments if one.role == AssignmentRole.LEAD]
    is_open = petition.status in MOVES["petition.apply_review"].start
    return is_open and bool(leads) and leads[-1].status in IS_SAID


def _day(at: datetime | None) -> date:
    assert at is not None
    return timezone.localdate(at)
