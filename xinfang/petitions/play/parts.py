"""A county at work: the synthetic sample as lives that ended long ago, and parts of lives that stand today at every state.

Dates are counted back from today, and every step before the one to come was taken in haste, so that what runs now has
run for nearly as long as the petition is old: green, yellow, red and overdue are chosen by the age.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from xinfang.petitions import messages
from xinfang.petitions.codes import AssignmentKind, Purpose
from xinfang.petitions.imports import Import, standing
from xinfang.petitions.messages import Ground, Row, token
from xinfang.petitions.models import Petition
from xinfang.petitions.play import casting
from xinfang.petitions.play.life import Life, Stage
from xinfang.petitions.play.script import Script
from xinfang.trace.models import Entry

DATASET = "demo"
OLDEST, APART = 420, 6
_ASSIGN, _SELF, _TRANSFER = AssignmentKind.ASSIGN, AssignmentKind.SELF, AssignmentKind.TRANSFER


@dataclass(frozen=True)
class Part:
    """How many days ago the petition came, and the steps that are still to come; without them, its whole life is told."""

    age: int
    until: Collection[str] = ()
    way: AssignmentKind | None = None

    def script(self, number: str) -> Script:
        return Script(number, chosen_way=self.way, in_haste=bool(self.until))


def _parts(until: str, *ages: int, way: AssignmentKind = _TRANSFER) -> list[Part]:
    return [Part(age, until.split(), way) for age in ages]


PARTS = (
    *_parts("check_duplicate", 0, 2, 6, 12, 14, 17),
    *_parts("propose", 3, 13),
    *_parts("approve", 4, 14, way=_ASSIGN),
    *_parts("dispatch", 13),
    *_parts("dispatch", 5, way=_SELF),
    *_parts("sign_for", 4, 8, 15),
    *_parts("accept", 6, 14, 17),
    *_parts("handle", 12),
    *_parts("handle", 7, way=_SELF),
    *_parts("log_work", 15, 54, way=_ASSIGN),
    *_parts("log_work", 40, way=_SELF),
    *_parts("draft_opinion", 65, 72),
    *_parts("issue_opinion", 30, 62),
    *_parts("deliver", 20, 35),
    *_parts("report", 30, 78, way=_ASSIGN),
    *_parts("check_result", 25, 33, way=_ASSIGN),
    *_parts("close", 36, way=_ASSIGN),
    *_parts("evaluate expire", 25),
    *_parts("evaluate expire", 38, way=_SELF),
    *_parts("archive", 60),
)
SEALED = Part(5, ["check_duplicate"])


def live(stage: Stage) -> None:
    """Register what is not there yet, and let each life go on to where it stands. An interrupted one goes on."""
    organ, ground = standing(stage.now)
    parts = _cast(ground)
    Import(DATASET, organ, ground).bring(_dated(part, row, stage.now) for part, row in parts)
    petitions = _petitions()
    for part, row in parts:
        petition = petitions[token(DATASET, row)]
        Life(petition, stage, part.script(petition.number or "")).go_on(until=part.until)


def asked_of() -> list[str]:
    """The offices the sample is about, the most asked first."""
    return casting.asked_of(row.cells["title"] for row in messages.read(messages.SAMPLE))


def one_to_follow() -> Petition:
    """A petition on its way, for whoever wants to follow one from outside."""
    on_the_way = (row for row in _petitions().values() if row.dispatched_at and not (row.closed_at or row.is_anonymous))
    return max(on_the_way, key=lambda petition: petition.pk)


def _petitions() -> dict[str | None, Petition]:
    """By the keys of their rows."""
    entries = Entry.objects.filter(once__startswith=f"import:{DATASET}:", act="petition.register")
    ids = dict(entries.values_list("once", "subject_id"))
    petitions = Petition.objects.select_related("organ").in_bulk(ids.values())
    return {once: petitions[pk] for once, pk in ids.items()}


def _cast(ground: Ground) -> list[tuple[Part, Row]]:
    """The rows of the sample in their parts, the oldest first; those that no part asks for lived long ago."""
    rows = list(messages.read(messages.SAMPLE))
    sealed = [row for row in rows if messages.intake_of(row, ground).purpose == Purpose.ACCUSE]
    ordinary = [row for row in rows if row not in sealed]
    ended = [Part(OLDEST - APART * n) for n in range(len(ordinary) - len(PARTS))]
    told = sorted([*ended, *PARTS], key=lambda part: -part.age)
    return [*zip(told, ordinary, strict=True), *((SEALED, row) for row in sealed)]


def _dated(part: Part, row: Row, now: datetime) -> Row:
    came = timezone.localtime(now - timedelta(days=part.age, minutes=20))
    return Row(row.line, {**row.cells, "time": came.strftime("%Y-%m-%d %H:%M:%S")})
