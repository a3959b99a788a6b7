"""Gives waiting entries their places, and their leaves in the tree, one batch at a time. Any number may run, one works."""

from contextlib import AbstractContextManager, nullcontext

from django.db import connection, transaction
from django.db.models import Max

from xinfang.foundation import written
from xinfang.foundation.sqlite import passing
from xinfang.trace import leaves, tree
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
    with _first(), transaction.atomic():
        return _place() if _alone() else 0


def _first() -> AbstractContextManager[None]:
    """On SQLite before every act that has not begun: among busy writers it would wait for seconds."""
    is_file = connection.vendor == "sqlite" and not connection.is_in_memory_db()  # type: ignore[attr-defined]
    return passing.first(connection.settings_dict["NAME"]) if is_file else nullcontext()


def _place() -> int:
    """Their places and, in the same order, their leaves in the tree."""
    waiting = leaves.waiting(BATCH)
    last, size = _last(), tree.size()
    end = max(last, size)  # a place taken away is not given again: the tree remembers it
    written.pour(Place, [(n, pk) for n, (pk, _) in enumerate(waiting, start=end + 1)])
    if size == end:
        tree.append(end, [leaf for _, leaf in waiting])
    Waiting.objects.filter(pk__in=[pk for pk, _ in waiting]).delete()
    return len(waiting)


def _last() -> int:
    return Place.objects.aggregate(n=Max("n"))["n"] or 0


def place_all() -> int:
    """What waits, and until the tree has every place. What is written meanwhile has the next turn: acts have theirs between."""
    total = placed = place_waiting()
    while placed == BATCH:
        placed = place_waiting()
        total += placed
    while tree.size() < _last() and _catch_up():
        pass
    return total


def _catch_up() -> int:
    with transaction.atomic():
        return tree.catch_up() if _alone() else 0
