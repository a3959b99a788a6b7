"""When very many file at once, each visitor's device does a little work first, a second or two; without a script he waits.

Counted for the house and by nobody's address, so a village behind one line is never shut out, and no line of a log could join an
address to a petition. The work belongs to one form and is good for that form alone.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from xinfang.foundation.sealing import Unreadable, page_key, seal, unseal
from xinfang.portal import tally

WINDOW = 600
WAIT = 20
"""Seconds for whoever has no script."""
PARTS, BITS = 16, 10
"""Sixteen small puzzles rather than one large: about as many hashes every time, and no unlucky visitor."""
_ANSWER = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9}){15}")


@dataclass(frozen=True)
class Toll:
    """What the form must bring beside its words. `challenge` is public, `stamp` says when it was set."""

    challenge: str
    stamp: str
    wait: int


FILED, BOOKED = "portal.filed", "portal.booked"
"""What is counted, each by itself: many bookings keep nobody from filing."""


def is_busy(what: str = FILED) -> bool:
    return tally.counted(what, within=WINDOW) >= settings.BUSY_FROM


def count(what: str = FILED) -> None:
    """One more within these minutes."""
    tally.count(what, within=WINDOW)


def set_for(token: str, *, at: datetime) -> Toll:
    said = f"{token}:{int(at.timestamp())}"
    return Toll(_challenge(said), seal(page_key(), said.encode(), context="toll").hex(), WAIT)


def is_paid(token: str, stamp: str, answer: str, *, at: datetime) -> bool:
    """Worked for, or waited for."""
    try:
        said = unseal(page_key(), bytes.fromhex(stamp), context="toll").decode()
    except (Unreadable, ValueError):
        return False
    asked, _, when = said.rpartition(":")
    if asked != token:
        return False
    return at.timestamp() - float(when) >= WAIT or _is_answer(_challenge(said), answer)


def _challenge(said: str) -> str:
    return hashlib.sha256(page_key() + said.encode()).hexdigest()


def _is_answer(challenge: str, answer: str) -> bool:
    if not _ANSWER.fullmatch(answer):
        return False
    found = (hashlib.sha256(f"{challenge}:{n}:{one}".encode()) for n, one in enumerate(answer.split(".")))
    return all(int.from_bytes(one.digest()[:4], "big") >> (32 - BITS) == 0 for one in found)
