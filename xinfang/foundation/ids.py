"""Row ids made before the insert: 63 bits, ordered by time, so that a whole act is written without asking the database."""

import secrets
import time

_RANDOM_BITS = 22


def new_id() -> int:
    """41 bits of milliseconds since 1970, then 22 random bits. Good until 2039; docs/decisions/0002 has the odds."""
    return (time.time_ns() // 1_000_000) << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS)
