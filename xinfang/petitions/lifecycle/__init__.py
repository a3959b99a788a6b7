"""The tables of moves of domain 3.3 and 3.4: pure, printable, the backbone.

A move names its from-states, its to-state, who may do it and where he must sit, which clocks it stops and starts,
which papers it issues, its article of law and its operating norm. One file a machine.
"""

from xinfang.petitions.lifecycle import assignment, petition
from xinfang.petitions.lifecycle.assignment import BEFORE_THE_OPINION
from xinfang.petitions.lifecycle.move import Move, Where
from xinfang.petitions.lifecycle.states import (
    ENDED_ASSIGNMENT,
    ENDED_OTHERWISE,
    OPINION_IS_OUT,
    AssignmentStatus,
    HearingStatus,
    PetitionStatus,
    ReviewStatus,
)

__all__ = [
    "BEFORE_THE_OPINION",
    "ENDED_ASSIGNMENT",
    "ENDED_OTHERWISE",
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

MOVES: dict[str, Move] = {**petition.MOVES, **assignment.MOVES}


def moves_of(machine: str) -> dict[str, Move]:
    """The table of one machine, petition or assignment."""
    return {verb: move for verb, move in MOVES.items() if verb.startswith(machine + ".")}
