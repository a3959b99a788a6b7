"""Gives waiting entries their places, one batch at a time. Any number may run; one at a time works."""

from django.db import connection, transaction
from django.db.models import Max

from xinfang.trace.models import Place, Waiting

_LOCK = 0x78696E66
BATCH = 1000


def _alone() -> bool:
    """On SQLite the IMMEDIATE transaction is the lock."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        return bool(cursor.fetchone()[0])


def place_waiting() -> int:
    """Place one batch and return its size. An entry whose act commits late simply gets a later place."""
    if not Waiting.objects.exists():
        return 0
    with transaction.atomic():
        if not _alone():
            return 0
        waiting = list(Waiting.objects.order_by("pk").values_list("pk", flat=True)[:BATCH])
        end = Place.objects.aggregate(n=Max("n"))["n"] or 0
        Place.objects.bulk_create([Place(n=end + i, entry_id=pk) for i, pk in enumerate(waiting, start=1)])
        Waiting.objects.filter(pk__in=waiting).delete()
    return len(waiting)


def place_all() -> int:
    """Until nothing waits."""
    total = 0
    while placed := place_waiting():
        total += placed
    return total
