"""Values that differ from copy to copy, and texts and rows with slots for them.

A pattern holds one list of values for the copy that is being made. Everything else is a constant behind them in the
same list, so that a row is one `itemgetter` and a text one `%`.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from operator import itemgetter
from typing import Any

MOMENT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00"
DAY = r"(?<!\d)\d{4}-\d\d-\d\d(?!\d)"


class Slots:
    """Which key stands at which index. Keys are tuples that say of what kind the value is."""

    def __init__(self) -> None:
        self.index: dict[tuple[Any, ...], int] = {}

    def of(self, *key: Any) -> int:
        return self.index.setdefault(key, len(self.index))

    def of_kind(self, kind: str) -> list[tuple[int, tuple[Any, ...]]]:
        return [(index, key[1:]) for key, index in self.index.items() if key[0] == kind]


class Text:
    """A text with slots. `fill` is one C call."""

    def __init__(self, form: str, indexes: Sequence[int]) -> None:
        self.format, self.indexes = form, tuple(indexes)
        self._get = getter(self.indexes)

    def escaped(self, escape: Callable[[str], str]) -> "Text":
        return Text(escape(self.format), self.indexes)

    def fill(self, values: Sequence[Any]) -> str:
        return self.format % self._get(values)


def getter(indexes: Sequence[int]) -> Callable[[Sequence[Any]], tuple[Any, ...]]:
    """`itemgetter` gives no tuple for one index, and refuses none."""
    if len(indexes) > 1:
        return itemgetter(*indexes)
    return _Getter(tuple(indexes))


class _Getter:
    def __init__(self, indexes: tuple[int, ...]) -> None:
        self.indexes = indexes

    def __call__(self, values: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(values[index] for index in self.indexes)


class Reader:
    """Finds, in the texts of one life, what will differ in a copy: its ids, numbers, persons, days and moments."""

    def __init__(self, slots: Slots, tokens: Iterable[tuple[str, int]]) -> None:
        self._slots = slots
        self._tokens = dict(tokens)
        longest_first = sorted(map(re.escape, self._tokens), key=len, reverse=True)
        self._pattern = re.compile("|".join([f"({MOMENT})", f"({DAY})", *longest_first]))

    def text(self, plain: str) -> Text:
        parts, indexes, end = [], [], 0
        for found in self._pattern.finditer(plain):
            parts.append(plain[end : found.start()])
            indexes.append(self._slot(found))
            end = found.end()
        parts.append(plain[end:])
        return Text("%s".join(part.replace("%", "%%") for part in parts), indexes)

    def _slot(self, found: re.Match[str]) -> int:
        moment, day = found[1], found[2]
        if moment:
            return self._slots.of("moment", datetime.fromisoformat(moment), "iso")
        return self._slots.of("day", date.fromisoformat(day)) if day else self._tokens[found[0]]
