"""What a clock and a term are: words, and one version of a length with its article."""

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Clock(TextChoices):
    """The clocks, under their numbers in the domain reference (3.16)."""

    D0 = "D0", _("登记回执")
    D0_VISIT = "D0_VISIT", _("走访登记回执")
    D1 = "D1", _("录入系统")
    D2 = "D2", _("转送、交办")
    D3 = "D3", _("提出异议")
    D4 = "D4", _("书面告知")
    D5 = "D5", _("办理")
    D6 = "D6", _("延长办理")
    D7 = "D7", _("反馈结果")
    CO = "CO", _("提出协办意见")
    D8A = "D8A", _("简易办理：受理")
    D8B = "D8B", _("简易办理：出具意见")
    D8C = "D8C", _("简易办理：逐级转送")
    D9 = "D9", _("请求复查")
    D10 = "D10", _("提出复查意见")
    D10_ADMISSION = "D10A", _("答复是否受理复查、复核")
    D11 = "D11", _("请求复核")
    D12 = "D12", _("提出复核意见")
    D13 = "D13", _("依法定程序处理")
    D14 = "D14", pgettext_lazy("clock", "评价")
    D15 = "D15", _("不满意件回访")
    D15_RESULT = "D15_RESULT", _("不满意件核查")
    D16 = "D16", _("答复督办函")
    D17 = "D17", _("报告紧急情况")
    D17_PHONE = "D17_PHONE", _("电话报告紧急情况")
    D18 = "D18", _("听证通知")
    D19 = "D19", _("送达处理意见")
    FULFIL = "FULFIL", _("落实支持事项")
    ANNOUNCE = "ANNOUNCE", _("公告送达")
    D20 = "D20", pgettext_lazy("clock", "归档")
    D21 = "D21", _("年度报告")


class Mark(TextChoices):
    """What a term rests on. Only a policy is a county's to change."""

    LAW = "law", _("法规")
    NORM = "norm", _("规范性文件")
    POLICY = "policy", _("本级工作制度")
    PRACTICE = "practice", _("工作惯例")


class Excluded(TextChoices):
    """What the law does not count."""

    HEARING = "hearing", _("听证")


@dataclass(frozen=True)
class Extension:
    """Once, by so many days `most` (none: as the approver decides), approved by `by`."""

    most: int | None
    by: "str | _StrPromise"
    article: str


@dataclass(frozen=True)
class Exclusion:
    """Days that are not counted, and the article that says so."""

    grounds: frozenset[str]
    article: str


@dataclass(frozen=True)
class Direct:
    """Where the matter came straight from its petitioner another article says the same, and it counts from another event."""

    article: str
    starts: "str | _StrPromise"


@dataclass(frozen=True, kw_only=True)
class Term:
    """One version of a clock's length, in force from `since` to `until`, both days included.

    `roll` is true of a petitioner's window: its last day rolls past holidays, so that nobody loses a right on one.
    `is_right` is true of an office's own right, which it may let pass: the strict day, and nobody is late with it.
    Offices are held to the strict day. `may_be_stated`: the letter that starts the clock may name the last day itself;
    `must_be_stated`: another law or the letter names it, and no length here does. `backward` counts back from the event.
    """

    clock: Clock
    length: int
    working: bool = False
    article: str
    roll: bool = False
    is_right: bool = False
    starts: "str | _StrPromise"
    stops: "str | _StrPromise"
    since: date
    until: date | None = None
    may_be_stated: bool = False
    must_be_stated: bool = False
    minutes: int = 0
    """Counted from the moment, where a whole day is too long; the length is 0 then."""
    backward: bool = False
    mark: Mark = Mark.LAW
    extension: Extension | None = None
    exclusion: Exclusion | None = None
    direct: Direct | None = None
    note: "str | _StrPromise" = ""

    @property
    def name(self) -> "str | _StrPromise":
        return self.clock.label

    @property
    def is_window(self) -> bool:
        """What its holder may let pass: it is neither warned of nor overdue."""
        return self.roll or self.is_right

    def received_directly(self) -> "Term":
        """As it is cited of what came straight from its petitioner; most terms know no difference."""
        if self.direct is None:
            return self
        return replace(self, article=self.direct.article, starts=self.direct.starts, note="", direct=None)

    def is_in_force(self, on: date) -> bool:
        return self.since <= on and (self.until is None or on <= self.until)
