"""What the house counts within a while: how many filed, how many bytes came. Of all together, of nobody.

Each while has a key of its own, so that a count ends with it however busy it is. Two at one moment may count as one.
"""

import time

from django.core.cache import cache


def counted(what: str, *, within: int) -> int:
    return int(cache.get(_now(what, within), 0))


def count(what: str, n: int = 1, *, within: int) -> None:
    cache.set(_now(what, within), counted(what, within=within) + n, within)


def _now(what: str, within: int) -> str:
    return f"{what}:{within}:{int(time.time() // within)}"
