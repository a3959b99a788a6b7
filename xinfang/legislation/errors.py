"""What this room refuses, in sentences a person may read."""

from django.utils.translation import gettext as _

from xinfang.foundation.errors import Refused


class LawRefused(Refused):
    """A law's file, or one line of it, that cannot be right."""

    def __init__(self, reason: str, *, line: int = 0, field: str = "file") -> None:
        where = _("第%(line)s行：") % {"line": line} if line else ""
        super().__init__("%(where)s%(reason)s", field=field, where=where, reason=reason)


class Overlapping(Refused):
    """Two versions of one law on one day."""

    def __init__(self, other: str) -> None:
        super().__init__(
            "与%(other)s的施行时间重叠。同一部法规在同一天只能有一个版本：请写明废止日期，或者选择接替现行版本。",
            field="in_force_on",
            other=other,
        )
