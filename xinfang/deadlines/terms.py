"""Every clock's length, with its article. `term` is the only door, so that versions can become dated rows."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_2022 = date(2022, 5, 1)  # 条例 五十
_POLICY = "本级工作制度"


class Clock(TextChoices):
    """The clocks of the ordinary road, under their numbers in the domain reference."""

    D0 = "D0", _("登记回执")
    D0_VISIT = "D0_VISIT", _("走访登记回执")
    D2 = "D2", _("转送、交办")
    D3 = "D3", _("提出异议")
    D4 = "D4", _("书面告知")
    D5 = "D5", _("办理")
    D7 = "D7", _("反馈结果")
    D9 = "D9", _("请求复查")
    D14 = "D14", pgettext_lazy("clock", "评价")


@dataclass(frozen=True, kw_only=True)
class Term:
    """One version of a clock's length, in force from `since`.

    `roll` is true of a petitioner's window: its last day rolls past holidays, so that nobody loses a right on one.
    Offices are held to the strict day. `may_be_stated`: the letter that starts the clock may name the last day itself.
    """

    clock: Clock
    length: int
    working: bool = False
    article: str
    roll: bool = False
    starts: "str | _StrPromise"
    stops: "str | _StrPromise"
    since: date = _2022
    may_be_stated: bool = False

    @property
    def name(self) -> "str | _StrPromise":
        return self.clock.label


_TERMS = (
    Term(
        clock=Clock.D0,
        length=1,
        working=True,
        article=_POLICY,
        starts=_("收到信访事项之日。"),
        stops=_("登记并给出信访编号。"),
    ),
    Term(
        clock=Clock.D0_VISIT,
        length=0,
        article=_POLICY,
        starts=_("接待来访之日。"),
        stops=_("登记并给出信访编号。"),
    ),
    Term(
        clock=Clock.D2,
        length=15,
        article="《信访工作条例》第二十二条第一款",
        starts=_("信访部门收到信访事项之日。"),
        stops=_("转送、交办到有权处理的机关、单位。"),
    ),
    Term(
        clock=Clock.D3,
        length=5,
        working=True,
        article="《信访工作条例》第二十三条第三款",
        starts=_("单位收到转送、交办之日。"),
        stops=_("提出异议并说明理由。"),
    ),
    Term(
        clock=Clock.D4,
        length=15,
        article="《信访工作条例》第二十三条第三款",
        starts=_("单位收到转送、交办之日。"),
        stops=_("书面告知信访人接收情况以及处理途径和程序。"),
    ),
    Term(
        clock=Clock.D5,
        length=60,
        article="《信访工作条例》第三十四条",
        starts=_("受理之日，最迟为书面告知期限的最后一日。"),
        stops=_("出具处理意见书。"),
    ),
    Term(
        clock=Clock.D7,
        length=60,
        article="《信访工作条例》第二十二条第一款第（三）项",
        starts=_("单位收到交办之日。"),
        stops=_("提交办结报告。"),
        may_be_stated=True,
    ),
    Term(
        clock=Clock.D9,
        length=30,
        article="《信访工作条例》第三十五条",
        roll=True,
        starts=_("信访人收到书面答复之日。"),
        stops=_("提出复查请求。"),
    ),
    Term(
        clock=Clock.D14,
        length=30,
        article=_POLICY,
        roll=True,
        starts=_("送达处理意见或者办结之日。"),
        stops=_("作出评价。"),
    ),
)
_VERSIONS: dict[Clock, tuple[Term, ...]] = {
    clock: tuple(sorted((t for t in _TERMS if t.clock == clock), key=lambda t: t.since, reverse=True))
    for clock in Clock
}


def term(clock: Clock, on: date) -> Term:
    """The version in force on that day; for a day before the first version carried here, the first."""
    versions = _VERSIONS[clock]
    return next((version for version in versions if version.since <= on), versions[-1])
