"""Guessing is slow: wrong codes for one number make the next try for it wait, and every wrong answer takes its time.

Counted by the number that was typed, whether it exists or not, and never by network address. The number is kept as a keyed
hash, in a cache that all processes of this machine share, and is forgotten an hour after the last wrong code. The wait
stays short: codes cannot be guessed at such a pace, numbers are easily known, and whoever sends wrong codes on purpose
should not keep the petitioner out for long.
"""

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from xinfang.foundation.errors import Refused
from xinfang.foundation.sealing import keyed_hash
from xinfang.foundation.text import Text

FREE_TRIES = 5
LONGEST_WAIT = 60
REMEMBERED = 3600
WRONG_TAKES = 0.05
"""Seconds; longer than a right answer takes, so that the work behind a wrong one cannot be measured."""
TO_THE_PUBLIC = _("连续输错多次，请在%(seconds)s秒后再试。也可以打电话或者到窗口，由工作人员帮您办。")
TO_THE_DESK = _("连续输错多次，请核对，在%(seconds)s秒后再试。")


class TooSoon(Refused):
    """Wrong too often; the codes are not looked at before the wait is over."""

    def __init__(self, seconds: int, field: str, said: Text = TO_THE_PUBLIC) -> None:
        super().__init__(str(said) % {"seconds": seconds}, field=field)
        self.seconds = seconds


def wait_after(failures: int) -> int:
    """Seconds: none for the first few, then 2, 4, 8 … up to a minute."""
    beyond = failures - FREE_TRIES
    return min(2 ** (beyond + 1), LONGEST_WAIT) if beyond >= 0 else 0


@contextmanager
def guarded(field: str, number: str, *, at: datetime, said: Text = TO_THE_PUBLIC) -> Iterator[None]:
    """Inside, a code for this number is tried. A refusal that stands beside `field` counts as a wrong one."""
    started = time.monotonic()
    key = keyed_hash("patience", f"{field}:{number}").hex()
    failures, free_at = cache.get(key, (0, 0.0))
    if free_at > at.timestamp():
        raise TooSoon(math.ceil(free_at - at.timestamp()), field, said)
    try:
        yield
    except Refused as refused:
        if refused.field == field:
            cache.set(key, (failures + 1, at.timestamp() + wait_after(failures + 1)), REMEMBERED)
            time.sleep(max(0.0, started + WRONG_TAKES - time.monotonic()))
        raise
    if failures:
        cache.delete(key)
