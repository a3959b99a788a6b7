"""Quiet hours, and the hour of the daily digest: pure, from two settings."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

HOUR = "%H:%M"


def quiet(text: str) -> tuple[time, time] | None:
    """ "21:00-07:30"; nothing: no hour is quiet."""
    if not text:
        return None
    begins, _dash, ends = text.partition("-")
    return clock(begins), clock(ends)


def clock(text: str) -> time:
    return datetime.strptime(text.strip(), HOUR).time()  # noqa: DTZ007


def after_the_quiet(at: datetime) -> datetime:
    """The same moment, or the end of the quiet hours that it falls into."""
    hours = quiet(settings.QUIET_HOURS)
    if hours is None or not _is_within(timezone.localtime(at).time(), *hours):
        return at
    here = timezone.localtime(at)
    end = here.replace(hour=hours[1].hour, minute=hours[1].minute, second=0, microsecond=0)
    return end if end > here else end + timedelta(days=1)


def _is_within(now: time, begins: time, ends: time) -> bool:
    return begins <= now < ends if begins <= ends else now >= begins or now < ends


def is_digest_time(at: datetime) -> bool:
    """From its hour to midnight: a worker that was away in the morning still sends it."""
    return timezone.localtime(at).time() >= clock(settings.DIGEST_AT)
