"""What stands in the public tree for an entry: 32 bytes that say nothing (docs/decisions/0017).

The leaf is the digest of the entry's canonical bytes. Nobody can guess them: among them is the entry's own `digest`, whose salt
comes from the key of the petition, or of the house, and is never shown. Whoever is given the canonical bytes can hash them.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from xinfang.trace.models import Entry

_FORMAT = "xinfang-entry/v1"
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def canonical_bytes(entry: Entry) -> bytes:
    """Every column of the entry, as the database gives it back: UTF-8 JSON, keys in order, no spaces."""
    return _encode(
        {
            "format": _FORMAT,
            "id": entry.pk,
            "act": entry.act,
            "cause": entry.cause,
            "subject_kind": entry.subject_kind,
            "subject_id": entry.subject_id,
            "hand": entry.hand,
            "officer_id": entry.officer_id,
            "post": entry.post,
            "unit": entry.unit,
            "at": _moment(entry.at),
            "recorded_at": _moment(entry.recorded_at),
            "facts": entry.facts,
            "digest": entry.digest,
            "once": entry.once,
        }
    ).encode()


def leaf_of(entry: Entry) -> bytes:
    """What the log publishes; its hash in the tree is `merkle.leaf_hash` of it."""
    return hashlib.sha256(canonical_bytes(entry)).digest()


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


# The same of many entries, read without making a row of each: the work of the sequencer, and of a tree that is to be caught up.


_COLUMNS = (
    *("id", "act", "cause", "subject_kind", "subject_id", "hand", "officer_id", "post", "unit"),
    *("at", "recorded_at", "facts", "digest", "once"),
)
_READ = f"SELECT {', '.join(f'e.{name}' for name in _COLUMNS)}, "
_PLACED = _READ + "p.n FROM trace_place p JOIN trace_entry e ON e.id = p.entry_id WHERE p.n > %s ORDER BY p.n LIMIT %s"
_WAITING = _READ + "e.id FROM trace_waiting w JOIN trace_entry e ON e.id = w.entry_id ORDER BY w.entry_id LIMIT %s"


def placed(after: int, most: int) -> list[tuple[int, bytes]]:
    """Place and leaf of the next entries that have places, in their order."""
    return _read(_PLACED, after, most)


def waiting(most: int) -> list[tuple[int, bytes]]:
    """Id and leaf of the entries that wait, in the order of their ids."""
    return _read(_WAITING, most)


def _read(sql: str, *params: int) -> list[tuple[int, bytes]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [(row[-1], _leaf_of(row)) for row in cursor.fetchall()]


_facts: Any = Entry._meta.get_field("facts").from_db_value


def _leaf_of(row: Sequence[Any]) -> bytes:
    """Of the columns as the driver gives them."""
    told = dict(zip(_COLUMNS, row, strict=False))
    told["format"] = _FORMAT
    told["at"], told["recorded_at"] = _utc(told["at"]), _utc(told["recorded_at"])
    told["facts"] = _facts(told["facts"], None, connection)
    return hashlib.sha256(_encode(told).encode()).digest()


def _utc(at: datetime) -> str:
    """SQLite keeps it in UTC and says nothing of it."""
    return _moment(at.replace(tzinfo=UTC) if at.tzinfo is None else at)
