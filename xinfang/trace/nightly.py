"""`verify` once a night by itself, and what came of it kept for the administrator's page.

A thread of its own in the worker: it may take hours, and neither places nor timed work wait for it.
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils import timezone

from xinfang.trace import sequencer, timetable, verify
from xinfang.trace.models import Place, Timed, Verification

NAME = "trace.verify"
FROM, UNTIL = 1, 5
"""The hours of the night in which it begins."""
_HOLD = timedelta(hours=20)
log = logging.getLogger(__name__)


def run() -> Verification | None:
    """Where it is night and nobody has begun: one worker of all, once a night."""
    at = timezone.now()
    if not FROM <= timezone.localtime(at).hour < UNTIL:
        return None
    Timed.objects.get_or_create(name=NAME, defaults={"next_at": at})
    return verified() if timetable.claim(NAME, at, hold=_HOLD) else None


def verified(progress: Callable[[int], object] = lambda size: None) -> Verification:
    """Verify now, and keep what came of it."""
    sequencer.place_all()
    at, begun = timezone.now(), time.monotonic()
    places = Place.objects.count()
    lies = verify.lies(progress=progress)
    for lie in lies:
        log.error("痕迹被改动过：第 %s 位", lie.n)
    return Verification.objects.create(
        at=at,
        seconds=round(time.monotonic() - begun),
        places=places,
        n=lies[0].n if lies else None,
        lie="".join(lie.what for lie in lies),
    )


def last() -> Verification | None:
    return Verification.objects.order_by("-pk").first()


def is_overdue(found: Verification | None, at: datetime) -> bool:
    """Two nights without one: the worker does not run, or does not come to an end."""
    return found is None or at - found.at > timedelta(hours=50)
