"""The clocks on the petition page: what was promised, by which article, how far it is and where to read why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import npgettext

from xinfang.deadlines import promises as deadlines
from xinfang.deadlines.arithmetic import Level
from xinfang.deadlines.models import Promise
from xinfang.desk.words import moment

_ANY_PROMISE = "9" * 18


@dataclass(frozen=True)
class ClockLine:
    """One promise, as the page tells it."""

    name: str
    article: str
    due: str
    state: str
    light: str
    why: str


def lines(promises: Iterable[Promise], today: date) -> list[ClockLine]:
    """One address is worked out and the number of each promise put into it: there are many."""
    why = reverse("desk:why", args=[int(_ANY_PROMISE)])
    return [_clock(promise, today, why) for promise in promises]


def _clock(promise: Promise, today: date, why: str) -> ClockLine:
    rule = promise.term
    level = Level.NONE if promise.stopped_at or rule.is_window else deadlines.warnings_of(promise).level(today)
    return ClockLine(
        str(rule.name),
        rule.article,
        promise.due_on.isoformat(),
        _state(promise, level, today),
        level.name.lower(),
        why.replace(_ANY_PROMISE, str(promise.pk)),
    )


def _state(promise: Promise, level: Level, today: date) -> str:
    if promise.stopped_at:
        return _("已于 %(when)s 停止") % {"when": moment(promise.stopped_at)}
    if not promise.is_open_on(today):
        days = (today - promise.due_on).days
        return (
            npgettext("days", "已过期 %(days)s 天", "已过期 %(days)s 天", days) % {"days": days}
            if promise.term.is_window
            else npgettext("days", "超期 %(days)s 天", "超期 %(days)s 天", days) % {"days": days}
        )
    ahead = (promise.due_on - today).days
    left = _("今天到期")
    if ahead:
        left = npgettext("days", "还剩 %(days)s 天", "还剩 %(days)s 天", ahead) % {"days": ahead}
    return _("%(level)s，%(left)s") % {"level": level.label, "left": left} if level else left
