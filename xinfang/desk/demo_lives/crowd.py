"""The two thousand: texts filled with one seed, each petition at its place in the county, its age and its state."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from random import Random

from django.utils import timezone

from xinfang.desk.demo_lives import keys
from xinfang.desk.demo_lives.heroes import Land
from xinfang.desk.demo_texts import DemoTexts, Filled
from xinfang.organizations.models import Duty, Officer, Unit
from xinfang.petitions import actions
from xinfang.petitions.actions.opinion import AnswerText
from xinfang.petitions.actions.triage import Disposition
from xinfang.petitions.codes import (
    AssignmentKind,
    Channel,
    DuplicateOutcome,
    EvaluationValue,
    MatterKind,
    NoteKind,
    Procedure,
    Purpose,
    ReferralKind,
    Way,
)
from xinfang.petitions.intake import GROUP_FROM, Intake, Person
from xinfang.petitions.models import Petition
from xinfang.petitions.models.petitioner import Identity
from xinfang.petitions.play import phrases
from xinfang.petitions.play.casting import Casting
from xinfang.petitions.play.life import Life, Stage
from xinfang.petitions.play.paper import rating_form
from xinfang.petitions.play.parts import PARTS, Part
from xinfang.trace.acts import PETITIONER, AlreadyDone, Hand, once

SEED = 610115
ROUNDS = 4
IN_NEED = 0.03
STILL_WAITING = timedelta(days=10)
"""Who was dissatisfied lately is still to be called."""
"""So often every part stands on the first screen's stage; whoever comes after that has ended long ago."""
YOUNGEST_ENDED, OLDEST = 150, 420
FRESH = 14
"""Accusations came since so many days, and their first clock still runs."""
FIRST_PHONE = 13800001000


@dataclass(frozen=True)
class Member:
    """One of the crowd: the n-th petition, what it says, how old it is and how far it has come."""

    n: int
    filled: Filled
    part: Part

    @property
    def chance(self) -> Random:
        return Random(f"{SEED}:{self.n}")

    @property
    def is_sealed(self) -> bool:
        return self.filled.purpose == Purpose.ACCUSE


def members(texts: DemoTexts, *, first: int, count: int) -> list[Member]:
    """The first are cast for every state and every light and told in the order they came; the others as it falls out."""
    found = list(_cast(islice(_told(texts), count), first))
    return sorted(found[:first], key=lambda member: -member.part.age) + found[first:]


def _told(texts: DemoTexts) -> Iterator[Filled]:
    """Every accusation once: nobody on the ordinary road takes them on, and they would crowd the registrar's list."""
    accused: set[str] = set()
    for filled in texts.petitions(seed=SEED):
        if filled.key not in accused:
            yield filled
        if filled.purpose == Purpose.ACCUSE:
            accused.add(filled.key)


def _cast(petitions: Iterable[Filled], first: int) -> Iterator[Member]:
    parts = iter([*PARTS * ROUNDS][:first])
    for n, filled in enumerate(petitions):
        age = Random(f"{SEED}:age:{n}").randint(YOUNGEST_ENDED if n < first else 0, OLDEST)
        natural = Part(age % FRESH if filled.purpose == Purpose.ACCUSE else age)
        is_cast = n < first and filled.purpose != Purpose.ACCUSE
        yield Member(n, filled, next(parts, natural) if is_cast else natural)


def live(member: Member, texts: DemoTexts, land: Land) -> None:
    """Register it, unless that is done, and let it go on to where it stands."""
    try:
        with once(keys.of_crowd(member.n)):
            intake = _intake(member, land)
            actions.register(intake, organ=land.bureau, by=_registrar(member, land), at=intake.received_at)
    except AlreadyDone:
        pass
    petition = keys.crowd_petitions([member.n])[member.n]
    if not member.is_sealed:
        Written(petition, member, texts, land).go_on(until=member.part.until)


def _registrar(member: Member, land: Land) -> Officer | Hand:
    if member.filled.channel == Channel.ONLINE:
        return PETITIONER
    return land.company.one(land.bureau, Duty.REGISTRAR)


