"""Timed work of this room."""

from datetime import datetime, timedelta

from django.utils import timezone

from xinfang.meetings import actions
from xinfang.meetings.models import ReceptionDay
from xinfang.trace.acts import Hand

KEPT = timedelta(days=30)


def forget_bookings(at: datetime) -> int:
    """Who had booked a reception of more than a month ago; returns how many."""
    past = ReceptionDay.objects.filter(day__lt=timezone.localdate(at) - KEPT, bookings__forgotten_at=None)
    due = past.filter(bookings__isnull=False).distinct()
    return sum(actions.forget_bookings(one, by=Hand.system("meetings"), at=at) for one in due)
