"""A hero's life, told step by step, as far as today and as far as the ordinary road goes."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cached_property

from django.utils import timezone

from xinfang.desk.demo_lives import keys
from xinfang.desk.demo_texts import Filled, Hero, Person, Step, Told
from xinfang.organizations.models import Division, DivisionKind, Duty, Officer, Post, Unit, UnitKind
from xinfang.organizations.queries import open_units
from xinfang.petitions import actions, intake
from xinfang.petitions.actions.triage import GIVEN_TO_A_UNIT, Disposition
from xinfang.petitions.codes import (
    Channel,
    DeliveryMode,
    DuplicateOutcome,
    EvaluationValue,
    MatterKind,
    NoteKind,
    PetitionerView,
    Procedure,
    Purpose,
    ReviewDecision,
    ReviewLevel,
    Way,
)
from xinfang.petitions.models import Assignment, Custodian, Hearing, Petition, ReviewCase
from xinfang.petitions.models.petitioner import Identity
from xinfang.petitions.play.company import Company
from xinfang.petitions.play.paper import application_form, rating_form
from xinfang.trace.acts import AlreadyDone, once

APART = timedelta(minutes=4)
NO_REQUIREMENT = "请依法按程序办理，书面答复信访人，并在反馈期限内报送办结报告。"


@dataclass(frozen=True)
class Land:
    """Who acts, in which units, and what today is."""

    company: Company
    now: datetime

    @cached_property
    def units(self) -> Mapping[int, Unit]:
        return {unit.serial: unit for unit in open_units(timezone.localdate(self.now)) if unit.serial is not None}

    @cached_property
    def streets(self) -> Mapping[str, str]:
        return dict(Division.objects.filter(kind=DivisionKind.STREET).values_list("code", "name"))

    def place_in_street(self, filled: Filled) -> str:
        """The street is a field of its own."""
        return filled.place.removeprefix(self.streets[filled.street])

    @cached_property
    def bureau(self) -> Unit:
        return next(unit for unit in self.units.values() if unit.kind == UnitKind.BUREAU)

    @cached_property
    def keeper(self) -> Officer:
        """One of the two who keep the accusations of the bureau: somebody without a card, to whom nobody switches."""
        officer, today = self.company.one(self.bureau, Duty.JOINT_CONFERENCE), timezone.localdate(self.now)
        if not Custodian.objects.filter(officer=officer, until__isnull=True).exists():
            discipline = next(unit for unit in self.units.values() if unit.kind == UnitKind.DISCIPLINE)
            head, confirmer = (
                self.company.one(self.bureau, Duty.BUREAU_HEAD),
                self.company.one(discipline, Duty.DISCIPLINE),
            )
            appointed = actions.appoint_custodian(officer=officer, since=today, by=head, at=self.now)
            actions.confirm_custodian(appointed, by=confirmer, at=self.now)
        return officer

    @cached_property
    def leader(self) -> Officer:
        """Who sits at the leader's desk of the demonstration: of the first office that has one."""
        post = Post.objects.filter(duty=Duty.LEADER).select_related("unit").order_by("unit__serial", "pk")[:1].get()
        return self.company.one(post.unit, Duty.LEADER)


def tell(hero: Hero, land: Land) -> None:
    for told in hero.petitions:
        if told.petition.purpose == Purpose.ACCUSE:
            _keeper = land.keeper  # appointed before the petition comes
        Telling(hero, told, land).tell()


