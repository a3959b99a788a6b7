"""备份演练: what the restore drills found, newest first."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xinfang.backups.models import Drill
from xinfang.desk.administration import door
from xinfang.desk.page import draw
from xinfang.desk.words import moment
from xinfang.foundation import paging

KEYS = ("-id",)
SIZE = 30


@dataclass(frozen=True)
class Line:
    """One drill, as people read it."""

    drill: Drill
    made: str
    lost: str


@require_safe
def drills(request: HttpRequest) -> HttpResponse:
    """Each with how much would have been lost and how long it took."""
    door.looker(request)
    after = request.GET.get("after", "")
    found = paging.page(Drill.objects.all(), KEYS, size=SIZE, after=after)
    rows = [Line(one, moment(one.made_at), span(one.lost_seconds)) for one in found.rows]
    context = {"rows": rows, "after": found.after, "is_first": not after, "here": "administration"}
    return draw(request, "desk/administration/drills.html", context)


def span(seconds: int) -> str:
    """In the largest two units that say something."""
    minutes, hours = seconds // 60 % 60, seconds // 3600
    if hours >= 24:
        return _("%(days)s 天 %(hours)s 小时") % {"days": hours // 24, "hours": hours % 24}
    return _("%(hours)s 小时 %(minutes)s 分钟") % {"hours": hours, "minutes": minutes}


def last_said() -> str:
    """For the card: how the last one went."""
    last = Drill.objects.order_by("-id").first()
    if last is None:
        return _("还没有演练过")
    return (_("%(when)s 通过") if last.is_sound else _("%(when)s 没有通过")) % {"when": moment(last.at)}
