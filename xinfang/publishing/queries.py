"""Named questions: what the public may read, and what the desk has in hand."""

from functools import reduce
from operator import and_

from django.db.models import Q, QuerySet

from xinfang.publishing.models import Column, Publication

MOST_WORDS = 5


def published(column: str = "") -> QuerySet[Publication]:
    """Everything that was released, the withdrawn too: they keep their line."""
    rows = Publication.objects.filter(released_at__isnull=False, shown__isnull=False).select_related("shown")
    return rows.filter(column=column) if column else rows


def guides() -> QuerySet[Publication]:
    """Questions with answers, as they stand in the alphabet."""
    return published(Column.GUIDE).filter(withdrawn_at__isnull=True).order_by("shown__title", "id")


def found(words: str) -> QuerySet[Publication]:
    """What is shown now and has every word in its title or text."""
    asked = [word for word in words.replace("\0", " ").split() if word][:MOST_WORDS]
    if not asked:
        return Publication.objects.none()
    each = (Q(shown__title__icontains=word) | Q(shown__body__icontains=word) for word in asked)
    return published().filter(reduce(and_, each), withdrawn_at__isnull=True)


def in_hand() -> QuerySet[Publication]:
    return Publication.objects.select_related("working", "shown", "drafted_by")