class Telling:
    """One petition of a hero. Each step is done once, however often it is told."""

    def __init__(self, hero: Hero, told: Told, land: Land) -> None:
        self.hero, self.told, self.land = hero, told, land
        self.filled = told.petition

    def tell(self) -> None:
        for nth, step, at in self._steps():
            try:
                with once(keys.of_hero(self.hero.key, self.filled.key, nth)):
                    self._verb(step)(step, at)
            except AlreadyDone:
                continue

    def _steps(self) -> Iterator[tuple[int, Step, datetime]]:
        """The steps of the ordinary road by today. What the clock of today has not reached yet happened a moment ago."""
        done = [step for step in self.told.steps if step.days >= 0]
        for nth, step in enumerate(done):
            latest = self.land.now - APART * (len(done) - nth)
            yield nth, step, min(self._moment(step), latest)
            if self.hero.until and step.verb == self.hero.until:
                return

    def _moment(self, step: Step) -> datetime:
        day = timezone.localdate(self.land.now) - timedelta(days=step.days)
        return timezone.make_aware(datetime.combine(day, step.at), timezone.get_default_timezone())

    def _verb(self, step: Step) -> Callable[[Step, datetime], object]:
        verb: Callable[[Step, datetime], object] = getattr(self, step.verb.partition(".")[2])
        return verb

    @property
    def petition(self) -> Petition:
        petition = keys.hero_petition(self.hero.key, self.filled.key)
        assert petition is not None
        return petition

    @property
    def assignment(self) -> Assignment:
        return self.petition.assignments.select_related("unit").latest("id")

    @property
    def unit(self) -> Unit:
        return self.land.units[self.filled.unit]

    def bureau(self, duty: Duty) -> Officer:
        return self.land.company.one(self.land.bureau, duty)

    @property
    def handler(self) -> Officer:
        return self.land.company.one(self.assignment.unit, Duty.CASE_HANDLER)

    @property
    def head(self) -> Officer:
        return self.land.company.one(self.assignment.unit, Duty.UNIT_HEAD)

    @property
    def _desk(self) -> Officer:
        """A sealed petition stays with whoever entered it."""
        return self.bureau(Duty.REGISTRAR if self.petition.is_sealed else Duty.DISPATCHER)

    # The verbs, under the names of the table of moves.

    def receive(self, step: Step, at: datetime) -> None:
        channel, by = Channel(self.filled.channel), self.bureau(Duty.REGISTRAR)
        actions.receive(channel=channel, received_at=at, organ=self.land.bureau, by=by, at=at)

    def register(self, step: Step, at: datetime) -> None:
        draft = keys.hero_petition(self.hero.key, self.filled.key)
        received_at = draft.received_at if draft else at
        actions.register(
            self._intake(received_at), organ=self.land.bureau, by=self.bureau(Duty.REGISTRAR), at=at, draft=draft
        )

    def _intake(self, received_at: datetime) -> intake.Intake:
        filled, persons = self.filled, self.told.persons
        return intake.Intake(
            channel=filled.channel,
            received_at=received_at,
            petition_date=timezone.localdate(received_at),
            title=filled.title,
            text=filled.text,
            demands=filled.demands,
            division=filled.street,
            category=filled.category,
            purpose=filled.purpose,
            place=self.land.place_in_street(filled),
            people=tuple(_person(person) for person in self.hero.people),
            persons_count=persons.get("persons_count", 1),
            persons_involved=persons.get("persons_involved", 1),
            persons_present=persons.get("persons_present"),
        )

    def check_duplicate(self, step: Step, at: datetime) -> None:
        other = keys.hero_petition(self.hero.key, step.facts["other"]) if "other" in step.facts else None
        outcome, by = DuplicateOutcome(step.facts["outcome"]), self._desk
        actions.check_duplicate(self.petition, outcome=outcome, other=other, reason=step.note, by=by, at=at)

    def propose(self, step: Step, at: datetime) -> None:
        is_advice = self.filled.purpose in (Purpose.SUGGESTION, Purpose.CONSULT)
        kind = MatterKind.SUGGESTION if is_advice else MatterKind.APPEAL_CLAIM
        way = Way(step.facts.get("way", self.told.way))
        disposition = Disposition(
            kind=MatterKind(step.facts.get("kind", kind)),
            procedure=Procedure.PETITION_PROCEDURE,
            category=self.filled.category,
            way=way,
            lead_unit=self.unit if way in GIVEN_TO_A_UNIT else None,
            ground=step.facts.get("ground", ""),
            destination=step.facts.get("destination", ""),
            opinion=step.note,
        )
        actions.propose(self.petition, disposition, by=self._desk, at=at)

    def approve(self, step: Step, at: datetime) -> None:
        by = self.land.keeper if self.petition.is_accusation else self.bureau(Duty.BUREAU_HEAD)
        actions.approve(self.petition, note=step.note, by=by, at=at)

    def instruct(self, step: Step, at: datetime) -> None:
        leader = self.land.leader
        actions.instruct(self.petition, leader=leader, text=step.note, by=leader, at=at)

    def transfer(self, step: Step, at: datetime) -> None:
        actions.transfer(self.petition, by=self.bureau(Duty.DISPATCHER), at=at)

    def assign(self, step: Step, at: datetime) -> None:
        requirement, by = step.note or NO_REQUIREMENT, self.bureau(Duty.DISPATCHER)
        actions.assign(self.petition, requirement=requirement, by=by, at=at)

    def route_out(self, step: Step, at: datetime) -> None:
        actions.route_out(self.petition, right_road="", by=self._desk, at=at)

    def raise_objection(self, step: Step, at: datetime) -> None:
        reason, basis = step.note, step.facts["basis"]
        actions.raise_objection(self.assignment, reason=reason, basis=basis, suggested_unit=None, by=self.head, at=at)

    def return_assignment(self, step: Step, at: datetime) -> None:
        actions.return_assignment(self.assignment, answer=step.note, by=self.bureau(Duty.DISPATCHER), at=at)

    def decide_owner(self, step: Step, at: datetime) -> None:
        unit, by = self.land.units[step.facts["unit"]], self.bureau(Duty.BUREAU_HEAD)
        actions.decide_owner(self.petition, unit=unit, reason=step.note, by=by, at=at)

    def reassign(self, step: Step, at: datetime) -> None:
        unit, by = self.land.units[step.facts["unit"]], self.bureau(Duty.DISPATCHER)
        actions.reassign(self.petition, unit=unit, reason=step.note, by=by, at=at)

    def sign_for(self, step: Step, at: datetime) -> None:
        actions.sign_for(self.assignment, by=self.handler, at=at)

    def accept(self, step: Step, at: datetime) -> None:
        actions.accept(self.assignment, by=self.handler, at=at)

    def handle(self, step: Step, at: datetime) -> None:
        actions.handle(self.assignment, text=step.note, by=self.handler, at=at)

    def log_work(self, step: Step, at: datetime) -> None:
        kind, by = NoteKind(step.facts["kind"]), self.handler
        actions.log_work(self.assignment, kind=kind, text=step.note, happened_at=at, by=by, at=at)

    def draft_opinion(self, step: Step, at: datetime) -> None:
        remedy, by = step.facts["remedy"], self.handler
        actions.draft_opinion(self.assignment, answers=step.answers, remedy_organ=remedy, by=by, at=at)

    def issue_opinion(self, step: Step, at: datetime) -> None:
        draft = self.assignment.opinions.latest("id")
        looked_up = range(1, 1 + self.petition.demands.count())
        actions.issue_opinion(self.assignment, draft=draft.pk, looked_up=looked_up, by=self.head, at=at)

    def deliver(self, step: Step, at: datetime) -> None:
        mode, on = DeliveryMode(step.facts["mode"]), timezone.localdate(at)
        proof, by = step.note, self.handler
        actions.deliver(self.assignment, mode=mode, delivered_on=on, proof=proof, consented_on=on, by=by, at=at)

    def report(self, step: Step, at: datetime) -> None:
        view, by = PetitionerView(step.facts["view"]), self.handler
        actions.report(self.assignment, process=step.note, view=view, by=by, at=at)

    def check_result(self, step: Step, at: datetime) -> None:
        actions.check_result(self.assignment, note=step.note, by=self.bureau(Duty.SUPERVISOR), at=at)

    def return_result(self, step: Step, at: datetime) -> None:
        actions.return_result(self.assignment, note=step.note, by=self.bureau(Duty.SUPERVISOR), at=at)

    def handle_again(self, step: Step, at: datetime) -> None:
        actions.handle_again(self.assignment, by=self.handler, at=at)

    def close(self, step: Step, at: datetime) -> None:
        actions.close(self.petition, by=self.bureau(Duty.DISPATCHER), at=at)

    def evaluate(self, step: Step, at: datetime) -> None:
        bureau, unit = (EvaluationValue(step.facts[word]) for word in ("bureau", "unit"))
        by = self.bureau(Duty.REGISTRAR)
        scan = rating_form(self.petition, by=by, at=at)
        actions.evaluate(self.petition, bureau=bureau, unit=unit, reason=step.note, scan=scan, by=by, at=at)

    # 复查, 听证

    @property
    def review(self) -> ReviewCase:
        return self.petition.reviews.latest("id")

    @property
    def hearing(self) -> Hearing:
        return self.petition.hearings.latest("id")

    def apply_review(self, step: Step, at: datetime) -> None:
        by = self.bureau(Duty.REGISTRAR)
        scan = application_form(self.petition, by=by, at=at)
        level, organ = ReviewLevel.REVIEW, step.facts["organ"]
        actions.apply_review(self.petition, level=level, organ=organ, request=step.note, scan=scan, by=by, at=at)

    def admit_review(self, step: Step, at: datetime) -> None:
        actions.admit_review(self.review, by=self.bureau(Duty.REVIEW_OFFICE), at=at)

    def examine_review(self, step: Step, at: datetime) -> None:
        actions.examine_review(self.review, by=self.bureau(Duty.REVIEW_OFFICE), at=at)

    def decide_review(self, step: Step, at: datetime) -> None:
        said = {word: step.facts[word] for word in ("examined", "findings", "basis", "redo_days")}
        decision, by = ReviewDecision(step.facts["decision"]), self.bureau(Duty.REVIEW_OFFICE)
        actions.decide_review(self.review, decision=decision, outcome=step.note, **said, by=by, at=at)

    def deliver_review(self, step: Step, at: datetime) -> None:
        mode, on = DeliveryMode(step.facts["mode"]), timezone.localdate(at)
        by = self.bureau(Duty.REVIEW_OFFICE)
        actions.deliver_review(self.review, mode=mode, delivered_on=on, proof=step.note, by=by, at=at)

    def order_redo(self, step: Step, at: datetime) -> None:
        unit, by = self.land.units[step.facts["unit"]], self.bureau(Duty.REVIEW_OFFICE)
        actions.order_redo(self.review, unit=unit, requirement=step.note, by=by, at=at)

    def propose_hearing(self, step: Step, at: datetime) -> None:
        actions.propose_hearing(self.assignment, reason=step.note, by=self.handler, at=at)

    def approve_hearing(self, step: Step, at: datetime) -> None:
        actions.approve_hearing(self.hearing, by=self.head, at=at)

    def notice_hearing(self, step: Step, at: datetime) -> None:
        day = timezone.localdate(self.land.now) - timedelta(days=step.facts["held"])
        begins = datetime.combine(day, time.fromisoformat(step.facts["begins"]))
        actions.notice_hearing(
            self.hearing,
            starts_at=timezone.make_aware(begins, timezone.get_default_timezone()),
            place=step.facts["place"],
            host=step.facts["host"],
            members="\n".join(step.facts["members"]),
            by=self.handler,
            at=at,
        )

    def hold_hearing(self, step: Step, at: datetime) -> None:
        actions.hold_hearing(self.hearing, record=step.note, signed=step.facts["signed"], by=self.handler, at=at)

    def conclude_hearing(self, step: Step, at: datetime) -> None:
        actions.conclude_hearing(self.hearing, conclusion=step.note, by=self.handler, at=at)

    def archive(self, step: Step, at: datetime) -> None:
        actions.archive(self.petition, by=self.bureau(Duty.ARCHIVIST), at=at)


def _person(person: Person) -> intake.Person:
    return intake.Person(Identity(name=person.name, phone=person.phone, address=person.address), person.role)
