"""A moment as a case pack writes it."""

from datetime import datetime

from django.utils import timezone


def at(moment: datetime | None) -> str | None:
    """With the county's offset."""
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else None
