"""Parts of lives that stand today at every state.

Dates are counted back from today, and every step before the one to come was taken in haste, so that what runs now has
run for nearly as long as the petition is old: green, yellow, red and overdue are chosen by the age.
"""

from collections.abc import Collection
from dataclasses import dataclass

from xinfang.petitions.codes import AssignmentKind
from xinfang.petitions.play.script import Script

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
