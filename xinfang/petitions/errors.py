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


class DoesNotFit(Refused):
    """No such number, a card that is not his, or a desk that may not know of it: told apart by nobody."""

    def __init__(self) -> None:
        super().__init__("编号和证件对不上，不能补办。匿名的、当时没有留证件号码和电话的，也不能补办。", field="number")


class StalePage(Refused):
    """What the officer read before he acted has changed since."""


class KeptAway(Refused):
    """The unit complained of does not lead, unless the bureau's head says why it may."""

    def __init__(self, unit: str, field: str) -> None:
        super().__init__(
            "反映的是%(unit)s自身的作风、违纪或者履职行为，不能由它主办。可以报区政府指定其他单位办理，或者由信访局自办；"
            "属于检举控告的，转纪检监察机关；它可以协办，提供情况。"
            "确属它的法定职权的，由信访局负责人写明理由，办理“准予主办”。",
            field=field,
            article="条例 二十八",
            unit=unit,
        )
