"""By which initials a label is found. Units and places keep theirs in their rows; these are for labels that have no row.

Worked out once for an installation and kept in its cache: the dictionaries behind them weigh more than the rest of a page's
process.
"""

from functools import cache

from django.core.cache import cache as kept

from xinfang.foundation.canonical import digest
from xinfang.organizations.pinyin import initials


class Known(str):
    """A label that brings its initials with it, and the short name that people call it by."""

    initials = ""
    short = ""

    @classmethod
    def by(cls, label: str, initials: str, short: str = "") -> "Known":
        known = cls(label)
        known.initials, known.short = initials, "" if short in label else short
        return known


@cache
def initials_of(labels: tuple[str, ...]) -> dict[str, str]:
    """Label to initials: 来信 is lx."""
    key = f"initials:{digest(labels)}"
    found: dict[str, str] | None = kept.get(key)
    if found is None:
        found = {label: _initials(label) for label in labels}
        kept.set(key, found, timeout=None)
    return found


def _initials(label: str) -> str:
    return "".join(label.lower().split()) if label.isascii() else initials(label)
