"""Timed work: claimed from rows, so that it survives a restart, and two workers at once do each piece of it once."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from xinfang.trace.models import Timed

_HOLD = timedelta(minutes=10)
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """`run` gets the time it is and may be called again after a crash: it finds its work by the state of the rows."""

    every: timedelta
    run: Callable[[datetime], object]


_jobs: dict[str, Job] = {}


def timed(name: str, *, every: timedelta, run: Callable[[datetime], object]) -> None:
    """Register timed work, from its room's AppConfig."""
    _jobs[name] = Job(every, run)


def claim(name: str, at: datetime, *, hold: timedelta = _HOLD) -> bool:
    """Whether it is ours now: one of all the workers gets it."""
    free = Q(held_until__isnull=True) | Q(held_until__lte=at)
    return bool(Timed.objects.filter(free, name=name, next_at__lte=at).update(held_until=at + hold))


def run_due(at: datetime) -> list[str]:
    """Run what is due and return its names. Work that fails is logged and left for when its hold ends.

    Each is held from the moment it begins, and work that takes longer than its hold may be begun by another worker.
    """
    begun = time.monotonic()
    known = set(Timed.objects.values_list("name", flat=True))
    Timed.objects.bulk_create([Timed(name=n, next_at=at) for n in _jobs if n not in known], ignore_conflicts=True)
    done = []
    for name in _jobs:
        now = at + timedelta(seconds=int(time.monotonic() - begun))
        if claim(name, now) and _run(name, now):
            done.append(name)
    return done


def _run(name: str, at: datetime) -> bool:
    try:
        _jobs[name].run(at)
    except Exception:
        log.exception("timed work %s failed", name)
        return False
    with transaction.atomic():
        ours = Timed.objects.filter(name=name, held_until=at + _HOLD)
        ours.update(next_at=at + _jobs[name].every, held_until=None)
    return True
