"""The tables of moves of domain 3.3, 3.4, 3.11 and 3.12: pure, printable, the backbone.

A move names its from-states, its to-state, who may do it and where he must sit, which clocks it stops and starts,
which papers it issues, its article of law and its operating norm. One file a machine.
"""

from xinfang.petitions.lifecycle import assignment, hearing, petition, review
from xinfang.petitions.lifecycle.assignment import BEFORE_THE_OPINION
from xinfang.petitions.lifecycle.move import Move, Where
from xinfang.petitions.lifecycle.states import (
    ENDED_ASSIGNMENT,
    ENDED_HEARING,
    ENDED_OTHERWISE,
    ENDED_REVIEW,
    GAVE_UP,
    OPINION_IS_OUT,
    AssignmentStatus,
    HearingStatus,
    PetitionStatus,
    ReviewStatus,
)

__all__ = [
    "BEFORE_THE_OPINION",
    "ENDED_ASSIGNMENT",
    "ENDED_HEARING",
    "ENDED_OTHERWISE",
    "ENDED_REVIEW",
    "GAVE_UP",
    "MOVES",
    "OPINION_IS_OUT",
    "AssignmentStatus",
    "HearingStatus",
    "Move",
    "PetitionStatus",
    "ReviewStatus",
    "Where",
    "moves_of",
]

MACHINES = ("petition", "assignment", "review", "hearing")


def _by_machine(moves: dict[str, Move]) -> dict[str, Move]:
    """Machine after machine: a review begins with a move of its petition, a hearing with one of the work it is held in."""
    return {verb: move for machine in MACHINES for verb, move in moves.items() if verb.startswith(f"{machine}.")}


MOVES: dict[str, Move] = _by_machine(petition.MOVES | assignment.MOVES | review.MOVES | hearing.MOVES)


def moves_of(machine: str) -> dict[str, Move]:
    """The table of one machine."""
    return {verb: move for verb, move in MOVES.items() if verb.startswith(machine + ".")}
