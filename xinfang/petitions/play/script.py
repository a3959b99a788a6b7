"""What happens in one life, and when: drawn from the petition's number, the same every time it is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import TypeVar

from django.utils import timezone

from xinfang.deadlines import calendar
from xinfang.petitions.codes import (
    AssignmentKind,
    DeliveryMode,
    EvaluationValue,
    NoteKind,
    OpinionResult,
    PetitionerView,
)

T = TypeVar("T")
OLD_ENOUGH = timedelta(days=260)
"""A life that began so long ago has come to its end, with every step late and a spring festival in between."""
LATE = 0.06
MORNING, EVENING = 9 * 60, 17 * 60 + 30

# Days to the next step: at best, at worst, and at worst when it comes late.
GAPS = {
    "check_duplicate": (0, 2, 3),
    "propose": (0, 2, 4),
    "approve": (0, 1, 2),
    "dispatch": (1, 5, 14),
    "sign_for": (0, 2, 4),
    "accept": (1, 7, 18),
    "handle": (1, 4, 6),
    "log_work": (1, 6, 8),
    "draft_opinion": (2, 14, 58),
    "issue_opinion": (0, 2, 4),
    "deliver": (1, 4, 6),
    "report": (0, 3, 5),
    "check_result": (1, 4, 6),
    "close": (0, 1, 2),
    "evaluate": (1, 20, 20),
    "archive": (1, 6, 8),
}
_WAYS = {AssignmentKind.TRANSFER: 60, AssignmentKind.ASSIGN: 25, AssignmentKind.SELF: 15}
_RESULTS = {OpinionResult.SUPPORTED: 50, OpinionResult.EXPLAINED: 35, OpinionResult.NOT_SUPPORTED: 15}
_MODES = {DeliveryMode.IN_PERSON: 40, DeliveryMode.MAIL: 30, DeliveryMode.ELECTRONIC: 30}
_VIEWS = {PetitionerView.AGREE: 60, PetitionerView.DISAGREE: 20, PetitionerView.NONE: 20}
_RATINGS = {EvaluationValue.SATISFIED: 55, EvaluationValue.BASICALLY: 25, EvaluationValue.DISSATISFIED: 20}
_NOTES = {NoteKind.SITE_VISIT: 40, NoteKind.INVESTIGATION: 35, NoteKind.COORDINATION: 25}
_RATED = 0.75


@dataclass(frozen=True)
class Script:
    """One life's script. A demonstration chooses a `way`, and has every step taken `in_haste`, the first day it can be."""

    number: str
    chosen_way: AssignmentKind | None = None
    in_haste: bool = False

    def chance(self, what: str) -> Random:
        return Random(f"{self.number}:{what}")

    def _one_of(self, weights: dict[T, int], what: str) -> T:
        return self.chance(what).choices(list(weights), list(weights.values()))[0]

    @property
    def way(self) -> AssignmentKind:
        return self.chosen_way or self._one_of(_WAYS, "way")

    @property
    def goes_to_street(self) -> bool:
        return self.chance("street").random() < 0.35

    @property
    def notes(self) -> int:
        return self.chance("notes").randint(1, 3)

    def note(self, nth: int) -> NoteKind:
        return self._one_of(_NOTES, f"note {nth}")

    def result(self, demand: int) -> OpinionResult:
        return self._one_of(_RESULTS, f"result {demand}")

    @property
    def mode(self) -> DeliveryMode:
        return self._one_of(_MODES, "mode")

    @property
    def view(self) -> PetitionerView:
        return self._one_of(_VIEWS, "view")

    @property
    def is_rated(self) -> bool:
        return self.chance("rated").random() < _RATED

    @property
    def ratings(self) -> tuple[EvaluationValue, EvaluationValue]:
        """Of the bureau and of the unit."""
        return self._one_of(_RATINGS, "bureau"), self._one_of(_RATINGS, "unit")

    def phrase(self, phrases: Sequence[str], what: str) -> str:
        return self.chance(what).choice(phrases)

    def feedback_due(self, at: datetime) -> date | None:
        """Some letters name the day of the report themselves."""
        chance = self.chance("feedback")
        return timezone.localdate(at) + timedelta(days=chance.randint(30, 60)) if chance.random() < 0.4 else None

    def moment(self, step: str, after: datetime, *, nth: int = 0) -> datetime:
        """When the step is taken: some working days later, in office hours, always after what came before."""
        chance = self.chance(f"{step} {nth}")
        day = timezone.localdate(after) + timedelta(days=self._gap(step, chance))
        while not calendar.current().is_working_day(day):
            day += timedelta(days=1)
        taken = at_minute(day, chance.randint(MORNING, EVENING))
        return taken if taken > after else after + timedelta(minutes=chance.randint(5, 40))

    def _gap(self, step: str, chance: Random) -> int:
        best, worst, late = GAPS[step]
        if self.in_haste:
            return best
        return chance.randint(worst, late) if chance.random() < LATE else chance.randint(best, worst)


def at_minute(day: date, minute: int) -> datetime:
    moment = datetime.combine(day, time(minute // 60, minute % 60))
    return timezone.make_aware(moment, timezone.get_default_timezone())
