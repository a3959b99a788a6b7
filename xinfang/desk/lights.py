"""Due lights: how near a last day is, in words first and colour second."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import npgettext

from xinfang.deadlines import calendar
from xinfang.deadlines.arithmetic import Level, warnings
from xinfang.deadlines.terms import Clock, term


@dataclass(frozen=True)
class Light:
    """`name` is the class of the style sheet; `text` says the same to those who see no colour."""

    name: str
    text: str


DARK = Light("", "")
# The clock whose last day `due_on` is, in each state; a petitioner's window (办结 to 归档) has no light.
_RUNNING = {
    "draft": Clock.D2,
    "registered": Clock.D2,
    "triaged": Clock.D2,
    "dispatched": Clock.D5,
    "self_handling": Clock.D5,
    "awaiting_sign": Clock.D4,
    "signed": Clock.D4,
    "accepted": Clock.D5,
    "handling": Clock.D5,
    "opinion_issued": Clock.D19,
    "delivered": Clock.D7,
    "reported": Clock.D7,
    "objected": Clock.D4,
    "supplement": Clock.D5,
    "extension_pending": Clock.D5,
    "check_returned": Clock.D5,
}
_OF_REVIEWS = {
    **dict.fromkeys(("review.applied", "review.supplement"), Clock.D10_ADMISSION),
    **dict.fromkeys(("review.admitted", "review.examining", "review.hearing"), Clock.D10),
    "review.decided": Clock.D19,
    "review.delivered": Clock.D10,
}
"""Named with their machine: a review that waits for material is not a unit's work that does."""


def light(status: str, due: date | None, today: date) -> Light:
    clock = _RUNNING.get(status) or _OF_REVIEWS.get(status)
    if clock is None or due is None:
        return DARK
    level = _level(clock, due, today)
    return Light(level.name.lower(), _said(level, (due - today).days))


@lru_cache(maxsize=4096)
def _level(clock: Clock, due: date, today: date) -> Level:
    rule = term(clock, today)
    return warnings(due, due - timedelta(days=rule.length), rule, calendar.current()).level(today)


def _said(level: Level, left: int) -> str:
    if level is Level.OVERDUE:
        return npgettext("days", "超期 %(days)s 天", "超期 %(days)s 天", -left) % {"days": -left}
    days = npgettext("days", "剩 %(days)s 天", "剩 %(days)s 天", left) % {"days": left} if left else _("今天到期")
    if level is Level.RED:
        return _("红色预警：%(days)s") % {"days": days}
    return _("黄色预警：%(days)s") % {"days": days} if level is Level.YELLOW else days


def overdue(today: date, machine: str = "") -> Q:
    """Rows with a light whose last day has passed."""
    return Q(status__in=[status for status, _clock in _running(machine)], due_on__lt=today)


def due_soon(today: date, machine: str = "") -> Q:
    """Rows whose light is yellow or red: for each state, last days up to the furthest that is lit."""
    lit = Q(pk__in=[])
    for status, clock in _running(machine):
        lit |= Q(status=status, due_on__range=(today, _furthest_lit(clock, today)))
    return lit


def _running(machine: str) -> list[tuple[str, Clock]]:
    """The states of this machine as its rows bear them."""
    states = _OF_REVIEWS if machine else _RUNNING
    return [(status.removeprefix(machine), clock) for status, clock in states.items()]


def _furthest_lit(clock: Clock, today: date) -> date:
    day = today
    while _level(clock, day + timedelta(days=1), today) is not Level.NONE:
        day += timedelta(days=1)
    return day
