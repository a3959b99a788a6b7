"""What this room refuses."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from xinfang.foundation.errors import Refused
from xinfang.foundation.text import either
from xinfang.organizations.models import Duty


class NotYourOffice(Refused):
    """The officer holds none of the duties that this needs, or not in this unit."""

    def __init__(self, duties: Iterable[Duty], *, here: bool = False) -> None:
        names = either(dict.fromkeys(duty.label for duty in duties))
        if here:
            super().__init__("这一步需要在该单位任“%(duties)s”，您目前没有这个岗位。", duties=names)
        else:
            super().__init__("这一步需要任“%(duties)s”，您目前没有这个岗位。", duties=names)


class NotForYourself(Refused):
    """A role never grants itself."""

    def __init__(self) -> None:
        super().__init__("不能给自己授予岗位、重置密码或解除等待，请由他人办理。")


class NoContentDuty(Refused):
    """An administrator opens no content, so he holds no second duty."""

    def __init__(self) -> None:
        super().__init__("系统管理员不得兼任其他岗位，其他岗位的人员也不得兼任系统管理员。", field="officer")


@dataclass(frozen=True)
class Defect:
    """One wrong row of a county's files."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        where = {"file": self.file, "line": self.line, "reason": self.reason}
        return gettext("%(file)s 第 %(line)s 行：%(reason)s") % where


class BadCounty(Refused):
    """The county's files cannot be loaded; nothing was."""

    def __init__(self, defects: Sequence[Defect]) -> None:
        super().__init__("文件有误，没有装载任何内容。\n%(defects)s", defects="\n".join(map(str, defects)))
        self.defects = tuple(defects)


@dataclass(frozen=True)
class CellDefect:
    """One wrong cell of a sheet; no column where the whole row is meant."""

    line: int
    column: str
    reason: str


class BadSheet(Refused):
    """A sheet with wrong cells; nothing of it was taken."""

    def __init__(self, defects: Sequence[CellDefect]) -> None:
        super().__init__("表里有 %(count)s 处要改，什么也没有写入。", count=len(defects))
        self.defects = tuple(sorted(defects, key=lambda one: one.line))
