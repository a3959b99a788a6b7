"""Readers come to the trace: each keeps a bookmark that moves in the same transaction as its reading."""

import logging
from collections.abc import Callable, Sequence

from django.db import transaction

from xinfang.trace.models import Bookmark, Entry, Place

Read = Callable[[Sequence[Entry]], None]
_readers: dict[str, Read] = {}
BATCH = 500
log = logging.getLogger(__name__)


def follow(reader: str, *, read: Read) -> None:
    """Register a reader, from its room's AppConfig. `read` gets entries in their one order."""
    _readers[reader] = read


def read_on(reader: str) -> int:
    """Read the next batch and return its size."""
    with transaction.atomic():
        mark, _ = Bookmark.objects.select_for_update().get_or_create(reader=reader)
        places = list(Place.objects.filter(n__gt=mark.n).order_by("n").select_related("entry")[:BATCH])
        if places:
            _readers[reader]([place.entry for place in places])
            mark.n = places[-1].n
            mark.save(update_fields=["n"])
    return len(places)


def read_all() -> int:
    """Every reader, one batch each. One that fails is logged and stays where it is; the others read on."""
    return sum(_read_on_or_log(reader) for reader in _readers)


def _read_on_or_log(reader: str) -> int:
    try:
        return read_on(reader)
    except Exception:
        log.exception("reader %s failed", reader)
        return 0
