"""Which moves are open to an officer or a petitioner now, and what still stands before the others. The verbs look again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from xinfang.organizations.models import Duty, Officer
from xinfang.petitions import policies
from xinfang.petitions.codes import Confidentiality, MatterKind
from xinfang.petitions.lifecycle import MOVES, Move, PetitionStatus, moves_of
from xinfang.petitions.models import Assignment, Hearing, Petition, ReviewCase
from xinfang.petitions.obstacles import obstacle
from xinfang.petitions.obstacles.beside_the_point import is_another_way, is_beside_the_point
from xinfang.petitions.policies import Subject
from xinfang.petitions.queries import ENDED, TAKES_NOTHING


@dataclass(frozen=True)
class OpenMove:
    """A move this officer may make now, and the row it would move."""

    verb: str
    move: Move
    subject: Subject


@dataclass(frozen=True)
class BlockedMove(OpenMove):
    """A move that is this officer's to make from here, and the sentence that says what is still missing."""

    why: str


Work: TypeAlias = Assignment | ReviewCase | Hearing
_MACHINES: dict[type[Any], str] = {
    Petition: "petition",
    Assignment: "assignment",
    ReviewCase: "review",
    Hearing: "hearing",
}


def open_moves(officer: Officer, petition: Petition, work: Iterable[Work], today: date) -> list[OpenMove]:
    """What a page draws as buttons, so that what is shown is what is allowed."""
    return within_reach(officer, petition, work, today)[0]


def blocked_moves(officer: Officer, petition: Petition, work: Iterable[Work], today: date) -> list[BlockedMove]:
    """What a page draws greyed beside them, each with its reason."""
    return within_reach(officer, petition, work, today)[1]


def within_reach(
    officer: Officer, petition: Petition, work: Iterable[Work], today: date
) -> tuple[list[OpenMove], list[BlockedMove]]:
    """Both, for a page that shows both: what is missing is asked once."""
    opened: list[OpenMove] = []
    blocked: list[BlockedMove] = []
    for verb, move, row in _his_moves(officer, [petition, *work]):
        if is_another_way(verb, row):
            continue
        if not (why := obstacle(verb, row, today)):
            opened.append(OpenMove(verb, move, row))
        elif is_awaited(verb, row, officer) and not is_beside_the_point(verb, row):
            blocked.append(BlockedMove(verb, move, row, why))
    return opened, blocked


def _his_moves(officer: Officer, rows: Iterable[Subject]) -> Iterator[tuple[str, Move, Subject]]:
    """By state and seat alone."""
    for row in rows:
        for verb, move in moves_of(_MACHINES[type(row)]).items():
            if is_his(verb, row, officer):
                yield verb, move, row


def is_his(verb: str, subject: Subject, officer: Officer) -> bool:
    """Whether the table lets this officer make the move from here; something may still be missing.

    The database is asked only for recusals and for who took part, once for a row as it was read.
    """
    return subject.status in MOVES[verb].start and policies.may(verb, subject, officer)


def why_not(verb: str, subject: Subject, officer: Officer, today: date) -> str:
    """What still stands in the way of a move that is this officer's to make now; empty when nothing does, or it is not his."""
    return obstacle(verb, subject, today) if is_his(verb, subject, officer) else ""


def waits_for(duty: Duty, verb: str) -> bool:
    """Whether a worklist of this duty waits for this move; who may look for repeats need not be who waits to."""
    move = MOVES[verb]
    return duty in move.duties and move.is_awaited and not _is_only_asked(duty, verb)


def _is_only_asked(duty: Duty, verb: str) -> bool:
    """复查复核: the office may look for repeats (domain 2.2), and nothing waits for it to."""
    return duty == Duty.REVIEW_OFFICE and verb == "petition.check_duplicate"


def is_awaited(verb: str, subject: Subject, officer: Officer) -> bool:
    """Whether a move that is open to him is one that waits for him; who keeps an accusation looks after all of it."""
    move = MOVES[verb]
    if verb == "petition.check_duplicate" and isinstance(subject, Petition) and subject.duplicate_checked_at:
        return False  # it may be looked for again, and nothing waits for it
    may = [seat.duty for seat in officer.seats if seat.duty in move.duties]
    is_kept = isinstance(subject, Petition) and subject.is_accusation
    return move.is_awaited and (is_kept or not may or any(not _is_only_asked(duty, verb) for duty in may))


def petitioner_may(petition: Petition) -> tuple[str, ...]:
    """What he may do with his act secret, by the row alone; each verb looks again."""
    takes = petition.status not in TAKES_NOTHING
    if petition.is_accusation:
        return (*(("material",) if takes else ()), "retaliation")
    may = {
        "urge": petition.status not in ENDED,
        "material": takes,
        "correct": takes,
        "withdraw": may_be_withdrawn(petition),
        "looks": True,
        "pack": not petition.is_sealed,
        "erase": petition.status == PetitionStatus.ARCHIVED,
        "retaliation": True,
    }
    return tuple(name for name, is_open in may.items() if is_open)


def may_be_withdrawn(petition: Petition) -> bool:
    """By its state and its kind: an accusation and an urgent matter go on whatever is asked (条例 三十)."""
    is_public = petition.confidentiality != Confidentiality.ACCUSATION_COMPARTMENT and not petition.is_urgent
    return is_public and petition.kind != MatterKind.ACCUSATION and petition.status in MOVES["petition.withdraw"].start


def moves() -> dict[str, Move]:
    """The whole table, for faces, handbooks and diagrams."""
    return dict(MOVES)
