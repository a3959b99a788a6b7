"""Numbers without gaps: taken inside the transaction that uses them, so a rollback gives them back."""

import re
import unicodedata
from collections.abc import Sequence

from django.db import connection

_NEXT = """
INSERT INTO documents_series (name, last) VALUES %s
ON CONFLICT (name) DO UPDATE SET last = documents_series.last + 1 RETURNING name, last
"""


def take(series: str) -> int:
    """The next number. Others wait for this transaction from here on, so take it late."""
    return take_of([series])[series]


def take_of(series: Sequence[str]) -> dict[str, int]:
    """The next number of each, none of them named twice, in one statement; always locked in the same order."""
    names = sorted(series)
    with connection.cursor() as cursor:
        cursor.execute(_NEXT % ", ".join(["(%s, 1)"] * len(names)), names)
        return {name: int(last) for name, last in cursor.fetchall()}


_WRITTEN = re.compile(r"(?P<code>.+?)字?[〔\[【(](?P<year>\d{4})[〕\]】)](?P<word>\D+?)(?P<n>\d+)号?")


def as_printed(typed: str) -> str:
    """A document number as people type it, in brackets of any kind and with or without spaces, as papers bear it."""
    bare = unicodedata.normalize("NFKC", "".join(typed.split()))
    found = _WRITTEN.fullmatch(bare)
    return spelled(found["code"], int(found["year"]), found["word"], int(found["n"])) if found else bare


def spelled(code: str, year: int, word: str, n: int) -> str:
    """临信访字〔2026〕交办 15 号."""
    return f"{code}字〔{year}〕{word} {n} 号"
