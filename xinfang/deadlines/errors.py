"""What this room refuses, in sentences a person may read."""

from django.utils.translation import gettext as _

from xinfang.foundation.errors import Refused


class AlreadyWarned(Refused):
    """The promise was warned of at this level before, or has been kept meanwhile."""

    def __init__(self) -> None:
        super().__init__(_("这一期限已经预警过，或者已经停止计算。"))


class CalendarRefused(Refused):
    """A calendar file, or one line of it, that cannot be right."""

    def __init__(self, reason: str, *, line: int = 0, row: str = "") -> None:
        where = _("日历第%(line)s行“%(row)s”：") % {"line": line, "row": row} if line else _("日历文件：")
        super().__init__(where + reason)


class StatedDayRefused(Refused):
    """A last day stated by hand where the law gives the length, or before the clock starts."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, field="due_on")


class TermRefused(Refused):
    """A file of terms, or one entry of it, that cannot be right."""

    def __init__(self, reason: str, *, line: int = 0, clock: str = "") -> None:
        where = _("期限第%(line)s行“%(clock)s”：") % {"line": line, "clock": clock} if line else _("期限文件：")
        super().__init__(where + reason)


class NotRunning(Refused):
    """A clock that was stopped is not moved any more."""

    def __init__(self) -> None:
        super().__init__(_("这一期限已经停止计算，不能再变动。"))


class ShiftRefused(Refused):
    """What the law does not allow to be done to this last day."""
