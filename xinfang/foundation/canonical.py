"""One byte string for one value, so that a digest can be computed again by anyone (RFC 8785 in the part we use)."""

import hashlib
import json
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

from django.utils import timezone


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return timezone.localtime(value, UTC).isoformat(timespec="milliseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, set | frozenset):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} has no canonical form")


def canonical(value: Any) -> bytes:
    """UTF-8 JSON with sorted keys and no spaces. Floats are refused: they do not round-trip."""
    _refuse_what_json_bends(value)
    return _encode(value).encode()


_encode = json.JSONEncoder(default=_plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def _refuse_what_json_bends(value: Any) -> None:
    """Floats, and keys that JSON would turn into text."""
    if isinstance(value, float):
        raise TypeError("a float has no canonical form")
    if isinstance(value, dict):
        if strange := [key for key in value if not isinstance(key, str)]:
            raise TypeError(f"the key {strange[0]!r} is not text")
        value = value.values()
    elif not isinstance(value, list | tuple | set | frozenset):
        return
    for item in value:
        _refuse_what_json_bends(item)


def digest(value: Any, *, salt: bytes = b"") -> str:
    """SHA-256 of salt and canonical bytes, as 64 hex characters."""
    return hashlib.sha256(salt + canonical(value)).hexdigest()
