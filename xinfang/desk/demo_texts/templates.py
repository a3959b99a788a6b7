"""Texts with slots, and what is made of one when every slot has its value."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from random import Random

from xinfang.petitions.actions.opinion import AnswerText
from xinfang.petitions.codes import AssignmentKind, Channel, Purpose

PLACES = ("estate", "road", "school", "market")
LOCAL = ("village", *PLACES)
NUMBERS: dict[str, Callable[[Random], str]] = {
    "n": lambda random: str(random.randint(1, 9)),
    "m": lambda random: str(random.randint(3, 11)),
    "k": lambda random: str(random.randint(12, 86)),
    "sum": lambda random: str(random.randrange(1200, 9600, 100)),
    "money": lambda random: str(random.randrange(12000, 86500, 500)),
    "mu": lambda random: f"{random.randint(11, 68) / 10:.1f}",
}
SLOTS = frozenset({"street", "place", *LOCAL, *NUMBERS})


@dataclass(frozen=True)
class Written:
    """What a text and a petition made from it have in common."""

    key: str
    title: str
    text: str
    demands: tuple[str, ...]
    answers: tuple[AnswerText, ...]
    category: str
    purpose: Purpose
    supplement: str


@dataclass(frozen=True)
class Filled(Written):
    """A petition without empty slots. `unit` is the node number of the proper lead unit, `street` a division code."""

    channel: Channel
    unit: int
    street: str
    place: str
    name: str


@dataclass(frozen=True)
class Template(Written):
    """A row of petitions.csv. `unit` is none for the street where the matter lies; no `streets` means any."""

    channels: tuple[Channel, ...]
    unit: int | None
    streets: tuple[str, ...]

    def fill(self, slots: Mapping[str, str], *, channel: Channel, unit: int, street: str, name: str) -> Filled:
        """Every slot has one value in the whole petition."""
        return Filled(
            key=self.key,
            title=self.title.format_map(slots),
            text=self.text.format_map(slots),
            demands=tuple(demand.format_map(slots) for demand in self.demands),
            answers=tuple(replace(answer, finding=answer.finding.format_map(slots)) for answer in self.answers),
            category=self.category,
            purpose=self.purpose,
            supplement=self.supplement.format_map(slots),
            channel=channel,
            unit=unit,
            street=street,
            place=slots["street"] + self._named_first(slots),
            name=name,
        )

    def _named_first(self, slots: Mapping[str, str]) -> str:
        named = [slot for slot in re.findall(r"{(\w+)}", self.title + self.text) if slot in (*LOCAL, "place")]
        return slots[named[0]] if named else ""


@dataclass(frozen=True)
class Proposal:
    """A sentence of 拟办意见. `fits` are purposes or beginnings of category codes; none fits everything."""

    way: AssignmentKind
    fits: tuple[str, ...]
    text: str

    def suits(self, petition: Filled) -> bool:
        return not self.fits or any(petition.purpose == fit or petition.category.startswith(fit) for fit in self.fits)
