"""A realistic mix of petitions: channels, ways, groups, repeats, and how far each has come."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bench import words
from bench.county import County
from bench.lives import STEPS, Life, Script
from xinfang.petitions.codes import (
    AssignmentKind,
    Channel,
    EvaluationValue,
    OpinionResult,
    PersonRole,
    Purpose,
    Source,
)
from xinfang.petitions.intake import GROUP_FROM, Intake, Person
from xinfang.petitions.models.petitioner import Identity

CHANNELS = {
    Channel.VISIT: 26,
    Channel.ONLINE: 24,
    Channel.LETTER: 18,
    Channel.MOBILE: 10,
    Channel.PHONE: 8,
    Channel.HOTLINE_12345: 7,
    Channel.LEADER_MAILBOX: 4,
    Channel.VILLAGE_PROXY: 2,
    Channel.FAX: 1,
}
SOURCES = {Source.DIRECT: 80, Source.FROM_CITY: 8, Source.FROM_PROVINCE: 5, Source.FROM_12345: 4, Source.FROM_LEADER: 3}
PURPOSES = {Purpose.CLAIM: 72, Purpose.APPEAL: 12, Purpose.CONSULT: 8, Purpose.SUGGESTION: 5, Purpose.OTHER: 3}
WAYS = {AssignmentKind.TRANSFER: 50, AssignmentKind.ASSIGN: 30, AssignmentKind.SELF: 20}
RATINGS = {
    EvaluationValue.SATISFIED: 45,
    EvaluationValue.BASICALLY: 25,
    EvaluationValue.DISSATISFIED: 10,
    None: 20,
}
PEOPLE = {1: 72, 2: 10, 3: 8, 6: 6, 40: 1, 0: 3}
REPEATS = 0.12
SEALED_OF_RUNNING = 0.05
STRIDE = 5  # so that even a few lives stop all along the road
OF_ITS_OWN = 0.7  # of what an organ handles itself, the part that was also handed in there
WHOLE_LIFE = 7 * 19  # days from receipt to archive, and a week to spare for the latest weekday to begin on


def pick(dice: random.Random, weights: dict[Any, int]) -> Any:
    return dice.choices(list(weights), list(weights.values()))[0]


@dataclass(frozen=True)
class Plan:
    """One life, or an archived one and its repeat; the last of them ends with `until`."""

    scripts: tuple[Script, ...]
    until: str

    @property
    def is_over(self) -> bool:
        return self.until == STEPS[-1]

    def live(self, county: County) -> list[Life]:
        """Through the verbs."""
        lives: list[Life] = []
        for script in self.scripts:
            initial = lives[0].petition if lives else None
            is_last = script is self.scripts[-1]
            life = Life(county, replace(script, repeats=initial))
            lives.append(life.lead(until=self.until if is_last else STEPS[-1]))
        return lives


def plans(county: County, *, count: int, until: datetime, seed: str) -> Iterator[Plan]:
    """Three of four are over; the others stop somewhere on the road. No act lies after `until`."""
    for n in range(count):
        dice = random.Random(f"{seed}:{n}")
        is_over = n % 4 != 0
        last = STEPS[-1] if is_over else STEPS[n // 4 * STRIDE % (len(STEPS) - 1)]
        yield _plan(county, dice, last, until, is_sealed=not is_over and dice.random() < SEALED_OF_RUNNING, n=n)


def _plan(county: County, dice: random.Random, last: str, until: datetime, *, is_sealed: bool, n: int) -> Plan:
    """The first act falls on a weekday of its own, so that weeks of copies fill the year."""
    begin = until - timedelta(days=WHOLE_LIFE - n % 7) + timedelta(hours=8, minutes=dice.randrange(0, 300, 7))
    first = _script(county, dice, begin, n, is_sealed=is_sealed)
    if is_sealed:
        return Plan((first,), "register")
    if last == "receive":
        first = replace(first, is_received_first=True)
    if dice.random() < REPEATS and first.intake.people:
        earlier = timedelta(days=WHOLE_LIFE)
        before = replace(first.intake, received_at=begin - earlier, petition_date=(begin - earlier).date())
        return Plan((replace(first, intake=before), first), last)
    return Plan((first,), last)


def _script(county: County, dice: random.Random, begin: datetime, n: int, *, is_sealed: bool) -> Script:
    way = pick(dice, WAYS)
    organ = county.bureau
    if way == AssignmentKind.SELF and dice.random() < OF_ITS_OWN:
        organ = dice.choice(county.units)
    unit = organ if way == AssignmentKind.SELF else county.units[(n * 7 + dice.randrange(7)) % len(county.units)]
    return Script(
        intake=_intake(county, dice, begin, n, is_sealed=is_sealed),
        way=way,
        organ=organ,
        unit=unit,
        result=dice.choice(list(OpinionResult)),
        rating=pick(dice, RATINGS),
        is_received_first=dice.random() < 0.1,
    )


def _intake(county: County, dice: random.Random, begin: datetime, n: int, *, is_sealed: bool) -> Intake:
    persons, channel = pick(dice, PEOPLE), pick(dice, CHANNELS)
    roles = [PersonRole.LEAD, PersonRole.COMPANION, PersonRole.COMPANION]
    if persons >= GROUP_FROM:
        channel, roles = Channel.VISIT, [PersonRole.REPRESENTATIVE] * 3
    people = tuple(
        Person(Identity(*(f"{field}{n}.{k}" for field in ("name", "id_no", "phone", "address"))), role)
        for k, role in enumerate(roles[:persons])
    )
    return Intake(
        channel=channel,
        source=pick(dice, SOURCES),
        purpose=pick(dice, PURPOSES),
        received_at=begin,
        petition_date=begin.date(),
        title=words.title(dice),
        text=words.story(dice),
        demands=words.demands(dice),
        division=dice.choice(county.divisions),
        category=dice.choice(county.categories),
        place=dice.choice(words.PLACES) if dice.random() < 0.5 else "",
        people=people,
        persons_count=max(persons, 1),
        persons_involved=max(persons, 1) + dice.choice((0, 0, 0, 5, 30)),
        persons_present=max(persons, 1) if channel == Channel.VISIT else None,
        is_confidential=is_sealed,
        is_urgent=dice.random() < 0.03,
    )
