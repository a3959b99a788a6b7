"""How many came, and who must be told of it: this county's working rule, in one table (domain 3.10).

Counted by heads present; how many a matter concerns (涉及人数) is another number and is never added to it.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinfang.foundation.text import Text, listed
from xinfang.petitions.codes import Channel
from xinfang.petitions.models import Petition

BANDS = (1, 5, 20, 50)
"""The upper ends of the size bands that are counted by; the last band has none."""


@dataclass(frozen=True)
class Threshold:
    """From so many visitors on, these are told."""

    present: int
    tell: Text


THRESHOLDS = (
    Threshold(5, gettext_lazy("信访局负责人")),
    Threshold(30, gettext_lazy("分管区领导、联席会议办公室，属地街道负责人到现场")),
    Threshold(50, gettext_lazy("市信访局（书面）")),
    Threshold(100, gettext_lazy("市信访局（即时电话报告）")),
)


def band(persons: int) -> str:
    """1, 2–5, 6–20, 21–50, >50."""
    below = 0
    for top in BANDS:
        if persons <= top:
            return str(top) if top == below + 1 else f"{below + 1}–{top}"
        below = top
    return f">{below}"


def who_is_told(petition: Petition) -> list[str]:
    """Those whom a visit of this size must reach, the nearest first; nobody for anything but a visit."""
    if petition.channel != Channel.VISIT:
        return []
    present = petition.persons_present or 0
    return [str(one.tell) for one in THRESHOLDS if present >= one.present]


def sentence(petition: Petition) -> str:
    """What the page says of it, empty below the first threshold."""
    told, present = who_is_told(petition), petition.persons_present or 0
    if not told:
        return ""
    reached = [one.present for one in THRESHOLDS if present >= one.present]
    said = _("集体访：到场 %(present)s 人，满 %(reached)s 人的应当报告：%(told)s。")
    return said % {"present": present, "reached": reached[-1], "told": listed(told)}