def _intake(member: Member, land: Land) -> Intake:
    filled, chance, now = member.filled, member.chance, land.now
    received_at = now - timedelta(days=member.part.age, minutes=chance.randint(10, 240))
    persons = chance.choices([1, 2, 3, GROUP_FROM + 2], [80, 10, 7, 3])[0]
    identity = Identity(name=filled.name, phone=str(FIRST_PHONE + member.n), address=filled.place)
    return Intake(
        channel=filled.channel,
        received_at=received_at,
        petition_date=timezone.localdate(received_at),
        title=filled.title,
        text=filled.text,
        demands=filled.demands,
        division=filled.street,
        category=filled.category,
        purpose=filled.purpose,
        place=land.place_in_street(filled),
        people=() if member.is_sealed else (Person(identity),),
        persons_count=persons,
        persons_involved=persons,
        persons_present=persons if filled.channel == Channel.VISIT else None,
        is_urgent=chance.random() < 0.04,
    )


class Written(Life):
    """A life whose words are written for its matter."""

    def __init__(self, petition: Petition, member: Member, texts: DemoTexts, land: Land) -> None:
        stage = Stage(land.company, Casting(), land.now)
        super().__init__(petition, stage, member.part.script(petition.number or ""))
        self.filled, self.texts, self.land = member.filled, texts, land

    @property
    def unit(self) -> Unit:
        """What is the bureau's own it does itself, whatever the script would have."""
        return self.organ if self.script.way == AssignmentKind.SELF else self.land.units[self.filled.unit]

    def check_duplicate(self, at: datetime) -> None:
        outcome, by = DuplicateOutcome.INITIAL, self.bureau(Duty.DISPATCHER)
        actions.check_duplicate(self.petition, outcome=outcome, reason=phrases.DUPLICATE[outcome], by=by, at=at)

    def propose(self, at: datetime) -> None:
        filled, unit = self.filled, self.unit
        way = AssignmentKind.SELF if unit == self.organ else self.script.way
        is_advice = filled.purpose in (Purpose.SUGGESTION, Purpose.CONSULT)
        disposition = Disposition(
            kind=MatterKind.SUGGESTION if is_advice else MatterKind.APPEAL_CLAIM,
            procedure=Procedure.PETITION_PROCEDURE,
            category=filled.category,
            way=Way(way),
            lead_unit=unit,
            opinion=self.texts.proposal(filled, way, unit.name, self.script.chance("opinion")),
        )
        actions.propose(self.petition, disposition, by=self.bureau(Duty.DISPATCHER), at=at)

    def handle(self, at: datetime) -> None:
        text = self.texts.note(NoteKind.CONTACT, self.script.chance("contact"))
        actions.handle(self.assignment, text=text, by=self.handler, at=at)
        if self.script.chance("in need").random() < IN_NEED:
            kind, organ, reason = ReferralKind.SOCIAL, "区民政局", "家庭困难，本人愿意申请临时救助。"
            actions.refer(self.petition, kind=kind, organ=organ, reason=reason, by=self.handler, at=at)

    def log_work(self, at: datetime) -> None:
        nth = self.assignment.notes.count()
        kind = self.script.note(nth)
        is_first = nth == 1 and self.filled.supplement
        text = self.filled.supplement if is_first else self.texts.note(kind, self.script.chance(f"work {nth}"))
        actions.log_work(self.assignment, kind=kind, text=text, happened_at=at, by=self.handler, at=at)

    def _answer(self, n: int) -> AnswerText:
        return self.filled.answers[n - 1]

    def evaluate(self, at: datetime) -> None:
        bureau, unit = self.script.ratings
        worse = EvaluationValue.DISSATISFIED if EvaluationValue.DISSATISFIED in (bureau, unit) else unit
        reason = self.texts.rating(worse, self.script.chance("reason"))
        by = self.bureau(Duty.REGISTRAR)
        scan = rating_form(self.petition, by=by, at=at)
        actions.evaluate(self.petition, bureau=bureau, unit=unit, reason=reason, scan=scan, by=by, at=at)
        if worse != EvaluationValue.DISSATISFIED:
            self._keep_what_was_promised(at)
        elif self.stage.now - at > STILL_WAITING:
            self._follow_up(at)

    def _keep_what_was_promised(self, at: datetime) -> None:
        """Who is content has seen it done; the others' promises are still to be kept."""
        for one in self.petition.commitments.select_related("petition").order_by("id"):
            done_on = timezone.localdate(at)
            actions.carry_out(one, text="已按意见落实，附验收单。", done_on=done_on, by=self.handler, at=at)
            said = "电话回访，信访人说已经落实。"
            actions.check_commitment(one, is_kept=True, said=said, by=self.bureau(Duty.SUPERVISOR), at=at)
