"""Row ids made before the insert: 63 bits, ordered by time, so that a whole act is written without asking the database."""

import secrets
import threading
import time

_RANDOM_BITS = 22
_last = 0
_turn = threading.Lock()


def new_id() -> int:
    """41 bits of milliseconds since 1970, then 22 random bits; strictly rising within a process.

    Good until 2039; docs/decisions/0002 has the odds.
    """
    global _last
    drawn = (time.time_ns() // 1_000_000) << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS)
    with _turn:
        _last = max(drawn, _last + 1)
        return _last
