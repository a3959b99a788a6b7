"""What stands in the public tree for an entry: 32 bytes that say nothing (docs/decisions/0017).

The leaf is the digest of the entry's canonical bytes. Nobody can guess them: among them is the entry's own `digest`, whose salt
comes from the key of the petition, or of the house, and is never shown. Whoever is given the canonical bytes can hash them.
"""

import hashlib
import json
from datetime import UTC, datetime

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
