"""Lives told whole, with days counted back from today, and the questions of a clerk."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

from xinfang.desk.demo_texts.templates import Filled
from xinfang.petitions.actions.opinion import AnswerText
from xinfang.petitions.codes import AssignmentKind, PersonRole


@dataclass(frozen=True)
class Person:
    """Someone in a hero's life. No telephone means that he has none."""

    name: str
    age: int
    role: PersonRole
    phone: str
    address: str


@dataclass(frozen=True)
class Step:
    """One act `days` before today; a negative number is planned. `facts` are the words its verb needs besides `note`."""

    verb: str
    days: int
    at: time
    note: str
    answers: Mapping[int, AnswerText]
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Told:
    """One petition of a hero: what was handed in, how it goes out, and every step. `persons` are the three counts."""

    petition: Filled
    way: AssignmentKind
    persons: Mapping[str, int]
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Hero:
    """A life. `until` is the last step that is told before those that wait for a later part, empty when none does."""

    key: str
    life: str
    teaches: str
    light: str
    reached: str
    until: str
    people: tuple[Person, ...]
    petitions: tuple[Told, ...]


@dataclass(frozen=True)
class Question:
    """What a clerk will ask, the honest answer, and the page that proves it."""

    ask: str
    answer: str
    page: str
    english: "Question | None" = None

    def in_language(self, language: str) -> "Question":
        return self.english if self.english and language == "en" else self
