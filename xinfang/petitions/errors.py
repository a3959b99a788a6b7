"""Refusals of this room, each with the sentence a person reads."""

from xinfang.foundation.errors import Refused
from xinfang.foundation.text import Text


class NotOnTheRoad(Refused):
    """The state does not allow this move; usually someone else acted first."""

    def __init__(self, label: Text, status: Text) -> None:
        super().__init__(
            "现在不能“%(move)s”：该件当前状态为“%(status)s”，可能已有人先行办理。请刷新后再看。",
            move=label,
            status=status,
        )


class NotReady(Refused):
    """The state allows the move but something it needs is missing."""


class NotYourMove(Refused):
    """This kind of hand never does this move."""


class StalePage(Refused):
    """What the officer read before he acted has changed since."""
