"""Who must know that a promised date moved: rooms above keep copies of some, and are told inside the same transaction."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from xinfang.deadlines.models import Promise


class Moved(NamedTuple):
    """`promise` has its new dates already."""

    promise: Promise
    old: date
    new: date


Follower = Callable[[Sequence[Moved]], None]
_followers: dict[str, Follower] = {}


def follow(subject: str, follower: Follower) -> None:
    """Register from a room's AppConfig: `follower` hears of the moved promises of this kind of subject, in batches."""
    _followers[subject] = follower


def tell(moves: Sequence[Moved]) -> None:
    """Each follower once, with all that concern it."""
    of_subject: dict[str, list[Moved]] = defaultdict(list)
    for move in moves:
        of_subject[move.promise.subject].append(move)
    for subject, mine in of_subject.items():
        if follower := _followers.get(subject):
            follower(mine)
