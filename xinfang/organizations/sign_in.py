"""Signing in: from the fifth wrong password on, each failure makes the next try wait longer, up to an hour.

django-axes counts. Its own cool-off forgets the failures as soon as the wait is over, so that no delay could grow; here
they are remembered for AXES_COOLOFF_TIME and the wait is worked out from their number. Counted by user name and never by
address: an office shares one. A unit's head lifts the wait (`officers.lift_lock`), a right password ends the count.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max, Sum
from django.utils.translation import gettext as _

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)


def wait_after(failures: int) -> timedelta:
    """5 failures wait one minute, 6 two, 7 four … 11 and more an hour."""
    beyond = failures - settings.AXES_FAILURE_LIMIT
    if beyond < 0:
        return timedelta()
    return min(FIRST_WAIT * (1 << min(beyond, 12)), LONGEST_WAIT)


def waits_until(username: str | None, *, at: datetime) -> datetime | None:
    """When this name may try again; None when it may now."""
    return waiting([username], at=at).get(username) if username else None


def waiting(usernames: Collection[str], *, at: datetime) -> dict[str, datetime]:
    """Who of these must wait, and until when: one statement for all."""
    tried = AccessAttempt.objects.filter(username__in=usernames, attempt_time__gt=at - settings.AXES_COOLOFF_TIME)
    seen = tried.values_list("username").annotate(Sum("failures_since_start"), Max("attempt_time"))
    free_at = {username: last + wait_after(failures) for username, failures, last in seen}
    return {username: moment for username, moment in free_at.items() if moment > at}


def sentence(until: datetime, *, at: datetime) -> str:
    """What the sign-in page says to one who must wait."""
    minutes = -(-(until - at) // timedelta(minutes=1))
    waits = _("登录失败次数过多，请在 %(minutes)s 分钟后再试，或请本单位负责人解除等待。")
    return waits % {"minutes": minutes}


class GrowingDelay(AxesDatabaseHandler):  # type: ignore[misc]
    """Axes' counting with our waiting (settings.AXES_HANDLER)."""

    def is_locked(self, request: Any, credentials: dict[str, Any] | None = None) -> bool:
        username = get_client_username(request, credentials)
        return waits_until(username, at=request.axes_attempt_time) is not None
